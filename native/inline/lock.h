// Who takes the turn of a core: the loop's thread, or a thread in its signal handler.
#pragma once
#include <pthread.h>

#include <atomic>
#include <cstdint>

namespace farpage {

/** Excludes threads from each other by a futex. Not recursive. All of it is async-signal-safe. */
class TurnLock {
 public:
  /** `thread`: the caller's, of `thisThread`. */
  void take(uint64_t thread);
  void release();
  /** That thread, the caller, has it. */
  bool isOf(uint64_t thread) const;
  /** Lets threads that wait for it go first, for a moment: the caller has released it and wants it back. */
  void letOthers() const;

 private:
  // 0: free; 1: taken; 2: taken, and a thread may wait.
  std::atomic<uint32_t> state_{0};
  std::atomic<uint64_t> owner_{0};
  std::atomic<uint32_t> waiting_{0};
  /** How often it was taken. */
  std::atomic<uint32_t> taken_{0};
};

/** Identifies the calling thread among those that live, without a system call. Async-signal-safe. */
inline uint64_t thisThread() { return static_cast<uint64_t>(pthread_self()); }

}  // namespace farpage
