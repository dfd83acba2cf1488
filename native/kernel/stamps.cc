// The slow side of stamps.h: sums, counts and the longest time of each phase.
#include "kernel/stamps.h"

#include "kernel/clock.h"

namespace farpage {

using namespace layout;

namespace {

void add(uint8_t* core, uint32_t phase, uint64_t spent, uint32_t times) {
  const uint64_t record = STAMPS_AT + STAMP_RECORDS_AT + phase * STAMP_BYTES;
  at<uint64_t>(core, record + STAMP_TICKS_AT) += spent;
  at<uint64_t>(core, record + STAMP_COUNT_AT) += times;
  auto& longest = at<uint64_t>(core, record + STAMP_LONGEST_AT);
  if (spent > longest) longest = spent;
}

}  // namespace

std::atomic<bool> stamping{false};

void Stamps::begin(uint8_t* core) {
  stamping.store(true);
  core_ = core;
  last_ = readTicks();
  at<uint64_t>(core, STAMPS_AT + STAMP_BEGIN_TICKS_AT) = last_;
  at<uint64_t>(core, STAMPS_AT + STAMP_BEGIN_TIME_AT) = monotonicNow();
}

void Stamps::note(uint32_t phase, uint32_t times) {
  const uint64_t now = readTicks();
  add(core_, phase, now - last_, times);
  last_ = now;
}

void Stamps::noteTurn() {
  add(core_, STAMP_TURN, last_ - turn_, 1);
  // What a tick is in nanoseconds follows from two moments by both clocks.
  at<uint64_t>(core_, STAMPS_AT + STAMP_NOW_TICKS_AT) = last_;
  at<uint64_t>(core_, STAMPS_AT + STAMP_NOW_TIME_AT) = at<uint64_t>(core_, NOW_AT);
}

void Stamps::noteEntry(uint64_t entered, uint64_t asked) {
  last_ = readTicks();
  turn_ = last_;
  add(core_, STAMP_ENTRY, asked - entered, 1);
  add(core_, STAMP_LOCK, last_ - asked, 1);
}

void Stamps::noteLeft(uint64_t since) const {
  const uint64_t spent = readTicks() - since;
  const uint64_t record = STAMPS_AT + STAMP_RECORDS_AT + STAMP_UNLOCK * STAMP_BYTES;
  __atomic_fetch_add(&at<uint64_t>(core_, record + STAMP_TICKS_AT), spent, __ATOMIC_RELAXED);
  __atomic_fetch_add(&at<uint64_t>(core_, record + STAMP_COUNT_AT), 1, __ATOMIC_RELAXED);
}

}  // namespace farpage
