// What a userfaultfd does, where it is not allowed: absent pages are PROT_NONE, a touch is a SIGSEGV, and the handler
// writes the same message into a pipe and waits on a futex. No privilege is needed.
//
// What differs: system calls on absent pages fail with EFAULT; one page more may be one or two mappings more
// (vm.max_map_count); memory is a memfile, MAP_SHARED, and not inherited by forked children.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "kernel/uffd.h"

namespace farpage {

struct TrapSlot;

/** The way to the loop, as a faulting thread uses it. */
struct TrapPipe {
  int readEnd = -1;
  int writeEnd = -1;
  /** Messages: every one counts as begun before it is written, and as sent after. */
  std::atomic<uint64_t> begun{0};
  std::atomic<uint64_t> sent{0};
  std::atomic<bool> abandoned{false};
};

/**
 * All calls but `descriptor` are for any thread that may wait; `copy` and those beside it exclude each other. None is
 * async-signal-safe. Lengths, and offsets in the range, are bytes and multiples of its page, else EINVAL; a span must lie in
 * one range of this trap, else ENOENT. Progress is in bytes, and where it is part of the length the error is that of
 * the page that was refused (a userfaultfd would answer EAGAIN).
 */
class Trap {
 public:
  /** Null and an errno where no pipe, memfile or handler is available. The handler is never removed. */
  static Trap* open(int* error);

  /** Ends its ranges as `remove` does. Nobody polls or reads the descriptor any more, and no call but `event` runs. */
  ~Trap();
  Trap(const Trap&) = delete;
  Trap& operator=(const Trap&) = delete;

  /** O_NONBLOCK, O_CLOEXEC, ours to close: read(2) of n × 32 bytes gives whole messages, as from a userfaultfd. */
  int descriptor() const { return pipe_.readEnd; }

  /**
   * A range mapped MAP_SHARED from offset 0 of `file`, which stays the caller's and open until `remove`. All pages
   * become absent, so it must hold no data. 0, EINVAL, EBUSY (overlaps another), ENOSPC (512 ranges in the process),
   * ENOMEM. `pageBytes` is a power of two, 4096 to 2 MiB.
   */
  int add(uint64_t start, uint64_t length, uint64_t pageBytes, int file);

  /**
   * Forgets a range: accessible and poisoned pages stay as they are, sealed ones stay PROT_NONE (a touch is the previous
   * handler's business), the others read as zeros. 0 or ENOENT.
   */
  int remove(uint64_t start);

  /** Fills absent pages and only then makes them accessible. EEXIST, ENOENT, EINVAL, EFAULT, ENOSPC, ENOMEM. Wakes. */
  Progress copy(uint64_t target, uint64_t source, uint64_t length);

  /** Makes absent pages accessible: they read as zeros. EEXIST, ENOENT, EINVAL, ENOMEM. Wakes. */
  Progress zero(uint64_t target, uint64_t length);

  /**
   * Moves accessible pages at `source` out into the caller's own memory at `target`: from the first step on no thread
   * can write them. ENOENT at a page that is not accessible; after EFAULT or ENOMEM the pages are there as before.
   */
  Progress take(uint64_t target, uint64_t source, uint64_t length);

  /** Makes accessible pages of a span absent and forgets their bytes; the others stay as they are. 0 or an errno. */
  int drop(uint64_t start, uint64_t length);

  /** From now on a write to these pages, all accessible, is a message with UFFD_PAGEFAULT_FLAG_WP. 0, ENOENT, EINVAL, ENOMEM. */
  int protect(uint64_t start, uint64_t length);

  /** Undoes `protect`, and wakes. 0, ENOENT, EINVAL, ENOMEM. */
  int unprotect(uint64_t start, uint64_t length);

  /**
   * From now on a touch of these absent pages is a SIGBUS from the kernel, for the first 1024 runs of a range, else a SIGSEGV
   * that is not ours. EEXIST, ENOENT, EINVAL, ENOMEM. Wakes.
   */
  Progress poison(uint64_t start, uint64_t length);

  /** These absent pages are to stay inaccessible when the range is removed. 0, ENOENT, EINVAL. */
  int seal(uint64_t start, uint64_t length);

  /** Lets those who wait for pages of the span try again. 0. */
  int wake(uint64_t start, uint64_t length);

  /**
   * Tells the loop of a change that the application makes: UFFD_EVENT_REMOVE or _UNMAP (start, end, -), _REMAP (from,
   * to, length). Waits until the message has been read. Changes no page: see `drop`. Not for the loop's own thread.
   * 0, EINVAL, or ECANCELED where the trap was closed or abandoned first.
   */
  int event(uint8_t event, uint64_t a, uint64_t b, uint64_t c);

  /** Whether a range of any trap of the process has memory in [start, start + length). */
  static bool covers(uint64_t start, uint64_t length);

  /** `event` and `drop` for whatever ranges of the process's traps lie in [start, start + length). 0 or an errno. */
  static int announce(uint8_t event, uint64_t start, uint64_t length);

  /** Nobody reads any more: a thread that waits for a page, or touches an absent one, runs the `onAbandoned` callback. */
  void abandon();

  /** Async-signal-safe, and meant to end the process; where it returns, or none was set, a SIGSEGV ends it. */
  static void onAbandoned(void (*end)());

  /** Whether the process's SIGSEGV handler is ours: one set over it must pass on what it does not know. */
  static bool installed();

  /**
   * How many scattered pages can be accessible in this process besides those reserved: two mappings each, of
   * vm.max_map_count, less the mappings of everything else and 4096 spare.
   */
  static uint64_t mappingBudget();

  /** Keeps so many for this trap, until it is closed, in addition to earlier ones. 0 or ENOMEM. */
  int reserve(uint64_t pages);

 private:
  Trap() = default;
  TrapSlot* find(uint64_t start, uint64_t length, int* error);
  void forget(TrapSlot* slot);
  static void openZeros(TrapSlot* slot);
  static int openGuarded(TrapSlot* slot, uint64_t first, uint64_t last);
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
