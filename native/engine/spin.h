// Looking for the next fault without blocking: to be woken on a CPU that has gone idle costs more than the fault.
#pragma once
#include <poll.h>

#include <cstdint>

namespace farpage {

/**
 * Looks again and again for a while, and gives up where that finds nothing:
 *
 *   look ──found──▶ the next fault is looked for as well
 *    └─nothing, 4 times in a row──▶ the next 16 waits block at once; 32 after the next 4 looks in vain … up to 4,096
 *
 * So threads that fault all the time are served in a fraction of the time, and a loop whose toucher shares its CPU, or
 * computes long between two faults, looks for less than a thousandth of its time.
 */
class Spin {
 public:
  /** As poll(2) that does not wait, for up to 50 µs. 0 where nothing was ready, or where it did not look at all. */
  int look(pollfd* polled, nfds_t count);

 private:
  uint32_t inVain_ = 0;
  /** Waits that still block at once, and how many the next row of looks in vain makes it. */
  uint32_t pause_ = 0;
  uint32_t nextPause_ = 16;
};

}  // namespace farpage
