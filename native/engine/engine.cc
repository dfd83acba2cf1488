// Opens and closes an engine, and registers frames and regions with it. A loop that ends without close() gets the last resort.
#include "engine/engine.h"
#include "engine/inbox.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "args.h"
#include "core/annex.h"
#include "errors.h"
#include "kernel/holes.h"
#include "kernel/parking.h"
#include "trap/trap.h"
#include "kernel/uffd.h"
#include "calls/proof.h"
#include "endings/last-resort.h"

namespace farpage {

using namespace layout;

namespace {

constexpr uint64_t REQUIRED = FEATURE_PAGEFAULT_FLAG_WP | FEATURE_MOVE | FEATURE_POISON;
constexpr uint64_t BIN_BYTES = 2 << 20;  // a page of the largest size
constexpr uint64_t SHARED = FEATURE_MISSING_SHMEM | FEATURE_MINOR_SHMEM | FEATURE_WP_HUGETLBFS_SHMEM;
constexpr uint64_t HUGE_FEATURES = FEATURE_MISSING_HUGETLBFS | FEATURE_MINOR_HUGETLBFS | FEATURE_WP_HUGETLBFS_SHMEM;
constexpr uint64_t EVENTS = FEATURE_EVENT_REMOVE | FEATURE_EVENT_UNMAP | FEATURE_EVENT_REMAP;
constexpr uint64_t INLINE = UFFD_FEATURE_SIGBUS;
constexpr uint64_t WANTED = REQUIRED | UFFD_FEATURE_THREAD_ID | SHARED | HUGE_FEATURES | EVENTS;

}  // namespace

Napi::Function Engine::define(Napi::Env env) {
  return DefineClass(env, "Engine",
                     {
                         InstanceMethod<&Engine::features>("features"),
                         InstanceMethod<&Engine::setMemory>("setMemory"),
                         InstanceMethod<&Engine::registerFrames>("registerFrames"),
                         InstanceMethod<&Engine::registerRegion>("registerRegion"),
                         InstanceMethod<&Engine::unregisterRegion>("unregisterRegion"),
                         InstanceMethod<&Engine::setOwner>("setOwner"),
                         InstanceMethod<&Engine::ownerFault>("ownerFault"),
                         InstanceMethod<&Engine::addView>("addView"),
                         InstanceMethod<&Engine::addRemote>("addRemote"),
                         InstanceMethod<&Engine::addRemoteRegion>("addRemoteRegion"),
                         InstanceMethod<&Engine::setAgent>("setAgent"),
                         InstanceMethod<&Engine::setMailbox>("setMailbox"),
                         InstanceMethod<&Engine::findFork>("findFork"),
                         InstanceMethod<&Engine::forgetKnock>("forgetKnock"),
                         InstanceMethod<&Engine::duplicateRemote>("duplicateRemote"),
                         InstanceMethod<&Engine::removeRemote>("removeRemote"),
                         InstanceMethod<&Engine::deadRemotes>("deadRemotes"),
                         InstanceMethod<&Engine::lastThread>("lastThread"),
                         InstanceMethod<&Engine::watchFaults>("watchFaults"),
                         InstanceMethod<&Engine::touchedPages>("touchedPages"),
                         InstanceMethod<&Engine::strayFaults>("strayFaults"),
                         InstanceMethod<&Engine::pauseAgent>("pauseAgent"),
                         InstanceMethod<&Engine::keepFrames>("keepFrames"),
                         InstanceMethod<&Engine::readNow>("read"),
                         InstanceMethod<&Engine::ride>("ride"),
                         InstanceMethod<&Engine::useMeters>("useMeters"),
                         InstanceMethod<&Engine::useCompiledCore>("useCompiledCore"),
                         InstanceMethod<&Engine::stampPhases>("stampPhases"),
                         InstanceMethod<&Engine::turnNow>("turn"),
                         InstanceMethod<&Engine::drainNow>("drain"),
                         InstanceMethod<&Engine::unfinished>("unfinished"),
                         InstanceMethod<&Engine::look>("look"),
                         InstanceMethod<&Engine::start>("start"),
                         InstanceMethod<&Engine::openLane>("openLane"),
                         InstanceMethod<&Engine::closeLane>("closeLane"),
                         InstanceMethod<&Engine::lostLanes>("lostLanes"),
                         InstanceMethod<&Engine::close>("close"),
                     });
}

// new Engine(coreMemory: Uint8Array, trapPages: number, inlined: boolean): userfaultfd if `trapPages` is 0; else PROT_NONE and
// SIGSEGV, with at most `trapPages` pages accessible. `inlined`: faulting threads take turns themselves
Engine::Engine(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Engine>(info), env_(info.Env()) {
  const Arguments args(info, "Engine");
  auto memory = args.bytes(0, "coreMemory");
  const uint64_t trapPages = args.length(1, "trapPages");
  context_.inlined = args.boolean(2, "inlined");
  context_.core = memory.Data();
  if (!digest_.begin()) throw systemError(info.Env(), "getrandom", errno);
  context_.digest = &digest_;
  if (trapPages > 0) {
    openTrap(info.Env(), trapPages);
  } else {
    openUffd(info.Env());
  }
  core_ = Napi::Persistent(memory);
  napi_value run = nullptr;
  napi_create_function(info.Env(), "execute", NAPI_AUTO_LENGTH, onExecute, this, &run);
  info.This().As<Napi::Object>().Set("execute", run);
  at<uint64_t>(context_.core, CORE_ADDRESS_AT) = reinterpret_cast<uint64_t>(context_.core);
  at<uint64_t>(context_.core, NOW_AT) = monotonicNow();
  const bool annexed = openAnnex(context_.core, ANNEX_BYTES);
  at<uint32_t>(context_.core, ANNEX_SLABS_AT) = annexed ? ANNEX_BYTES / ANNEX_SLAB_BYTES : 0;
}

void Engine::openUffd(Napi::Env env) {
  // UFFDIO_API works once per descriptor, so a separate descriptor is used to learn the kernel's features.
  const Opened probe = openUserfaultfd();
  if (probe.fd < 0) throw systemError(env, probe.call, probe.error);
  uint64_t available = 0;
  const int refused = handshake(probe.fd, &available, nullptr);
  ::close(probe.fd);
  if (refused != 0) throw systemError(env, "ioctl(UFFDIO_API)", refused);
  if ((available & REQUIRED) != REQUIRED) throw systemError(env, "ioctl(UFFDIO_API)", ENOSYS);

  const Opened opened = openUserfaultfd();
  if (opened.fd < 0) throw systemError(env, opened.call, opened.error);
  features_ = (context_.inlined ? WANTED | INLINE : WANTED) & available;
  if (context_.inlined && (available & INLINE) == 0) throw systemError(env, "UFFD_FEATURE_SIGBUS", ENOSYS);
  uint64_t asked = features_;
  const int failed = handshake(opened.fd, &asked, nullptr);
  if (failed != 0) {
    ::close(opened.fd);
    throw systemError(env, "ioctl(UFFDIO_API)", failed);
  }
  openBin(env, opened.fd);
  views_ = std::make_unique<Views>(context_.core);
  remotes_ = std::make_unique<Remotes>(context_.core);
  int unwatched = views_->open();
  if (unwatched == 0) unwatched = remotes_->open();
  if (unwatched != 0) {
    ::close(opened.fd);
    closeBin();
    throw systemError(env, "epoll_create1", unwatched);
  }
  context_.means.views = views_.get();
  context_.remotes = remotes_.get();
  context_.means.fd = opened.fd;
  kernelFaults_ = opened.kernelFaults && !context_.inlined;
}

void Engine::openTrap(Napi::Env env, uint64_t pages) {
  int error = 0;
  std::unique_ptr<Trap> trap(Trap::open(&error));
  if (trap == nullptr) throw systemError(env, "sigaction(SIGSEGV)", error);
  error = trap->reserve(pages);
  if (error != 0) throw systemError(env, "vm.max_map_count", error);
  Trap::onAbandoned(endForAbandoned);
  context_.means.fd = trap->descriptor();
  context_.means.trap = trap.release();
}

void Engine::openBin(Napi::Env env, int opened) {
  const Opened bin = openUserfaultfd();
  uint64_t features = REQUIRED;
  int failed = bin.fd < 0 ? bin.error : handshake(bin.fd, &features, nullptr);
  void* start = failed == 0 ? mmap(nullptr, BIN_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                            : MAP_FAILED;
  if (failed == 0 && start == MAP_FAILED) failed = errno;
  if (failed == 0) {
    const auto address = reinterpret_cast<uint64_t>(start);
    failed = registerRange(bin.fd, address, BIN_BYTES, UFFDIO_REGISTER_MODE_WP, nullptr);
    context_.means.binFd = bin.fd;
    context_.means.bin = address;
    context_.means.binBytes = BIN_BYTES;
    // For the same reason as the frames: see registerFrames.
    madvise(start, BIN_BYTES, MADV_DONTFORK);
  }
  if (failed == 0) return;
  ::close(opened);
  closeBin();
  throw systemError(env, "a second userfaultfd", failed);
}

void Engine::closeBin() {
  if (context_.means.bin != 0) munmap(reinterpret_cast<void*>(context_.means.bin), context_.means.binBytes);
  if (context_.means.binFd >= 0) ::close(context_.means.binFd);
  context_.means.bin = 0;
  context_.means.binFd = -1;
}

Engine::~Engine() {
  if (handles_ != nullptr) handles_->engine = nullptr;
  leaveRemotes();
  if (context_.means.fd >= 0 && !hasRegions()) shut();
  closeBin();
}

// Closes the descriptor; a trap closes its own.
void Engine::shut() {
  closeAnnex(context_.core);
  const int fd = context_.means.fd;
  context_.means.fd = -1;
  if (context_.means.trap == nullptr) ::close(fd);
  delete context_.means.trap;
  context_.means.trap = nullptr;
}

void Engine::requireOpen(Napi::Env env) const {
  if (context_.means.fd < 0) throw Napi::Error::New(env, "the engine is closed");
}

// features(): {granted: bigint, kernelFaults: boolean}
Napi::Value Engine::features(const Napi::CallbackInfo& info) {
  auto result = Napi::Object::New(info.Env());
  result.Set("granted", Napi::BigInt::New(info.Env(), features_));
  result.Set("kernelFaults", kernelFaults_);
  return result;
}

// registerFrames(offset, bytes): lets UFFDIO_MOVE move pages into the frames. They are registered for write-protect faults
// only, so that the kernel itself gives memory to a vacant frame that is touched.
Napi::Value Engine::registerFrames(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const Arguments args(info, "registerFrames");
  const uint64_t start = reinterpret_cast<uint64_t>(context_.core) + args.length(0, "offset");
  const uint64_t length = args.length(1, "bytes");
  // A forked child would share the pages and make them immovable (EBUSY); it has no use for them.
  if (madvise(reinterpret_cast<void*>(start), length, MADV_DONTFORK) != 0) {
    throw systemError(info.Env(), "madvise(MADV_DONTFORK)", errno);
  }
  if (context_.means.trap == nullptr) {
    const int failed = registerRange(context_.means.fd, start, length, UFFDIO_REGISTER_MODE_WP, nullptr);
    if (failed != 0) throw systemError(info.Env(), "ioctl(UFFDIO_REGISTER)", failed);
  }
  setFrames(start, length);
  return info.Env().Undefined();
}

void Engine::setFrames(uint64_t start, uint64_t length) {
  frames_ = {start, length};
  const size_t page = size_t{1} << at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  std::vector<uint8_t> zeros(page);
  at<uint64_t>(context_.core, ZERO_DIGEST_AT) = digest_.of(zeros.data(), page);
}

// registerRegion(region: number, address: bigint, bytes: number, file: number, huge: boolean); `file` -1: anonymous memory
Napi::Value Engine::registerRegion(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const Arguments args(info, "registerRegion");
  const uint32_t region = args.uint32(0, "region") % REGION_LIMIT;
  Backing backing;
  backing.region = region;
  backing.start = args.word(1, "address");
  backing.length = args.length(2, "bytes");
  backing.file = args.int32(3, "file");
  backing.huge = args.boolean(4, "huge");
  if (context_.means.trap != nullptr) {
    const uint64_t page = uint64_t{1} << at<uint32_t>(context_.core, PAGE_SHIFT_AT);
    const int failed = context_.means.trap->add(backing.start, backing.length, page, backing.file);
    if (failed != 0) throw systemError(info.Env(), "mprotect", failed);
  } else {
    registerUffd(info.Env(), backing);
  }
  context_.backings[region] = backing;
  if (!kernelFaults_) serveCallsOn(info.Env(), backing.start, backing.start + backing.length);
  if (inline_.isOpen() && context_.means.trap == nullptr) rememberInline(backing.start, backing.start + backing.length);
  rememberRegion(backing.start, backing.length);
  return info.Env().Undefined();
}

void Engine::registerUffd(Napi::Env env, const Backing& backing) {
  const uint64_t needed = backing.huge ? HUGE_FEATURES : backing.file >= 0 ? SHARED : 0;
  if ((features_ & needed) != needed) throw systemError(env, "ioctl(UFFDIO_API)", ENOSYS);
  void* start = reinterpret_cast<void*>(backing.start);
  if (madvise(start, backing.length, MADV_DONTFORK) != 0) throw systemError(env, "madvise(MADV_DONTFORK)", errno);
  // The kernel would install a huge page without a fault for each of its pages, and moving it in parts is slow.
  if (!backing.huge && madvise(start, backing.length, MADV_NOHUGEPAGE) != 0 && errno != EINVAL) {
    throw systemError(env, "madvise(MADV_NOHUGEPAGE)", errno);
  }
  const uint64_t mode = backing.file < 0 ? MODE_MISSING | MODE_WP : MODE_MISSING | MODE_MINOR | MODE_WP;
  const int failed = registerRange(context_.means.fd, backing.start, backing.length, mode, nullptr);
  if (failed != 0) throw systemError(env, "ioctl(UFFDIO_REGISTER)", failed);
}

// setOwner(thread: number): the thread whose faults `ownerFault` reports
Napi::Value Engine::setOwner(const Napi::CallbackInfo& info) {
  context_.owner = Arguments(info, "setOwner").uint32(0, "thread");
  return info.Env().Undefined();
}

// ownerFault(): bigint, the address of the owner's last fault; 0n: none
Napi::Value Engine::ownerFault(const Napi::CallbackInfo& info) {
  return Napi::BigInt::New(info.Env(), context_.ownerFault);
}

// addView(region: number, userfaultfd: number, socket: number, base: bigint): see views.h
Napi::Value Engine::addView(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const Arguments args(info, "addView");
  const uint32_t region = args.uint32(0, "region") % REGION_LIMIT;
  const Backing& backing = context_.backings[region];
  if (views_ == nullptr || backing.length == 0 || backing.file < 0) throw systemError(info.Env(), "a view", EINVAL);
  const int failed = views_->add(region, args.int32(1, "userfaultfd"), args.int32(2, "socket"), args.word(3, "base"),
                                 backing.length);
  if (failed != 0) throw systemError(info.Env(), "ioctl(UFFDIO_WRITEPROTECT)", failed);
  return info.Env().Undefined();
}

// unregisterRegion(region: number): also the parts that the application has moved
Napi::Value Engine::unregisterRegion(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const uint32_t region = Arguments(info, "unregisterRegion").uint32(0, "region") % REGION_LIMIT;
  Backing& backing = context_.backings[region];
  if (backing.length == 0) throw Napi::Error::New(info.Env(), "no such region is registered");
  removeServedRange(backing.start);
  if (context_.means.trap != nullptr) {
    const int failed = context_.means.trap->remove(backing.start);
    if (failed != 0) throw systemError(info.Env(), "a trap's range", failed);
    closeMemory(backing);
    backing = Backing();
    return info.Env().Undefined();
  }
  const uint64_t record = REGIONS_AT + region * REGION_BYTES;
  const uint32_t shift = at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  const bool seals = backing.unpoisoned;
  int failed = unregisterPiece(at<uint64_t>(context_.core, record + REGION_ADDRESS_AT), backing.length, seals);
  for (uint32_t i = 0; i < at<uint32_t>(context_.core, record + EXTENT_COUNT_AT); i++) {
    const uint64_t extent = record + REGION_EXTENTS_AT + i * EXTENT_BYTES;
    const uint64_t length = uint64_t{at<uint32_t>(context_.core, extent + EXTENT_PAGES_AT)} << shift;
    const int error = unregisterPiece(at<uint64_t>(context_.core, extent), length, seals);
    if (failed == 0) failed = error;
  }
  views_->dismiss(region);
  // The kernel wakes threads that wait in it.
  if (context_.inlined) wakeAllParked();
  if (failed != 0) throw systemError(info.Env(), "ioctl(UFFDIO_UNREGISTER)", failed);
  closeMemory(backing);
  backing = Backing();
  return info.Env().Undefined();
}

// Unregisters a piece of a region. Parts that the application has unmapped are no longer registered, which is not an error.
int Engine::unregisterPiece(uint64_t start, uint64_t length, bool seals) {
  // One call keeps it one mapping. It fails if a part is unmapped; then each page is sealed on its own.
  if (seals && mprotect(reinterpret_cast<void*>(start), length, PROT_NONE) != 0) {
    for (uint64_t done = 0; done < length; done += BASE_PAGE) mprotect(reinterpret_cast<void*>(start + done), BASE_PAGE, PROT_NONE);
  }
  const int failed = unregisterRange(context_.means.fd, start, length);
  if (failed == 0) return 0;
  // msync(2) fails with ENOMEM if a part of the range is not mapped.
  return msync(reinterpret_cast<void*>(start), length, MS_ASYNC) != 0 && errno == ENOMEM ? 0 : failed;
}

bool Engine::hasRegions() const {
  return std::any_of(std::begin(context_.backings), std::end(context_.backings),
                     [](const Backing& backing) { return backing.length != 0; });
}

// read(): number of messages in the ring
Napi::Value Engine::readNow(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), context_.means.fd < 0 ? 0 : readMessages(context_));
}

// Called when the thread ends: by worker.terminate(), process.exit(), an error, or after close().
void Engine::onEnvironmentEnd(napi_async_cleanup_hook_handle, void* data) {
  auto* self = static_cast<Engine*>(data);
  Means& means = self->context_.means;
  const bool open = means.fd >= 0;
  self->stopPolling();
  if (self->views_ != nullptr) self->views_->abandon();
  self->leaveRemotes();
  if (open) closeAnnex(self->context_.core);
  if (open && !self->hasRegions()) return self->shut();
  if (!open) return;
  if (means.trap != nullptr) {
    means.trap->abandon();  // not freed: threads may be blocked in its handler
  } else {
    // Threads that are blocked on a page fault again, and the last resort reads that fault.
    for (const Backing& backing : self->context_.backings) {
      if (backing.length != 0) wake(means.fd, backing.start, backing.length);
    }
    startLastResort(means.fd);
  }
  means.fd = -1;
}

// close(): throws while a region is registered
Napi::Value Engine::close(const Napi::CallbackInfo& info) {
  if (context_.means.fd < 0) return info.Env().Undefined();
  leaveRemotes();
  if (hasRegions()) throw Napi::Error::New(info.Env(), "regions are still registered");
  if (frames_.length > 0 && context_.means.trap == nullptr && !context_.means.framesKept) {
    const int failed = unregisterRange(context_.means.fd, frames_.start, frames_.length);
    if (failed != 0) throw systemError(info.Env(), "ioctl(UFFDIO_UNREGISTER)", failed);
  }
  stopPolling();
  shut();
  // `farpage dump` finds the cores of a process by this word: a closed pager is not one of them.
  at<uint64_t>(context_.core, CORE_ADDRESS_AT) = 0;
  return info.Env().Undefined();
}

}  // namespace farpage
