// See fault-turns.h. The loop's thread holds the lock whenever it runs, and gives it away only while it waits for descriptors,
// and between two steps of a pass: there, and between two rounds of its event loop, JavaScript sees the core's state change.
#include "engine/fault-turns.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "core/core.h"
#include "endings/last-resort.h"
#include "engine/inbox.h"
#include "engine/turn.h"
#include "kernel/vma.h"
#include "trap/trap.h"

namespace farpage {

using namespace layout;

namespace {

/** A faulting thread waits for a reply itself so long, with its signals blocked: milliseconds for a piece of it, and pieces. */
constexpr int EXCHANGE_PATIENCE = 2;
constexpr int EXCHANGE_PIECES = 8;

// A touch by a thread that has the lock would wait for itself.
[[noreturn]] void endForSelfTouch() {
  static const char line[] =
      "farpage: the loop's thread touched an absent page of a region that it serves; it would wait for itself, so the "
      "process ends\n";
  endWith(line, sizeof line - 1);
}

// The memfile has the page, and this mapping does not map it. Of huge pages the way in finds out: see copyHugePages.
bool isInFile(const Backing& backing, uint64_t address) {
  unsigned char resident = 0;
  return backing.file >= 0 && !backing.huge && mincore(reinterpret_cast<void*>(address), BASE_PAGE, &resident) == 0 &&
         (resident & 1) != 0;
}

}  // namespace

int FaultTurns::openBell() {
  bell_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  return bell_ < 0 ? errno : 0;
}

int FaultTurns::open() {
  int error = 0;
  const uint32_t shift = at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  const FaultSignal signal = context_.means.trap == nullptr ? FaultSignal::bus : FaultSignal::segmentation;
  server_ = openInline(onFault, this, shift, signal, &error);
  if (server_ == nullptr) {
    ::close(bell_);
    bell_ = -1;
    return error;
  }
  if (context_.means.trap != nullptr) context_.means.trap->serveInline(server_);
  thread_ = thisThread();
  server_->lock.take(thread_);
  return 0;
}

void FaultTurns::close() {
  std::vector<InlineRange> regions;
  for (const Backing& backing : context_.backings) {
    if (backing.length != 0) regions.push_back({backing.start, backing.start + backing.length});
  }
  if (regions.empty()) closeInline(server_);
  else abandonInline(server_, regions);
  server_ = nullptr;
  ::close(bell_);
  bell_ = -1;
}

void FaultTurns::waitUnlocked(int descriptor, int timeout) {
  server_->lock.release();
  pollfd polled = {descriptor, POLLIN, 0};
  if (timeout != 0) poll(&polled, 1, timeout);
  else server_->lock.letOthers();
  server_->lock.take(thread_);
}

void FaultTurns::letOthers() {
  server_->lock.release();
  server_->lock.letOthers();
  server_->lock.take(thread_);
}

bool FaultTurns::answerBell() const {
  uint64_t rings = 0;
  return read(bell_, &rings, sizeof rings) == sizeof rings;
}

void FaultTurns::ring() const {
  const uint64_t one = 1;
  // EAGAIN: it has been rung 2^64 times.
  if (write(bell_, &one, sizeof one) != sizeof one) return;
}

Served FaultTurns::onFault(void* turns, const InlineFault& fault) {
  return static_cast<FaultTurns*>(turns)->serve(fault);
}

// In the faulting thread, in a signal handler.
Served FaultTurns::serve(const InlineFault& fault) {
  if (server_->lock.isOf(fault.thread)) endForSelfTouch();
  const uint64_t began = context_.stamps.now();
  server_->lock.take(fault.thread);
  context_.stamps.enter(fault.entered, began);
  // The loop may have ended meanwhile: the thread faults again, and the handler finds out.
  const bool runs = server_->live.load() && !server_->ended.load();
  Asked asked = {};
  const Served served = runs ? turnFor(fault, &asked) : Served::done;
  context_.stamps.end(STAMP_REST);
  context_.stamps.endTurn();
  const uint64_t ended = context_.stamps.last();
  server_->lock.release();
  context_.stamps.left(ended);
  if (asked.claim.number != 0) exchange(asked, fault.thread);
  return served;
}

// Waits for the reply without the lock, and takes it with the lock. What does not come soon is left to the loop, and the thread
// waits as for any other page.
void FaultTurns::exchange(const Asked& asked, uint64_t thread) {
  InlineServer& server = *server_;
  bool goesOn = true;
  for (int pieces = 1; goesOn; pieces++) {
    pollfd polled = {asked.claim.descriptor, POLLIN, 0};
    const int ready = poll(&polled, 1, EXCHANGE_PATIENCE);
    server.lock.take(thread);
    context_.stamps.resume();
    // The loop may have ended, or the lane be closed, and its descriptor another file's.
    const bool runs = server.live.load() && !server.ended.load() && context_.lanes->holds(asked.claim);
    goesOn = runs && ready > 0 && takeReply(asked) && pieces < EXCHANGE_PIECES;
    if (!goesOn && runs && context_.lanes->holds(asked.claim)) context_.lanes->release(asked.claim);
    if (!goesOn && runs && context_.lanes->isUntimed()) ring();
    context_.stamps.end(STAMP_REST);
    server.lock.release();
  }
}

// With the lock held. True while the page has not come.
bool FaultTurns::takeReply(const Asked& asked) {
  at<uint64_t>(context_.core, NOW_AT) = monotonicNow();
  const bool came = context_.lanes->receiveFor(asked.claim);
  if (came) drain(context_);
  // Also where the lane has broken: the loop passes on what it owes.
  if ((came && turnOver(context_, Until::taken).wanted) || context_.lanes->anyLost()) ring();
  return context_.lanes->holds(asked.claim) && corePageState(context_.core, asked.region, asked.page) == PAGE_FILLING;
}

// With the lock held, after a turn that may have asked a lane.
void FaultTurns::claimLane(uint32_t region, uint32_t page, bool fills, Asked* asked) {
  *asked = {context_.lanes->takeClaim(), region, page};
  if (asked->claim.number == 0 || fills) return;
  // Only pages ahead were asked for: the thread goes on, and the loop waits for them.
  context_.lanes->release(asked->claim);
  asked->claim = {};
}

// With the lock held.
Served FaultTurns::turnFor(const InlineFault& fault, Asked* asked) {
  const auto& [address, access, thread, known, entered] = fault;
  const uint32_t left = at<uint32_t>(context_.core, MESSAGE_COUNT_AT);
  const uint64_t place = pageAt(address);
  if (place == 0 && left == 0) return known ? Served::foreign : lookOutside(address);
  // An event that the core has not taken may have moved the page here.
  if (place == 0 || left == MESSAGE_LIMIT) return leaveToLoop();
  // Before the page's entry is looked at: the clock waits for all loads before it, and the entry is rarely in the cache.
  at<uint64_t>(context_.core, NOW_AT) = monotonicNow();
  const auto region = static_cast<uint32_t>(place >> 32) % REGION_LIMIT;
  const auto page = static_cast<uint32_t>(place);
  const Backing& backing = context_.backings[region];
  const uint64_t aligned = address & ~(BASE_PAGE - 1);
  const bool trapped = context_.means.trap != nullptr;
  if (!trapped && corePageState(context_.core, region, page) == PAGE_FAILED && isPoisoned(backing, address)) {
    return Served::foreign;
  }
  uint64_t flags = access.write ? UFFD_PAGEFAULT_FLAG_WRITE : 0;
  if (access.present) {
    flags |= UFFD_PAGEFAULT_FLAG_WP;
  } else if (!trapped && isInFile(backing, aligned)) {
    flags |= UFFD_PAGEFAULT_FLAG_MINOR;
  }
  const uint32_t several = several_.note(thread) ? 1 : 0;
  if (at<uint32_t>(context_.core, SEVERAL_THREADS_AT) != several) at<uint32_t>(context_.core, SEVERAL_THREADS_AT) = several;
  addFault(context_, aligned, flags);
  context_.stamps.end(STAMP_READ);
  Lanes* lanes = context_.lanes;
  if (lanes != nullptr) lanes->offerClaim();
  const bool wanted = turnOver(context_, Until::taken).wanted;
  if (context_.owner != 0 || lanes != nullptr) {
    const bool fills = corePageState(context_.core, region, page) == PAGE_FILLING;
    if (fills) noteOwner(aligned);
    if (lanes != nullptr) claimLane(region, page, fills, asked);
  }
  if (wanted || (lanes != nullptr && asked->claim.number == 0 && lanes->isUntimed())) ring();
  return Served::wait;
}

// With the lock held, in a thread that has to wait. Its number takes a system call, which a page at hand does not need.
void FaultTurns::noteOwner(uint64_t address) {
  if (context_.owner != 0 && static_cast<uint32_t>(syscall(SYS_gettid)) == context_.owner) context_.ownerFault = address;
}

// A kernel without CONFIG_MEMORY_FAILURE sends BUS_ADRERR for a poisoned page, too. The loop has said why it was given up.
bool FaultTurns::isPoisoned(const Backing& backing, uint64_t address) const {
  const uint64_t bytes = uint64_t{1} << at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  return poisonIn(context_.means, backing, address & ~(bytes - 1), bytes).error == EEXIST;
}

Served FaultTurns::leaveToLoop() const {
  ring();
  return Served::later;
}

// Memory that the kernel has added to a region, as mremap(2) does when it grows one: zeros. It is of one mapping with the region;
// other memory is not touched, though the kernel would accept a page of it from any userfaultfd.
Served FaultTurns::lookOutside(uint64_t address) const {
  const uint64_t start = mappingStart(address);
  if (start == 0 || pageAt(start) == 0) return Served::foreign;
  const uint64_t bytes = uint64_t{1} << at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  const int error = zeroPages(context_.means.fd, address & ~(bytes - 1), bytes, 0).error;
  // The address space is changing: the loop must read the event first.
  if (error == EAGAIN) return leaveToLoop();
  return error == 0 || error == EEXIST ? Served::done : Served::foreign;
}

uint64_t FaultTurns::pageAt(uint64_t address) const {
  return corePageAt(context_.core, static_cast<uint32_t>(address), static_cast<uint32_t>(address >> 32));
}

}  // namespace farpage
