// What the programs of these tests have in common: memory that knows what is in it. MB: megabytes, by the environment.
#ifndef CHECK_H
#define CHECK_H
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096ul
#define MIB (1ul << 20)

#define MUST(what)                                                              \
  do {                                                                          \
    if (!(what)) {                                                              \
      fprintf(stderr, "%s:%d: %s (%s)\n", __FILE__, __LINE__, #what, strerror(errno)); \
      _exit(99);                                                                \
    }                                                                           \
  } while (0)

static inline uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

static inline size_t megabytes(size_t otherwise) {
  const char *given = getenv("MB");
  return (given == NULL ? otherwise : strtoul(given, NULL, 10)) * MIB;
}

/* Every second word of each page is of its number and the seed, so that pages compress two to one. */
static inline void fill_page(void *memory, size_t page, uint64_t seed) {
  uint64_t *word = (uint64_t *)((char *)memory + page * PAGE);
  for (size_t i = 0; i < PAGE / 8; i += 2) {
    word[i] = mix(page * 512 + i + seed);
    word[i + 1] = seed;
  }
}

static inline void fill(void *memory, size_t bytes, uint64_t seed) {
  for (size_t page = 0; page < bytes / PAGE; page++) fill_page(memory, page, seed);
}

/* Pages that are not as `fill` left them. */
static inline size_t bad_pages(const void *memory, size_t bytes, uint64_t seed) {
  size_t bad = 0;
  for (size_t page = 0; page < bytes / PAGE; page++) {
    const uint64_t *word = (const uint64_t *)((const char *)memory + page * PAGE);
    for (size_t i = 0; i < PAGE / 8; i += 2) {
      if (word[i] == mix(page * 512 + i + seed) && word[i + 1] == seed) continue;
      bad++;
      break;
    }
  }
  return bad;
}

static inline size_t pages_not_zero(const void *memory, size_t bytes) {
  static const char zeros[PAGE];
  size_t bad = 0;
  for (size_t at = 0; at < bytes; at += PAGE) bad += memcmp((const char *)memory + at, zeros, PAGE) != 0;
  return bad;
}

static inline void *map(size_t bytes) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  MUST(memory != MAP_FAILED);
  return memory;
}

/* Drives all other pages out: more new ones than fit. */
static inline void press(void) {
  size_t bytes = megabytes(32);
  char *memory = map(bytes);
  fill(memory, bytes, 77);
  MUST(bad_pages(memory, bytes, 77) == 0);
  MUST(munmap(memory, bytes) == 0);
}

/* The exit code of a child that must exit. */
static inline int code_of(pid_t child) {
  int status = 0;
  MUST(waitpid(child, &status, 0) == child);
  MUST(WIFEXITED(status));
  return WEXITSTATUS(status);
}

struct scene {
  const char *name;
  void (*play)(void);
};

/* Plays the scene that the first argument names. */
static inline int play(int argc, char **argv, const struct scene *scenes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (argc < 2 || strcmp(argv[1], scenes[i].name) != 0) continue;
    scenes[i].play();
    puts("fine");
    return 0;
  }
  fprintf(stderr, "no such scene\n");
  return 98;
}
#endif
