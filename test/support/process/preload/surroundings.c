/* What a program shares with the library: descriptors, signals, a userfaultfd of the program's own. */
#include "scenes.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

void descriptors(void) {
  REQUIRE(syscall(436, 3, ~0u, 0) == 0);
  patterns(16);
  /* The number is somebody else's now, and a mapping is paged all the same. */
  const int zero = open("/dev/zero", O_RDONLY);
  for (int number = 700; number < 720; number++) REQUIRE(dup2(zero, number) == number);
  patterns(16);
  forks(fork, 0);
  char byte = 1;
  for (int number = 700; number < 720; number++) REQUIRE(read(number, &byte, 1) == 1 && byte == 0);
}

static char *guard;
static void onSegv(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  REQUIRE((char *)info->si_addr == guard);
  REQUIRE(mprotect(guard, PAGE, PROT_READ | PROT_WRITE) == 0);
}

void signals(void) {
  guard = map(PAGE);
  mprotect(guard, PAGE, PROT_NONE);
  struct sigaction action = {.sa_sigaction = onSegv, .sa_flags = SA_SIGINFO};
  sigaction(SIGSEGV, &action, NULL);
  patterns(16);
  *guard = 1;
  patterns(16);
}

static char *ownMemory;
static void *ownHandler(void *argument) {
  const int fd = *(int *)argument;
  static char page[PAGE];
  for (;;) {
    struct uffd_msg message;
    if (read(fd, &message, sizeof message) != sizeof message) continue;
    if (message.event != UFFD_EVENT_PAGEFAULT) continue;
    const uint64_t at = message.arg.pagefault.address & ~(PAGE - 1);
    memset(page, (int)((at - (uint64_t)ownMemory) / PAGE % 251 + 1), PAGE);
    struct uffdio_copy copy = {at, (uint64_t)page, PAGE, 0, 0};
    ioctl(fd, UFFDIO_COPY, &copy);
  }
  return NULL;
}

/* A userfaultfd of the program's own, on memory that was paged: a half used and evicted by then, a half untouched. */
void ownUserfaultfd(void) {
  const size_t bytes = 4 * MIB;
  const size_t used = bytes / 2;
  int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
  REQUIRE(fd >= 0);
  struct uffdio_api api = {UFFD_API, 0, 0};
  REQUIRE(ioctl(fd, UFFDIO_API, &api) == 0);
  ownMemory = map(bytes);
  fill(ownMemory, used, 12);
  patterns(16);
  struct uffdio_register arguments = {{(uint64_t)ownMemory, bytes}, UFFDIO_REGISTER_MODE_MISSING, 0};
  REQUIRE(ioctl(fd, UFFDIO_REGISTER, &arguments) == 0);
  pthread_t thread;
  pthread_create(&thread, NULL, ownHandler, &fd);
  patterns(16);
  check(ownMemory, used, 12);
  for (size_t at = used; at < bytes; at += PAGE) REQUIRE(ownMemory[at] == (char)(at / PAGE % 251 + 1));
  patterns(16);
  check(ownMemory, used, 12);
  for (size_t at = used; at < bytes; at += PAGE) REQUIRE(ownMemory[at] == (char)(at / PAGE % 251 + 1));
}

/* What a program can see of the library: its descriptors below 700. */
void looks(void) {
  DIR *folder = opendir("/proc/self/fd");
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    const int number = atoi(entry->d_name);
    if (entry->d_name[0] != '.' && number != dirfd(folder) && number < 700) printf("fd %d\n", number);
  }
  closedir(folder);
  sigset_t mask;
  sigprocmask(SIG_SETMASK, NULL, &mask);
  printf("blocked %d\n", sigismember(&mask, SIGTERM));
  int status;
  printf("children %d\n", waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD ? 0 : 1);
}
