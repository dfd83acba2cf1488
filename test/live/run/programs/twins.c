/*
 * Two children in PID namespaces of their own, both number 1, that begin at the same moment: twins ROUNDS
 * Each has its parent's memory, writes to all of it more than once, and finds what it has written. MB: of memory.
 */
#include "check.h"

#include <sched.h>

/* How many of a round have come so far; not paged: it is smaller than what is. */
static uint32_t *arrived;

static void meet(uint32_t count) {
  __atomic_add_fetch(arrived, 1, __ATOMIC_SEQ_CST);
  while (__atomic_load_n(arrived, __ATOMIC_SEQ_CST) < count) sched_yield();
}

static int twin(void *memory, size_t bytes, uint64_t seed) {
  MUST(getpid() == 1);
  size_t bad = bad_pages(memory, bytes, seed);
  for (uint64_t again = 1000; again < 3000; again += 1000) {
    fill(memory, bytes, seed + again);
    bad += bad_pages(memory, bytes, seed + again);
  }
  return bad == 0 ? 0 : 1;
}

int main(int argc, char **argv) {
  MUST(argc == 2);
  const uint32_t rounds = (uint32_t)atoi(argv[1]);
  const size_t bytes = megabytes(4);
  char *memory = map(bytes);
  arrived = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  MUST(arrived != MAP_FAILED);
  for (uint32_t round = 0; round < rounds; round++) {
    pid_t parents[2];
    for (int i = 0; i < 2; i++) {
      parents[i] = fork();
      MUST(parents[i] >= 0);
      if (parents[i] != 0) continue;
      const uint64_t seed = round * 2 + i + 1;
      fill(memory, bytes, seed);
      MUST(unshare(CLONE_NEWPID) == 0);
      meet(round * 2 + 2);
      const pid_t child = fork();
      if (child == 0) _exit(twin(memory, bytes, seed));
      _exit(code_of(child));
    }
    for (int i = 0; i < 2; i++) {
      const int code = code_of(parents[i]);
      if (code != 0) printf("round %u, twin %d: %d\n", round, i, code);
      fflush(stdout);
    }
  }
  puts("done");
  return 0;
}
