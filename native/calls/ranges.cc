// The table of ranges.h. Readers take no lock: an entry's end is 0 while its start changes.
#include "calls/ranges.h"

#include <algorithm>
#include <mutex>

namespace farpage {

std::atomic<uint64_t> lowestServed{UINT64_MAX};
std::atomic<uint64_t> highestServed{0};

namespace {

struct Range {
  std::atomic<uint64_t> start{0};
  std::atomic<uint64_t> end{0};
};

constexpr size_t RANGES = 8192;
Range ranges[RANGES];
std::atomic<size_t> used{0};
thread_local bool direct = false;

std::mutex& mutex() {
  static std::mutex& one = *new std::mutex;
  return one;
}

// With the mutex held.
void setBounds() {
  uint64_t lowest = UINT64_MAX;
  uint64_t highest = 0;
  const size_t count = used.load();
  for (size_t i = 0; i < count; i++) {
    const uint64_t end = ranges[i].end.load();
    if (end == 0) continue;
    lowest = std::min(lowest, ranges[i].start.load());
    highest = std::max(highest, end);
  }
  lowestServed.store(lowest);
  highestServed.store(highest);
}

}  // namespace

void addServedRange(uint64_t start, uint64_t end) {
  const std::lock_guard<std::mutex> lock(mutex());
  const size_t count = used.load();
  size_t place = 0;
  while (place < count && ranges[place].end.load() != 0) place++;
  if (place == RANGES) return;
  ranges[place].start.store(start);
  ranges[place].end.store(end);
  if (place == count) used.store(count + 1);
  setBounds();
}

void removeServedRange(uint64_t start) {
  const std::lock_guard<std::mutex> lock(mutex());
  const size_t count = used.load();
  for (size_t i = 0; i < count; i++) {
    if (ranges[i].end.load() != 0 && ranges[i].start.load() == start) ranges[i].end.store(0);
  }
  setBounds();
}

bool isInServedRange(uint64_t start, uint64_t end) {
  const size_t count = used.load(std::memory_order_acquire);
  for (size_t i = 0; i < count; i++) {
    if (start < ranges[i].end.load(std::memory_order_acquire) && end > ranges[i].start.load(std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

bool isServed(const iovec* vectors, int count) {
  for (int i = 0; i < count; i++) {
    if (isServed(vectors[i].iov_base, vectors[i].iov_len)) return true;
  }
  return false;
}

void letThisThreadCallDirectly() { direct = true; }

bool callsDirectly() { return direct; }

}  // namespace farpage
