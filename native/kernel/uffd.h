// userfaultfd's ioctls with their results, and the constants that distributions' headers lack.
#pragma once
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <cstdint>
#include <cstddef>

#include "layout.h"

namespace farpage {

// Debian 12's header is Linux 6.1's: later features and ioctls are defined here, and checked if the header has them.
enum : uint64_t {
  FEATURE_PAGEFAULT_FLAG_WP = 1u << 0,
  FEATURE_EVENT_FORK = 1u << 1,
  FEATURE_EVENT_REMAP = 1u << 2,
  FEATURE_EVENT_REMOVE = 1u << 3,
  FEATURE_MISSING_HUGETLBFS = 1u << 4,
  FEATURE_MISSING_SHMEM = 1u << 5,
  FEATURE_EVENT_UNMAP = 1u << 6,
  FEATURE_MINOR_HUGETLBFS = 1u << 9,
  FEATURE_MINOR_SHMEM = 1u << 10,
  FEATURE_WP_HUGETLBFS_SHMEM = 1u << 12,
  FEATURE_WP_UNPOPULATED = 1u << 13,
  FEATURE_POISON = 1u << 14,
  FEATURE_WP_ASYNC = 1u << 15,
  FEATURE_MOVE = 1u << 16,
};

enum : uint64_t {
  MODE_MISSING = 1,
  MODE_WP = 2,
  MODE_MINOR = 4,
  COPY_DONTWAKE = 1,
  COPY_WP = 2,
  ZEROPAGE_DONTWAKE = 1,
  MOVE_DONTWAKE = 1,
  MOVE_ALLOW_SRC_HOLES = 2,
  WRITEPROTECT_WP = 1,
  WRITEPROTECT_DONTWAKE = 2,
  CONTINUE_DONTWAKE = 1,
  CONTINUE_WP = 2,
  POISON_DONTWAKE = 1,
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

// Linux 5.14 brought CONTINUE, 6.3 its mode.
struct ContinueArguments {
  uint64_t start;
  uint64_t len;
  uint64_t mode;
  int64_t mapped;
};

constexpr unsigned long IOCTL_CONTINUE = _IOWR(UFFDIO, 0x07, ContinueArguments);
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

static_assert(MODE_MISSING == UFFDIO_REGISTER_MODE_MISSING && MODE_WP == UFFDIO_REGISTER_MODE_WP, "modes");
static_assert(COPY_DONTWAKE == UFFDIO_COPY_MODE_DONTWAKE && COPY_WP == UFFDIO_COPY_MODE_WP, "COPY's modes");
static_assert(ZEROPAGE_DONTWAKE == UFFDIO_ZEROPAGE_MODE_DONTWAKE, "ZEROPAGE's mode");
static_assert(WRITEPROTECT_WP == UFFDIO_WRITEPROTECT_MODE_WP, "WRITEPROTECT's modes");
static_assert(WRITEPROTECT_DONTWAKE == UFFDIO_WRITEPROTECT_MODE_DONTWAKE, "WRITEPROTECT's modes");
#ifdef UFFDIO_CONTINUE
static_assert(IOCTL_CONTINUE == UFFDIO_CONTINUE, "CONTINUE");
#endif
#ifdef UFFDIO_POISON
static_assert(IOCTL_POISON == UFFDIO_POISON, "POISON");
#endif
#ifdef UFFDIO_MOVE
static_assert(IOCTL_MOVE == UFFDIO_MOVE && MOVE_ALLOW_SRC_HOLES == UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES, "MOVE");
#endif

enum class Via { any, device, syscall };

struct OpenOptions {
  Via via = Via::any;
  bool nonblock = true;
  /** Opens with UFFD_USER_MODE_ONLY; if `via` is any, that is also the last attempt. */
  bool userModeOnly = false;
};

struct Opened {
  int fd = -1;
  bool device = false;
  bool kernelFaults = false;
  int error = 0;
  const char* call = "";
};

/** Opens a descriptor, close-on-exec: by /dev/userfaultfd, else by the system call, else for user faults only. */
Opened openUserfaultfd(const OpenOptions& options = {});

/** Requests `features` and returns all that the kernel has in their place. 0 or an errno. Once per descriptor. */
int handshake(int fd, uint64_t* features, uint64_t* ioctls, uint64_t api = UFFD_API);

int registerRange(int fd, uint64_t start, uint64_t length, uint64_t mode, uint64_t* ioctls);
int unregisterRange(int fd, uint64_t start, uint64_t length);

/** Progress of a call: bytes done, and 0 or an errno. Both are set if it did only a part. */
struct Progress {
  int64_t bytes;
  int error;
};

Progress copyPages(int fd, uint64_t target, uint64_t source, uint64_t length, uint64_t mode);
Progress zeroPages(int fd, uint64_t start, uint64_t length, uint64_t mode);
Progress movePages(int fd, uint64_t target, uint64_t source, uint64_t length, uint64_t mode);
Progress continuePages(int fd, uint64_t start, uint64_t length, uint64_t mode);
Progress poisonPages(int fd, uint64_t start, uint64_t length, uint64_t mode);
/** Returns no progress: 0 or an errno. */
int writeProtect(int fd, uint64_t start, uint64_t length, uint64_t mode);
int wake(int fd, uint64_t start, uint64_t length);

/** Whether a descriptor is a userfaultfd. Without malloc, as `isMemoryGone`. */
bool isUserfaultfd(int fd);
/** The number of its inode, which no other open userfaultfd has (before Linux 5.12 all have the same); 0: the descriptor is closed. */
uint64_t inodeOf(int fd);
/** Whether a descriptor is the userfaultfd with that inode: other code may have closed it, and its number be another file's. */
bool isSameUserfaultfd(int fd, uint64_t inode);
/** Whether the process whose memory a userfaultfd is for has ended, or has executed another program. */
bool isMemoryGone(int fd);

/** The outcome that an errno of a userfaultfd call stands for. */
uint16_t outcomeOf(int error);
/**
 * The same for moving a page out. EINVAL: its memory is locked, has another protection than the frames, or is no longer
 * registered; the page stays. EFAULT: there is no page but a marker of the kernel's: a guard, or failed hardware.
 */
uint16_t outcomeOfTake(int error);

}  // namespace farpage
