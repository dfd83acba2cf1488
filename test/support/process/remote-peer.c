/*
 * Another process for the tests of remotes: memory with a userfaultfd that it hands over, threads that touch it as they
 * come on standard input, and an agent that moves pages out, honestly or as the tests' word in `control` has it.
 *
 *   remote-peer SOCKET PAGES anonymous|file
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "../../../native/programs/preload/agent.h"

#define PAGE 4096ul
#define STAGING (FARPAGE_REQUEST_PAGES * PAGE)
#define FEATURE_MOVE (1u << 16)
#define FEATURE_WP_FILE (1u << 12)
#define MINOR 4

struct move {
  uint64_t to, from, length, mode;
  int64_t moved;
};
#define MOVE _IOWR(UFFDIO, 0x05, struct move)

/* What the agent does, besides its work: at the tests' word, behind the runs. */
enum { HONEST, DIE, BOAST, HALF, STOP, CHATTER, ODD_ERROR, CROWDED };
#define WORD_AT 8000

static int link_, uffd, bin_;
static char *memory, *mailbox, *staging, *bin, *window;
static struct farpage_control *control;

static void need(int good, const char *what) {
  if (good) return;
  perror(what);
  exit(1);
}

static int open_(uint64_t features) {
  const int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
  struct uffdio_api api = {UFFD_API, features, 0};
  need(fd >= 0 && ioctl(fd, UFFDIO_API, &api) == 0, "userfaultfd");
  return fd;
}

static char *map(size_t length, int fd) {
  void *at = mmap(0, length, PROT_READ | PROT_WRITE, fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, fd, 0);
  need(at != MAP_FAILED, "mmap");
  return at;
}

static void watch(int fd, char *start, size_t length, uint64_t mode) {
  struct uffdio_register request = {{(uint64_t)start, length}, mode, 0};
  need(ioctl(fd, UFFDIO_REGISTER, &request) == 0, "UFFDIO_REGISTER");
}

static size_t move(int fd, char *to, const char *from, size_t length, int *error) {
  size_t done = 0;
  *error = 0;
  while (done < length && *error == 0) {
    struct move request = {(uint64_t)to + done, (uint64_t)from + done, length - done, 1, 0};
    const int result = ioctl(fd, MOVE, &request);
    if (result == 0) done = length;
    else if (request.moved > 0) done += (size_t)request.moved;
    else *error = errno;
  }
  return done;
}

static void answer(void) {
  const int word = *(volatile int *)((char *)control + WORD_AT);
  const int withdrawn = control->taken == control->posted;
  control->taken = control->heard = control->posted;
  if (withdrawn) return;
  size_t used = 0;
  for (uint32_t i = 0; i < control->run_count; i++) {
    struct farpage_run *run = &control->runs[i];
    size_t length = run->pages * PAGE;
    int error;
    if (word == HALF) length = run->pages / 2 * PAGE;
    const size_t done = move(uffd, staging + used, (char *)run->source, length, &error);
    memcpy(window + run->place * PAGE, staging + used, done);
    used += done;
    run->done = (uint32_t)(done / PAGE);
    run->error = word == HALF && error == 0 ? EAGAIN : error;
    if (word == DIE) kill(getpid(), SIGKILL);
    /* This very thread: it must not get to its answer. */
    if (word == STOP) raise(SIGSTOP);
    if (word == CHATTER) {
      send(link_, "?", 1, MSG_NOSIGNAL);
      kill(getpid(), SIGKILL);
    }
    if (word == BOAST) run->done = 1000000;
    if (word == ODD_ERROR) run->error = -7;
    if (word == CROWDED) run->error = EEXIST;
  }
  int error;
  const size_t emptied = move(bin_, bin, staging, used, &error);
  if (emptied != used) fprintf(stderr, "staging keeps %zu bytes: %d\n", used - emptied, error);
  madvise(bin, STAGING, MADV_DONTNEED);
  __atomic_store_n(&control->finished, control->finished + 1, __ATOMIC_RELEASE);
  syscall(SYS_futex, &control->finished, FUTEX_WAKE, 1, 0, 0, 0);
}

static void *agent(void *nothing) {
  char byte;
  control->ready = 1;
  while (recv(link_, &byte, 1, 0) == 1) answer();
  _exit(9);
  return nothing;
}

/* The byte that fills the page, -1: there are several. */
static int valueOf(const char *page) {
  for (size_t i = 1; i < PAGE; i++) {
    if (page[i] != page[0]) return -1;
  }
  return (unsigned char)page[0];
}

/* A child without an agent: tells its pages, forks once more if asked to, and stays. */
static void beChild(int pages, int generations) {
  do {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int knock = *(volatile char *)mailbox;
    /* A fork of this one's finds it absent too. */
    need(madvise(mailbox, PAGE, MADV_DONTNEED) == 0, "madvise");
    char line[4096];
    int length = snprintf(line, sizeof line, "child %d %d:", getpid(), knock);
    for (int i = 0; i < pages; i++) {
      length += snprintf(line + length, sizeof line - length, " %d", valueOf(memory + i * PAGE));
    }
    line[length++] = '\n';
    need(write(1, line, length) == length, "write");
  } while (--generations > 0 && fork() == 0);
  for (;;) pause();
}

static void connectTo(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  link_ = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  need(connect(link_, (struct sockaddr *)&address, sizeof address) == 0, "connect");
}

static void hello(uint64_t length, int file) {
  uint64_t words[3] = {(uint64_t)memory, (uint64_t)mailbox, length};
  struct iovec part = {words, sizeof words};
  char space[CMSG_SPACE(2 * sizeof(int))] = {0};
  const int count = file < 0 ? 1 : 2;
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space};
  message.msg_controllen = CMSG_SPACE(count * sizeof(int));
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  *header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(count * sizeof(int))};
  const int descriptors[2] = {uffd, file};
  memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
  need(sendmsg(link_, &message, 0) > 0, "sendmsg");
}

static void welcome(void) {
  uint64_t bytes = 0;
  struct iovec part = {&bytes, sizeof bytes};
  char space[CMSG_SPACE(2 * sizeof(int))] = {0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  need(recvmsg(link_, &message, MSG_CMSG_CLOEXEC) == sizeof bytes, "recvmsg");
  int descriptors[2];
  memcpy(descriptors, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof descriptors);
  window = map(bytes, descriptors[0]);
  control = (struct farpage_control *)map(FARPAGE_CONTROL_BYTES, descriptors[1]);
  madvise(window, bytes, MADV_DONTFORK);
}

int main(int count, char **arguments) {
  need(count == 4, "SOCKET PAGES KIND");
  const size_t length = strtoul(arguments[2], 0, 10) * PAGE;
  const int inFile = strcmp(arguments[3], "file") == 0;
  const int file = inFile ? memfd_create("peer", MFD_CLOEXEC) : -1;
  need(!inFile || ftruncate(file, (off_t)length) == 0, "ftruncate");
  uffd = open_(inFile ? UFFD_FEATURE_MISSING_SHMEM | UFFD_FEATURE_MINOR_SHMEM | FEATURE_WP_FILE | UFFD_FEATURE_THREAD_ID
                      : UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP | UFFD_FEATURE_EVENT_REMOVE |
                            UFFD_FEATURE_EVENT_UNMAP | UFFD_FEATURE_THREAD_ID | FEATURE_MOVE);
  memory = map(length, file);
  mailbox = map(FARPAGE_TICKETS * PAGE, -1);
  const uint64_t missing = UFFDIO_REGISTER_MODE_MISSING;
  watch(uffd, memory, length, inFile ? missing | UFFDIO_REGISTER_MODE_WP | MINOR : missing);
  connectTo(arguments[1]);
  if (!inFile) {
    bin_ = open_(FEATURE_MOVE);
    staging = map(STAGING, -1);
    bin = map(STAGING, -1);
    watch(uffd, mailbox, FARPAGE_TICKETS * PAGE, missing);
    watch(uffd, staging, STAGING, UFFDIO_REGISTER_MODE_WP);
    watch(bin_, bin, STAGING, UFFDIO_REGISTER_MODE_WP);
    madvise(staging, STAGING, MADV_DONTFORK);
    madvise(bin, STAGING, MADV_DONTFORK);
  }
  hello(length, file);
  if (!inFile) {
    welcome();
    pthread_t thread;
    need(pthread_create(&thread, 0, agent, 0) == 0, "pthread_create");
  }
  setvbuf(stdout, 0, _IOLBF, 0);
  char what;
  int number, a, b;
  /* number: w page value | n from to | r page | t from to | d page pages | l page | f pages generations */
  while (scanf(" %d %c %d %d", &number, &what, &a, &b) == 4) {
    char *page = memory + a * PAGE;
    int value = 0;
    if (what == 'w') memset(page, value = b, PAGE);
    if (what == 'r') value = valueOf(page);
    if (what == 'n') {
      for (int i = a; i < b; i++) memset(memory + i * PAGE, i + 1, PAGE);
    }
    if (what == 't') {
      for (int i = a; i < b; i++) memory[i * PAGE]++;
    }
    if (what == 'd') need(madvise(page, b * PAGE, MADV_DONTNEED) == 0, "madvise");
    if (what == 'l') need(mlock(page, PAGE) == 0, "mlock");
    if (what == 'f') {
      value = fork();
      need(value >= 0, "fork");
      if (value == 0) beChild(a, b);
    }
    printf("%d = %d\n", number, value);
  }
  return 0;
}
