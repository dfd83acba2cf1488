// The futex of lock.h, after U. Drepper, “Futexes Are Tricky” (2011), mutex 2.
#include "inline/lock.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/clock.h"

namespace farpage {

namespace {

/**
 * About 9 µs. A turn takes 2 to 4 µs, with a trap 6; a thread that sleeps sooner is woken for more than it saves: two threads on a
 * trap got less done than one.
 */
constexpr int LOOKS = 400;
/** A thread that looks for the lock takes it at once; one that sleeps needs longer to wake than the caller to want it back. */
constexpr int YIELDS = 64;
constexpr uint64_t MAX_WAIT = 200 * 1000;  // ns

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

void TurnLock::take(uint64_t thread) {
  uint32_t seen = 0;
  if (!state_.compare_exchange_strong(seen, 1, std::memory_order_acquire)) {
    waiting_.fetch_add(1);
    bool taken = false;
    for (int i = 0; i < LOOKS && !taken; i++) {
      pause();
      seen = 0;
      taken = state_.load(std::memory_order_relaxed) == 0 &&
              state_.compare_exchange_strong(seen, 1, std::memory_order_acquire);
    }
    while (!taken && state_.exchange(2, std::memory_order_acquire) != 0) {
      syscall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, 2, nullptr, nullptr, 0);
    }
    waiting_.fetch_sub(1);
  }
  owner_.store(thread, std::memory_order_relaxed);
  taken_.store(taken_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

void TurnLock::release() {
  owner_.store(0, std::memory_order_relaxed);
  if (state_.exchange(0, std::memory_order_release) == 2) {
    syscall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
  }
}

bool TurnLock::isOf(uint64_t thread) const { return owner_.load(std::memory_order_relaxed) == thread; }

// Each look at the CPU's other threads may take as long as their slices: so the clock ends it, not a count.
void TurnLock::letOthers() const {
  const uint32_t seen = taken_.load(std::memory_order_relaxed);
  const uint64_t began = monotonicNow();
  for (int i = 0; waiting_.load(std::memory_order_relaxed) != 0; i++) {
    const bool taken = taken_.load(std::memory_order_relaxed) != seen;
    if ((taken && i >= YIELDS) || monotonicNow() - began > MAX_WAIT) return;
    sched_yield();
  }
}

}  // namespace farpage
