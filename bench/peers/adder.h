// One thread's part of a race for one word: both sides of the comparison run this loop.
#ifndef FARPAGE_BENCH_ADDER_H
#define FARPAGE_BENCH_ADDER_H

#include "common.h"

/**
 * Adds 1 to the word again and again for `ms`. After each addition the CPU is offered to others: else the thread that has to pass the
 * page on waits for the end of this one's slice, and the figure is the scheduler's.
 */
static inline uint64_t add_for(uint32_t *word, uint64_t ms) {
  uint64_t adds = 0;
  for (uint64_t end = now_ns() + ms * 1000000u; now_ns() < end; adds++) {
    __atomic_fetch_add(word, 1, __ATOMIC_SEQ_CST);
    sched_yield();
  }
  return adds;
}

#endif
