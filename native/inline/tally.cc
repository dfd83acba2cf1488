// See tally.h. The tables are static: a handler may still be in one whose tally was closed.
#include "inline/tally.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <mutex>

namespace farpage {

std::atomic<uint32_t> openTallies{0};

namespace {

constexpr size_t TALLIES = 32;
constexpr size_t THREADS = 256;

struct Row {
  std::atomic<uint32_t> thread;
  std::atomic<uint64_t> faults;
  std::atomic<uint64_t> nanoseconds;
  std::atomic<uint64_t> longest;
};

/** Its range is empty while it is closed. */
struct Tally {
  std::atomic<uint64_t> start;
  std::atomic<uint64_t> end;
  Row rows[THREADS];
  Row others;
};

Tally tallies[TALLIES];

std::mutex& tableMutex() {
  static std::mutex& one = *new std::mutex;
  return one;
}

void clear(Row& row) {
  row.thread.store(0);
  row.faults.store(0);
  row.nanoseconds.store(0);
  row.longest.store(0);
}

// Rows are taken in order, and no row is given back while the tally is open.
Row& rowOf(Tally& tally, uint32_t thread) {
  for (Row& row : tally.rows) {
    uint32_t owner = row.thread.load(std::memory_order_relaxed);
    if (owner == 0 && row.thread.compare_exchange_strong(owner, thread)) return row;
    if (owner == thread) return row;
  }
  return tally.others;
}

void add(Row& row, uint64_t time) {
  row.faults.fetch_add(1, std::memory_order_relaxed);
  row.nanoseconds.fetch_add(time, std::memory_order_relaxed);
  uint64_t longest = row.longest.load(std::memory_order_relaxed);
  while (time > longest && !row.longest.compare_exchange_weak(longest, time, std::memory_order_relaxed)) {
  }
}

}  // namespace

int openTally(uint64_t start, uint64_t end) {
  const std::lock_guard<std::mutex> lock(tableMutex());
  for (size_t i = 0; i < TALLIES; i++) {
    Tally& tally = tallies[i];
    if (tally.end.load() != 0) continue;
    for (Row& row : tally.rows) clear(row);
    clear(tally.others);
    tally.start.store(start);
    tally.end.store(end);
    openTallies.fetch_add(1);
    return static_cast<int>(i);
  }
  return -1;
}

void closeTally(int tally) {
  const std::lock_guard<std::mutex> lock(tableMutex());
  openTallies.fetch_sub(1);
  tallies[tally].end.store(0);
}

std::vector<ThreadTally> readTally(int number) {
  std::vector<ThreadTally> read;
  const auto take = [&read](const Row& row) {
    const uint64_t faults = row.faults.load();
    if (faults != 0) read.push_back({row.thread.load(), faults, row.nanoseconds.load(), row.longest.load()});
  };
  const Tally& tally = tallies[number];
  for (const Row& row : tally.rows) take(row);
  take(tally.others);
  return read;
}

void tallyEnd(uint64_t address, uint64_t began) {
  const uint64_t time = monotonicNow() - began;
  // The lock's name of a thread is not the kernel's.
  const auto thread = static_cast<uint32_t>(syscall(SYS_gettid));
  for (Tally& tally : tallies) {
    if (address >= tally.start.load(std::memory_order_relaxed) && address < tally.end.load(std::memory_order_relaxed)) {
      add(rowOf(tally, thread), time);
    }
  }
}

}  // namespace farpage
