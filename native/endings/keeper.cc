// The keeper of a run, or of restores: see keeper.h. It shares memory and descriptors with the pager, and outlives it.
#include "endings/keeper.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include "args.h"
#include "errors.h"
#include "kernel/uffd.h"

// When a pager is killed the kernel closes its userfaultfds, and absent pages then read as zeros. An agent keeps its program's
// userfaultfd open and ends the program; a fork without an agent has no such process. So the keeper, a process that shares the
// pager's memory and descriptor table, keeps them all open: threads block until the keeper has ended their processes.
namespace farpage {

namespace {

constexpr size_t STACK_BYTES = 262144;
// Milliseconds: for agents to end their programs with a line; between two checks; for room in a pipe.
constexpr int AGENTS_MS = 500;
constexpr int LOOK_MS = 10;
constexpr int LINE_MS = 200;
// Milliseconds for killed processes to end, before the keeper gives up.
constexpr int KILLED_MS = 10000;
// Milliseconds between two checks whether a process of a restore still runs.
constexpr int HOLD_MS = 100;
constexpr char LIBRARY[] = "farpage-preload.so";

struct Keeper {
  int pager;
  int line;
  // The entry that marks the environment of this run's processes, with its terminating 0. Empty: the processes are not a run's;
  // they are not killed but wait.
  char mark[512];
  size_t markBytes;
  // Userfaultfds that were open when the keeper began: the pager's own.
  int own[16];
  int ownCount;
};

Keeper keeper;
char listing[32768];
char text[65536];

// Calls `use` with each number that is a name in the folder. No malloc: a killed thread may hold its lock. The kernel's
// records have the form of dirent: its offsets have 64 bits here.
template <typename Use>
void forEachNumber(const char* folder, Use use) {
  const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (long got; fd >= 0 && (got = syscall(SYS_getdents64, fd, listing, sizeof listing)) > 0;) {
    for (long at = 0; at < got;) {
      const auto* entry = reinterpret_cast<const dirent*>(listing + at);
      const int number = atoi(entry->d_name);
      if (number > 0 && number != fd) use(number);
      at += entry->d_reclen;
    }
  }
  if (fd >= 0) close(fd);
}

bool holds(int pid, const char* name, const char* wanted, size_t length) {
  char path[40];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  size_t kept = 0;
  bool found = false;
  for (ssize_t got; fd >= 0 && !found && (got = read(fd, text + kept, sizeof text - kept)) > 0;) {
    const size_t have = kept + static_cast<size_t>(got);
    found = memmem(text, have, wanted, length) != nullptr;
    kept = std::min(have, length - 1);
    std::memmove(text, text + have - kept, kept);
  }
  if (fd >= 0) close(fd);
  return found;
}

// A pipe that stays full gets no line.
void tell(const char* words, size_t length) {
  pollfd room = {keeper.line, POLLOUT, 0};
  if (poll(&room, 1, LINE_MS) != 1) return;
  const ssize_t written = write(keeper.line, words, length);
  (void)written;
}

void say(int pid) {
  char words[160];
  const int length = snprintf(words, sizeof words,
                              "farpage: the pager has ended, and the memory of process %d with it: the process is killed "
                              "(SIGKILL)\n",
                              pid);
  tell(words, static_cast<size_t>(length));
}

// Counts the paged processes that still run. A program without the library holds all its memory itself.
int countPaged(bool end) {
  int count = 0;
  forEachNumber("/proc", [&](int pid) {
    const int process = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
    if (process < 0) return;
    if (holds(pid, "environ", keeper.mark, keeper.markBytes) && holds(pid, "maps", LIBRARY, sizeof LIBRARY - 1)) {
      count++;
      if (end) {
        say(pid);
        syscall(SYS_pidfd_send_signal, process, SIGKILL, nullptr, 0);
      }
    }
    close(process);
  });
  return count;
}

int64_t now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool haveEnded(int patience) {
  const int64_t began = now();
  while (countPaged(false) > 0) {
    if (now() - began >= patience) return false;
    usleep(LOOK_MS * 1000);
  }
  return true;
}

// Whether the descriptor is a userfaultfd of another process, which still runs. The pager's memory lives as long as the keeper,
// which shares it.
bool isAwaited(int fd) {
  if (!isUserfaultfd(fd) || std::find(keeper.own, keeper.own + keeper.ownCount, fd) != keeper.own + keeper.ownCount) return false;
  return !isMemoryGone(fd);
}

int countAwaited() {
  int count = 0;
  forEachNumber("/proc/self/fd", [&](int fd) {
    if (isAwaited(fd)) count++;
  });
  return count;
}

void holdOn() {
  if (countAwaited() == 0) return;
  static constexpr char words[] =
      "farpage: the pager has ended before all pages were restored: the restored processes wait at their next absent page; kill "
      "them, and restore them again\n";
  tell(words, sizeof words - 1);
  while (countAwaited() > 0) usleep(HOLD_MS * 1000);
}

// Takes the descriptors that have been sent and that the pager had not received: closed with the socket, they would be the last ones of
// their tasks. The messages themselves say nothing that the keeper needs.
void takeSent(int fd) {
  char bytes[256];
  alignas(cmsghdr) char control[4096];
  for (;;) {
    iovec payload = {bytes, sizeof bytes};
    msghdr message = {};
    message.msg_iov = &payload;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) <= 0) return;
  }
}

// criu restore connects to a socket that has a path; the end that is accepted from it has the same one. Sockets without a path may be
// others' too: standard output, or those that the pager was started with.
bool hasPath(int fd) {
  sockaddr_un name = {};
  socklen_t length = sizeof name;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&name), &length) != 0 || name.sun_family != AF_UNIX) return false;
  return length > offsetof(sockaddr_un, sun_path) && name.sun_path[0] != '\0';
}

// Whatever criu restore sends from now on is refused, and it fails; what it has sent is kept. It waits for no answer, so all of its
// messages may be here, and its tasks run.
void takeRestores() {
  forEachNumber("/proc/self/fd", [](int fd) {
    if (!hasPath(fd)) return;
    int listens = 0;
    socklen_t size = sizeof listens;
    getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size);
    shutdown(fd, SHUT_RD);
    if (listens == 0) return takeSent(fd);
    for (int peer; (peer = accept4(fd, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0;) {
      shutdown(peer, SHUT_RD);
      takeSent(peer);
    }
  });
}

// While the pager lives this thread waits in one call: it shares errno with the thread that started it.
int keep(void*) {
  prctl(PR_SET_NAME, "farpage-keeper");
  pollfd ended = {keeper.pager, POLLIN, 0};
  while (poll(&ended, 1, -1) != 1) continue;
  if (keeper.markBytes == 1) takeRestores();
  // An agent takes the end of its socket as the end of the pager.
  forEachNumber("/proc/self/fd", [](int fd) {
    struct stat status;
    if (fd > STDERR_FILENO && fd != keeper.line && fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode)) close(fd);
  });
  if (keeper.markBytes == 1) {
    holdOn();
  } else if (!haveEnded(AGENTS_MS)) {
    countPaged(true);
    haveEnded(KILLED_MS);
  }
  _exit(0);
}

// startKeeper(mark, line): an entry of the environment of all processes of this run, '' of a restore; a descriptor for messages
Napi::Value startKeeper(const Napi::CallbackInfo& info) {
  const Arguments given(info, "startKeeper");
  const std::string mark = given.text(0, "mark");
  const int line = given.int32(1, "line");
  if (mark.size() >= sizeof keeper.mark) throw systemError(info.Env(), "clone", ENAMETOOLONG);
  std::memcpy(keeper.mark, mark.c_str(), mark.size() + 1);
  keeper.markBytes = mark.size() + 1;
  keeper.line = line;
  keeper.ownCount = 0;
  bool haveRoom = true;
  forEachNumber("/proc/self/fd", [&haveRoom](int fd) {
    if (!isUserfaultfd(fd)) return;
    if (keeper.ownCount < static_cast<int>(std::size(keeper.own))) keeper.own[keeper.ownCount++] = fd;
    else haveRoom = false;
  });
  // Without its place one of the pager's own would be waited for without end.
  if (!haveRoom) throw systemError(info.Env(), "clone", E2BIG);
  keeper.pager = static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0));
  if (keeper.pager < 0) throw systemError(info.Env(), "pidfd_open", errno);
  void* stack = mmap(nullptr, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) throw systemError(info.Env(), "mmap", errno);
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int started = clone(keep, static_cast<char*>(stack) + STACK_BYTES, CLONE_VM | CLONE_FILES | CLONE_FS, nullptr);
  const int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (started < 0) throw systemError(info.Env(), "clone", error);
  return info.Env().Undefined();
}

}  // namespace

void defineKeeper(Napi::Env env, Napi::Object exports) {
  exports.Set("startKeeper", Napi::Function::New<startKeeper>(env, "startKeeper"));
}

}  // namespace farpage
