// The ioctls of uffd.h.
#include "kernel/uffd.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace farpage {

namespace {

// A range that no mapping has whole: ZEROPAGE there installs nothing in any process, even one that maps some of it. It is above
// every usual vm.mmap_min_addr, below which the kernel answers EINVAL for living and dead alike, and ends below 2^39, the
// smallest address space of a 64-bit kernel.
constexpr uint64_t PROBE_START = 1ull << 24;
constexpr uint64_t PROBE_BYTES = 1ull << 38;

// The progress field is signed: bytes done, or a negative errno. Kernels up to 6.14 may leave it as it was: 0.
Progress progressOf(int result, uint64_t length, int64_t field) {
  if (result == 0) return {static_cast<int64_t>(length), 0};
  const int error = errno;
  if (field > 0) return {field, error};
  return {0, field < 0 ? static_cast<int>(-field) : error};
}

}  // namespace

Opened openUserfaultfd(const OpenOptions& options) {
  Opened opened;
  const int flags = O_CLOEXEC | (options.nonblock ? O_NONBLOCK : 0) | (options.userModeOnly ? UFFD_USER_MODE_ONLY : 0);
  if (options.via != Via::syscall) {
    opened.call = "/dev/userfaultfd";
    const int device = open("/dev/userfaultfd", O_RDWR | O_CLOEXEC);
    if (device >= 0) {
      opened.fd = ioctl(device, IOCTL_NEW, flags);
      opened.error = errno;
      close(device);
      opened.device = opened.fd >= 0;
    } else {
      opened.error = errno;
    }
  }
  if (opened.fd < 0 && options.via != Via::device) {
    opened.call = "userfaultfd";
    opened.fd = static_cast<int>(syscall(SYS_userfaultfd, flags));
    opened.error = errno;
  }
  opened.kernelFaults = opened.fd >= 0 && !options.userModeOnly;
  if (opened.fd < 0 && opened.error == EPERM && options.via == Via::any && !options.userModeOnly) {
    opened.fd = static_cast<int>(syscall(SYS_userfaultfd, flags | UFFD_USER_MODE_ONLY));
    opened.error = errno;
  }
  if (opened.fd >= 0) opened.error = 0;
  return opened;
}

int handshake(int fd, uint64_t* features, uint64_t* ioctls, uint64_t api) {
  uffdio_api arguments = {};
  arguments.api = api;
  arguments.features = *features;
  if (ioctl(fd, UFFDIO_API, &arguments) != 0) return errno;
  *features = arguments.features;
  if (ioctls != nullptr) *ioctls = arguments.ioctls;
  return 0;
}

int registerRange(int fd, uint64_t start, uint64_t length, uint64_t mode, uint64_t* ioctls) {
  uffdio_register arguments = {};
  arguments.range.start = start;
  arguments.range.len = length;
  arguments.mode = mode;
  if (ioctl(fd, UFFDIO_REGISTER, &arguments) != 0) return errno;
  if (ioctls != nullptr) *ioctls = arguments.ioctls;
  return 0;
}

int unregisterRange(int fd, uint64_t start, uint64_t length) {
  uffdio_range range = {start, length};
  return ioctl(fd, UFFDIO_UNREGISTER, &range) == 0 ? 0 : errno;
}

Progress copyPages(int fd, uint64_t target, uint64_t source, uint64_t length, uint64_t mode) {
  uffdio_copy arguments = {target, source, length, mode, 0};
  const int result = ioctl(fd, UFFDIO_COPY, &arguments);
  return progressOf(result, length, arguments.copy);
}

Progress zeroPages(int fd, uint64_t start, uint64_t length, uint64_t mode) {
  uffdio_zeropage arguments = {{start, length}, mode, 0};
  const int result = ioctl(fd, UFFDIO_ZEROPAGE, &arguments);
  return progressOf(result, length, arguments.zeropage);
}

Progress movePages(int fd, uint64_t target, uint64_t source, uint64_t length, uint64_t mode) {
  MoveArguments arguments = {target, source, length, mode, 0};
  const int result = ioctl(fd, IOCTL_MOVE, &arguments);
  return progressOf(result, length, arguments.move);
}

Progress continuePages(int fd, uint64_t start, uint64_t length, uint64_t mode) {
  ContinueArguments arguments = {start, length, mode, 0};
  const int result = ioctl(fd, IOCTL_CONTINUE, &arguments);
  return progressOf(result, length, arguments.mapped);
}

Progress poisonPages(int fd, uint64_t start, uint64_t length, uint64_t mode) {
  PoisonArguments arguments = {start, length, mode, 0};
  const int result = ioctl(fd, IOCTL_POISON, &arguments);
  return progressOf(result, length, arguments.updated);
}

int writeProtect(int fd, uint64_t start, uint64_t length, uint64_t mode) {
  uffdio_writeprotect arguments = {{start, length}, mode};
  return ioctl(fd, UFFDIO_WRITEPROTECT, &arguments) == 0 ? 0 : errno;
}

int wake(int fd, uint64_t start, uint64_t length) {
  uffdio_range range = {start, length};
  return ioctl(fd, UFFDIO_WAKE, &range) == 0 ? 0 : errno;
}

bool isUserfaultfd(int fd) {
  char link[32];
  char kind[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  static constexpr char expected[] = "anon_inode:[userfaultfd]";
  const ssize_t length = readlink(link, kind, sizeof kind);
  return length == sizeof expected - 1 && std::memcmp(kind, expected, sizeof expected - 1) == 0;
}

uint64_t inodeOf(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 ? status.st_ino : 0;
}

bool isSameUserfaultfd(int fd, uint64_t inode) { return isUserfaultfd(fd) && inodeOf(fd) == inode; }

// ENOENT while the process exists, ESRCH once its memory is gone.
bool isMemoryGone(int fd) { return zeroPages(fd, PROBE_START, PROBE_BYTES, UFFDIO_ZEROPAGE_MODE_DONTWAKE).error == ESRCH; }

uint16_t outcomeOf(int error) {
  using namespace layout;
  switch (error) {
    case 0:
      return OUTCOME_DONE;
    case EEXIST:
      return OUTCOME_PRESENT;
    case EAGAIN:
      return OUTCOME_CHANGING;
    case ENOENT:
      return OUTCOME_GONE;
    case EBUSY:
      return OUTCOME_BUSY;
    case ESRCH:
      return OUTCOME_EXITED;
    default:
      return OUTCOME_FAILED;
  }
}

uint16_t outcomeOfTake(int error) {
  if (error == EINVAL) return layout::OUTCOME_BUSY;
  return error == EFAULT ? static_cast<uint16_t>(layout::OUTCOME_GONE) : outcomeOf(error);
}

}  // namespace farpage
