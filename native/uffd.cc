#include "uffd.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace farpage {

Opened openUserfaultfd() {
  Opened opened;
  const int device = open("/dev/userfaultfd", O_RDWR | O_CLOEXEC);
  if (device >= 0) {
    opened.fd = ioctl(device, IOCTL_NEW, O_CLOEXEC | O_NONBLOCK);
    close(device);
    if (opened.fd >= 0) {
      opened.device = true;
      opened.kernelFaults = true;
      return opened;
    }
  }
  opened.fd = static_cast<int>(syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK));
  opened.kernelFaults = opened.fd >= 0;
  if (opened.fd < 0 && errno == EPERM) {
    opened.fd = static_cast<int>(syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY));
  }
  if (opened.fd < 0) {
    opened.error = errno;
    opened.call = "userfaultfd";
  }
  return opened;
}

int handshake(int fd, uint64_t* features, uint64_t* ioctls) {
  uffdio_api arguments = {};
  arguments.api = UFFD_API;
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

}  // namespace farpage
