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

/** One attached region. It outlives whoever lets go of it first: its thread, or JavaScript. */
struct Guard {
  int fd = -1;
  int socket = -1;
  uint64_t start = 0;
  uint64_t length = 0;
  std::atomic<bool> left{false};

  ~Guard() {
    if (fd >= 0) close(fd);
    if (socket >= 0) close(socket);
  }
};

using Held = std::shared_ptr<Guard>;

void* stand(void* argument) {
  const std::unique_ptr<Held> held(static_cast<Held*>(argument));
  const Guard& guard = **held;
  for (;;) {
    pollfd polled = {guard.socket, POLLIN, 0};
    if (poll(&polled, 1, -1) < 0 && errno == EINTR) continue;
    char word = 0;
    const ssize_t got = recv(guard.socket, &word, 1, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    // The pager has made ordinary memory of it, or we have taken it away ourselves.
    if (got == 1 && word == GOODBYE && !guard.left.load()) rememberGone(guard.start, guard.length, Gone::left, 0);
    if ((got == 1 && word == GOODBYE) || guard.left.load()) return nullptr;
    break;
  }
  // The pager is gone. A thread that blocks on a page which the pager had read the fault of faults again, and the last resort sees it.
  const int fd = fcntl(guard.fd, F_DUPFD_CLOEXEC, 0);
  if (fd < 0) endForAbandoned();
  wake(fd, guard.start, guard.length);
  leaveToWarden(fd);
  return nullptr;
}

// standGuard(fd, socket, address: bigint, bytes): for `leaveGuard`. The descriptors are duplicated.
Napi::Value onStand(const Napi::CallbackInfo& info) {
  const Arguments args(info, "standGuard");
  auto held = std::make_unique<Held>(std::make_shared<Guard>());
  Guard& guard = **held;
  guard.start = args.word(2, "address");
  guard.length = args.length(3, "bytes");
  const int socket = args.int32(1, "socket");
  guard.fd = fcntl(args.int32(0, "userfaultfd"), F_DUPFD_CLOEXEC, 0);
  guard.socket = guard.fd < 0 ? -1 : fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (guard.socket < 0) throw systemError(info.Env(), "fcntl(F_DUPFD_CLOEXEC)", errno);
  // A forked child would have the file without the userfaultfd, and read zeros.
  void* start = reinterpret_cast<void*>(guard.start);
  if (madvise(start, guard.length, MADV_DONTFORK) != 0) throw systemError(info.Env(), "madvise(MADV_DONTFORK)", errno);
  const int failed = rememberGone(guard.start, guard.length, Gone::attached, 0);
  if (failed != 0) throw systemError(info.Env(), "sigaction", failed);
  auto handle = Napi::External<Held>::New(info.Env(), new Held(*held), [](Napi::Env, Held* mine) { delete mine; });
  if (!spawn(stand, held.get())) throw systemError(info.Env(), "pthread_create", EAGAIN);
  held.release();
  return handle;
}

// leaveGuard(guard): nothing is mapped there any more, and the pager learns it; a thread that waits there gets SIGSEGV
Napi::Value onLeave(const Napi::CallbackInfo& info) {
  Guard& guard = **Arguments(info, "leaveGuard").external<Held>(0, "guard");
  if (guard.left.exchange(true)) return info.Env().Undefined();
  rememberGone(guard.start, guard.length, Gone::detached, 0);
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
  if (mmap(reinterpret_cast<void*>(guard.start), guard.length, PROT_NONE, flags, -1, 0) == MAP_FAILED) {
    guard.left.store(false);
    throw systemError(info.Env(), "mmap", errno);
  }
  wake(guard.fd, guard.start, guard.length);
  shutdown(guard.socket, SHUT_RDWR);
  return info.Env().Undefined();
}

}  // namespace

void defineGuard(Napi::Env env, Napi::Object exports) {
  exports.Set("standGuard", Napi::Function::New<onStand>(env, "standGuard"));
  exports.Set("leaveGuard", Napi::Function::New<onLeave>(env, "leaveGuard"));
}

}  // namespace farpage
