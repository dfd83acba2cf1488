// Faults a second of --threads threads that touch --pages pages between them, served by another process, 64 messages a
// read at most. That process is a C loop (poll, read, UFFDIO_COPY of each, one UFFDIO_WAKE), or, with --socket PATH, the process that listens
// there: it gets the userfaultfd, and the region's address and pages as text. [--cpu C] pins both.
#include "common.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#define BATCH 64

typedef struct {
  volatile uint32_t *words;
  uint32_t first, pages;
  pthread_barrier_t *start;
  uint64_t checksum;
} toucher;

static void *touch(void *argument) {
  toucher *self = argument;
  pthread_barrier_wait(self->start);
  for (uint32_t page = 0; page < self->pages; page++)
    self->checksum += self->words[(size_t)(self->first + page) * PAGE_WORDS];
  return NULL;
}

/** One pass over the region; how many seconds it took. */
static double pass(uint32_t *region, uint32_t pages, uint32_t threads, uint64_t *checksum) {
  pthread_t ids[256];
  toucher touchers[256];
  pthread_barrier_t start;
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 65536);
  pthread_barrier_init(&start, NULL, threads + 1);
  uint32_t each = pages / threads;
  for (uint32_t i = 0; i < threads; i++) {
    touchers[i] = (toucher){.words = region, .first = i * each, .pages = each, .start = &start};
    if (pthread_create(&ids[i], &small, touch, &touchers[i])) die("pthread_create");
  }
  pthread_barrier_wait(&start);
  uint64_t begin = now_ns();
  for (uint32_t i = 0; i < threads; i++) {
    pthread_join(ids[i], NULL);
    *checksum += touchers[i].checksum;
  }
  return (double)(now_ns() - begin) / 1e9;
}

#define FP_UFFDIO_WAKE _IOR(0xAA, 0x02, struct fp_range)
#define FP_COPY_DONTWAKE 1
struct fp_range {
  uint64_t start, len;
};

/** Fills what a read gave without waking anybody, then wakes the whole region once. */
static void answer(int fd, const struct fp_message *messages, size_t count, const void *source, struct fp_range *all) {
  for (size_t i = 0; i < count; i++) {
    struct fp_copy copy = {
        .dst = messages[i].address, .src = (uintptr_t)source, .len = PAGE_BYTES, .mode = FP_COPY_DONTWAKE};
    // Present: woken with a batch before its message was read, its thread asked again.
    if (ioctl(fd, FP_UFFDIO_COPY, &copy) && errno != EEXIST) die("UFFDIO_COPY");
  }
  if (ioctl(fd, FP_UFFDIO_WAKE, all)) die("UFFDIO_WAKE");
}

__attribute__((noreturn)) static void serve(int fd, struct fp_range all) {
  uint32_t *source = map_populated(PAGE_BYTES);
  fill_page(source, 7, false);
  struct pollfd ready = {.fd = fd, .events = POLLIN};
  struct fp_message messages[BATCH];
  for (;;) {
    ssize_t n = read(fd, messages, sizeof messages);
    if (n < 0) {
      if (errno != EAGAIN) die("read(userfaultfd)");
      if (poll(&ready, 1, -1) < 0) die("poll");
      continue;
    }
    answer(fd, messages, (size_t)n / sizeof *messages, source, &all);
  }
}

/** Sends the userfaultfd to the process that listens at `path`, and waits for its answer. */
static int introduce(const char *path, int fd, uint32_t *region, uint32_t pages) {
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  strncpy(name.sun_path, path, sizeof name.sun_path - 1);
  int to = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (to < 0 || connect(to, (struct sockaddr *)&name, sizeof name)) die("connect %s", path);
  char text[64];
  struct iovec piece = {text, (size_t)snprintf(text, sizeof text, "%" PRIuPTR " %u", (uintptr_t)region, pages)};
  union {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
  } control = {0};
  struct msghdr message = {
      .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET, header->cmsg_type = SCM_RIGHTS, header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  if (sendmsg(to, &message, 0) < 0) die("sendmsg");
  if (recv(to, text, sizeof text, 0) <= 0) die("recv");
  return to;
}

int main(int argc, char **argv) {
  uint32_t pages = (uint32_t)number(argc, argv, "pages", 65536);
  uint32_t threads = (uint32_t)number(argc, argv, "threads", 64);
  uint32_t passes = (uint32_t)number(argc, argv, "passes", 3);
  int cpu = cpu_option(argc, argv);
  const char *path = option(argc, argv, "socket", NULL);
  size_t bytes = (size_t)pages * PAGE_BYTES;
  if (threads == 0 || threads > 256 || pages % threads != 0) die("--threads 1 to 256, a divisor of --pages");
  pin(cpu);

  warm_memory(bytes + bytes / 4);
  int fd = open_userfaultfd(), to = -1;
  uint32_t *region = map_anonymous(bytes);
  // Before the fork: the server needs none of it.
  if (madvise(region, bytes, MADV_DONTFORK)) die("MADV_DONTFORK");
  register_missing(fd, region, bytes);
  pid_t server = -1;
  if (path) {
    to = introduce(path, fd, region, pages);
  } else {
    server = fork();
    if (server < 0) die("fork");
    if (server == 0) serve(fd, (struct fp_range){.start = (uintptr_t)region, .len = bytes});
  }

  // The first pass is not measured: what is compiled on the other side is compiled by it.
  double seconds = 0;
  uint64_t checksum = 0, wrong = 0;
  for (uint32_t i = 0; i <= passes; i++) {
    double took = pass(region, pages, threads, &checksum);
    if (i > 0) seconds += took;
    for (uint32_t page = 0; page < pages; page += 61) wrong += wrong_words(region + (size_t)page * PAGE_WORDS, 7, false);
    if (madvise(region, bytes, MADV_DONTNEED)) die("MADV_DONTNEED");
  }
  if (server > 0) {
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
  }
  if (to >= 0) close(to);
  printf("{\"peer\":\"uffd-messages\",\"cpu\":%d,\"count\":%u,\"threads\":%u,\"seconds\":%.6f,\"faultsPerSecond\":%.0f,"
         "\"checksum\":%" PRIu64 ",\"wrong\":%" PRIu64 "}\n",
         cpu, pages * passes, threads, seconds, (double)pages * passes / seconds, checksum, wrong);
  return wrong == 0 ? 0 : 1;
}
