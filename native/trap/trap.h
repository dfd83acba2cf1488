// Does what userfaultfd does without permission for it: absent pages are PROT_NONE or have guard markers (markers.h), a touch is a
// SIGSEGV, and the handler
// writes the same message into a pipe and waits on a futex, or serves the fault itself: see inline/inline.h. No privilege is
// needed.
//
// Differences: the kernel's own accesses are not served (see calls/calls.h); each further page may need one or two
// mappings (vm.max_map_count), without markers and while a pass protects it; memory is a memfile, MAP_SHARED, and not inherited by forked children.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "kernel/uffd.h"

namespace farpage {

struct InlineServer;
struct TrapSlot;

/** A faulting thread's channel to the loop. */
struct TrapPipe {
  int readEnd = -1;
  int writeEnd = -1;
  /** Counts of messages: begun is raised before a write, sent after it. */
  std::atomic<uint64_t> begun{0};
  std::atomic<uint64_t> sent{0};
  std::atomic<bool> abandoned{false};
  /** Serves faults in the faulting thread; null: each fault is a message. */
  std::atomic<InlineServer*> server{nullptr};
};

/**
 * All calls but `descriptor` may block, and any thread may make them; `copy` and its like exclude each other by a mutex,
 * whose holder never touches a range, so a thread that faulted may make them in its signal handler (but not add, remove
 * and event). Lengths, and offsets in the range, are bytes and multiples of its page, else EINVAL; a span must lie in one
 * range of this trap, else ENOENT. Progress is in bytes; after partial progress the error is that of the refused page (a
 * userfaultfd would return EAGAIN).
 */
class Trap {
 public:
  /** Null and an errno if no pipe, memfile or handler is available. The handler is never removed. */
  static Trap* open(int* error);

  /** Ends its ranges as `remove` does. No thread may poll or read the descriptor any more, and only `event` may be running. */
  ~Trap();
  Trap(const Trap&) = delete;
  Trap& operator=(const Trap&) = delete;

  /** O_NONBLOCK, O_CLOEXEC, closed by this class: read(2) of n × 32 bytes returns whole messages, as from a userfaultfd. */
  int descriptor() const { return pipe_.readEnd; }

  /** From now on faulting threads serve themselves. Call before a range is added. */
  void serveInline(InlineServer* server) { pipe_.server.store(server); }

  /**
   * Adds a range mapped MAP_SHARED from offset 0 of `file`, which the caller keeps open until `remove`. All pages
   * become absent, so it must hold no data. 0, EINVAL, EBUSY (overlaps another), ENOSPC (512 ranges in the process),
   * ENOMEM. `pageBytes` is a power of two, 4096 to 2 MiB.
   */
  int add(uint64_t start, uint64_t length, uint64_t pageBytes, int file);

  /**
   * Removes a range: accessible and poisoned pages stay as they are, sealed ones stay inaccessible (a touch goes to the previous
   * handler), the others read as zeros. 0 or ENOENT.
   */
  int remove(uint64_t start);

  /** Fills absent pages and only then makes them accessible. EEXIST, ENOENT, EINVAL, EFAULT, ENOSPC, ENOMEM. Wakes. */
  Progress copy(uint64_t target, uint64_t source, uint64_t length);

  /** Makes absent pages accessible: they read as zeros. EEXIST, ENOENT, EINVAL, ENOMEM. Wakes. */
  Progress zero(uint64_t target, uint64_t length);

  /**
   * Moves accessible pages at `source` into the caller's memory at `target`: from the start on no thread can write to them.
   * ENOENT: a page is not accessible; after EFAULT or ENOMEM the pages are present as before.
   */
  Progress take(uint64_t target, uint64_t source, uint64_t length);

  /** Makes accessible pages of a span absent and drops their bytes; the others stay as they are. 0 or an errno. */
  int drop(uint64_t start, uint64_t length);

  /** From now on a write to these pages, all accessible, is a message with UFFD_PAGEFAULT_FLAG_WP. 0, ENOENT, EINVAL, ENOMEM. */
  int protect(uint64_t start, uint64_t length);

  /** Undoes `protect`, and wakes. 0, ENOENT, EINVAL, ENOMEM. */
  int unprotect(uint64_t start, uint64_t length);

  /**
   * Poisons these absent pages: a touch is a SIGBUS from the kernel, for the first 1024 runs of a range, else a SIGSEGV for
   * the previous handler. EEXIST, ENOENT, EINVAL, ENOMEM. Wakes.
   */
  Progress poison(uint64_t start, uint64_t length);

  /** Seals these absent pages: they stay inaccessible when the range is removed. 0, ENOENT, EINVAL. */
  int seal(uint64_t start, uint64_t length);

  /** Wakes the threads that wait for pages of the span; they re-fault. 0. */
  int wake(uint64_t start, uint64_t length);

  /**
   * Reports a change by the application to the loop: UFFD_EVENT_REMOVE or _UNMAP (start, end, -), _REMAP (from,
   * to, length). Waits until the message was read. Changes no page: see `drop`. Must not run on the loop's own thread.
   * 0, EINVAL, or ECANCELED if the trap was closed or abandoned first.
   */
  int event(uint8_t event, uint64_t a, uint64_t b, uint64_t c);

  /** Whether a range of any trap of the process has memory in [start, start + length). */
  static bool covers(uint64_t start, uint64_t length);

  /** `event` and `drop` for all ranges of the process's traps in [start, start + length). 0 or an errno. */
  static int announce(uint8_t event, uint64_t start, uint64_t length);

  /**
   * For a thread that faulted at a page that counts as accessible: whether the application itself forbids the access. The caller
   * keeps the slot from being removed. Async-signal-safe; waits for nothing, and says no while pages are being changed.
   */
  bool isForbidden(const TrapSlot* slot, uint64_t address, bool write);

  /** The loop died: a thread that waits for a page, or touches an absent one, runs the `onAbandoned` callback. */
  void abandon();

  /** Sets an async-signal-safe callback that should end the process; if it returns, or none was set, a SIGSEGV does. */
  static void onAbandoned(void (*end)());

  /** Whether the process's SIGSEGV handler is ours: one set over it must pass on what it does not know. */
  static bool installed();

  /**
   * How many scattered pages can be accessible in this process besides those reserved. Each counts two mappings of
   * vm.max_map_count, less all other mappings and 4096 spare ones; with markers also less those at the ends of blocks.
   */
  static uint64_t mappingBudget();

  /** Reserves so many more pages for this trap, until it is closed. 0 or ENOMEM. */
  int reserve(uint64_t pages);

 private:
  Trap() = default;
  // Pages of one range; no slot: `error` says why.
  struct Span {
    TrapSlot* slot;
    uint64_t first;
    uint64_t last;
    int error;
  };
  Span find(uint64_t start, uint64_t length);
  void forget(TrapSlot* slot);
  static void openZeros(TrapSlot* slot);
  Progress admit(TrapSlot* slot, uint64_t first, uint64_t end, int error);

  TrapPipe pipe_;
  int empty_ = -1;  // a memfile without a page: what poisoned pages are mapped from
  std::mutex mutex_;
  std::vector<TrapSlot*> ranges_;
  uint64_t reserved_ = 0;
  std::atomic<bool> closing_{false};
  std::atomic<uint32_t> callers_{0};  // threads inside `event`
};

}  // namespace farpage
