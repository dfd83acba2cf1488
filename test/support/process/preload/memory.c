/* Memory that is allocated, moved, dropped, locked and given to system calls. */
#include "scenes.h"

#include <fcntl.h>
#include <pthread.h>

void patterns(size_t mib) {
  enum { BLOCKS = 8 };
  char *blocks[BLOCKS];
  const size_t bytes = mib * MIB / BLOCKS;
  for (int i = 0; i < BLOCKS; i++) {
    blocks[i] = i % 2 == 0 ? malloc(bytes) : calloc(1, bytes);
    REQUIRE(blocks[i] != NULL);
    if (i % 2 == 1) checkZero(blocks[i], bytes);
    fill(blocks[i], bytes, (uint64_t)i);
  }
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < BLOCKS; i++) {
      check(blocks[i], bytes, (uint64_t)(i + 100 * round));
      fill(blocks[i], bytes, (uint64_t)(i + 100 * (round + 1)));
    }
  }
  for (int i = 0; i < BLOCKS; i++) free(blocks[i]);
  /* Small blocks: what would come from sbrk. */
  enum { SMALL = 4096 };
  static char *small[SMALL];
  for (int i = 0; i < SMALL; i++) {
    small[i] = malloc(2048);
    fill(small[i], 2048, (uint64_t)i);
  }
  for (int i = 0; i < SMALL; i++) {
    check(small[i], 2048, (uint64_t)i);
    free(small[i]);
  }
}

void growth(void) {
  size_t bytes = MIB / 4;
  char *block = malloc(bytes);
  fill(block, bytes, 1);
  while (bytes < 16 * MIB) {
    block = realloc(block, bytes * 2);
    check(block, bytes, 1);
    bytes *= 2;
    fill(block, bytes, 1);
  }
  /* Moved by mremap to a place of our own, and back in part. */
  char *place = map(32 * MIB);
  char *from = map(8 * MIB);
  fill(from, 8 * MIB, 2);
  char *to = mremap(from, 8 * MIB, 16 * MIB, MREMAP_MAYMOVE | MREMAP_FIXED, place);
  REQUIRE(to == place);
  check(to, 8 * MIB, 2);
  checkZero(to + 8 * MIB, 8 * MIB);
  to = mremap(to, 16 * MIB, 4 * MIB, 0);
  REQUIRE(to == place);
  check(to, 4 * MIB, 2);
  checkZero(place + 16 * MIB, 16 * MIB);
  check(block, bytes, 1);
}

void drops(void) {
  char *at = map(16 * MIB);
  for (int round = 0; round < 3; round++) {
    fill(at, 16 * MIB, (uint64_t)round);
    REQUIRE(madvise(at + 4 * MIB, 4 * MIB, MADV_DONTNEED) == 0);
    checkZero(at + 4 * MIB, 4 * MIB);
    check(at, 4 * MIB, (uint64_t)round);
    REQUIRE(munmap(at + 12 * MIB, 4 * MIB) == 0);
    char *again = mmap(at + 12 * MIB, 4 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    REQUIRE(again == at + 12 * MIB);
    checkZero(again, 4 * MIB);
  }
  char *populated = mmap(NULL, 4 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  REQUIRE(populated != MAP_FAILED);
  fill(populated, 4 * MIB, 9);
  fill(at, 16 * MIB, 8);
  check(populated, 4 * MIB, 9);
}

static void *churn(void *argument) {
  const uint64_t seed = (uint64_t)(uintptr_t)argument;
  char *kept = malloc(4 * MIB);
  fill(kept, 4 * MIB, seed);
  for (int round = 0; round < 12; round++) {
    char *at = map(2 * MIB);
    fill(at, 2 * MIB, seed + (uint64_t)round);
    char *blocks[16];
    for (int i = 0; i < 16; i++) {
      blocks[i] = malloc(64 * 1024);
      fill(blocks[i], 64 * 1024, seed * 3 + (uint64_t)i);
    }
    check(at, 2 * MIB, seed + (uint64_t)round);
    if (round % 3 == 0) REQUIRE(madvise(at, MIB, MADV_DONTNEED) == 0);
    if (round % 3 == 0) checkZero(at, MIB);
    for (int i = 0; i < 16; i++) {
      check(blocks[i], 64 * 1024, seed * 3 + (uint64_t)i);
      free(blocks[i]);
    }
    REQUIRE(munmap(at, 2 * MIB) == 0);
  }
  check(kept, 4 * MIB, seed);
  free(kept);
  return NULL;
}

void threads(void) {
  pthread_t all[8];
  for (uintptr_t i = 0; i < 8; i++) REQUIRE(pthread_create(&all[i], NULL, churn, (void *)(i + 1)) == 0);
  for (int i = 0; i < 8; i++) pthread_join(all[i], NULL);
}

void kernel(void) {
  const size_t bytes = 8 * MIB;
  char *at = map(bytes);
  char *other = map(bytes);
  fill(at, bytes, 3);
  fill(other, bytes, 4);
  const int file = memfd_create("scene", 0);
  REQUIRE(pwrite(file, at, bytes, 0) == (ssize_t)bytes);
  REQUIRE(pread(file, other, bytes, 0) == (ssize_t)bytes);
  check(other, bytes, 3);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  for (size_t done = 0; done < bytes; done += 32768) {
    REQUIRE(write(ends[1], at + done, 32768) == 32768);
    REQUIRE(read(ends[0], other + bytes - 32768 - done, 32768) == 32768);
  }
  for (size_t done = 0; done < bytes; done += 32768) {
    REQUIRE(memcmp(at + done, other + bytes - 32768 - done, 32768) == 0);
  }
}

void locked(void) {
  char *at = map(2 * MIB);
  fill(at, 2 * MIB, 1);
  REQUIRE(mlock(at, 2 * MIB) == 0);
  char *guarded = map(4 * MIB);
  fill(guarded, 4 * MIB, 2);
  REQUIRE(mprotect(guarded, 4 * MIB, PROT_READ) == 0);
  char *rest = map(16 * MIB);
  fill(rest, 16 * MIB, 3);
  check(at, 2 * MIB, 1);
  check(guarded, 4 * MIB, 2);
  REQUIRE(mprotect(guarded, 4 * MIB, PROT_READ | PROT_WRITE) == 0);
  fill(guarded, 4 * MIB, 4);
  check(rest, 16 * MIB, 3);
  check(guarded, 4 * MIB, 4);
}

/* Many small blocks, as most programs have them. */
void small(void) {
  enum { COUNT = 40000 };
  static char *blocks[COUNT];
  for (int i = 0; i < COUNT; i++) {
    blocks[i] = malloc(504);
    fill(blocks[i], 504, (uint64_t)i);
  }
  for (int i = 0; i < COUNT; i++) check(blocks[i], 504, (uint64_t)i);
}

void frees(void) {
  enum { PAGES = 4096 };
  char *at = map(PAGES * PAGE);
  fill(at, PAGES * PAGE, 1);
  REQUIRE(madvise(at, PAGES * PAGE, MADV_FREE) == 0);
  static unsigned char present[PAGES];
  REQUIRE(mincore(at, PAGES * PAGE, present) == 0);
  int count = 0;
  for (int i = 0; i < PAGES; i++) count += present[i] & 1;
  printf("present %d\n", count);
  fill(at, PAGES * PAGE, 2);
  check(at, PAGES * PAGE, 2);
  /* The kernel refuses it for a file's mapping, and the bytes written there stay. */
  const int file = memfd_create("scene", 0);
  REQUIRE(ftruncate(file, 2 * MIB) == 0);
  char *copy = mmap(NULL, 2 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  fill(copy, 2 * MIB, 3);
  errno = 0;
  REQUIRE(madvise(copy, 2 * MIB, MADV_FREE) == -1 && errno == EINVAL);
  check(copy, 2 * MIB, 3);
}
