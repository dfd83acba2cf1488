// Futexes by page: threads that wait in a signal handler until their page changes.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace farpage {

/**
 * Several pages share one: a thread that is woken for another page faults again. A thread reads the word before it reports its
 * fault, and parks with what it read. Who changes a page changes the word, and then looks for waiters.
 */
struct alignas(64) Parking {
  std::atomic<uint32_t> word{0};
  std::atomic<uint32_t> waiters{0};
};

static_assert(std::atomic<uint32_t>::is_always_lock_free, "a futex is a plain word");

/** `page`: an address by the size of a page. */
Parking& parkingOf(uint64_t page);

/** Counts itself in and waits until the word is not `seen` any more. Async-signal-safe. */
void park(Parking& parking, uint32_t seen);

/** Wakes the threads that wait for pages of 1 << shift bytes in an address range. Call after the pages have changed. */
void wakeParked(uint64_t start, uint64_t end, uint32_t shift);

/** Wakes all. */
void wakeAllParked();

}  // namespace farpage
