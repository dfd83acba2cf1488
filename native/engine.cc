#include "engine.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "errors.h"
#include "uffd.h"
#include "warden.h"

namespace farpage {

using namespace layout;

namespace {

constexpr uint64_t REQUIRED = FEATURE_PAGEFAULT_FLAG_WP | FEATURE_MOVE | FEATURE_POISON;
constexpr uint64_t BIN_BYTES = 2 << 20;  // a page of the largest size
constexpr uint64_t WANTED = REQUIRED | FEATURE_EVENT_REMOVE | FEATURE_EVENT_UNMAP | FEATURE_EVENT_REMAP;

uint64_t addressOf(const Napi::Value& value) {
  bool lossless = false;
  return value.As<Napi::BigInt>().Uint64Value(&lossless);
}

}  // namespace

Napi::Function Engine::define(Napi::Env env) {
  return DefineClass(env, "Engine",
                     {
                         InstanceMethod<&Engine::features>("features"),
                         InstanceMethod<&Engine::registerFrames>("registerFrames"),
                         InstanceMethod<&Engine::registerRegion>("registerRegion"),
                         InstanceMethod<&Engine::unregisterRegion>("unregisterRegion"),
                         InstanceMethod<&Engine::runCommands>("execute"),
                         InstanceMethod<&Engine::readNow>("read"),
                         InstanceMethod<&Engine::start>("start"),
                         InstanceMethod<&Engine::close>("close"),
                     });
}

// new Engine(coreMemory: Uint8Array)
Engine::Engine(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Engine>(info), env_(info.Env()) {
  auto memory = info[0].As<Napi::Uint8Array>();
  context_.core = memory.Data();
  if (!digest_.begin()) throw systemError(info.Env(), "getrandom", errno);

  // UFFDIO_API works once per descriptor, so what the kernel has is asked on another one.
  const Opened probe = openUserfaultfd();
  if (probe.fd < 0) throw systemError(info.Env(), probe.call, probe.error);
  uint64_t available = 0;
  const int refused = handshake(probe.fd, &available, nullptr);
  ::close(probe.fd);
  if (refused != 0) throw systemError(info.Env(), "ioctl(UFFDIO_API)", refused);
  if ((available & REQUIRED) != REQUIRED) throw systemError(info.Env(), "ioctl(UFFDIO_API)", ENOSYS);

  const Opened opened = openUserfaultfd();
  if (opened.fd < 0) throw systemError(info.Env(), opened.call, opened.error);
  features_ = WANTED & available;
  const int failed = handshake(opened.fd, &features_, nullptr);
  if (failed != 0) {
    ::close(opened.fd);
    throw systemError(info.Env(), "ioctl(UFFDIO_API)", failed);
  }
  openBin(info.Env(), opened.fd);
  context_.fd = opened.fd;
  context_.digest = &digest_;
  kernelFaults_ = opened.kernelFaults;
  core_ = Napi::Persistent(memory);
  at<uint64_t>(context_.core, CORE_ADDRESS_AT) = reinterpret_cast<uint64_t>(context_.core);
  at<uint64_t>(context_.core, NOW_AT) = monotonicNow();
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
    context_.binFd = bin.fd;
    context_.bin = address;
    context_.binBytes = BIN_BYTES;
    // For the same reason as the frames: see registerFrames.
    madvise(start, BIN_BYTES, MADV_DONTFORK);
  }
  if (failed == 0) return;
  ::close(opened);
  closeBin();
  throw systemError(env, "a second userfaultfd", failed);
}

void Engine::closeBin() {
  if (context_.bin != 0) munmap(reinterpret_cast<void*>(context_.bin), context_.binBytes);
  if (context_.binFd >= 0) ::close(context_.binFd);
  context_.bin = 0;
  context_.binFd = -1;
}

Engine::~Engine() {
  if (poll_ != nullptr) poll_->data = nullptr;
  if (context_.fd >= 0 && regions_.empty()) ::close(context_.fd);
  closeBin();
}

void Engine::requireOpen(Napi::Env env) const {
  if (context_.fd < 0) throw Napi::Error::New(env, "the engine is closed");
}

// features(): {granted: bigint, kernelFaults: boolean}
Napi::Value Engine::features(const Napi::CallbackInfo& info) {
  auto result = Napi::Object::New(info.Env());
  result.Set("granted", Napi::BigInt::New(info.Env(), features_));
  result.Set("kernelFaults", kernelFaults_);
  return result;
}

// registerFrames(offset, bytes): the frames become a place that pages can be moved to. Registered for write-protect
// faults alone, so that a vacant frame that is touched gets memory from the kernel as any memory does.
Napi::Value Engine::registerFrames(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const uint64_t start = reinterpret_cast<uint64_t>(context_.core) + info[0].As<Napi::Number>().Int64Value();
  const uint64_t length = info[1].As<Napi::Number>().Int64Value();
  // A forked child would share the pages and make them immovable (EBUSY); it has no use for them.
  if (madvise(reinterpret_cast<void*>(start), length, MADV_DONTFORK) != 0) {
    throw systemError(info.Env(), "madvise(MADV_DONTFORK)", errno);
  }
  const int failed = registerRange(context_.fd, start, length, UFFDIO_REGISTER_MODE_WP, nullptr);
  if (failed != 0) throw systemError(info.Env(), "ioctl(UFFDIO_REGISTER)", failed);
  frames_ = {start, length};
  const size_t page = size_t{1} << at<uint32_t>(context_.core, PAGE_SHIFT_AT);
  std::vector<uint8_t> zeros(page);
  at<uint64_t>(context_.core, ZERO_DIGEST_AT) = digest_.of(zeros.data(), page);
  return info.Env().Undefined();
}

// registerRegion(address: bigint, bytes: number)
Napi::Value Engine::registerRegion(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const Range range = {addressOf(info[0]), static_cast<uint64_t>(info[1].As<Napi::Number>().Int64Value())};
  void* start = reinterpret_cast<void*>(range.start);
  if (madvise(start, range.length, MADV_DONTFORK) != 0) throw systemError(info.Env(), "madvise(MADV_DONTFORK)", errno);
  // A huge page would come in whole behind the pager's back, and could not be moved in parts cheaply.
  if (madvise(start, range.length, MADV_NOHUGEPAGE) != 0 && errno != EINVAL) {
    throw systemError(info.Env(), "madvise(MADV_NOHUGEPAGE)", errno);
  }
  const int failed = registerRange(context_.fd, range.start, range.length, UFFDIO_REGISTER_MODE_MISSING, nullptr);
  if (failed != 0) throw systemError(info.Env(), "ioctl(UFFDIO_REGISTER)", failed);
  regions_.push_back(range);
  return info.Env().Undefined();
}

// unregisterRegion(address: bigint)
Napi::Value Engine::unregisterRegion(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  const uint64_t start = addressOf(info[0]);
  const auto found =
      std::find_if(regions_.begin(), regions_.end(), [start](const Range& range) { return range.start == start; });
  if (found == regions_.end()) throw Napi::Error::New(info.Env(), "no such region is registered");
  const int failed = unregisterRange(context_.fd, found->start, found->length);
  if (failed != 0) throw systemError(info.Env(), "ioctl(UFFDIO_UNREGISTER)", failed);
  regions_.erase(found);
  return info.Env().Undefined();
}

// execute(): number of commands run
Napi::Value Engine::runCommands(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), execute(context_));
}

// read(): number of messages in the ring
Napi::Value Engine::readNow(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), context_.fd < 0 ? 0 : readMessages(context_));
}

// start(turn: () => boolean, dispatch: () => void): begins to poll. `turn` runs after each read; where it returns true
// `dispatch` is called as a callback of its own, after which promises go on.
Napi::Value Engine::start(const Napi::CallbackInfo& info) {
  requireOpen(info.Env());
  turn_ = Napi::Persistent(info[0].As<Napi::Function>());
  dispatch_ = Napi::Persistent(info[1].As<Napi::Function>());
  uv_loop_t* loop = nullptr;
  napi_get_uv_event_loop(env_, &loop);
  poll_ = new uv_poll_t;
  poll_->data = this;
  int failed = uv_poll_init(loop, poll_, context_.fd);
  if (failed != 0) {
    delete poll_;
    poll_ = nullptr;
    throw systemError(info.Env(), "uv_poll_init", -failed);
  }
  failed = uv_poll_start(poll_, UV_READABLE, onReadable);
  if (failed != 0) throw systemError(info.Env(), "uv_poll_start", -failed);
  napi_add_async_cleanup_hook(env_, onEnvironmentEnd, this, &hook_);
  return info.Env().Undefined();
}

void Engine::onReadable(uv_poll_t* handle, int, int) {
  auto* self = static_cast<Engine*>(handle->data);
  if (self != nullptr) self->readable();
}

// Two calls into JavaScript at the most, and only the second one runs ticks and promises.
void Engine::readable() {
  if (readMessages(context_) == 0) return;
  Napi::HandleScope scope(env_);
  napi_value receiver;
  napi_get_global(env_, &receiver);
  napi_value more = nullptr;
  napi_status status = napi_call_function(env_, receiver, turn_.Value(), 0, nullptr, &more);
  if (status == napi_ok) {
    bool wanted = false;
    napi_get_value_bool(env_, more, &wanted);
    if (wanted) status = napi_make_callback(env_, nullptr, receiver, dispatch_.Value(), 0, nullptr, nullptr);
  }
  if (status == napi_pending_exception) {
    napi_value error;
    if (napi_get_and_clear_last_exception(env_, &error) == napi_ok) napi_fatal_exception(env_, error);
  }
}

void Engine::stopPolling() {
  if (poll_ == nullptr) return;
  uv_poll_t* poll = poll_;
  poll_ = nullptr;
  uv_poll_stop(poll);
  // The hook may only be removed once libuv has let go of the handle.
  poll->data = hook_;
  hook_ = nullptr;
  uv_close(reinterpret_cast<uv_handle_t*>(poll), onClosed);
}

void Engine::onClosed(uv_handle_t* handle) {
  if (handle->data != nullptr) napi_remove_async_cleanup_hook(static_cast<napi_async_cleanup_hook_handle>(handle->data));
  delete reinterpret_cast<uv_poll_t*>(handle);
}

// The thread ends: by worker.terminate(), process.exit(), an error, or after close().
void Engine::onEnvironmentEnd(napi_async_cleanup_hook_handle, void* data) {
  auto* self = static_cast<Engine*>(data);
  const int fd = self->context_.fd;
  const bool abandoned = fd >= 0 && !self->regions_.empty();
  self->context_.fd = -1;
  self->stopPolling();
  if (abandoned) leaveToWarden({fd, self->context_.core});
  else if (fd >= 0) ::close(fd);
}

// close(): no region may be registered any more
Napi::Value Engine::close(const Napi::CallbackInfo& info) {
  if (context_.fd < 0) return info.Env().Undefined();
  if (!regions_.empty()) throw Napi::Error::New(info.Env(), "regions are still registered");
  if (frames_.length > 0) {
    const int failed = unregisterRange(context_.fd, frames_.start, frames_.length);
    if (failed != 0) throw systemError(info.Env(), "ioctl(UFFDIO_UNREGISTER)", failed);
  }
  const int fd = context_.fd;
  context_.fd = -1;
  stopPolling();
  ::close(fd);
  return info.Env().Undefined();
}

}  // namespace farpage
