// Faults that the faulting thread serves itself. With UFFD_FEATURE_SIGBUS the kernel queues no message for a fault: it sends
// SIGBUS, and the handler takes a turn of the core in the faulting thread. A trap's handler of SIGSEGV does the same.
//
//   touch ─ signal ─ all signals blocked ─ lock ─ turn ─ unlock ─ return: the thread touches the page again
//                                                  └ its bytes are not at hand: ring the loop, wait on a futex, return
//
// The kernel's own accesses are not served: system calls with a buffer there take another way, see calls/calls.h.
#pragma once
#include <ucontext.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "inline/lock.h"
#include "kernel/access.h"

namespace farpage {

enum class Served {
  /** The address is not one of this pager's. */
  foreign,
  /** The thread may touch the page again. */
  done,
  /** The turn is taken; the thread waits until the page has changed, if it has not yet. */
  wait,
  /** The loop must take a turn first: try again in a moment. */
  later,
  /** The loop has ended without closing its regions. */
  ended,
};

struct InlineFault {
  uint64_t address;
  Access access;
  /** The faulting thread, of `thisThread`. */
  uint64_t thread;
  /** Only a page of a region will do: memory beside regions is looked at when no pager has such a page. */
  bool known;
  /** By `readTicks`. */
  uint64_t entered;
};

struct InlineRange {
  uint64_t start;
  uint64_t end;
};

/** The signal that tells of a pager's faults. */
enum class FaultSignal {
  /** SIGBUS: its handler asks every such pager whose the address is. */
  bus,
  /** SIGSEGV: a trap's handler knows the pager. */
  segmentation,
};

/** One pager whose faults are served inline. Its place is never freed: a handler may be looking at it. */
struct InlineServer {
  TurnLock lock;
  /** Handlers that look at it; while there are any it stays as it is. */
  std::atomic<uint32_t> users{0};
  std::atomic<bool> live{false};
  /** The loop has ended without closing its regions, which were these. */
  std::atomic<bool> ended{false};
  static constexpr size_t RANGES = 64;
  /** With a value, so that no constructor touches a mebibyte of these when the addon is loaded. */
  InlineRange ranges[RANGES] = {};
  size_t rangeCount = 0;
  /** Async-signal-safe. Takes and releases the lock. */
  Served (*serve)(void* pager, const InlineFault& fault) = nullptr;
  void* pager = nullptr;
  uint32_t pageShift = 0;
  FaultSignal signal = FaultSignal::bus;
};

/**
 * Installs the handler of SIGBUS, once, if that is the signal, and takes a place. Null and an errno if there is no handler, or
 * no place.
 */
InlineServer* openInline(Served (*serve)(void*, const InlineFault&), void* pager, uint32_t pageShift, FaultSignal signal,
                         int* error);

/**
 * Serves a fault in a signal handler, and waits where the answer says so, with the thread's own signal mask. Async-signal-safe.
 * The caller answers `foreign` and `ended`; after any other answer the thread touches its page again.
 */
Served askInline(InlineServer& server, const InlineFault& fault, const ucontext_t* context);

/** All its regions are closed. The caller holds the lock, which is free for good then; waits until no handler looks at it. */
void closeInline(InlineServer* server);

/**
 * As `closeInline`, for a loop that ends without closing its regions: a thread that touches an absent page there ends the
 * process. The last of very many ranges count as one.
 */
void abandonInline(InlineServer* server, const std::vector<InlineRange>& regions);

/** Such a range was a pager's: a fault there may find its page accessible when its handler runs. */
void rememberInline(uint64_t start, uint64_t end);

}  // namespace farpage
