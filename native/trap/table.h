// What trap.cc, which changes ranges, shares with trap-handler.cc, which looks them up inside a signal handler: tables
// of fixed places that are never freed, atomics, and no lock.
#pragma once
#include <atomic>
#include <cstdint>
#include <utility>
#include <vector>

#include "trap/trap.h"

namespace farpage {

constexpr size_t TRAP_SLOTS = 512;
constexpr size_t TRAP_BUCKETS = 1024;

using TrapBits = std::atomic<uint64_t>;
static_assert(TrapBits::is_always_lock_free, "usable in a signal handler");
static_assert(std::atomic<uint32_t>::is_always_lock_free, "a futex is a plain word");

/**
 * A range. The handler counts itself in before it looks whether the slot is live, and out before it waits; a slot is
 * changed only while it is not live and nobody is counted in.
 */
struct alignas(64) TrapSlot {
  std::atomic<uint32_t> users{0};
  std::atomic<bool> live{false};
  std::atomic<uint64_t> start{0};
  std::atomic<uint64_t> end{0};
  uint32_t shift = 0;
  /** A bit a page: it is accessible or poisoned. */
  TrapBits* present = nullptr;
  /** A bit a page: a touch of it is no business of ours. */
  TrapBits* poisoned = nullptr;
  /** A bit a page: it is accessible, but a write to it is told. */
  TrapBits* guarded = nullptr;
  TrapPipe* pipe = nullptr;

  // For trap.cc alone:
  Trap* owner = nullptr;
  uint64_t bitsBytes = 0;  // of all bitmaps
  int file = -1;
  bool taken = false;
  uint32_t poisonings = 0;
  /** Runs of pages {first, end} that stay inaccessible when the range is removed. */
  std::vector<std::pair<uint64_t, uint64_t>> sealed;
};

/** Where threads wait, by page number. Several pages share a bucket: who is woken for another's sake faults again. */
struct alignas(64) TrapBucket {
  std::atomic<uint32_t> word{0};
  std::atomic<uint32_t> waiters{0};
};

extern TrapSlot trapSlots[TRAP_SLOTS];
/** Slots from here on were never used. */
extern std::atomic<uint32_t> trapSlotsEnd;

/** Once for the process. 0 or an errno. */
int installTrapHandler();
bool trapHandlerInstalled();
void setTrapAbandoned(void (*end)());

/** From now on an access there may fault for a page that was accessible by the time the handler ran. */
void rememberFormer(uint64_t start, uint64_t end);

/** Addresses of pages of 1 << shift bytes. Call it after their bits have changed. */
void wakeTrapped(uint64_t start, uint64_t end, uint32_t shift);

enum class Sent { done, full, broken };
/** Writes one message, whole or not at all. Async-signal-safe. */
Sent sendTrapMessage(TrapPipe* pipe, const uffd_msg& message);

}  // namespace farpage
