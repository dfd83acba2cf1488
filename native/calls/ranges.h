// Memory in which the kernel itself is not served: a system call on an absent page there fails with EFAULT.
#pragma once
#include <sys/uio.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace farpage {

/** Covers all such ranges, and what lies between them. Empty if there are none. */
extern std::atomic<uint64_t> lowestServed;
extern std::atomic<uint64_t> highestServed;

/** Beyond some thousand ranges a new one stays out: system calls on its absent pages fail. */
void addServedRange(uint64_t start, uint64_t end);
void removeServedRange(uint64_t start);

bool isInServedRange(uint64_t start, uint64_t end);

/** Whether a system call on these bytes must be made in farpage's way. It costs two compares for most memory. */
inline bool isServed(const void* start, size_t length) {
  const auto from = reinterpret_cast<uint64_t>(start);
  if (from >= highestServed.load(std::memory_order_relaxed)) return false;
  if (from + length <= lowestServed.load(std::memory_order_relaxed)) return false;
  return isInServedRange(from, from + length);
}

bool isServed(const iovec* vectors, int count);

/** The calling thread serves regions: its own system calls go to the kernel as they are, since it cannot wait for itself. */
void letThisThreadCallDirectly();
bool callsDirectly();

}  // namespace farpage
