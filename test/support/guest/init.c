/*
 * The only program of the test's guest: process 1 of its kernel. Fills memory (MB=… of the kernel's command line), then
 * checks a part of it each tick and writes the next generation there, so that after PARTS ticks all has been checked.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096
#define WORDS (PAGE / 4)
#define PARTS 40
#define TICK_NS 50000000

static uint32_t word(uint64_t page, uint64_t at, uint64_t generation) {
  return (uint32_t)((page * WORDS + at + 1) * 2654435761u + generation * 40503u);
}

static void fill(uint32_t *words, uint64_t page, uint64_t generation) {
  for (uint64_t at = 0; at < WORDS; at++) words[at] = word(page, at, generation);
}

static uint64_t bad_words(const uint32_t *words, uint64_t page, uint64_t generation) {
  uint64_t bad = 0;
  for (uint64_t at = 0; at < WORDS; at++) bad += words[at] != word(page, at, generation);
  return bad;
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  const char *mebibytes = getenv("MB");
  const uint64_t pages = (mebibytes == NULL ? 64 : strtoull(mebibytes, NULL, 0)) * 256;
  uint32_t *memory = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    printf("NO MEMORY\n");
    for (;;) pause();
  }
  for (uint64_t page = 0; page < pages; page++) fill(memory + page * WORDS, page, 0);
  printf("FILLED %lu pages\n", pages);
  uint64_t bad = 0;
  for (uint64_t tick = 0;; tick++) {
    const uint64_t part = tick % PARTS, generation = tick / PARTS;
    for (uint64_t page = part; page < pages; page += PARTS) {
      bad += bad_words(memory + page * WORDS, page, generation);
      fill(memory + page * WORDS, page, generation + 1);
    }
    printf("TICK %lu bad=%lu\n", tick, bad);
    const struct timespec pause_for = {0, TICK_NS};
    nanosleep(&pause_for, NULL);
  }
}
