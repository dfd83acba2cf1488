// Counts the faults of each thread in ranges that somebody watches: region.trackFaults(). Handlers write, any thread reads.
// Without a tally a fault pays for one load of a word.
#pragma once
#include <atomic>
#include <cstdint>
#include <vector>

#include "kernel/clock.h"

namespace farpage {

struct ThreadTally {
  /** 0: the threads beyond the first hundreds, together. */
  uint32_t thread;
  uint64_t faults;
  /** From the signal's handler to the answer, waiting for the page included. */
  uint64_t nanoseconds;
  uint64_t longest;
};

extern std::atomic<uint32_t> openTallies;

/** Its number, or -1: too many are open. */
int openTally(uint64_t start, uint64_t end);
void closeTally(int tally);
std::vector<ThreadTally> readTally(int tally);

/** When a fault began; 0: nobody watches. Async-signal-safe, as what follows. */
inline uint64_t tallyBegin() { return openTallies.load(std::memory_order_relaxed) == 0 ? 0 : monotonicNow(); }

/** Counts a fault of the calling thread that began then in every tally whose range has the address. */
void tallyEnd(uint64_t address, uint64_t began);

}  // namespace farpage
