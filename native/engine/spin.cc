// Polls for the next fault within a budget that shrinks when polls find nothing: see spin.h.
#include "engine/spin.h"

#include <algorithm>

#include "engine/command.h"

namespace farpage {

namespace {

// Blocking and being woken on another CPU costs 40 µs and more on virtual machines: polling for as long pays off.
constexpr uint64_t LOOK_NANOSECONDS = 50'000;
constexpr uint32_t MAX_IN_VAIN = 4;
constexpr uint32_t MIN_PAUSE = 16;
constexpr uint32_t MAX_PAUSE = 4096;

}  // namespace

int Spin::look(pollfd* polled, nfds_t count) {
  if (pause_ > 0) {
    pause_--;
    return 0;
  }
  const uint64_t end = monotonicNow() + LOOK_NANOSECONDS;
  do {
    const int ready = poll(polled, count, 0);
    if (ready != 0) {
      inVain_ = 0;
      nextPause_ = MIN_PAUSE;
      return ready;
    }
  } while (monotonicNow() < end);
  if (++inVain_ < MAX_IN_VAIN) return 0;
  inVain_ = 0;
  pause_ = nextPause_;
  nextPause_ = std::min(nextPause_ * 2, MAX_PAUSE);
  return 0;
}

}  // namespace farpage
