// Turns in faulting threads, and the loop's part of them: it gives the lock away while it waits. Nothing here knows Node.js, so
// that a thread sanitizer can watch it (test/contract/turns.test.ts).
#pragma once
#include <cstdint>

#include "engine/command.h"
#include "engine/lanes.h"
#include "engine/several.h"
#include "inline/inline.h"

namespace farpage {

class FaultTurns {
 public:
  explicit FaultTurns(Context& context) : context_(context) {}
  FaultTurns(const FaultTurns&) = delete;
  FaultTurns& operator=(const FaultTurns&) = delete;

  /** 0 or an errno, as `open`. */
  int openBell();
  /** In the loop's thread, which has the lock from now on. */
  int open();
  bool isOpen() const { return server_ != nullptr; }
  /** What a thread's signal handler asks. */
  InlineServer* server() const { return server_; }
  /** At the end of the loop's thread, or after its last region was closed. */
  void close();
  /** Readable when a turn in another thread has left work to the loop. */
  int bell() const { return bell_; }
  /** Takes what the bell has rung; false if it has not. */
  bool answerBell() const;
  /** The loop waits for a descriptor as poll(2) does, and other threads may have the lock meanwhile. */
  void waitUnlocked(int descriptor, int timeout);
  /** Threads that wait for the lock take their turns. */
  void letOthers();

 private:
  /** A page that the faulting thread has asked a lane for, and waits for itself. */
  struct Asked {
    LaneClaim claim;
    uint32_t region;
    uint32_t page;
  };

  static Served onFault(void* turns, const InlineFault& fault);
  Served serve(const InlineFault& fault);
  Served turnFor(const InlineFault& fault, Asked* asked);
  void noteOwner(uint64_t address);
  void claimLane(uint32_t region, uint32_t page, bool fills, Asked* asked);
  void exchange(const Asked& asked, uint64_t thread);
  bool takeReply(const Asked& asked);
  Served lookOutside(uint64_t address) const;
  Served leaveToLoop() const;
  uint64_t pageAt(uint64_t address) const;
  bool isPoisoned(const Backing& backing, uint64_t address) const;
  void ring() const;

  Context& context_;
  Several several_;
  InlineServer* server_ = nullptr;
  /** An eventfd. */
  int bell_ = -1;
  /** The loop's. */
  uint64_t thread_ = 0;
};

}  // namespace farpage
