// The pager's side of the agents: maps the memfiles that they share, and sends requests for victims.
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/killed.h"
#include "kernel/uffd.h"
#include "others/processes.h"
#include "programs/preload/agent.h"

namespace farpage {

using namespace layout;

namespace {

constexpr uint64_t PAGE = 4096;
constexpr size_t WINDOW_BYTES = FARPAGE_REQUEST_PAGES * PAGE;
// Interval at which a waiting pager checks that the process still exists.
constexpr long AGENT_LOOK_NS = 20 * 1000 * 1000;
// Checks within which an agent must take up a request.
constexpr int AGENT_CHECKS = 10;
// The interval while the pager reads events, too: an agent that finishes without an event does not wake it.
constexpr long BESIDE_LOOK_NS = 100 * 1000;
// When an agent has ended: checks whether its program was killed with it, and the interval.
constexpr int END_CHECKS = 10;
constexpr long END_LOOK_NS = 1000 * 1000;

// Whether the other end has closed, even if replies of it are still unread.
bool hasEnded(int socket) {
  pollfd polled = {socket, POLLRDHUP, 0};
  return poll(&polled, 1, 0) == 1 && (polled.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

// The agent's EACCES: memory that UFFDIO_MOVE does not move, but mremap may. If that refuses too, the page stays. EEXIST from
// MOVE means a staging that was not empty, which says nothing about the frame: the page is tried again.
uint16_t outcomeOfMove(int error) {
  if (error == EEXIST) return OUTCOME_CHANGING;
  return error == EACCES ? static_cast<uint16_t>(OUTCOME_BUSY) : outcomeOfTake(error);
}

int mapWhole(int file, size_t bytes, void** mapped) {
  struct stat status = {};
  if (fstat(file, &status) != 0) return errno;
  if (status.st_size < static_cast<off_t>(bytes)) return EINVAL;
  void* at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (at == MAP_FAILED) return errno;
  *mapped = at;
  return madvise(at, bytes, MADV_DONTFORK) == 0 ? 0 : errno;
}

// False if the agent took the request up first.
bool withdraw(farpage_control& control, uint32_t number) {
  uint32_t before = number - 1;
  if (!__atomic_compare_exchange_n(&control.taken, &before, number, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return false;
  __atomic_store_n(&control.finished, number, __ATOMIC_RELEASE);
  return true;
}

// Whether something else kills the program along with its agent: the end of process 1 of its PID namespace, of its control
// group, or a signal to all. The agent's end may be seen a moment before the program has its signal.
bool endsToo(int program) {
  const timespec pause = {0, END_LOOK_NS};
  for (int looks = 0; looks < END_CHECKS; looks++) {
    if (isBeingKilled(program)) return true;
    nanosleep(&pause, nullptr);
  }
  return false;
}

}  // namespace

void Remotes::settle(Record& record, int64_t bytes, int error) {
  record.done = bytes;
  record.error = static_cast<uint32_t>(error);
  record.outcome = error == 0 ? static_cast<uint16_t>(OUTCOME_DONE) : outcomeOfMove(error);
}

Remotes::Remote::~Remote() {
  if (control != nullptr) munmap(control, FARPAGE_CONTROL_BYTES);
  if (window != nullptr) munmap(window, WINDOW_BYTES);
  if (program >= 0) close(program);
  // shutdown, not close alone: other duplicates of the socket in this process must not keep the agent waiting.
  if (socket >= 0) {
    shutdown(socket, SHUT_RDWR);
    close(socket);
  }
  if (fd >= 0) close(fd);
}

int Remotes::setAgent(uint32_t region, int socket, int control, int window, int program) {
  if (region >= REGION_LIMIT || !remotes_[region]) return ENOENT;
  Remote& remote = *remotes_[region];
  if (remote.control != nullptr) return EBUSY;
  void* words = nullptr;
  void* pages = nullptr;
  int failed = mapWhole(control, FARPAGE_CONTROL_BYTES, &words);
  if (failed == 0) failed = mapWhole(window, WINDOW_BYTES, &pages);
  const int own = failed == 0 ? fcntl(socket, F_DUPFD_CLOEXEC, 0) : -1;
  if (failed == 0 && own < 0) failed = errno;
  const int process = failed == 0 && program >= 0 ? fcntl(program, F_DUPFD_CLOEXEC, 0) : -1;
  if (failed == 0 && program >= 0 && process < 0) failed = errno;
  if (failed != 0) {
    if (own >= 0) close(own);
    if (words != nullptr) munmap(words, FARPAGE_CONTROL_BYTES);
    if (pages != nullptr) munmap(pages, WINDOW_BYTES);
    return failed;
  }
  remote.socket = own;
  remote.program = process;
  remote.control = static_cast<farpage_control*>(words);
  remote.window = static_cast<uint8_t*>(pages);
  return 0;
}

// Frees the windows of processes that are not asked for victims now: a thousand of them would hold 256 MiB.
void Remotes::emptyWindows() {
  for (const auto& remote : remotes_) {
    if (!remote || !remote->windowFull) continue;
    if (!remote->windowUsed && madvise(remote->window, WINDOW_BYTES, MADV_REMOVE) == 0) remote->windowFull = false;
    remote->windowUsed = false;
  }
}

// Waits for an agent that is stopped or frozen with a request in hand: it may have moved pages out already, and they must not
// be lost. If it has not taken the request up, the request is withdrawn, so that other agents are served.
Remotes::Answer Remotes::ask(uint32_t region, uint32_t runs, bool isProtected) {
  Remote& remote = *remotes_[region];
  farpage_control& control = *remote.control;
  control.run_count = runs;
  control.is_protected = isProtected ? 1 : 0;
  const uint32_t number = control.posted + 1;
  __atomic_store_n(&control.posted, number, __ATOMIC_RELEASE);
  const char byte = 1;
  const bool told = send(remote.socket, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
  if (!told && hasEnded(remote.socket)) return Answer::ended;
  const timespec look = {0, isProtected ? BESIDE_LOOK_NS : AGENT_LOOK_NS};
  const int maxChecks = isProtected ? static_cast<int>(AGENT_CHECKS * AGENT_LOOK_NS / BESIDE_LOOK_NS) : AGENT_CHECKS;
  bool seen = !isProtected;
  for (int looks = 0; __atomic_load_n(&control.finished, __ATOMIC_ACQUIRE) != number; looks++) {
    if ((!told || looks == maxChecks) && withdraw(control, number)) {
      remote.silent = told;
      return Answer::none;
    }
    if (isProtected && readBeside(region, &seen)) continue;
    if (seen) syscall(SYS_futex, &control.finished, FUTEX_WAIT, number - 1, &look, nullptr, 0);
    if (__atomic_load_n(&control.finished, __ATOMIC_ACQUIRE) == number) break;
    if (hasEnded(remote.socket)) return Answer::ended;
  }
  return Answer::given;
}

// The pages that the agent had in hand are lost: the program is killed before it can touch them. A process that executed
// another program, ended by itself, or is being killed already, is spared.
void Remotes::endProgram(const Remote& remote) {
  farpage_control& control = *remote.control;
  if (remote.program < 0 || __atomic_load_n(&control.left, __ATOMIC_ACQUIRE) != 0 || control.dismissed != 0) return;
  if (endsToo(remote.program)) return;
  // Set before the kill: another thread may see the program's end at once, and must know that the pager caused it.
  control.killed = 1;
  if (syscall(SYS_pidfd_send_signal, remote.program, SIGKILL, nullptr, 0) != 0) control.killed = 0;
}

void Remotes::take(uint32_t region, Record* const* records, uint32_t count) {
  Remote* remote = remotes_[region].get();
  const bool ready = remote != nullptr && remote->control != nullptr && !remote->paused &&
                     __atomic_load_n(&remote->control->ready, __ATOMIC_ACQUIRE) != 0;
  if (ready && remote->silent) {
    remote->silent = __atomic_load_n(&remote->control->heard, __ATOMIC_ACQUIRE) != remote->control->posted;
  }
  int refused = remote == nullptr || remote->dead ? ESRCH : ready && !remote->silent ? 0 : EBUSY;
  Record* kept[FARPAGE_REQUEST_PAGES];
  uint32_t keptCount = 0;
  for (uint32_t first = 0; first < count;) {
    uint32_t runs = 0;
    uint32_t pages = 0;
    for (; refused == 0 && first + runs < count && runs < FARPAGE_REQUEST_PAGES; runs++) {
      const Record& record = *records[first + runs];
      if (runs > 0 && pages + record.count > FARPAGE_REQUEST_PAGES) break;
      const uint32_t limit = std::min<uint32_t>(record.count, FARPAGE_REQUEST_PAGES);
      remote->control->runs[runs] = {record.source, pages, limit, 0, 0, 0, 0};
      pages += limit;
    }
    const Answer answer = runs > 0 ? ask(region, runs, false) : Answer::none;
    const bool answered = answer == Answer::given;
    if (runs > 0 && answer == Answer::none) refused = EBUSY;
    if (answer == Answer::ended) {
      refused = ESRCH;
      endProgram(*remote);
      died(region);
    }
    if (answered) remote->windowUsed = remote->windowFull = true;
    uint32_t place = 0;
    const uint32_t end = runs == 0 ? count : first + runs;
    for (uint32_t i = first; i < end; i++) {
      if (!answered) {
        settle(*records[i], 0, refused != 0 ? refused : ESRCH);
        continue;
      }
      // The other process can write this word too: bound it before use.
      const farpage_run run = remote->control->runs[i - first];
      const uint32_t limit = std::min<uint32_t>(records[i]->count, FARPAGE_REQUEST_PAGES);
      const uint32_t done = std::min(run.done, limit);
      std::memcpy(reinterpret_cast<void*>(records[i]->target), remote->window + place * PAGE, done * PAGE);
      place += limit;
      const int error = done == records[i]->count ? 0 : run.error > 0 && run.error < 4096 ? run.error : EAGAIN;
      settle(*records[i], static_cast<int64_t>(done * PAGE), error);
      if (error == EACCES && keptCount < FARPAGE_REQUEST_PAGES) kept[keptCount++] = records[i];
    }
    first = end;
    remote = remotes_[region].get();
  }
  if (keptCount > 0) takeProtected(region, kept, keptCount);
}

}  // namespace farpage
