// A program that works in memory of its own, for what a pager costs it when nothing has to leave.
// --mode touch|malloc --mib N --rounds K --seed S
// touch: one area of N MiB; a round reads and writes a word of as many random pages as there are. Random pages, so that
// it is memory and not the processor's cache that is worked in.
// malloc: 16 Ki blocks alive, N MiB of them, from 16 bytes to twice their mean; each is filled, checked and freed.
#include "common.h"

static uint32_t state;

static inline uint32_t next_random(void) {
  state ^= state << 13;
  state ^= state >> 17;
  return state ^= state << 5;
}

static uint64_t touch(size_t bytes, uint64_t rounds, double *first_seconds) {
  uint32_t pages = (uint32_t)(bytes / PAGE_BYTES);
  uint64_t begin = now_ns(), wrong = 0;
  uint32_t *words = map_anonymous(bytes);
  for (uint32_t page = 0; page < pages; page++) fill_page(words + (size_t)page * PAGE_WORDS, page, true);
  *first_seconds = (double)(now_ns() - begin) / 1e9;
  for (uint64_t round = 0; round < rounds; round++) {
    for (uint32_t i = 0; i < pages; i++) {
      uint32_t page = next_random() % pages;
      uint32_t *at = words + (size_t)page * PAGE_WORDS;
      wrong += at[PAGE_WORDS - 1] != page;
      at[1] += (uint32_t)round;
    }
  }
  for (uint32_t page = 0; page < pages; page++) {
    uint32_t *at = words + (size_t)page * PAGE_WORDS;
    at[1] = pattern_word(page, 1, true);
    wrong += wrong_words(at, page, true);
  }
  return wrong;
}

#define SLOTS (1u << 14)

static uint64_t allocate(size_t bytes, uint64_t rounds, double *first_seconds) {
  static struct { uint32_t *words; uint32_t count, mark; } slots[SLOTS];
  uint64_t wrong = 0, begin = now_ns();
  size_t mean = bytes / SLOTS;
  for (uint64_t round = 0; round < rounds; round++) {
    for (uint32_t i = 0; i < SLOTS; i++) {
      uint32_t slot = round == 0 ? i : next_random() % SLOTS;
      uint32_t *old = slots[slot].words;
      for (uint32_t k = 0; old && k < slots[slot].count; k += 16) wrong += old[k] != slots[slot].mark;
      free(old);
      uint32_t size = 16 + next_random() % (uint32_t)(2 * mean - 16); // no block is large enough for a mapping of its own
      slots[slot].count = size / 4, slots[slot].mark = next_random();
      slots[slot].words = malloc(size);
      if (!slots[slot].words) die("malloc(%u)", size);
      for (uint32_t k = 0; k < slots[slot].count; k++) slots[slot].words[k] = slots[slot].mark;
    }
    if (round == 0) *first_seconds = (double)(now_ns() - begin) / 1e9;
  }
  return wrong;
}

int main(int argc, char **argv) {
  const char *mode = required(argc, argv, "mode");
  size_t bytes = (size_t)number(argc, argv, "mib", 128) << 20;
  uint64_t rounds = number(argc, argv, "rounds", 100), begin = now_ns();
  state = (uint32_t)number(argc, argv, "seed", 4711) | 1;
  double first_seconds = 0;
  uint64_t wrong = strcmp(mode, "touch") == 0 ? touch(bytes, rounds, &first_seconds) : allocate(bytes, rounds, &first_seconds);
  printf("{\"peer\":\"busy\",\"seconds\":%.6f,\"firstSeconds\":%.6f,\"wrong\":%" PRIu64 "}\n",
         (double)(now_ns() - begin) / 1e9, first_seconds, wrong);
  return wrong == 0 ? 0 : 1;
}
