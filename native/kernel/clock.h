// The clock by which waits and phases are measured.
#pragma once

#include <cstdint>
#include <ctime>

namespace farpage {

/** Nanoseconds. */
inline uint64_t monotonicNow() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<uint64_t>(time.tv_sec) * 1000000000u + static_cast<uint64_t>(time.tv_nsec);
}

}  // namespace farpage
