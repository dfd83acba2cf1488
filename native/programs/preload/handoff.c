/*
 * Hands guest memory to `farpage serve`: QEMU's, which does not do so by itself. With FARPAGE_HANDOFF, the path of the
 * server's socket, the shared mapping of a `memory-backend-memfd` (or of the file that FARPAGE_HANDOFF_FILE names, for
 * `memory-backend-file,share=on`) is registered as it is made, and sent as Firecracker sends its own, with its file.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernel.h"
#include "preload.h"

#define EXIT_FAILED 70
#define TEXT_BYTES 512
#define STACK_BYTES 65536
#define MEMFD_NAME "memory-backend-memfd"
/* Headers of Linux 6.1 lack some of them; those that the kernel has not are left out. */
#define FEATURES                                                                                     \
  (UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_EVENT_REMOVE | UFFD_FEATURE_MISSING_SHMEM |         \
   UFFD_FEATURE_MINOR_SHMEM | UFFD_FEATURE_THREAD_ID | UFFD_FEATURE_WP_HUGETLBFS_SHMEM | FEATURE_POISON)
#define NEEDED \
  (UFFD_FEATURE_PAGEFAULT_FLAG_WP | UFFD_FEATURE_MISSING_SHMEM | UFFD_FEATURE_WP_HUGETLBFS_SHMEM)

int handOffWanted;
static struct sockaddr_un server = {.sun_family = AF_UNIX};
static char wantedFile[PATH_MAX];
static int handedOver;
static int connection = -1;

/* Without its server guest memory would read as zeros: whatever fails ends the process. */
__attribute__((noreturn)) static void fail(const char *what, int error) {
  const struct failure failure = {what, error};
  say(&failure, "the guest's memory cannot be handed to its server, and the process is ended");
  _exit(EXIT_FAILED);
}

static int isWanted(int descriptor) {
  char link[64];
  char name[PATH_MAX];
  struct stat file;
  if (fstat(descriptor, &file) != 0) return 0;
  if (wantedFile[0] != '\0') {
    struct stat wanted;
    return stat(wantedFile, &wanted) == 0 && wanted.st_dev == file.st_dev && wanted.st_ino == file.st_ino;
  }
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = readlink(link, name, sizeof name - 1);
  if (length < 0) return 0;
  name[length] = '\0';
  return strcmp(name, "/memfd:" MEMFD_NAME " (deleted)") == 0;
}

static int openUserfaultfd(uint64_t features, uint64_t *known) {
  const long made = makeUserfaultfd();
  if (isError(made)) fail("no userfaultfd for kernel-mode faults", (int)-made);
  struct uffdio_api arguments = {UFFD_API, features, 0};
  if (ioctl((int)made, UFFDIO_API, &arguments) != 0) fail("UFFDIO_API", errno);
  *known = arguments.features;
  return (int)made;
}

static int registerMemory(uintptr_t start, size_t length) {
  /* What the kernel knows, asked without a feature; each descriptor is asked once. */
  uint64_t known = 0;
  close(openUserfaultfd(0, &known));
  if ((known & NEEDED) != NEEDED) fail("userfaultfd lacks write protection of shared memory", 0);
  const int userfaultfd = openUserfaultfd(FEATURES & known, &known);
  struct uffdio_register arguments = {{start, length}, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP, 0};
  if (ioctl(userfaultfd, UFFDIO_REGISTER, &arguments) != 0) fail("UFFDIO_REGISTER", errno);
  return userfaultfd;
}

static void sendAll(const char *text, size_t length, const int *descriptors, size_t bytes) {
  _Alignas(struct cmsghdr) char extra[CMSG_SPACE(2 * sizeof(int))] = {0};
  struct iovec part = {(void *)text, length};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = extra, .msg_controllen = CMSG_SPACE(bytes)};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(bytes);
  memcpy(CMSG_DATA(header), descriptors, bytes);
  /* So short a text goes whole or not at all. */
  if (sendmsg(connection, &message, MSG_NOSIGNAL) != (ssize_t)length) fail("the server does not listen", errno);
}

/* The server closes its end when it serves this memory no more: a guest must not wait for ever, nor read zeros. */
static void *watch(void *unused) {
  char byte;
  ssize_t length;
  do length = recv(connection, &byte, 1, 0);
  while (length > 0 || (length < 0 && (errno == EINTR || errno == EAGAIN)));
  const struct failure failure = {"the server of the guest's memory has gone", 0};
  say(&failure, "the process is killed (SIGKILL)");
  for (;;) kill(getpid(), SIGKILL);
  return unused;
}

static void startWatch(void) {
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  /* The program's signals are for its own threads. */
  const uint64_t mask = blockSignals();
  const int error = pthread_create(&thread, &attributes, watch, NULL);
  restoreSignals(mask);
  pthread_attr_destroy(&attributes);
  if (error != 0) fail("the watching thread cannot be started", error);
}

void handOffMapping(uintptr_t start, size_t length, int descriptor, off_t offset) {
  const int error = errno;
  if (isWanted(descriptor)) {
    struct statfs system;
    if (fstatfs(descriptor, &system) == 0 && system.f_type == HUGETLBFS_MAGIC) fail("it is made of huge pages", 0);
    if (__atomic_exchange_n(&handedOver, 1, __ATOMIC_ACQ_REL) != 0) fail("there is more of it than one mapping", 0);
    const size_t bytes = (length + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
    const int descriptors[2] = {registerMemory(start, bytes), descriptor};
    connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0) fail("no socket can be made", errno);
    if (connect(connection, (struct sockaddr *)&server, sizeof server) != 0) fail("the server cannot be reached", errno);
    char text[TEXT_BYTES];
    const int written = snprintf(text, sizeof text,
                                 "[{\"base_host_virt_addr\":%lu,\"size\":%zu,\"offset\":%lld,\"page_size\":%lu}]",
                                 (unsigned long)start, bytes, (long long)offset, PAGE_BYTES);
    sendAll(text, (size_t)written, descriptors, sizeof descriptors);
    startWatch();
  }
  errno = error;
}

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("FARPAGE_HANDOFF");
  const char *run = getenv("FARPAGE_RUN");
  if (path == NULL || *path == '\0' || (run != NULL && *run != '\0') || !isGnu()) return;
  const int error = errno;
  const char *file = getenv("FARPAGE_HANDOFF_FILE");
  if (strlen(path) >= sizeof server.sun_path) fail("FARPAGE_HANDOFF is too long for a socket's path", 0);
  if (file != NULL && strlen(file) >= sizeof wantedFile) fail("FARPAGE_HANDOFF_FILE is too long for a path", 0);
  strcpy(server.sun_path, path);
  if (file != NULL) strcpy(wantedFile, file);
  struct failure failure = {"", 0};
  if (prepareHooks(&failure) != 0) fail(failure.what, failure.error);
  handOffWanted = 1;
  finishHooks(HOOKS_OF_MMAP);
  errno = error;
}
