// Polls for the next fault without blocking: a wake-up on an idle CPU costs more than the fault.
#pragma once
#include <poll.h>

#include <cstdint>

namespace farpage {

/**
 * Polls for a while, and blocks sooner if polls find nothing:
 *
 *   look ──found──▶ the next fault is looked for as well
 *    └─nothing, 4 times in a row──▶ the next 16 waits block at once; 32 after the next 4 vain polls … up to 4,096
 *
 * So threads that fault all the time are served in a fraction of the time. A loop whose faulting thread shares its CPU, or
 * computes long between two faults, polls for less than a thousandth of its time.
 */
class Spin {
 public:
  /** Repeats a poll(2) that does not block, for up to 50 µs. 0: nothing was ready, or it did not poll at all. */
  int look(pollfd* polled, nfds_t count);

 private:
  uint32_t inVain_ = 0;
  /** Waits that still block at once, and how many follow the next row of vain polls. */
  uint32_t pause_ = 0;
  uint32_t nextPause_ = 16;
};

}  // namespace farpage
