// The remotes of processes.h: reads their messages, adopts forks, and notices the end of their processes.
#include "others/processes.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "kernel/uffd.h"
#include "programs/preload/agent.h"

namespace farpage {

using namespace layout;

namespace {

constexpr uint64_t PAGE = 4096;
constexpr int MAX_EPOLL_EVENTS = 16;
// Flag in an epoll event's data: a refused fork's descriptor. Without it the data is a region's number.
constexpr uint64_t REFUSED = 1ull << 32;
// The data of the eventfd for held messages.
constexpr uint64_t HELD = 1ull << 33;

template <typename T>
T& coreAt(uint8_t* core, uint64_t offset) {
  return *reinterpret_cast<T*>(core + offset);
}

}  // namespace

Remotes::~Remotes() {
  removeAll();
  if (heldReady_ >= 0) close(heldReady_);
  if (epoll_ >= 0) close(epoll_);
}

int Remotes::open() {
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  heldReady_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = HELD;
  if (epoll_ < 0 || heldReady_ < 0) return errno;
  return epoll_ctl(epoll_, EPOLL_CTL_ADD, heldReady_, &event) == 0 ? 0 : errno;
}

int Remotes::waitDescriptor() const { return count_ == 1 && refused_.empty() && held_.empty() ? remotes_[only_]->fd : epoll_; }

int Remotes::add(uint32_t region, int userfaultfd, bool spaced) {
  if (region == 0 || region >= REGION_LIMIT || remotes_[region]) return EINVAL;
  const int fd = fcntl(userfaultfd, F_DUPFD_CLOEXEC, 0);
  if (fd < 0) return errno;
  // Another file's bytes would be taken as the kernel's messages, with descriptor numbers.
  if (!isUserfaultfd(fd)) {
    close(fd);
    return EINVAL;
  }
  // A blocking descriptor would stop the loop at a fault that was answered before it was read.
  const int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) {
    const int error = errno;
    close(fd);
    return error;
  }
  return adopt(region, fd, spaced);
}

// Takes ownership of the descriptor, even if it fails.
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

void Remotes::setMailbox(uint32_t region, uint64_t mailbox) {
  if (region < REGION_LIMIT && remotes_[region]) remotes_[region]->mailbox = mailbox;
}

void Remotes::pauseAgent(uint32_t region, bool paused) {
  if (region < REGION_LIMIT && remotes_[region]) remotes_[region]->paused = paused;
}

uint32_t Remotes::findFork(uint32_t tid, uint32_t ticket) const {
  for (uint32_t region = 1; region < REGION_LIMIT; region++) {
    const auto& remote = remotes_[region];
    if (remote && remote->control == nullptr && !remote->dead && remote->knock.is(tid, ticket)) return region;
  }
  const auto isIts = [tid, ticket](const Refused& each) { return each.knock.is(tid, ticket); };
  return std::any_of(refused_.begin(), refused_.end(), isIts) ? static_cast<uint32_t>(REGION_LIMIT) : 0;
}

void Remotes::forgetKnock(uint32_t tid, uint32_t ticket) {
  for (const auto& remote : remotes_) {
    if (remote && remote->knock.is(tid, ticket)) remote->knock = {};
  }
  for (Refused& each : refused_) {
    if (each.knock.is(tid, ticket)) each.knock = {};
  }
}

void Remotes::remove(uint32_t region) {
  if (region >= REGION_LIMIT || !remotes_[region]) return;
  remotes_[region].reset();
  const auto isIts = [region](const uffd_msg& each) { return each.reserved3 == region; };
  held_.erase(std::remove_if(held_.begin(), held_.end(), isIts), held_.end());
  if (held_.empty()) quieten();
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
  // A fork that never said hello has no socket whose end shows that it is gone.
  for (uint32_t region = 1; region < REGION_LIMIT; region++) {
    const auto& remote = remotes_[region];
    if (!remote || !remote->spaced || remote->control != nullptr) continue;
    if (isMemoryGone(remote->fd)) died(region);
  }
  const auto ended = [](const Refused& each) {
    if (!isMemoryGone(each.fd)) return false;
    close(each.fd);
    return true;
  };
  refused_.erase(std::remove_if(refused_.begin(), refused_.end(), ended), refused_.end());
  emptyWindows();
  std::vector<uint32_t> dead;
  dead.swap(dead_);
  return dead;
}

uint32_t Remotes::read(uffd_msg* into, uint32_t room) {
  // The core has taken all messages that were read before.
  if (coreAt<uint32_t>(core_, MESSAGE_COUNT_AT) == 0 && held_.empty()) gapsUsed_ = 0;
  if (!held_.empty()) return readHeld(into, room);
  if (count_ == 1 && refused_.empty()) return readOne(only_, into, room);
  epoll_event events[MAX_EPOLL_EVENTS];
  const int ready = epoll_wait(epoll_, events, MAX_EPOLL_EVENTS, 0);
  uint32_t count = 0;
  // A fork among the messages may add a remote: it is read next time.
  for (int i = 0; i < ready && count < room; i++) {
    if ((events[i].data.u64 & HELD) != 0) continue;
    if ((events[i].data.u64 & REFUSED) != 0) {
      answerRefused(static_cast<int>(events[i].data.u64 & ~REFUSED));
      continue;
    }
    const uint32_t region = events[i].data.u32;
    // Each remote gets a share of the ring, so that a busy one does not starve the others.
    const uint32_t share = std::max<uint32_t>(1, (room - count) / static_cast<uint32_t>(ready - i));
    if (remotes_[region]) count += readOne(region, into + count, share);
  }
  return count;
}

// Whether a fault is at the mailbox.
bool Remotes::note(const uffd_msg& fault, uint64_t mailbox, Knock& knock) {
  const uint64_t page = (fault.arg.pagefault.address - mailbox) / PAGE;
  if (mailbox == 0 || page >= FARPAGE_TICKETS) return false;
  knock = {fault.arg.pagefault.feat.ptid, static_cast<uint32_t>(page)};
  return true;
}

uint32_t Remotes::readOne(uint32_t region, uffd_msg* into, uint32_t room) {
  Remote& remote = *remotes_[region];
  const bool careful = remote.asksForGaps();
  // EAGAIN on a readable descriptor is ordinary: the fault was answered before it was read.
  const ssize_t got = room == 0  ? 0
                      : careful ? readAfterLook(remote, into)
                                : ::read(remote.fd, into, room * sizeof(uffd_msg));
  const uint32_t count = got > 0 ? static_cast<uint32_t>(got / sizeof(uffd_msg)) : 0;
  for (uint32_t i = 0; i < count; i++) {
    uffd_msg& message = into[i];
    message.reserved3 = remote.spaced ? region : 0;
    if (message.event == UFFD_EVENT_PAGEFAULT) {
      lastThread_ = message.arg.pagefault.feat.ptid;
      if (!remote.spaced) touches_.note(message.arg.pagefault.address);
      if (remote.control == nullptr) note(message, remote.mailbox, remote.knock);
    } else if (message.event == UFFD_EVENT_FORK) {
      takeFork(remote, message, careful);
    }
  }
  return count;
}

void Remotes::takeFork(const Remote& parent, uffd_msg& message, bool looked) {
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
  remotes_[child]->forkAdvice = parent.asksForGaps();
  reportGaps(parent, message, looked);
}

// The fork is refused when it says hello, and ends. False if its descriptor cannot be watched.
bool Remotes::refuse(int fd, uint64_t mailbox) {
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = REFUSED | static_cast<uint32_t>(fd);
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) return false;
  refused_.push_back({fd, mailbox, {}});
  return true;
}

// Its mailbox may be touched: it then learns that there is no pager for this fork. Any other page is its parent's and may
// not read as zeros: the touch gets SIGBUS.
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
    if (note(message, found->mailbox, found->knock)) {
      zeroPages(fd, page, PAGE, 0);
    } else {
      poisonPages(fd, page, PAGE, 0);
    }
  }
}

// From the end: the loop numbers the processes that it adopts from the start.
uint32_t Remotes::freeNumber() const {
  for (uint32_t region = REGION_LIMIT - 1; region > 0; region--) {
    const uint64_t state = REGIONS_AT + region * REGION_BYTES + REGION_STATE_AT;
    if (!remotes_[region] && coreAt<uint32_t>(core_, state) == REGION_FREE) return region;
  }
  return 0;
}

}  // namespace farpage
