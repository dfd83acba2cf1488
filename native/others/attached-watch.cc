// The attached-watch: waits for the end of the pager's socket, then hands the userfaultfd to the last resort.
#include "others/attached-watch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <memory>

#include "args.h"
#include "errors.h"
#include "kernel/uffd.h"
#include "endings/gone.h"
#include "endings/last-resort.h"

namespace farpage {

namespace {

/** One attached region; its thread and JavaScript share it, and the last of them frees it. */
struct AttachedWatch {
  int fd = -1;
  int socket = -1;
  uint64_t start = 0;
  uint64_t length = 0;
  std::atomic<bool> left{false};

  ~AttachedWatch() {
    if (fd >= 0) close(fd);
    if (socket >= 0) close(socket);
  }
};

using Held = std::shared_ptr<AttachedWatch>;

void* stand(void* argument) {
  const std::unique_ptr<Held> held(static_cast<Held*>(argument));
  const AttachedWatch& watch = **held;
  for (;;) {
    pollfd polled = {watch.socket, POLLIN, 0};
    if (poll(&polled, 1, -1) < 0 && errno == EINTR) continue;
    char word = 0;
    const ssize_t got = recv(watch.socket, &word, 1, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    // The pager closed the region (it is ordinary memory now), or this process detached it.
    if (got == 1 && word == GOODBYE && !watch.left.load()) rememberGone(watch.start, watch.length, Gone::left, 0);
    if ((got == 1 && word == GOODBYE) || watch.left.load()) return nullptr;
    break;
  }
  // The pager is gone. Threads whose faults it had read already are woken: they re-fault, and the last resort reads that.
  const int fd = fcntl(watch.fd, F_DUPFD_CLOEXEC, 0);
  if (fd < 0) endForAbandoned();
  wake(fd, watch.start, watch.length);
  startLastResort(fd);
  return nullptr;
}

// startAttachedWatch(fd, socket, address: bigint, bytes): for `stopAttachedWatch`. The descriptors are duplicated.
Napi::Value onStart(const Napi::CallbackInfo& info) {
  const Arguments args(info, "startAttachedWatch");
  auto held = std::make_unique<Held>(std::make_shared<AttachedWatch>());
  AttachedWatch& watch = **held;
  watch.start = args.word(2, "address");
  watch.length = args.length(3, "bytes");
  const int socket = args.int32(1, "socket");
  watch.fd = fcntl(args.int32(0, "userfaultfd"), F_DUPFD_CLOEXEC, 0);
  watch.socket = watch.fd < 0 ? -1 : fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (watch.socket < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  // A forked child would map the file without the userfaultfd, and read zeros.
  void* start = reinterpret_cast<void*>(watch.start);
  if (madvise(start, watch.length, MADV_DONTFORK) != 0) throw systemError(info.Env(), "madvise(MADV_DONTFORK)", errno);
  const int failed = rememberGone(watch.start, watch.length, Gone::attached, 0);
  if (failed != 0) throw systemError(info.Env(), "sigaction", failed);
  auto handle = Napi::External<Held>::New(info.Env(), new Held(*held), [](Napi::Env, Held* mine) { delete mine; });
  if (!spawn(stand, held.get())) throw systemError(info.Env(), "pthread_create", EAGAIN);
  held.release();
  return handle;
}

// stopAttachedWatch(watch): unmaps the region and notifies the pager; a thread that is blocked there gets SIGSEGV
Napi::Value onStop(const Napi::CallbackInfo& info) {
  AttachedWatch& watch = **Arguments(info, "stopAttachedWatch").external<Held>(0, "watch");
  if (watch.left.exchange(true)) return info.Env().Undefined();
  rememberGone(watch.start, watch.length, Gone::detached, 0);
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
  if (mmap(reinterpret_cast<void*>(watch.start), watch.length, PROT_NONE, flags, -1, 0) == MAP_FAILED) {
    watch.left.store(false);
    throw systemError(info.Env(), "mmap", errno);
  }
  wake(watch.fd, watch.start, watch.length);
  shutdown(watch.socket, SHUT_RDWR);
  return info.Env().Undefined();
}

}  // namespace

void defineAttachedWatch(Napi::Env env, Napi::Object exports) {
  exports.Set("startAttachedWatch", Napi::Function::New<onStart>(env, "startAttachedWatch"));
  exports.Set("stopAttachedWatch", Napi::Function::New<onStop>(env, "stopAttachedWatch"));
}

}  // namespace farpage
