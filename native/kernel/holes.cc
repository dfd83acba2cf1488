// Remembers regions' ranges and keeps their unmapped holes reserved: see holes.h.
#include "kernel/holes.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <utility>
#include <vector>

namespace farpage {

namespace {

std::mutex& mutex = *new std::mutex;
auto& ranges = *new std::vector<std::pair<uint64_t, uint64_t>>;

bool insideRegion(uint64_t start, uint64_t length) {
  const std::lock_guard<std::mutex> lock(mutex);
  return std::any_of(ranges.begin(), ranges.end(), [start, length](const std::pair<uint64_t, uint64_t>& range) {
    return start >= range.first && start + length <= range.second;
  });
}

// Replaces the mapping in one step, so that no other thread can map memory there in between.
int take(uint64_t start, uint64_t length, int how) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | how;
  return mmap(reinterpret_cast<void*>(start), length, PROT_NONE, flags, -1, 0) == MAP_FAILED ? errno : 0;
}

}  // namespace

void rememberRegion(uint64_t start, uint64_t length) {
  const std::pair<uint64_t, uint64_t> range = {start, start + length};
  const std::lock_guard<std::mutex> lock(mutex);
  if (std::find(ranges.begin(), ranges.end(), range) == ranges.end()) ranges.push_back(range);
}

int unmapRange(uint64_t start, uint64_t length) {
  if (insideRegion(start, length)) return take(start, length, MAP_FIXED);
  return munmap(reinterpret_cast<void*>(start), length) == 0 ? 0 : errno;
}

void keepHole(uint64_t start, uint64_t length) {
  // Memory that another thread mapped there meanwhile stays.
  if (insideRegion(start, length)) take(start, length, MAP_FIXED_NOREPLACE);
}

}  // namespace farpage
