// The views of attachments.h: reads their faults, and repeats the core's changes in each process's mapping.
#include "others/attachments.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core-memory.h"
#include "others/attached-watch.h"
#include "layout.h"
#include "kernel/uffd.h"

namespace farpage {

using namespace layout;

namespace {

constexpr uint64_t NOWHERE = uint64_t{1} << layout::NOWHERE_SHIFT;
constexpr int MAX_READY_EVENTS = 16;
// The low bit of epoll's data: which of a view's two descriptors is ready.
constexpr uint64_t SOCKET_BIT = 1;

int watch(int epoll, int fd, uint32_t events, uint64_t data) {
  epoll_event wanted = {};
  wanted.events = events;
  wanted.data.u64 = data;
  return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &wanted) == 0 ? 0 : errno;
}

struct Extents {
  uint8_t* core;
  uint64_t record;
  uint32_t shift;

  Extents(uint8_t* core, uint32_t region)
      : core(core), record(REGIONS_AT + region * REGION_BYTES), shift(at<uint32_t>(core, PAGE_SHIFT_AT)) {}
  uint32_t count() const { return at<uint32_t>(core, record + EXTENT_COUNT_AT); }
  uint64_t home() const { return at<uint64_t>(core, record + REGION_ADDRESS_AT); }
  uint64_t extent(uint32_t i) const { return record + REGION_EXTENTS_AT + i * EXTENT_BYTES; }
  uint64_t address(uint32_t i) const { return at<uint64_t>(core, extent(i)); }
  uint64_t first(uint32_t i) const { return uint64_t{at<uint32_t>(core, extent(i) + EXTENT_FIRST_AT)} << shift; }
  uint64_t length(uint32_t i) const { return uint64_t{at<uint32_t>(core, extent(i) + EXTENT_PAGES_AT)} << shift; }
};

}  // namespace

Views::~Views() {
  for (View& view : views_) drop(view);
  if (epoll_ >= 0) ::close(epoll_);
}

int Views::open() {
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  return epoll_ >= 0 ? 0 : errno;
}

int Views::add(uint32_t region, int fd, int socket, uint64_t base, uint64_t length) {
  // A read must never block. The flag belongs to the open file, so it is set for both processes.
  const int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) return errno;
  // Removing a protection that was never set checks that the range is registered and mapped.
  const int refused = writeProtect(fd, base, length, 0);
  if (refused != 0) return refused;
  View view = {next_++, region, -1, -1, base, length, false};
  view.fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  view.socket = view.fd >= 0 ? fcntl(socket, F_DUPFD_CLOEXEC, 0) : -1;
  int failed = view.socket >= 0 ? 0 : errno;
  if (failed == 0) failed = watch(epoll_, view.fd, EPOLLIN, view.id << 1);
  if (failed == 0) failed = watch(epoll_, view.socket, EPOLLIN | EPOLLRDHUP, (view.id << 1) | SOCKET_BIT);
  if (failed == 0) {
    views_.push_back(view);
    return 0;
  }
  if (view.fd >= 0) epoll_ctl(epoll_, EPOLL_CTL_DEL, view.fd, nullptr);
  if (view.fd >= 0) ::close(view.fd);
  if (view.socket >= 0) ::close(view.socket);
  return failed;
}

uint32_t Views::read(uffd_msg* into, uint32_t room) {
  epoll_event ready[MAX_READY_EVENTS];
  const int count = epoll_wait(epoll_, ready, MAX_READY_EVENTS, 0);
  uint32_t got = 0;
  for (int i = 0; i < count; i++) {
    const uint64_t id = ready[i].data.u64 >> 1;
    const auto found = std::find_if(views_.begin(), views_.end(), [id](const View& view) { return view.id == id; });
    if (found == views_.end() || found->dropped) continue;
    // Nothing is sent on the socket once the view exists: readable means that the process is gone.
    if ((ready[i].data.u64 & SOCKET_BIT) != 0) {
      drop(*found);
    } else if (got < room) {
      got += readOne(*found, into + got, room - got);
    }
  }
  sweep();
  return got;
}

uint32_t Views::readOne(View& view, uffd_msg* into, uint32_t room) {
  const ssize_t bytes = ::read(view.fd, into, room * sizeof(uffd_msg));
  if (bytes < 0) {
    if (errno != EAGAIN && errno != EINTR) drop(view);
    return 0;
  }
  uint32_t kept = 0;
  const auto count = static_cast<uint32_t>(static_cast<size_t>(bytes) / sizeof(uffd_msg));
  for (uint32_t i = 0; i < count; i++) {
    uffd_msg message = into[i];
    if (translate(view, message)) into[kept++] = message;
  }
  return kept;
}

// Only faults inside the view count: its process may have registered more than that.
bool Views::translate(View& view, uffd_msg& message) {
  if (message.event != UFFD_EVENT_PAGEFAULT) return false;
  const uint64_t address = message.arg.pagefault.address;
  if (address < view.base || address >= view.base + view.length) return false;
  const uint64_t offset = address - view.base;
  const uint64_t own = addressOf(view.region, offset);
  if (own == NOWHERE) {
    // The pager's process has unmapped the page: it cannot be loaded any more.
    const uint64_t mask = (uint64_t{1} << at<uint32_t>(core_, PAGE_SHIFT_AT)) - 1;
    poisonPages(view.fd, address & ~mask, mask + 1, 0);
    return false;
  }
  message.arg.pagefault.address = own;
  return true;
}

uint64_t Views::addressOf(uint32_t region, uint64_t offset) const {
  const Extents extents(core_, region);
  for (uint32_t i = 0; i < extents.count(); i++) {
    const uint64_t first = extents.first(i);
    if (offset < first || offset >= first + extents.length(i)) continue;
    return extents.address(i) == NOWHERE ? NOWHERE : extents.address(i) + (offset - first);
  }
  return extents.home() + offset;
}

uint64_t Views::offsetOf(uint32_t region, uint64_t address) const {
  const Extents extents(core_, region);
  for (uint32_t i = 0; i < extents.count(); i++) {
    const uint64_t from = extents.address(i);
    if (address >= from && address - from < extents.length(i)) return extents.first(i) + (address - from);
  }
  return address - extents.home();
}

template <typename Act>
void Views::each(uint32_t region, Act act) {
  bool lost = false;
  for (View& view : views_) {
    if (view.region != region || view.dropped || act(view) == 0) continue;
    drop(view);
    lost = true;
  }
  if (lost) sweep();
}

void Views::protect(uint32_t region, uint64_t offset, uint64_t length) {
  each(region, [=](View& view) { return writeProtect(view.fd, view.base + offset, length, WRITEPROTECT_WP); });
}

void Views::unprotect(uint32_t region, uint64_t offset, uint64_t length) {
  each(region, [=](View& view) { return writeProtect(view.fd, view.base + offset, length, 0); });
}

void Views::wakeUp(uint32_t region, uint64_t offset, uint64_t length) {
  each(region, [=](View& view) { return wake(view.fd, view.base + offset, length); });
}

// A present page, or one that is poisoned already, stays as it is.
void Views::poison(uint32_t region, uint64_t offset, uint64_t length) {
  const uint64_t step = uint64_t{1} << at<uint32_t>(core_, PAGE_SHIFT_AT);
  each(region, [=](View& view) {
    const uint64_t start = view.base + offset;
    // A protection's marker counts as a page.
    const int failed = writeProtect(view.fd, start, length, 0);
    if (failed != 0) return failed;
    uint64_t done = 0;
    while (done < length) {
      const Progress progress = poisonPages(view.fd, start + done, length - done, 0);
      done += static_cast<uint64_t>(progress.bytes);
      if (progress.error == 0) break;
      if (progress.error == EEXIST) {
        done = (done / step + 1) * step;
      } else if (progress.bytes == 0) {
        return progress.error;
      }
    }
    return wake(view.fd, start, length);
  });
}

void Views::dismiss(uint32_t region) {
  for (View& view : views_) {
    if (view.region != region || view.dropped) continue;
    // A process that unmapped the view, or is gone, gets no goodbye; if part is still mapped, its attached-watch takes over.
    if (unregisterRange(view.fd, view.base, view.length) == 0) send(view.socket, &GOODBYE, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
    drop(view);
  }
  sweep();
}

void Views::abandon() {
  for (View& view : views_) drop(view);
  sweep();
}

// The other process holds the same open file: closing our descriptor would leave it in the epoll set.
void Views::drop(View& view) {
  if (view.dropped) return;
  view.dropped = true;
  epoll_ctl(epoll_, EPOLL_CTL_DEL, view.fd, nullptr);
  epoll_ctl(epoll_, EPOLL_CTL_DEL, view.socket, nullptr);
  shutdown(view.socket, SHUT_RDWR);
  ::close(view.fd);
  ::close(view.socket);
}

void Views::sweep() {
  views_.erase(std::remove_if(views_.begin(), views_.end(), [](const View& view) { return view.dropped; }), views_.end());
}

}  // namespace farpage
