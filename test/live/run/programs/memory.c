// Allocation in all its forms, by one process.
#include "check.h"

#include <fcntl.h>
#include <pthread.h>

static void patterns(void) {
  size_t bytes = megabytes(32);
  char *one = malloc(bytes);
  MUST(one != NULL);
  one = (char *)(((uintptr_t)one + PAGE - 1) & ~(PAGE - 1));
  bytes -= PAGE;
  fill(one, bytes, 1);
  MUST(bad_pages(one, bytes, 1) == 0);
  /* In no order. */
  uint64_t at = 1;
  for (int i = 0; i < 20000; i++) {
    at = mix(at + i);
    size_t page = at % (bytes / PAGE);
    uint64_t *word = (uint64_t *)(one + page * PAGE);
    MUST(word[0] == mix(page * 512 + 1));
    word[1] = 1;
  }
  MUST(bad_pages(one, bytes, 1) == 0);
  char *zeros = calloc(bytes / PAGE, PAGE);
  MUST(zeros != NULL && pages_not_zero(zeros, bytes & ~(PAGE - 1)) == 0);
}

static void small_blocks(void) {
  size_t count = megabytes(32) / 512;
  uint64_t **blocks = malloc(count * sizeof *blocks);
  for (int round = 0; round < 3; round++) {
    for (size_t i = 0; i < count; i++) {
      size_t words = 8 + mix(i + round) % 56;
      blocks[i] = malloc(words * 8);
      MUST(blocks[i] != NULL);
      for (size_t j = 0; j < words; j++) blocks[i][j] = mix(i * 64 + j);
    }
    for (size_t i = 0; i < count; i++) {
      size_t words = 8 + mix(i + round) % 56;
      for (size_t j = 0; j < words; j++) MUST(blocks[i][j] == mix(i * 64 + j));
      free(blocks[i]);
    }
  }
}

static void *worker(void *number) {
  uint64_t seed = (uintptr_t)number;
  size_t bytes = megabytes(32) / 8;
  for (int round = 0; round < 6; round++) {
    char *memory = map(bytes);
    fill(memory, bytes, seed + round);
    /* Whichever thread makes the call, its neighbours run meanwhile. */
    MUST(madvise(memory, bytes / 4 & ~(PAGE - 1), MADV_DONTNEED) == 0);
    MUST(pages_not_zero(memory, bytes / 4 & ~(PAGE - 1)) == 0);
    fill(memory, bytes / 4 & ~(PAGE - 1), seed + round);
    MUST(bad_pages(memory, bytes, seed + round) == 0);
    MUST(munmap(memory, bytes) == 0);
  }
  return NULL;
}

static void threads(void) {
  pthread_t thread[8];
  for (uintptr_t i = 0; i < 8; i++) MUST(pthread_create(&thread[i], NULL, worker, (void *)(i * 100)) == 0);
  for (int i = 0; i < 8; i++) MUST(pthread_join(thread[i], NULL) == 0);
}

static void growth(void) {
  size_t bytes = 2 * MIB;
  char *memory = map(bytes);
  fill(memory, bytes, 5);
  while (bytes < megabytes(32)) {
    /* Something in the way makes it move. */
    char *next = mmap(memory + bytes, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    char *moved = mremap(memory, bytes, bytes * 2, MREMAP_MAYMOVE);
    MUST(moved != MAP_FAILED);
    if (next != MAP_FAILED) munmap(next, PAGE);
    memory = moved;
    MUST(pages_not_zero(memory + bytes, bytes) == 0);
    for (size_t page = bytes / PAGE; page < 2 * bytes / PAGE; page++) fill_page(memory, page, 5);
    bytes *= 2;
    MUST(bad_pages(memory, bytes, 5) == 0);
  }
  char *shrunk = mremap(memory, bytes, bytes / 2, 0);
  MUST(shrunk == memory && bad_pages(memory, bytes / 2, 5) == 0);
  char *block = NULL;
  for (size_t size = 2 * MIB; size <= megabytes(32); size += 2 * MIB) {
    block = realloc(block, size);
    MUST(block != NULL);
    memset(block + size - 2 * MIB, (int)(size / MIB), 2 * MIB);
  }
  for (size_t at = 0; at < megabytes(32); at += 512) MUST(block[at] == (char)((at / (2 * MIB) + 1) * 2));
}

static void advice(void) {
  size_t bytes = megabytes(32);
  char *memory = map(bytes);
  fill(memory, bytes, 9);
  /* Evicted and resident ones alike. */
  MUST(madvise(memory, bytes / 2, MADV_DONTNEED) == 0);
  MUST(pages_not_zero(memory, bytes / 2) == 0);
  MUST(bad_pages(memory, bytes, 9) == bytes / 2 / PAGE);
  fill(memory, bytes, 10);
  MUST(bad_pages(memory, bytes, 10) == 0);
  MUST(madvise(memory, bytes, MADV_FREE) == 0);
  for (size_t page = 0; page < bytes / PAGE; page++) {
    uint64_t *word = (uint64_t *)(memory + page * PAGE);
    MUST((word[0] == mix(page * 512 + 10) && word[511] == 10) || (word[0] == 0 && word[511] == 0));
  }
  fill(memory, bytes, 11);
  MUST(bad_pages(memory, bytes, 11) == 0);
}

/* While pages are on their way out, they are dropped: they must not come back with what was in them. */
static volatile int dropping = 1;
static void *dropper(void *memory) {
  for (uint64_t round = 0; dropping; round++) {
    char *part = (char *)memory + mix(round) % 32 * 64 * PAGE;
    MUST(madvise(part, 64 * PAGE, MADV_DONTNEED) == 0);
    MUST(pages_not_zero(part, 64 * PAGE) == 0);
    fill(part, 64 * PAGE, round | 1);
  }
  return NULL;
}

static void drop_evicted(void) {
  char *dropped = map(32 * 64 * PAGE);
  size_t bytes = megabytes(32);
  char *kept = map(bytes);
  pthread_t thread;
  MUST(pthread_create(&thread, NULL, dropper, dropped) == 0);
  for (uint64_t round = 0; round < 4; round++) {
    fill(kept, bytes, round);
    MUST(bad_pages(kept, bytes, round) == 0);
  }
  dropping = 0;
  MUST(pthread_join(thread, NULL) == 0);
}

/* An address that was just unmapped is somebody else's at once; also over what is there. */
static volatile int reusing = 1;
static void *reuser(void *at) {
  for (uint64_t round = 0; reusing; round++) {
    size_t bytes = (1 + round % 4) * MIB;
    char *memory = mmap(at, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    MUST(memory == at && pages_not_zero(memory, bytes) == 0);
    fill(memory, bytes, round);
    MUST(bad_pages(memory, bytes, round) == 0);
    if (round % 2 == 0) MUST(munmap(memory, bytes) == 0);
  }
  return NULL;
}

static void reuse(void) {
  char *place = map(8 * MIB);
  size_t bytes = megabytes(32);
  char *kept = map(bytes);
  pthread_t thread;
  MUST(pthread_create(&thread, NULL, reuser, place) == 0);
  for (uint64_t round = 0; round < 4; round++) {
    fill(kept, bytes, round);
    MUST(bad_pages(kept, bytes, round) == 0);
  }
  reusing = 0;
  MUST(pthread_join(thread, NULL) == 0);
  for (int i = 0; i < 200; i++) {
    char *memory = map(2 * MIB);
    MUST(pages_not_zero(memory, 2 * MIB) == 0);
    memset(memory, i | 1, 2 * MIB);
    MUST(munmap(memory, 2 * MIB) == 0);
  }
}

static void huge_reservation(void) {
  size_t bytes = 1ul << 40;
  char *memory = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  MUST(memory != MAP_FAILED);
  MUST(mprotect(memory + bytes / 2, megabytes(32), PROT_READ | PROT_WRITE) == 0);
  fill(memory + bytes / 2, megabytes(32), 3);
  MUST(bad_pages(memory + bytes / 2, megabytes(32), 3) == 0);
  MUST(munmap(memory, bytes) == 0);
}

static void huge_pages(void) {
  size_t bytes = megabytes(32);
  char *memory = map(bytes + 2 * MIB);
  memory = (char *)(((uintptr_t)memory + 2 * MIB - 1) & ~(2 * MIB - 1));
  /* A kernel without huge pages refuses the advice. */
  (void)!madvise(memory, bytes, MADV_HUGEPAGE);
  for (uint64_t round = 0; round < 3; round++) {
    for (size_t at = 0; at < bytes; at += 2 * MIB) {
      for (size_t page = at / PAGE; page < (at + 2 * MIB) / PAGE; page++) fill_page(memory, page, round);
      (void)!madvise(memory + at, 2 * MIB, 25 /* MADV_COLLAPSE */);
    }
    MUST(bad_pages(memory, bytes, round) == 0);
  }
}

int main(int argc, char **argv) {
  const struct scene scenes[] = {
      {"patterns", patterns}, {"small blocks", small_blocks}, {"threads", threads},
      {"growth", growth},     {"advice", advice},             {"drop evicted", drop_evicted},
      {"reuse", reuse},       {"reservation", huge_reservation}, {"huge pages", huge_pages},
  };
  return play(argc, argv, scenes, sizeof scenes / sizeof *scenes);
}
