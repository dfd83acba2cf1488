// Phase stamps: where the time of turns goes, summed in the core memory, where `farpage dump` and `farpage bench --phases` read
// it. Off unless FARPAGE_PHASES is set; then each place that stamps costs one branch that is never taken.
#pragma once
#include <atomic>
#include <cstdint>

#include "core-memory.h"
#include "layout.h"

namespace farpage {

/** A clock that is read in a few nanoseconds; its unit is the processor's. */
inline uint64_t readTicks() {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#else
  uint64_t now;
  asm volatile("mrs %0, cntvct_el0" : "=r"(now));
  return now;
#endif
}

/** Whether any pager of this process stamps. */
extern std::atomic<bool> stamping;

/** For a place that does not know its pager yet; 0: none stamps. */
inline uint64_t entryTicks() {
  return __builtin_expect(static_cast<long>(stamping.load(std::memory_order_relaxed)), 0) ? readTicks() : 0;
}

/**
 * Each stamp ends a phase, which began at the stamp before: so no time counts twice, and none is left out. Only the thread
 * that has the turn may stamp.
 */
class Stamps {
 public:
  /** From now on stamps are taken, into the core memory. */
  void begin(uint8_t* core);

  void end(uint32_t phase, uint32_t times = 1) {
    if (__builtin_expect(core_ != nullptr, 0)) note(phase, times);
  }

  /** The time since the last stamp was no turn's. */
  void resume() {
    if (__builtin_expect(core_ != nullptr, 0)) last_ = readTicks();
  }

  /** Brackets a turn, for its length as a whole. */
  void beginTurn() {
    if (__builtin_expect(core_ != nullptr, 0)) turn_ = last_;
  }
  void endTurn() {
    if (__builtin_expect(core_ != nullptr, 0)) noteTurn();
  }

  void countFault() {
    if (__builtin_expect(core_ != nullptr, 0)) at<uint64_t>(core_, layout::STAMPS_AT + layout::STAMP_FAULTS_AT)++;
  }

  /** 0: off. Any thread may call it. */
  uint64_t now() const { return __builtin_expect(core_ != nullptr, 0) ? readTicks() : 0; }

  /** A faulting thread has the turn: it got the signal at `entered`, and asked for the lock at `asked`. */
  void enter(uint64_t entered, uint64_t asked) {
    if (__builtin_expect(core_ != nullptr, 0)) noteEntry(entered, asked);
  }

  /** The turn that ended at the last stamp, `since`, has been given away. Any thread may call it. */
  void left(uint64_t since) const {
    if (__builtin_expect(core_ != nullptr, 0)) noteLeft(since);
  }

  /** When the last phase ended. */
  uint64_t last() const { return last_; }

 private:
  void note(uint32_t phase, uint32_t times);
  void noteTurn();
  void noteEntry(uint64_t entered, uint64_t asked);
  void noteLeft(uint64_t since) const;

  uint8_t* core_ = nullptr;
  uint64_t last_ = 0;
  uint64_t turn_ = 0;
};

}  // namespace farpage
