// Tables that trap.cc changes and handler.cc reads inside a signal handler: arrays
// of fixed slots that are never freed, atomics, and no lock.
#pragma once
#include <atomic>
#include <cstdint>

#include "trap/trap.h"

namespace farpage {

constexpr size_t TRAP_SLOTS = 512;

using TrapBits = std::atomic<uint64_t>;
static_assert(TrapBits::is_always_lock_free, "usable in a signal handler");
static_assert(std::atomic<uint32_t>::is_always_lock_free, "a futex is a plain word");

/**
 * A range. The handler counts itself in before it reads whether the slot is live, and out before it waits; a slot is
 * changed only while it is not live and no thread is counted in.
 */
struct alignas(64) TrapSlot {
  std::atomic<uint32_t> users{0};
  std::atomic<bool> live{false};
  std::atomic<uint64_t> start{0};
  std::atomic<uint64_t> end{0};
  uint32_t shift = 0;
  /** One bit per page: accessible or poisoned. */
  TrapBits* present = nullptr;
  /** One bit per page: a touch goes to the previous handler. */
  TrapBits* poisoned = nullptr;
  /** One bit per page: accessible, but a write to it is reported. */
  TrapBits* guarded = nullptr;
  /** One bit per page: stays inaccessible when the range is removed. */
  TrapBits* sealed = nullptr;
  /** One bit per block: its absent pages have guard markers, and its mapping is accessible. See markers.h. */
  TrapBits* marked = nullptr;
  /** One bit per block: a page of it was admitted, and whether the block is marked does not change any more. */
  TrapBits* settled = nullptr;
  TrapPipe* pipe = nullptr;
  /** A part of the range was found unmapped: a page that the kernel calls unmapped need not be one with a marker. */
  std::atomic<bool> holed{false};

  Trap* owner = nullptr;

  // For trap.cc alone:
  uint64_t bitsBytes = 0;  // of all bitmaps
  int file = -1;
  uint64_t device = 0;  // of the file, with its inode
  uint64_t inode = 0;
  uint32_t blockShift = 0;  // pages of a block
  bool mayMark = false;
  bool taken = false;
  uint32_t poisonings = 0;
};

extern TrapSlot trapSlots[TRAP_SLOTS];
/** Slots from here on were never used. */
extern std::atomic<uint32_t> trapSlotsEnd;

/** Once for the process. 0 or an errno. */
int installTrapHandler();
bool trapHandlerInstalled();
void setTrapAbandoned(void (*end)());

/** Notes that an access there may have faulted although the page is accessible when the handler runs. */
void rememberFormer(uint64_t start, uint64_t end);

enum class Sent { done, full, broken };
/** Writes one whole message or none. Async-signal-safe. */
Sent sendTrapMessage(TrapPipe* pipe, const uffd_msg& message);

}  // namespace farpage
