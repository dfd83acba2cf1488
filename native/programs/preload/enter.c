/*
 * How the agent joins the pager: at the start of a program, and again in each child by fork. All descriptors are its own:
 * the program's table has none of them at any time.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <limits.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "area.h"
#include "kernel.h"
#include "preload.h"

#define HELLO_DESCRIPTORS 3
#define WELCOME_DESCRIPTORS 4

/* What is needed until it has joined. */
struct entering {
  struct agent *agent;
  int windowFile;
  int controlFile;
  struct farpage_welcome welcome;
};

static int fails(struct agent *agent, const char *what, long result) {
  agent->failure.what = what;
  agent->failure.error = result < 0 ? (int)-result : 0;
  return -1;
}

static long enlist(int userfaultfd, const void *start, size_t bytes, uint64_t mode) {
  struct uffdio_register arguments = {{(uint64_t)start, bytes}, mode, 0};
  return call3(SYS_ioctl, userfaultfd, (long)UFFDIO_REGISTER, (long)&arguments);
}

static long shakeHands(int userfaultfd, uint64_t features) {
  struct uffdio_api arguments = {UFFD_API, features, 0};
  return call3(SYS_ioctl, userfaultfd, (long)UFFDIO_API, (long)&arguments);
}

/* An empty table of descriptors, a working folder that keeps nothing busy, and no terminal and no group to be stopped with. */
static int detach(struct agent *agent) {
  /* The relay is in the program's table: then a copy of all of it, to be closed later. */
  const long alone = agent->byRelay ? call1(SYS_unshare, CLONE_FILES)
                                    : call3(CALL_CLOSE_RANGE, 0, ~0u, CLOSE_RANGE_IN_OWN_TABLE);
  if (isError(alone)) return fails(agent, "no table of descriptors of its own", alone);
  call2(SYS_prctl, PR_SET_NAME, (long)"farpage");
  call1(SYS_chdir, (long)"/");
  call0(SYS_setsid);
  agent->pid = (int)call0(SYS_getpid);
  const long program = call2(CALL_PIDFD_OPEN, agent->programPid, 0);
  agent->program = (int)program;
  return isError(program) ? fails(agent, "pidfd_open", program) : 0;
}

static int connectTo(struct agent *agent, const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = 0;
  for (; path[length] != '\0'; length++) {
    if (length == sizeof address.sun_path - 1) return fails(agent, "FARPAGE_RUN is too long for a socket's path", 0);
    address.sun_path[length] = path[length];
  }
  const long made = call3(SYS_socket, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (isError(made)) return fails(agent, "no socket can be made", made);
  agent->socket = (int)made;
  const long result = call3(SYS_connect, made, (long)&address, sizeof address);
  /* Its socket is its user's alone. */
  if (result == -EACCES) return fails(agent, "this program was started as another user than the pager's, whose socket refuses it", result);
  return isError(result) ? fails(agent, "the pager cannot be reached", result) : 0;
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
static int openUserfaultfd(struct agent *agent) {
  const long made = makeUserfaultfd();
  if (isError(made)) return fails(agent, "no userfaultfd for kernel-mode faults", made);
  agent->userfaultfd = (int)made;
  const uint64_t features = UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP |
                            UFFD_FEATURE_EVENT_REMOVE | UFFD_FEATURE_EVENT_UNMAP | UFFD_FEATURE_THREAD_ID |
                            FEATURE_POISON | FEATURE_MOVE;
  long result = shakeHands(agent->userfaultfd, features);
  if (isError(result)) return fails(agent, "userfaultfd lacks events of fork, or MOVE", result);
  result = enlist(agent->userfaultfd, (char *)farpage.mailbox, MAILBOX_BYTES, UFFDIO_REGISTER_MODE_MISSING);
  return isError(result) ? fails(agent, "UFFDIO_REGISTER", result) : 0;
}

static struct farpage_hello helloOf(const struct agent *agent) {
  return (struct farpage_hello){FARPAGE_MAGIC, FARPAGE_VERSION, agent->kind, (uint32_t)agent->pid,
                                (uint64_t)farpage.mailbox};
}

static void closeAllBut(unsigned low, unsigned high) {
  if (low > 0) call3(CALL_CLOSE_RANGE, 0, low - 1, 0);
  if (high > low + 1) call3(CALL_CLOSE_RANGE, low + 1, high - 1, 0);
  call3(CALL_CLOSE_RANGE, high + 1, ~0u, 0);
}

static int connectByRelay(struct agent *agent) {
  int ends[2];
  const long made = call4(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, (long)ends);
  if (isError(made)) return fails(agent, "no socket can be made", made);
  call3(SYS_fcntl, ends[1], F_SETFL, O_NONBLOCK);
  agent->socket = ends[0];
  const struct farpage_hello hello = helloOf(agent);
  const int descriptors[2] = {agent->program, ends[1]};
  const long sent = sendByRelay(&hello, sizeof hello, descriptors);
  if (isError(sent)) return fails(agent, "the pager cannot be reached, neither by its socket nor by the relay", sent);
  const unsigned a = (unsigned)agent->socket, b = (unsigned)agent->program;
  closeAllBut(a < b ? a : b, a < b ? b : a);
  return 0;
}

/* One message with the descriptor of the program, and those of the others that are there. */
static int sendHello(struct agent *agent) {
  struct farpage_hello hello = helloOf(agent);
  struct iovec part = {&hello, sizeof hello};
  _Alignas(struct cmsghdr) char extra[CMSG_SPACE(HELLO_DESCRIPTORS * sizeof(int))] = {0};
  int sent[HELLO_DESCRIPTORS] = {agent->program};
  size_t count = 1;
  if (agent->userfaultfd >= 0) sent[count++] = agent->userfaultfd;
  const long relay = agent->relayEnd < 0 ? -1 : call3(CALL_PIDFD_GETFD, agent->program, agent->relayEnd, 0);
  if (relay >= 0) sent[count++] = (int)relay;
  const size_t bytes = count * sizeof(int);
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = extra, .msg_controllen = CMSG_SPACE(bytes)};
  struct cmsghdr *header = (struct cmsghdr *)extra;
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(bytes);
  copyBytes((char *)CMSG_DATA(header), (const char *)sent, bytes);
  const long result = call3(SYS_sendmsg, agent->socket, (long)&message, MSG_NOSIGNAL);
  if (relay >= 0) call1(SYS_close, relay);
  return isError(result) ? fails(agent, "the pager does not listen", result) : 0;
}

static void takeDescriptors(struct entering *entering, const struct msghdr *message) {
  struct agent *agent = entering->agent;
  int *places[WELCOME_DESCRIPTORS] = {&entering->windowFile, &entering->controlFile, &agent->line, &agent->userfaultfd};
  const struct cmsghdr *header = message->msg_control;
  if (message->msg_controllen < sizeof *header || header->cmsg_type != SCM_RIGHTS) return;
  const size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  const int *received = (const int *)CMSG_DATA(header);
  for (size_t i = 0; i < count && i < WELCOME_DESCRIPTORS; i++) {
    if (*places[i] < 0) *places[i] = received[i];
    else call1(SYS_close, received[i]);
  }
}

static int receiveWelcome(struct entering *entering) {
  struct agent *agent = entering->agent;
  struct iovec part = {&entering->welcome, sizeof entering->welcome};
  _Alignas(struct cmsghdr) char extra[CMSG_SPACE(WELCOME_DESCRIPTORS * sizeof(int))] = {0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = extra};
  long length;
  do {
    message.msg_controllen = sizeof extra;
    length = call3(SYS_recvmsg, agent->socket, (long)&message, MSG_CMSG_CLOEXEC);
    /* One byte: the pager has the agent's work already. It is in `control`, and the agent looks there first. */
  } while (length == -EINTR || length == 1);
  if (isError(length)) return fails(agent, "the pager does not answer", length);
  takeDescriptors(entering, &message);
  const struct farpage_welcome *welcome = &entering->welcome;
  if (length == 0) return fails(agent, "the pager has hung up", 0);
  if (length < (long)sizeof *welcome || welcome->magic != FARPAGE_MAGIC || welcome->version != FARPAGE_VERSION) {
    return fails(agent, "the pager is of another version", 0);
  }
  if (welcome->window_pages == 0) return fails(agent, "the pager refuses this process", 0);
  if (entering->windowFile < 0 || entering->controlFile < 0 || agent->line < 0 || agent->userfaultfd < 0) {
    return fails(agent, "the pager's answer lacks descriptors", 0);
  }
  return 0;
}

/* Of the kind that needs no privilege, which a child may have given up: it never sees a fault. */
static int makeBin(struct agent *agent) {
  const long bin = call1(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | USER_MODE_ONLY);
  if (isError(bin)) return fails(agent, "no second userfaultfd", bin);
  agent->binUserfaultfd = (int)bin;
  long result = shakeHands(agent->binUserfaultfd, UFFD_FEATURE_PAGEFAULT_FLAG_WP | FEATURE_MOVE);
  if (isError(result)) return fails(agent, "userfaultfd lacks MOVE", result);
  result = enlist(agent->binUserfaultfd, agent->bin, STAGE_BYTES, UFFDIO_REGISTER_MODE_WP);
  if (isError(result)) return fails(agent, "UFFDIO_REGISTER", result);
  result = enlist(agent->userfaultfd, agent->staging, STAGE_BYTES, UFFDIO_REGISTER_MODE_WP);
  return isError(result) ? fails(agent, "UFFDIO_REGISTER", result) : 0;
}

static long mapShared(size_t bytes, int descriptor) {
  const long at = call6(SYS_mmap, 0, (long)bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (!isError(at)) call3(SYS_madvise, at, (long)bytes, MADV_DONTFORK);
  return at;
}

static int mapFiles(struct entering *entering) {
  struct agent *agent = entering->agent;
  const uint32_t pages = entering->welcome.window_pages;
  const long window = mapShared(pages * PAGE_BYTES, entering->windowFile);
  if (isError(window)) return fails(agent, "the window cannot be mapped", window);
  const long control = mapShared(FARPAGE_CONTROL_BYTES, entering->controlFile);
  if (isError(control)) {
    call2(SYS_munmap, window, (long)(pages * PAGE_BYTES));
    return fails(agent, "the file that is shared with the pager cannot be mapped", control);
  }
  call1(SYS_close, entering->windowFile);
  call1(SYS_close, entering->controlFile);
  agent->window = (char *)window;
  agent->windowPages = pages;
  agent->control = (struct farpage_control *)control;
  agent->minMapping = entering->welcome.min_mapping;
  return 0;
}

/* Everything that needs a privilege has been done. */
static int confine(struct agent *agent) {
  const long maps = call4(SYS_openat, AT_FDCWD, (long)"/proc/self/maps", O_RDONLY | O_CLOEXEC, 0);
  agent->maps = (int)maps;
  long result = dropPrivileges();
  if (isError(result)) return fails(agent, "the agent cannot give up its privileges", result);
  result = startClerk(agent, (char *)agent + CLERK_STACK_END);
  if (isError(result)) return fails(agent, "the agent's second thread cannot be started", result);
  result = limitCalls(agent);
  return isError(result) ? fails(agent, "the agent's system calls cannot be limited", result) : 0;
}

/* Which page of the mailbox is ours; -1: the pager gives none. */
static long receiveTicket(struct agent *agent) {
  /* A refusal comes as a welcome, which is longer. */
  union {
    struct farpage_ticket ticket;
    struct farpage_welcome welcome;
  } answer;
  struct iovec part = {&answer, sizeof answer};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  long length;
  do {
    length = call3(SYS_recvmsg, agent->socket, (long)&message, MSG_CMSG_CLOEXEC);
  } while (length == -EINTR);
  if (isError(length)) return fails(agent, "the pager does not answer", length);
  if (length == 0) return fails(agent, "the pager has hung up", 0);
  if (length < (long)sizeof answer.ticket || answer.ticket.magic != FARPAGE_MAGIC ||
      answer.ticket.version != FARPAGE_VERSION) {
    return fails(agent, "the pager is of another version", 0);
  }
  if (length != (long)sizeof answer.ticket) return fails(agent, "the pager refuses this process", 0);
  if (answer.ticket.ticket >= FARPAGE_TICKETS) return fails(agent, "the pager gives a ticket that there is not", 0);
  return (long)answer.ticket.ticket;
}

/* Faults at the page of the mailbox that is the ticket's. */
static int knock(struct agent *agent) {
  const long ticket = receiveTicket(agent);
  if (ticket < 0) return -1;
  volatile const char *page = farpage.mailbox + (size_t)ticket * PAGE_BYTES;
  /* The parent may have locked all its memory, which brings absent pages. */
  unsigned char present = 0;
  call3(SYS_mincore, (long)page, PAGE_BYTES, (long)&present);
  if ((present & 1) != 0) call3(SYS_madvise, (long)page, PAGE_BYTES, MADV_DONTNEED);
  (void)*page;
  return 0;
}

/*
 * A child's memory is a copy, and its absent pages are the pager's. Its userfaultfd came to the pager with the fork's event;
 * the fault at the mailbox tells which of them is ours. From the welcome on the pager may wait for the agent, and answers
 * nobody meanwhile: nothing may be touched that can be absent.
 */
static int join(struct entering *entering) {
  struct agent *agent = entering->agent;
  const int isStart = agent->kind == FARPAGE_START;
  if (detach(agent) != 0) return -1;
  if ((agent->byRelay ? connectByRelay(agent) : connectTo(agent, farpage.path)) != 0) return -1;
  if (isStart && openUserfaultfd(agent) != 0) return -1;
  if (isStart && makeBin(agent) != 0) return -1;
  if (!agent->byRelay && sendHello(agent) != 0) return -1;
  if (!isStart && knock(agent) != 0) return -1;
  if (receiveWelcome(entering) != 0) return -1;
  if (!isStart && makeBin(agent) != 0) return -1;
  return mapFiles(entering) == 0 ? confine(agent) : -1;
}

/* Unregistered before it is unmapped: the pager may have the userfaultfd still, and would have to read the event. */
static void leave(const struct agent *agent) {
  struct uffdio_range mailbox = {(uint64_t)farpage.mailbox, MAILBOX_BYTES};
  struct uffdio_range staging = {(uint64_t)agent->staging, STAGE_BYTES};
  call3(SYS_ioctl, agent->userfaultfd, (long)UFFDIO_UNREGISTER, (long)&mailbox);
  call3(SYS_ioctl, agent->userfaultfd, (long)UFFDIO_UNREGISTER, (long)&staging);
}

void enterAgent(struct agent *agent) {
  struct entering entering = {.agent = agent, .windowFile = -1, .controlFile = -1};
  if (join(&entering) == 0) {
    __atomic_store_n(&agent->state, AGENT_READY, __ATOMIC_RELEASE);
    call3(SYS_futex, (long)&agent->state, FUTEX_WAKE, INT_MAX);
    runAgent(agent);
  }
  if (agent->kind == FARPAGE_START) leave(agent);
  exitAgent();
}
