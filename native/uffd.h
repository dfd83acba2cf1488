// userfaultfd: what the kernel's header says, with what distributions' headers lack.
#pragma once
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <cstdint>
#include <cstddef>

#include "layout.h"

namespace farpage {

// Debian 12's header is Linux 6.1's: features and calls since then are named here, and checked where it has them.
enum : uint64_t {
  FEATURE_PAGEFAULT_FLAG_WP = 1u << 0,
  FEATURE_EVENT_FORK = 1u << 1,
  FEATURE_EVENT_REMAP = 1u << 2,
  FEATURE_EVENT_REMOVE = 1u << 3,
  FEATURE_EVENT_UNMAP = 1u << 6,
  FEATURE_POISON = 1u << 14,
  FEATURE_MOVE = 1u << 16,
};

struct MoveArguments {
  uint64_t dst;
  uint64_t src;
  uint64_t len;
  uint64_t mode;
  int64_t move;
};

struct PoisonArguments {
  uint64_t start;
  uint64_t len;
  uint64_t mode;
  int64_t updated;
};

constexpr unsigned long IOCTL_MOVE = _IOWR(UFFDIO, 0x05, MoveArguments);
constexpr unsigned long IOCTL_POISON = _IOWR(UFFDIO, 0x08, PoisonArguments);
constexpr unsigned long IOCTL_NEW = _IO(0xAA, 0x00);

static_assert(sizeof(uffd_msg) == layout::MESSAGE_BYTES, "uffd_msg has the layout's size");
static_assert(offsetof(uffd_msg, event) == layout::MESSAGE_EVENT_AT, "event");
static_assert(offsetof(uffd_msg, arg.pagefault.flags) == layout::MESSAGE_FLAGS_AT, "flags");
static_assert(offsetof(uffd_msg, arg.pagefault.address) == layout::MESSAGE_ADDRESS_AT, "address");
static_assert(offsetof(uffd_msg, arg.remove.start) == layout::MESSAGE_START_AT, "start");
static_assert(offsetof(uffd_msg, arg.remove.end) == layout::MESSAGE_END_AT, "end");
static_assert(offsetof(uffd_msg, arg.remap.from) == layout::MESSAGE_FROM_AT, "from");
static_assert(offsetof(uffd_msg, arg.remap.to) == layout::MESSAGE_TO_AT, "to");
static_assert(offsetof(uffd_msg, arg.remap.len) == layout::MESSAGE_LENGTH_AT, "length");
static_assert(UFFD_EVENT_PAGEFAULT == layout::EVENT_PAGEFAULT, "pagefault");
static_assert(UFFD_EVENT_FORK == layout::EVENT_FORK, "fork");
static_assert(UFFD_EVENT_REMAP == layout::EVENT_REMAP, "remap");
static_assert(UFFD_EVENT_REMOVE == layout::EVENT_REMOVE, "remove");
static_assert(UFFD_EVENT_UNMAP == layout::EVENT_UNMAP, "unmap");
static_assert(UFFD_PAGEFAULT_FLAG_WRITE == layout::FAULT_WRITE, "write");
static_assert(UFFD_PAGEFAULT_FLAG_WP == layout::FAULT_WP, "wp");
static_assert(UFFD_PAGEFAULT_FLAG_MINOR == layout::FAULT_MINOR, "minor");

struct Opened {
  int fd = -1;
  bool device = false;
  bool kernelFaults = false;
  int error = 0;
  const char* call = "";
};

/** A descriptor, non-blocking and close-on-exec: by /dev/userfaultfd, else by the system call, else for user faults. */
Opened openUserfaultfd();

/** The handshake. Returns 0 or an errno; `features` becomes what the kernel granted. It works once per descriptor. */
int handshake(int fd, uint64_t* features, uint64_t* ioctls);

int registerRange(int fd, uint64_t start, uint64_t length, uint64_t mode, uint64_t* ioctls);
int unregisterRange(int fd, uint64_t start, uint64_t length);

}  // namespace farpage
