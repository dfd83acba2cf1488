/*
 * How a process joins the pager: at its start, and again in each child by fork. Nothing here uses libc's memory or
 * state, since a child may be the fork of a program with threads, and signals may come at any time.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "kernel.h"
#include "preload.h"

#define STAGE_BYTES (FARPAGE_REQUEST_PAGES * PAGE_BYTES)
#define STACK_BYTES (16 * PAGE_BYTES)
/* The agent's memory: its struct, a guard, its stack, a guard, staging, the bin. */
#define STACK_AT (2 * PAGE_BYTES)
#define STAGING_AT (STACK_AT + STACK_BYTES + PAGE_BYTES)
#define BIN_AT (STAGING_AT + STAGE_BYTES)
#define AREA_BYTES (BIN_AT + STAGE_BYTES)
#define KEPT_BYTES (2 * PAGE_BYTES + EVICTED_BYTES)
#define WELCOME_DESCRIPTORS 3
#define STACK_NEED (4 * PAGE_BYTES)

struct state farpage;

/* What a joining holds until it is done; undone together. */
struct joining {
  struct failure *failure;
  int socket;
  int userfaultfd;
  int binUserfaultfd;
  int frames;
  int control;
  char *area;
  struct farpage_welcome welcome;
};

static int fails(struct joining *joining, const char *what, long result) {
  joining->failure->what = what;
  joining->failure->error = result < 0 ? (int)-result : 0;
  return -1;
}

static void closeOne(int *descriptor) {
  if (*descriptor >= 0) call1(SYS_close, *descriptor);
  *descriptor = -1;
}

static void closeAll(struct joining *joining) {
  closeOne(&joining->socket);
  closeOne(&joining->userfaultfd);
  closeOne(&joining->binUserfaultfd);
  closeOne(&joining->frames);
  closeOne(&joining->control);
}

static long mapMemory(size_t bytes, int protection, int flags, int descriptor) {
  return call6(SYS_mmap, 0, (long)bytes, protection, flags, descriptor, 0);
}

static long enlist(int userfaultfd, const void *start, size_t bytes, uint64_t mode) {
  struct uffdio_register arguments = {{(uint64_t)start, bytes}, mode, 0};
  return call3(SYS_ioctl, userfaultfd, (long)UFFDIO_REGISTER, (long)&arguments);
}

static long shakeHands(int userfaultfd, uint64_t features) {
  struct uffdio_api arguments = {UFFD_API, features, 0};
  return call3(SYS_ioctl, userfaultfd, (long)UFFDIO_API, (long)&arguments);
}

static int connectTo(struct joining *joining, const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = 0;
  for (; path[length] != '\0'; length++) {
    if (length == sizeof address.sun_path - 1) return fails(joining, "FARPAGE_RUN is too long for a socket's path", 0);
    address.sun_path[length] = path[length];
  }
  const long made = call3(SYS_socket, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (isError(made)) return fails(joining, "no socket can be made", made);
  joining->socket = (int)made;
  const long result = call3(SYS_connect, made, (long)&address, sizeof address);
  return isError(result) ? fails(joining, "the pager cannot be reached", result) : 0;
}

long makeUserfaultfd(void) {
  long made = -ENOENT;
  const long device = call4(SYS_openat, AT_FDCWD, (long)"/dev/userfaultfd", O_RDWR | O_CLOEXEC, 0);
  if (!isError(device)) {
    made = call3(SYS_ioctl, device, NEW_USERFAULTFD, O_CLOEXEC | O_NONBLOCK);
    call1(SYS_close, device);
  }
  return isError(made) ? call1(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK) : made;
}

/* The one that faults are read from, outside; kernel-mode faults too, so that read(2) into an absent page works. */
static int openUserfaultfd(struct joining *joining) {
  const long made = makeUserfaultfd();
  if (isError(made)) return fails(joining, "no userfaultfd for kernel-mode faults", made);
  joining->userfaultfd = (int)made;
  const uint64_t features = UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP |
                            UFFD_FEATURE_EVENT_REMOVE | UFFD_FEATURE_EVENT_UNMAP | UFFD_FEATURE_THREAD_ID |
                            FEATURE_POISON | FEATURE_MOVE;
  const long result = shakeHands(joining->userfaultfd, features);
  return isError(result) ? fails(joining, "userfaultfd lacks events of fork, or MOVE", result) : 0;
}

/* What lasts as long as the process: the mark, which a fork wipes, the mailbox, absent, and what has been evicted. */
static int makeKept(struct joining *joining) {
  const long kept = mapMemory(KEPT_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  if (isError(kept)) return fails(joining, "no memory for the library", kept);
  farpage.mark = (uint32_t *)kept;
  farpage.mailbox = (char *)kept + PAGE_BYTES;
  farpage.evicted = (uint8_t *)kept + 2 * PAGE_BYTES;
  long result = call3(SYS_madvise, kept, PAGE_BYTES, MADV_WIPEONFORK);
  if (isError(result)) return fails(joining, "MADV_WIPEONFORK", result);
  result = enlist(joining->userfaultfd, (char *)farpage.mailbox, PAGE_BYTES, UFFDIO_REGISTER_MODE_MISSING);
  return isError(result) ? fails(joining, "UFFDIO_REGISTER", result) : 0;
}

static int makeArea(struct joining *joining) {
  const long made = mapMemory(AREA_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  if (isError(made)) return fails(joining, "no memory for the agent", made);
  joining->area = (char *)made;
  call3(SYS_mprotect, made + STACK_AT - PAGE_BYTES, PAGE_BYTES, PROT_NONE);
  call3(SYS_mprotect, made + STACK_AT + STACK_BYTES, PAGE_BYTES, PROT_NONE);
  long result = call3(SYS_madvise, made, AREA_BYTES, MADV_DONTFORK);
  if (isError(result)) return fails(joining, "MADV_DONTFORK", result);
  /* It never faults, so it may be of the kind that needs no privilege, which a child may have given up. */
  const long bin = call1(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | USER_MODE_ONLY);
  if (isError(bin)) return fails(joining, "no second userfaultfd", bin);
  joining->binUserfaultfd = (int)bin;
  result = shakeHands(joining->binUserfaultfd, UFFD_FEATURE_PAGEFAULT_FLAG_WP | FEATURE_MOVE);
  if (isError(result)) return fails(joining, "userfaultfd lacks MOVE", result);
  result = enlist(joining->binUserfaultfd, joining->area + BIN_AT, STAGE_BYTES, UFFDIO_REGISTER_MODE_WP);
  if (isError(result)) return fails(joining, "UFFDIO_REGISTER", result);
  result = enlist(joining->userfaultfd, joining->area + STAGING_AT, STAGE_BYTES, UFFDIO_REGISTER_MODE_WP);
  return isError(result) ? fails(joining, "UFFDIO_REGISTER", result) : 0;
}

/* One message with up to WELCOME_DESCRIPTORS; a descriptor of -1 is left away. */
static int sendHello(struct joining *joining, uint32_t kind, int descriptor) {
  struct farpage_hello hello = {FARPAGE_MAGIC, FARPAGE_VERSION, kind, (uint32_t)call0(SYS_gettid),
                                (uint64_t)farpage.mailbox};
  struct iovec part = {&hello, sizeof hello};
  _Alignas(struct cmsghdr) char extra[CMSG_SPACE(sizeof(int))] = {0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (descriptor >= 0) {
    struct cmsghdr *header = (struct cmsghdr *)extra;
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    *(int *)CMSG_DATA(header) = descriptor;
    message.msg_control = extra;
    message.msg_controllen = CMSG_LEN(sizeof(int));
  }
  const long result = call3(SYS_sendmsg, joining->socket, (long)&message, MSG_NOSIGNAL);
  return isError(result) ? fails(joining, "the pager does not listen", result) : 0;
}

/* The pager's answer, with frames and control, and where there is none yet the userfaultfd. */
static int receiveWelcome(struct joining *joining) {
  struct iovec part = {&joining->welcome, sizeof joining->welcome};
  _Alignas(struct cmsghdr) char extra[CMSG_SPACE(WELCOME_DESCRIPTORS * sizeof(int))] = {0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = extra};
  long length;
  do {
    message.msg_controllen = sizeof extra;
    length = call3(SYS_recvmsg, joining->socket, (long)&message, MSG_CMSG_CLOEXEC);
    /* One byte: the pager has the agent's work already. It is in `control`, and the agent looks there first. */
  } while (length == -EINTR || length == 1);
  if (isError(length)) return fails(joining, "the pager does not answer", length);
  int *places[WELCOME_DESCRIPTORS] = {&joining->frames, &joining->control, &joining->userfaultfd};
  const struct cmsghdr *header = (struct cmsghdr *)extra;
  if (message.msg_controllen >= sizeof *header && header->cmsg_type == SCM_RIGHTS) {
    const size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    const int *received = (const int *)CMSG_DATA(header);
    for (size_t i = 0; i < count && i < WELCOME_DESCRIPTORS; i++) {
      if (*places[i] < 0) *places[i] = received[i];
      else call1(SYS_close, received[i]);
    }
  }
  const struct farpage_welcome *welcome = &joining->welcome;
  if (length == 0) return fails(joining, "the pager has hung up", 0);
  if (length < (long)sizeof *welcome || welcome->magic != FARPAGE_MAGIC || welcome->version != FARPAGE_VERSION) {
    return fails(joining, "the pager is of another version", 0);
  }
  if (welcome->frame_count == 0) return fails(joining, "the pager refuses this process", 0);
  if (joining->frames < 0 || joining->control < 0 || joining->userfaultfd < 0) {
    return fails(joining, "the pager's answer lacks descriptors", 0);
  }
  return 0;
}

static long mapShared(size_t bytes, int descriptor) {
  const long at = mapMemory(bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor);
  if (!isError(at)) call3(SYS_madvise, at, (long)bytes, MADV_DONTFORK);
  return at;
}

static int beginAgent(struct joining *joining) {
  struct agent *agent = (struct agent *)joining->area;
  const long frames = mapShared(joining->welcome.frame_count * PAGE_BYTES, joining->frames);
  if (isError(frames)) return fails(joining, "the pager's frames cannot be mapped", frames);
  const long control = mapShared(FARPAGE_CONTROL_BYTES, joining->control);
  agent->socket = joining->socket;
  agent->userfaultfd = joining->userfaultfd;
  agent->binUserfaultfd = joining->binUserfaultfd;
  agent->frameCount = joining->welcome.frame_count;
  agent->staging = joining->area + STAGING_AT;
  agent->bin = joining->area + BIN_AT;
  agent->frames = (char *)frames;
  agent->evicted = farpage.evicted;
  agent->control = (struct farpage_control *)control;
  const int error = isError(control) ? (int)-control : startAgent(agent, joining->area + STACK_AT + STACK_BYTES);
  if (error != 0) {
    call2(SYS_munmap, frames, (long)(joining->welcome.frame_count * PAGE_BYTES));
    if (!isError(control)) call2(SYS_munmap, control, FARPAGE_CONTROL_BYTES);
    return fails(joining, "the agent's thread cannot be started", -error);
  }
  farpage.agent = agent;
  farpage.control = agent->control;
  farpage.area = joining->area;
  farpage.areaBytes = AREA_BYTES;
  farpage.minMapping = joining->welcome.min_mapping;
  const int kept = keepDescriptor(joining->userfaultfd);
  if (kept != 0) {
    farpage.control->unregistered++;
    farpage.control->unregistered_errno = (uint32_t)kept;
  }
  *farpage.mark = 1;
  return 0;
}

static struct joining begin(struct failure *failure) {
  struct joining joining = {.failure = failure, .socket = -1, .userfaultfd = -1};
  joining.binUserfaultfd = joining.frames = joining.control = -1;
  return joining;
}

/* Unregistered before it is unmapped: the pager may have the userfaultfd still, and would have to read the event. */
static void leave(int userfaultfd, const volatile char *start, size_t bytes) {
  struct uffdio_range range = {(uint64_t)start, bytes};
  call3(SYS_ioctl, userfaultfd, (long)UFFDIO_UNREGISTER, (long)&range);
}

static void undo(struct joining *joining) {
  if (joining->area != NULL) {
    leave(joining->userfaultfd, joining->area + STAGING_AT, STAGE_BYTES);
    call2(SYS_munmap, (long)joining->area, AREA_BYTES);
  }
  if (farpage.mark != NULL) {
    leave(joining->userfaultfd, farpage.mailbox, PAGE_BYTES);
    call2(SYS_munmap, (long)farpage.mark, KEPT_BYTES);
    farpage.mark = NULL;
  }
}

int joinPager(const char *path, struct failure *failure) {
  struct joining joining = begin(failure);
  const uint64_t mask = blockSignals();
  farpage.path = path;
  int failed = connectTo(&joining, path) != 0 || openUserfaultfd(&joining) != 0 || makeKept(&joining) != 0 ||
               makeArea(&joining) != 0 || sendHello(&joining, FARPAGE_START, joining.userfaultfd) != 0 ||
               receiveWelcome(&joining) != 0 || beginAgent(&joining) != 0;
  if (failed) undo(&joining);
  closeAll(&joining);
  restoreSignals(mask);
  return failed ? -1 : 0;
}

/*
 * The child's memory is a copy, and its absent pages are the pager's: without the pager it cannot go on. Its
 * userfaultfd came to the pager with the fork's event; the fault at the mailbox tells which of them is ours.
 */
static int rejoin(struct joining *joining) {
  /* What was inherited is the parent's: to register with it would change the parent. */
  dropDescriptor();
  if (connectTo(joining, farpage.path) != 0 || sendHello(joining, FARPAGE_FORK, -1) != 0) return -1;
  (void)*farpage.mailbox;
  /*
   * From the welcome on the pager may wait for the agent, and answers nobody meanwhile: until the agent runs nothing
   * may be touched that can be absent, and no event be raised.
   */
  if (receiveWelcome(joining) != 0 || makeArea(joining) != 0 || beginAgent(joining) != 0) return -1;
  /* Absent again, for this process's own children. */
  call3(SYS_madvise, (long)farpage.mailbox, PAGE_BYTES, MADV_DONTNEED);
  return 0;
}

/* The stack may be paged memory (a coroutine's): what the joining needs of it is brought before it begins. */
__attribute__((noinline)) static void touchStack(void) {
  volatile char room[STACK_NEED];
  for (size_t at = 0; at < sizeof room; at += PAGE_BYTES) room[at] = 0;
}

void rejoinPager(void) {
  const uint64_t mask = blockSignals();
  lockState();
  if (*farpage.mark == 0) {
    touchStack();
    struct failure failure = {"", 0};
    struct joining joining = begin(&failure);
    if (rejoin(&joining) != 0) {
      say(&failure, "this child of a paged program cannot have its memory and is killed (SIGKILL)");
      for (;;) call2(SYS_kill, call0(SYS_getpid), SIGKILL);
    }
    closeAll(&joining);
  }
  unlockState();
  restoreSignals(mask);
}
