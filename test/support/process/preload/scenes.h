/* What all scenes use: memory that is filled and checked, and the scenes themselves. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (1ul << 20)
#define PAGE 4096ul

/* The program's own path. */
extern const char *self;

static inline void require(int condition, const char *what) {
  if (condition) return;
  printf("bad: %s (errno %d) in %d\n", what, errno, getpid());
  fflush(stdout);
  _exit(1);
}
#define REQUIRE(condition) require((condition), #condition)

/* Every word its own, by its place and a seed; nothing of it is the address, so that it can be moved. */
static inline void fill(char *start, size_t bytes, uint64_t seed) {
  uint64_t *words = (uint64_t *)start;
  for (size_t i = 0; i < bytes / 8; i++) words[i] = (i + 1) * 0x9e3779b97f4a7c15ull ^ seed;
}

static inline void check(const char *start, size_t bytes, uint64_t seed) {
  const uint64_t *words = (const uint64_t *)start;
  for (size_t i = 0; i < bytes / 8; i++) REQUIRE(words[i] == ((i + 1) * 0x9e3779b97f4a7c15ull ^ seed));
}

static inline void checkZero(const char *start, size_t bytes) {
  for (size_t i = 0; i < bytes / 8; i++) REQUIRE(((const uint64_t *)start)[i] == 0);
}

static inline char *map(size_t bytes) {
  char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(at != MAP_FAILED);
  return at;
}

static inline void await(pid_t pid) {
  int status;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  REQUIRE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* memory.c */
void patterns(size_t mib);
void growth(void);
void drops(void);
void threads(void);
void kernel(void);
void locked(void);
void small(void);
void frees(void);

/* processes.c */
pid_t rawFork(void);
void forks(pid_t (*forker)(void), int depth);
void spawns(void);
void daemonize(const char *file);
void endless(int closes);

/* surroundings.c */
void descriptors(void);
void signals(void);
void ownUserfaultfd(void);
void looks(void);
