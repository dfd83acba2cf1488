// Turns in the faulting threads. The loop's thread holds the lock whenever it runs, and gives it away only while it waits for
// descriptors: JavaScript sees the core's state change between two rounds of its event loop, and never within one.
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/core.h"
#include "endings/last-resort.h"
#include "engine/engine.h"
#include "engine/inbox.h"
#include "engine/turn.h"
#include "errors.h"
#include "kernel/parking.h"
#include "kernel/vma.h"
#include "trap/trap.h"

namespace farpage {

using namespace layout;

namespace {

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

void Engine::startInline(uv_loop_t* loop) {
  bell_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (bell_ < 0) throw systemError(env_, "eventfd", errno);
  int failed = uv_poll_init(loop, &handles_->bell, bell_);
  if (failed != 0) throw systemError(env_, "uv_poll_init", -failed);
  handles_->bell.data = handles_;
  handles_->open++;
  failed = uv_poll_start(&handles_->bell, UV_READABLE, onBell);
  if (failed != 0) throw systemError(env_, "uv_poll_start", -failed);
  uv_idle_init(loop, &handles_->awake);
  handles_->awake.data = handles_;
  handles_->open++;
  uv_unref(reinterpret_cast<uv_handle_t*>(&handles_->awake));
  int error = 0;
  const uint32_t shift = at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  const FaultSignal signal = context_.means.trap == nullptr ? FaultSignal::bus : FaultSignal::segmentation;
  inline_ = farpage::openInline(onInlineFault, this, shift, signal, &error);
  if (inline_ == nullptr) throw systemError(env_, "sigaction(SIGBUS)", error);
  if (context_.means.trap != nullptr) context_.means.trap->serveInline(inline_);
  thread_ = thisThread();
  inline_->lock.take(thread_);
}

// At the end of the loop's thread, or after its last region was closed.
void Engine::stopInline(Handles* handles) {
  std::vector<InlineRange> regions;
  for (const Backing& backing : context_.backings) {
    if (backing.length != 0) regions.push_back({backing.start, backing.start + backing.length});
  }
  if (regions.empty()) closeInline(inline_);
  else abandonInline(inline_, regions);
  inline_ = nullptr;
  uv_poll_stop(&handles->bell);
  uv_idle_stop(&handles->awake);
  uv_close(reinterpret_cast<uv_handle_t*>(&handles->bell), onClosed);
  uv_close(reinterpret_cast<uv_handle_t*>(&handles->awake), onClosed);
  ::close(bell_);
  bell_ = -1;
}

// In place of libuv, which would wait with the lock held. Its own poll finds what this one found, and returns at once.
void Engine::waitUnlocked() {
  uv_loop_t* loop = handles_->poll.loop;
  uv_idle_stop(&handles_->awake);
  uv_update_time(loop);
  const int timeout = hasNewWatchers(loop) ? 0 : uv_backend_timeout(loop);
  uv_idle_start(&handles_->awake, [](uv_idle_t*) {});
  inline_->lock.release();
  pollfd polled = {uv_backend_fd(loop), POLLIN, 0};
  if (timeout != 0) poll(&polled, 1, timeout);
  else inline_->lock.letOthers();
  inline_->lock.take(thread_);
}

void Engine::onBell(uv_poll_t* handle, int, int) {
  auto* self = static_cast<Handles*>(handle->data)->engine;
  if (self == nullptr) return;
  uint64_t rings = 0;
  if (read(self->bell_, &rings, sizeof rings) != sizeof rings) return;
  readMessages(self->context_);
  if (self->ownTurn()) self->callDispatch();
}

void Engine::ring() const {
  const uint64_t one = 1;
  // EAGAIN: it has been rung 2^64 times.
  if (write(bell_, &one, sizeof one) != sizeof one) return;
}

Served Engine::onInlineFault(void* engine, const InlineFault& fault) {
  return static_cast<Engine*>(engine)->serveInline(fault);
}

// In the faulting thread, in a signal handler.
Served Engine::serveInline(const InlineFault& fault) {
  if (inline_->lock.isOf(fault.thread)) endForSelfTouch();
  inline_->lock.take(fault.thread);
  // The loop may have ended meanwhile: the thread faults again, and the handler finds out.
  const bool runs = inline_->live.load() && !inline_->ended.load();
  const Served served = runs ? turnForFault(fault) : Served::done;
  inline_->lock.release();
  return served;
}

// With the lock held.
Served Engine::turnForFault(const InlineFault& fault) {
  const auto& [address, access, thread, known] = fault;
  const uint32_t left = at<uint32_t>(context_.core, MESSAGE_COUNT_AT);
  const uint64_t place = pageAt(address);
  if (place == 0 && left == 0) return known ? Served::foreign : lookOutside(address);
  // An event that the core has not taken may have moved the page here.
  if (place == 0 || left == MESSAGE_LIMIT) return leaveToLoop();
  const auto region = static_cast<uint32_t>(place >> 32) % REGION_LIMIT;
  const Backing& backing = context_.backings[region];
  const uint64_t aligned = address & ~(BASE_PAGE - 1);
  const bool trapped = context_.means.trap != nullptr;
  if (!trapped && corePageState(context_.core, region, static_cast<uint32_t>(place)) == PAGE_FAILED && isPoisoned(backing, address)) {
    return Served::foreign;
  }
  uint64_t flags = access.write ? UFFD_PAGEFAULT_FLAG_WRITE : 0;
  if (access.present) {
    flags |= UFFD_PAGEFAULT_FLAG_WP;
  } else if (!trapped && isInFile(backing, aligned)) {
    flags |= UFFD_PAGEFAULT_FLAG_MINOR;
  }
  addFault(context_, aligned, flags, thread);
  if (turnOver(context_, Until::taken).wanted) ring();
  return Served::wait;
}

// A kernel without CONFIG_MEMORY_FAILURE sends BUS_ADRERR for a poisoned page, too. The loop has said why it was given up.
bool Engine::isPoisoned(const Backing& backing, uint64_t address) const {
  const uint64_t bytes = uint64_t{1} << at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  return poisonIn(context_.means, backing, address & ~(bytes - 1), bytes).error == EEXIST;
}

Served Engine::leaveToLoop() {
  ring();
  return Served::later;
}

// Memory that the kernel has added to a region, as mremap(2) does when it grows one: zeros. It is of one mapping with the region;
// other memory is not touched, though the kernel would accept a page of it from any userfaultfd.
Served Engine::lookOutside(uint64_t address) {
  const uint64_t start = mappingStart(address);
  if (start == 0 || pageAt(start) == 0) return Served::foreign;
  const uint64_t bytes = uint64_t{1} << at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  const int error = zeroPages(context_.means.fd, address & ~(bytes - 1), bytes, 0).error;
  // The address space is changing: the loop must read the event first.
  if (error == EAGAIN) return leaveToLoop();
  return error == 0 || error == EEXIST ? Served::done : Served::foreign;
}

uint64_t Engine::pageAt(uint64_t address) const {
  return corePageAt(context_.core, static_cast<uint32_t>(address), static_cast<uint32_t>(address >> 32));
}

}  // namespace farpage
