// A VM monitor in small: its memory is served by another process, which it hands the userfaultfd to over a unix socket.
// --pages N --order FILE [--warm K] [--cpu C] [--stay 1: do not end by itself], and who serves:
//   --socket PATH   the process that listens there, by the hand-off of Firecracker (JSON and the descriptor in one message)
//   --image FILE    a C handler in a process of its own: poll + read + pread + UFFDIO_COPY
// The order is of distinct pages; its first K touches are not timed. Pages touched are compared once the clock stopped.
#include "common.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <signal.h>

#define FEATURE_EVENT_REMOVE (1u << 3)

static void send_descriptor(int socket, int descriptor, const char *text) {
  char control[CMSG_SPACE(sizeof descriptor)] = "";
  struct iovec payload = {.iov_base = (void *)(uintptr_t)text, .iov_len = strlen(text)};
  struct msghdr message = {
      .msg_iov = &payload, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET, head->cmsg_type = SCM_RIGHTS, head->cmsg_len = CMSG_LEN(sizeof descriptor);
  memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
  if (sendmsg(socket, &message, 0) != (ssize_t)payload.iov_len) die("sendmsg");
}

static int receive_descriptor(int socket, uint64_t *base) {
  int descriptor = -1;
  char control[CMSG_SPACE(sizeof descriptor)], text[4096];
  struct iovec payload = {.iov_base = text, .iov_len = sizeof text - 1};
  struct msghdr message = {
      .msg_iov = &payload, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  if (length <= 0 || !head) die("recvmsg");
  memcpy(&descriptor, CMSG_DATA(head), sizeof descriptor);
  text[length] = 0;
  const char *field = strstr(text, "\"base_host_virt_addr\":");
  errno = 0;
  if (!field) die("no base in '%s'", text);
  *base = strtoull(field + strlen("\"base_host_virt_addr\":"), NULL, 10);
  return descriptor;
}

__attribute__((noreturn)) static void handle(int socket, const char *path) {
  uint64_t base = 0;
  int image = open(path, O_RDONLY | O_CLOEXEC);
  if (image < 0) die("%s", path);
  int fd = receive_descriptor(socket, &base);
  uint8_t *page = aligned_alloc(PAGE_BYTES, PAGE_BYTES);
  struct pollfd ready[] = {{.fd = fd, .events = POLLIN}, {.fd = socket, .events = POLLIN}};
  struct fp_message messages[16];
  for (;;) {
    if (poll(ready, 2, -1) < 0) die("poll");
    if (ready[1].revents) _exit(0); // the other end has gone
    ssize_t n = read(fd, messages, sizeof messages);
    if (n < 0) {
      if (errno == EAGAIN) continue;
      die("read(userfaultfd)");
    }
    for (size_t i = 0; i < (size_t)n / sizeof *messages; i++) {
      if (messages[i].event != FP_EVENT_PAGEFAULT) continue;
      uint64_t at = messages[i].address & ~(uint64_t)(PAGE_BYTES - 1);
      if (pread(image, page, PAGE_BYTES, (off_t)(at - base)) != PAGE_BYTES) die("pread");
      uffd_copy(fd, at, page, PAGE_BYTES);
    }
  }
}

/** A server that has just been started may not listen yet. */
static int connect_to(const char *path) {
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  errno = 0;
  if (strlen(path) >= sizeof address.sun_path) die("the path of the socket is too long: %s", path);
  strcpy(address.sun_path, path);
  if (fd < 0) die("socket");
  for (int tries = 0; connect(fd, (struct sockaddr *)&address, sizeof address); tries++) {
    if ((errno != ENOENT && errno != ECONNREFUSED) || tries == 1000) die("connect(%s)", path);
    usleep(10000);
  }
  return fd;
}

static int start_handler(const char *image) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) die("socketpair");
  pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    close(ends[0]);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    handle(ends[1], image);
  }
  close(ends[1]);
  return ends[0];
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 32768);
  size_t warm = (size_t)number(argc, argv, "warm", 0), bytes = (size_t)pages * PAGE_BYTES;
  int cpu = cpu_option(argc, argv);
  const char *path = option(argc, argv, "socket", NULL);
  pin(cpu); // the handler inherits it
  access_list order = read_list(required(argc, argv, "order"));
  errno = 0;
  if (warm >= order.count) die("--warm leaves nothing to time");
  warm_memory(bytes + bytes / 2);
  samples touched = make_samples(order.count);
  double clock_us = clock_cost_us();
  int peer = path ? connect_to(path) : start_handler(required(argc, argv, "image"));

  uint8_t *region = map_anonymous(bytes);
  int fd = open_userfaultfd_with(FEATURE_EVENT_REMOVE);
  register_missing(fd, region, bytes);
  char text[256];
  snprintf(text, sizeof text,
           "[{\"base_host_virt_addr\":%" PRIuPTR ",\"size\":%zu,\"offset\":0,\"page_size\":%u,\"page_size_kib\":%u}]",
           (uintptr_t)region, bytes, PAGE_BYTES, PAGE_BYTES);
  uint64_t handed = now_ns();
  send_descriptor(peer, fd, text);

  volatile uint32_t *words = (volatile uint32_t *)region;
  uint64_t checksum = 0;
  for (size_t i = 0; i < warm; i++) checksum += words[(size_t)order.entries[i] * PAGE_WORDS];
  uint64_t begin = now_ns();
  for (size_t i = warm; i < order.count; i++) {
    volatile uint32_t *word = words + (size_t)order.entries[i] * PAGE_WORDS;
    uint64_t before = now_ns();
    uint32_t value = *word;
    add_sample(&touched, now_ns() - before);
    checksum += value;
  }
  uint64_t end = now_ns(), wrong = 0;
  for (size_t i = 0; i < order.count; i++) {
    uint32_t page = order.entries[i];
    wrong += wrong_words((uint32_t *)(region + (size_t)page * PAGE_BYTES), page, true);
  }
  printf("{\"peer\":\"%s\",\"cpu\":%d,", path ? "vm" : "uffd-process", cpu);
  print_samples(&touched, clock_us);
  printf(",\"seconds\":%.6f,\"secondsWhole\":%.6f,\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 "}\n",
         (double)(end - begin) / 1e9, (double)(end - handed) / 1e9, checksum, wrong);
  fflush(stdout);
  if (number(argc, argv, "stay", 0) == 1) pause();
  return wrong == 0 ? 0 : 1;
}
