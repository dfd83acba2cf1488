#include "others/processes.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "programs/preload/agent.h"
#include "kernel/uffd.h"

namespace farpage {

using namespace layout;

namespace {

constexpr uint64_t PAGE = 4096;
constexpr int EPOLL_MOST = 16;
// In an epoll event, beside a descriptor: it is a refused fork's. Without it, the number of a region.
constexpr uint64_t REFUSED = 1ull << 32;
constexpr size_t WINDOW_BYTES = FARPAGE_REQUEST_PAGES * PAGE;
// How often a waiting pager looks whether the process is still there.
constexpr long AGENT_LOOK_NS = 20 * 1000 * 1000;

template <typename T>
T& coreAt(uint8_t* core, uint64_t offset) {
  return *reinterpret_cast<T*>(core + offset);
}

// Whatever it has said before, and nobody has read.
bool hasEnded(int socket) {
  pollfd polled = {socket, POLLRDHUP, 0};
  return poll(&polled, 1, 0) == 1 && (polled.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

// What is read from another kind of file would be taken for the kernel's messages, and a fork's for a descriptor of ours.
bool isUserfaultfd(int fd) {
  char link[32];
  char kind[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  static constexpr char expected[] = "anon_inode:[userfaultfd]";
  const ssize_t length = readlink(link, kind, sizeof kind);
  return length == sizeof expected - 1 && std::memcmp(kind, expected, sizeof expected - 1) == 0;
}

// MOVE says EINVAL of memory that is locked, or registered no more: it stays where it is. Of a staging that was not empty
// it says EEXIST, which is nothing about the frame: it is tried again.
uint16_t outcomeOfMove(int error) {
  if (error == EINVAL) return OUTCOME_BUSY;
  return error == EEXIST ? static_cast<uint16_t>(OUTCOME_CHANGING) : outcomeOf(error);
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

void settle(Record& record, int64_t bytes, int error) {
  record.done = bytes;
  record.error = static_cast<uint32_t>(error);
  record.outcome = error == 0 ? static_cast<uint16_t>(OUTCOME_DONE) : outcomeOfMove(error);
}

}  // namespace

Remotes::Remote::~Remote() {
  if (control != nullptr) munmap(control, FARPAGE_CONTROL_BYTES);
  if (window != nullptr) munmap(window, WINDOW_BYTES);
  if (program >= 0) close(program);
  // Not only ours: whoever else in this process has the socket must not keep the agent waiting.
  if (socket >= 0) {
    shutdown(socket, SHUT_RDWR);
    close(socket);
  }
  if (fd >= 0) close(fd);
}

Remotes::~Remotes() {
  removeAll();
  if (epoll_ >= 0) close(epoll_);
}

int Remotes::open() {
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  return epoll_ < 0 ? errno : 0;
}

int Remotes::waitDescriptor() const { return count_ == 1 && refused_.empty() ? remotes_[only_]->fd : epoll_; }

int Remotes::add(uint32_t region, int userfaultfd, bool spaced) {
  if (region == 0 || region >= REGION_LIMIT || remotes_[region]) return EINVAL;
  const int fd = fcntl(userfaultfd, F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return errno;
  if (!isUserfaultfd(fd)) {
    close(fd);
    return EINVAL;
  }
  // A blocking one would stop the loop at a fault that was answered before it was read.
  const int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) {
    const int error = errno;
    close(fd);
    return error;
  }
  return adopt(region, fd, spaced);
}

// Takes the descriptor over, also where it fails.
int Remotes::adopt(uint32_t region, int fd, bool spaced) {
  auto remote = std::make_unique<Remote>();
  remote->fd = fd;
  remote->spaced = spaced;
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = region;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) return errno;
  remotes_[region] = std::move(remote);
  count_++;
  only_ = region;
  return 0;
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

void Remotes::setMailbox(uint32_t region, uint64_t mailbox) {
  if (region < REGION_LIMIT && remotes_[region]) remotes_[region]->mailbox = mailbox;
}

uint32_t Remotes::findFork(uint32_t tid) const {
  for (uint32_t region = 1; region < REGION_LIMIT && tid != 0; region++) {
    const auto& remote = remotes_[region];
    if (remote && remote->control == nullptr && !remote->dead && remote->mailboxTid == tid) return region;
  }
  const auto isIts = [tid](const Refused& each) { return tid != 0 && each.tid == tid; };
  return std::any_of(refused_.begin(), refused_.end(), isIts) ? static_cast<uint32_t>(REGION_LIMIT) : 0;
}

void Remotes::remove(uint32_t region) {
  if (region >= REGION_LIMIT || !remotes_[region]) return;
  remotes_[region].reset();
  dead_.erase(std::remove(dead_.begin(), dead_.end(), region), dead_.end());
  count_--;
  for (uint32_t other = 1; other < REGION_LIMIT && count_ == 1; other++) {
    if (remotes_[other]) only_ = other;
  }
}

void Remotes::removeAll() {
  for (uint32_t region = 1; region < REGION_LIMIT; region++) remove(region);
  for (const Refused& each : refused_) close(each.fd);
  refused_.clear();
}

void Remotes::died(uint32_t region) {
  if (region >= REGION_LIMIT || !remotes_[region] || remotes_[region]->dead) return;
  remotes_[region]->dead = true;
  dead_.push_back(region);
}

std::vector<uint32_t> Remotes::takeDead() {
  // A fork that never said hello has no socket that would tell its end: zeros at an address that nobody maps are refused
  // with ENOENT by a process that is there, with ESRCH by one that is gone.
  for (uint32_t region = 1; region < REGION_LIMIT; region++) {
    const auto& remote = remotes_[region];
    if (!remote || !remote->spaced || remote->control != nullptr) continue;
    if (zeroPages(remote->fd, PAGE, PAGE, UFFDIO_ZEROPAGE_MODE_DONTWAKE).error == ESRCH) died(region);
  }
  const auto ended = [](const Refused& each) {
    if (zeroPages(each.fd, PAGE, PAGE, UFFDIO_ZEROPAGE_MODE_DONTWAKE).error != ESRCH) return false;
    close(each.fd);
    return true;
  };
  refused_.erase(std::remove_if(refused_.begin(), refused_.end(), ended), refused_.end());
  emptyWindows();
  std::vector<uint32_t> dead;
  dead.swap(dead_);
  return dead;
}

// Of processes that are not asked for victims now: a thousand windows would hold a quarter of a gigabyte.
void Remotes::emptyWindows() {
  for (const auto& remote : remotes_) {
    if (!remote || !remote->windowFull) continue;
    if (!remote->windowUsed && madvise(remote->window, WINDOW_BYTES, MADV_REMOVE) == 0) remote->windowFull = false;
    remote->windowUsed = false;
  }
}

uint32_t Remotes::read(uffd_msg* into, uint32_t room) {
  if (count_ == 1 && refused_.empty()) return readOne(only_, into, room);
  epoll_event events[EPOLL_MOST];
  const int ready = epoll_wait(epoll_, events, EPOLL_MOST, 0);
  uint32_t count = 0;
  // A fork among the messages may add a remote: it is read the next time.
  for (int i = 0; i < ready && count < room; i++) {
    if ((events[i].data.u64 & REFUSED) != 0) {
      answerRefused(static_cast<int>(events[i].data.u64 & ~REFUSED));
      continue;
    }
    const uint32_t region = events[i].data.u32;
    // Each gets its share, so that a busy one does not keep the others waiting.
    const uint32_t share = std::max<uint32_t>(1, (room - count) / static_cast<uint32_t>(ready - i));
    if (remotes_[region]) count += readOne(region, into + count, share);
  }
  return count;
}

uint32_t Remotes::readOne(uint32_t region, uffd_msg* into, uint32_t room) {
  Remote& remote = *remotes_[region];
  // Readable with nothing to read is ordinary: the fault was answered before it was read.
  const ssize_t got = room == 0 ? 0 : ::read(remote.fd, into, room * sizeof(uffd_msg));
  const uint32_t count = got > 0 ? static_cast<uint32_t>(got / sizeof(uffd_msg)) : 0;
  for (uint32_t i = 0; i < count; i++) {
    uffd_msg& message = into[i];
    message.reserved3 = remote.spaced ? region : 0;
    if (message.event == UFFD_EVENT_PAGEFAULT) {
      lastThread_ = message.arg.pagefault.feat.ptid;
      const bool knocks = (message.arg.pagefault.address & ~(PAGE - 1)) == remote.mailbox && remote.mailbox != 0;
      if (remote.control == nullptr && knocks) remote.mailboxTid = lastThread_;
    } else if (message.event == UFFD_EVENT_FORK) {
      takeFork(remote, message);
    }
  }
  return count;
}

void Remotes::takeFork(const Remote& parent, uffd_msg& message) {
  const int fd = static_cast<int>(message.arg.fork.ufd);
  const uint32_t child = parent.spaced ? freeNumber() : 0;
  message.arg.fork.ufd = 0;
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  if (child == 0) {
    if (!parent.spaced || !refuse(fd, parent.mailbox)) close(fd);
    return;
  }
  if (adopt(child, fd, true) != 0) return;
  remotes_[child]->mailbox = parent.mailbox;
  message.arg.fork.ufd = child;
}

// It is told when it says hello, and ends. False where it cannot be watched.
bool Remotes::refuse(int fd, uint64_t mailbox) {
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = REFUSED | static_cast<uint32_t>(fd);
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) return false;
  refused_.push_back({fd, mailbox, 0});
  return true;
}

// The mailbox may be touched: what comes after it says that there is no pager for this fork. Any other page is its parent's,
// and may not be zeros: it ends with SIGBUS.
void Remotes::answerRefused(int fd) {
  uffd_msg message = {};
  while (::read(fd, &message, sizeof message) == static_cast<ssize_t>(sizeof message)) {
    const auto found = std::find_if(refused_.begin(), refused_.end(), [fd](const Refused& each) { return each.fd == fd; });
    if (found == refused_.end()) return;
    if (message.event == UFFD_EVENT_FORK) {
      const int child = static_cast<int>(message.arg.fork.ufd);
      fcntl(child, F_SETFD, FD_CLOEXEC);
      if (!refuse(child, found->mailbox)) close(child);
    }
    if (message.event != UFFD_EVENT_PAGEFAULT) continue;
    const uint64_t page = message.arg.pagefault.address & ~(PAGE - 1);
    if (page == found->mailbox) {
      found->tid = message.arg.pagefault.feat.ptid;
      zeroPages(fd, page, PAGE, 0);
    } else {
      poisonPages(fd, page, PAGE, 0);
    }
  }
}

// From the end: the loop takes numbers for processes that it begins from the start.
uint32_t Remotes::freeNumber() const {
  for (uint32_t region = REGION_LIMIT - 1; region > 0; region--) {
    const uint64_t state = REGIONS_AT + region * REGION_BYTES + REGION_STATE_AT;
    if (!remotes_[region] && coreAt<uint32_t>(core_, state) == REGION_FREE) return region;
  }
  return 0;
}

// True when the agent has answered. A process that is stopped (SIGSTOP) with a request in hand is waited for: what it may
// have moved out already cannot be known, and must not be lost.
bool Remotes::ask(Remote& remote, uint32_t runs) {
  farpage_control& control = *remote.control;
  control.run_count = runs;
  const uint32_t number = control.posted + 1;
  const uint32_t before = number - 1;
  __atomic_store_n(&control.posted, number, __ATOMIC_RELEASE);
  const char byte = 1;
  if (send(remote.socket, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) != 1) return false;
  const timespec look = {0, AGENT_LOOK_NS};
  while (__atomic_load_n(&control.finished, __ATOMIC_ACQUIRE) != number) {
    syscall(SYS_futex, &control.finished, FUTEX_WAIT, before, &look, nullptr, 0);
    if (__atomic_load_n(&control.finished, __ATOMIC_ACQUIRE) == number) break;
    if (hasEnded(remote.socket)) return false;
  }
  return true;
}

// What the agent had in hand is lost. Before the program can touch that it is ended; one that has begun another program, or
// has ended by itself, is spared.
void Remotes::endProgram(const Remote& remote) {
  farpage_control& control = *remote.control;
  if (remote.program < 0 || __atomic_load_n(&control.left, __ATOMIC_ACQUIRE) != 0 || control.dismissed != 0) return;
  if (syscall(SYS_pidfd_send_signal, remote.program, SIGKILL, nullptr, 0) == 0) control.killed = 1;
}

void Remotes::take(uint32_t region, Record* const* records, uint32_t count) {
  Remote* remote = remotes_[region].get();
  const bool ready = remote != nullptr && remote->control != nullptr &&
                     __atomic_load_n(&remote->control->ready, __ATOMIC_ACQUIRE) != 0;
  const int refused = remote == nullptr || remote->dead ? ESRCH : ready ? 0 : EBUSY;
  for (uint32_t first = 0; first < count;) {
    uint32_t runs = 0;
    uint32_t pages = 0;
    for (; refused == 0 && first + runs < count && runs < FARPAGE_REQUEST_PAGES; runs++) {
      const Record& record = *records[first + runs];
      if (runs > 0 && pages + record.count > FARPAGE_REQUEST_PAGES) break;
      const uint32_t most = std::min<uint32_t>(record.count, FARPAGE_REQUEST_PAGES);
      remote->control->runs[runs] = {record.source, pages, most, 0, 0};
      pages += most;
    }
    const bool answered = runs > 0 && ask(*remote, runs);
    if (runs > 0 && !answered) {
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
      // The other process can write there as well: bounded before it is used.
      const farpage_run run = remote->control->runs[i - first];
      const uint32_t most = std::min<uint32_t>(records[i]->count, FARPAGE_REQUEST_PAGES);
      const uint32_t done = std::min(run.done, most);
      std::memcpy(reinterpret_cast<void*>(records[i]->target), remote->window + place * PAGE, done * PAGE);
      place += most;
      const int error = done == records[i]->count ? 0 : run.error > 0 && run.error < 4096 ? run.error : EAGAIN;
      settle(*records[i], static_cast<int64_t>(done * PAGE), error);
    }
    first = end;
    remote = remotes_[region].get();
  }
}

}  // namespace farpage
