// The lease-watch: a thread that takes all pages away from this process while the node's lease may have ended, and for good when the
// node has: then each touch of the region is SIGBUS here. A node that is stopped can do neither.
#include "others/lease-watch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <memory>
#include <mutex>

#include "args.h"
#include "endings/gone.h"
#include "endings/last-resort.h"
#include "errors.h"
#include "kernel/clock.h"
#include "kernel/uffd.h"

#ifndef MADV_DONTNEED_LOCKED
#define MADV_DONTNEED_LOCKED 24
#endif

namespace farpage {

namespace {

constexpr uint64_t NS_A_MS = 1000000;
/** Between two looks while the lease may have ended: the node may have put a page there that it was about to when it was stopped. */
constexpr int LOOK_MS = 20;
constexpr uint64_t MAX_WAIT_MS = 60000;

/** Nanoseconds of CLOCK_MONOTONIC; the node writes them (src/dsm/times.ts). */
struct Times {
  /** Pages may be used until then. */
  std::atomic<uint64_t> usable;
  /** A node that has heard nothing until then ends. */
  std::atomic<uint64_t> end;
};
static_assert(std::atomic<uint64_t>::is_always_lock_free, "processes share the words");

/** One attached region; its thread and JavaScript share it, and the last of them frees it. */
struct LeaseWatch {
  int fd = -1;
  int socket = -1;
  int file = -1;
  /** A memfile without bytes. */
  int empty = -1;
  const Times* times = nullptr;
  uint64_t start = 0;
  uint64_t length = 0;
  std::mutex mutex;
  /** Under the mutex. The addresses may be other memory's. */
  bool left = false;

  ~LeaseWatch() {
    for (const int held : {fd, socket, file, empty}) {
      if (held >= 0) close(held);
    }
    if (times != nullptr) munmap(const_cast<Times*>(times), sizeof(Times));
  }
};

using Held = std::shared_ptr<LeaseWatch>;

/** The region is closed or fenced: its node has cut the file. */
bool isCut(const LeaseWatch& watch) {
  struct stat status;
  return fstat(watch.file, &status) != 0 || static_cast<uint64_t>(status.st_size) < watch.length;
}

/** Each touch is a fault again, for which the node is asked. False: the kernel refuses it. */
bool takeAway(LeaseWatch& watch) {
  const std::lock_guard<std::mutex> lock(watch.mutex);
  return watch.left || madvise(reinterpret_cast<void*>(watch.start), watch.length, MADV_DONTNEED_LOCKED) == 0;
}

// Called with the mutex held.
bool replace(const LeaseWatch& watch, int protection, int flags, int file) {
  void* start = reinterpret_cast<void*>(watch.start);
  return mmap(start, watch.length, protection, flags | MAP_NORESERVE | MAP_FIXED, file, 0) != MAP_FAILED;
}

/** From now on each touch is SIGBUS, also by threads that wait. */
void end(LeaseWatch& watch, bool leaves) {
  {
    const std::lock_guard<std::mutex> lock(watch.mutex);
    if (watch.left) return;
    watch.left = leaves;
    if (!replace(watch, PROT_READ | PROT_WRITE, MAP_SHARED, watch.empty) &&
        mprotect(reinterpret_cast<void*>(watch.start), watch.length, PROT_NONE) != 0) {
      static const char line[] = "farpage: the memory of an attached region cannot be removed, so the process ends\n";
      endWith(line, sizeof line - 1);
    }
  }
  wake(watch.fd, watch.start, watch.length);
  shutdown(watch.socket, SHUT_RDWR);
}

void* stand(void* argument) {
  const std::unique_ptr<Held> held(static_cast<Held*>(argument));
  LeaseWatch& watch = **held;
  for (;;) {
    const uint64_t now = monotonicNow();
    const uint64_t usable = watch.times->usable.load();
    int wait = LOOK_MS;
    if (now < usable) {
      wait = static_cast<int>(std::min(MAX_WAIT_MS, (usable - now) / NS_A_MS + 1));
    } else if (now >= watch.times->end.load() || isCut(watch) || !takeAway(watch)) {
      break;
    }
    // Nothing is ever sent on it: readable means that the other end is closed.
    pollfd polled = {watch.socket, POLLIN, 0};
    if (poll(&polled, 1, wait) > 0) break;
  }
  end(watch, false);
  return nullptr;
}

/** The thread that attached the region ends, and with it perhaps the memory. */
void onEnvironmentEnd(void* data) {
  const std::unique_ptr<Held> held(static_cast<Held*>(data));
  end(**held, true);
}

struct Handle {
  Held watch;
  /** Of the environment; null once the region is left. */
  Held* hook;
};

// startLeaseWatch(userfaultfd, socket, file, times, address: bigint, bytes): for `stopLeaseWatch`. The descriptors are duplicated.
Napi::Value onStart(const Napi::CallbackInfo& info) {
  const Arguments args(info, "startLeaseWatch");
  auto held = std::make_unique<Held>(std::make_shared<LeaseWatch>());
  LeaseWatch& watch = **held;
  const int given[] = {args.int32(0, "userfaultfd"), args.int32(1, "socket"), args.int32(2, "file")};
  int* const copies[] = {&watch.fd, &watch.socket, &watch.file};
  const int times = args.int32(3, "times");
  watch.start = args.word(4, "address");
  watch.length = args.length(5, "bytes");
  for (int i = 0; i < 3; i++) {
    *copies[i] = fcntl(given[i], F_DUPFD_CLOEXEC, 0);
    if (*copies[i] < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  }
  watch.empty = memfd_create("farpage-gone", MFD_CLOEXEC);
  if (watch.empty < 0) throw systemError(info.Env(), "memfd_create", errno);
  void* mapped = mmap(nullptr, sizeof(Times), PROT_READ, MAP_SHARED, times, 0);
  if (mapped == MAP_FAILED) throw systemError(info.Env(), "mmap", errno);
  watch.times = static_cast<const Times*>(mapped);
  // A forked child would map the file without the userfaultfd.
  void* start = reinterpret_cast<void*>(watch.start);
  if (madvise(start, watch.length, MADV_DONTFORK) != 0) throw systemError(info.Env(), "madvise(MADV_DONTFORK)", errno);
  const int failed = rememberGone(watch.start, watch.length, Gone::node, 0);
  if (failed != 0) throw systemError(info.Env(), "sigaction", failed);
  auto hook = std::make_unique<Held>(*held);
  auto handle = Napi::External<Handle>::New(info.Env(), new Handle{*held, hook.get()},
                                            [](Napi::Env, Handle* mine) { delete mine; });
  if (!spawn(stand, held.get())) {
    handle.Data()->hook = nullptr;
    throw systemError(info.Env(), "pthread_create", EAGAIN);
  }
  held.release();
  napi_add_env_cleanup_hook(info.Env(), onEnvironmentEnd, hook.release());
  return handle;
}

// stopLeaseWatch(watch): unmaps the region and notifies the node; a thread that is blocked there gets SIGSEGV
Napi::Value onStop(const Napi::CallbackInfo& info) {
  Handle& handle = *Arguments(info, "stopLeaseWatch").external<Handle>(0, "watch");
  LeaseWatch& watch = *handle.watch;
  {
    const std::lock_guard<std::mutex> lock(watch.mutex);
    if (watch.left) return info.Env().Undefined();
    rememberGone(watch.start, watch.length, Gone::detached, 0);
    if (!replace(watch, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1)) throw systemError(info.Env(), "mmap", errno);
    watch.left = true;
  }
  wake(watch.fd, watch.start, watch.length);
  shutdown(watch.socket, SHUT_RDWR);
  napi_remove_env_cleanup_hook(info.Env(), onEnvironmentEnd, handle.hook);
  delete handle.hook;
  handle.hook = nullptr;
  return info.Env().Undefined();
}

}  // namespace

void defineLeaseWatch(Napi::Env env, Napi::Object exports) {
  exports.Set("startLeaseWatch", Napi::Function::New<onStart>(env, "startLeaseWatch"));
  exports.Set("stopLeaseWatch", Napi::Function::New<onStop>(env, "stopLeaseWatch"));
}

}  // namespace farpage
