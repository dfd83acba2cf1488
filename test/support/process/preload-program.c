/* A program that knows nothing of paging: scenes that use memory and check every byte of it. `cc -pthread`. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (1ul << 20)
#define PAGE 4096ul

extern char **environ;
static const char *self;

static void require(int condition, const char *what) {
  if (condition) return;
  printf("bad: %s (errno %d) in %d\n", what, errno, getpid());
  fflush(stdout);
  _exit(1);
}
#define REQUIRE(condition) require((condition), #condition)

/* Every word its own, by its place and a seed; nothing of it is the address, so that it can be moved. */
static void fill(char *start, size_t bytes, uint64_t seed) {
  uint64_t *words = (uint64_t *)start;
  for (size_t i = 0; i < bytes / 8; i++) words[i] = (i + 1) * 0x9e3779b97f4a7c15ull ^ seed;
}

static void check(const char *start, size_t bytes, uint64_t seed) {
  const uint64_t *words = (const uint64_t *)start;
  for (size_t i = 0; i < bytes / 8; i++) REQUIRE(words[i] == ((i + 1) * 0x9e3779b97f4a7c15ull ^ seed));
}

static void checkZero(const char *start, size_t bytes) {
  for (size_t i = 0; i < bytes / 8; i++) REQUIRE(((const uint64_t *)start)[i] == 0);
}

static char *map(size_t bytes) {
  char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(at != MAP_FAILED);
  return at;
}

static void await(pid_t pid) {
  int status;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  REQUIRE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void patterns(size_t mib) {
  enum { BLOCKS = 8 };
  char *blocks[BLOCKS];
  const size_t bytes = mib * MIB / BLOCKS;
  for (int i = 0; i < BLOCKS; i++) {
    blocks[i] = i % 2 == 0 ? malloc(bytes) : calloc(1, bytes);
    REQUIRE(blocks[i] != NULL);
    if (i % 2 == 1) checkZero(blocks[i], bytes);
    fill(blocks[i], bytes, (uint64_t)i);
  }
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < BLOCKS; i++) {
      check(blocks[i], bytes, (uint64_t)(i + 100 * round));
      fill(blocks[i], bytes, (uint64_t)(i + 100 * (round + 1)));
    }
  }
  for (int i = 0; i < BLOCKS; i++) free(blocks[i]);
  /* Small blocks: what would come from sbrk. */
  enum { SMALL = 4096 };
  static char *small[SMALL];
  for (int i = 0; i < SMALL; i++) {
    small[i] = malloc(2048);
    fill(small[i], 2048, (uint64_t)i);
  }
  for (int i = 0; i < SMALL; i++) {
    check(small[i], 2048, (uint64_t)i);
    free(small[i]);
  }
}

static void growth(void) {
  size_t bytes = MIB / 4;
  char *block = malloc(bytes);
  fill(block, bytes, 1);
  while (bytes < 16 * MIB) {
    block = realloc(block, bytes * 2);
    check(block, bytes, 1);
    bytes *= 2;
    fill(block, bytes, 1);
  }
  /* Moved by mremap to a place of our own, and back in part. */
  char *place = map(32 * MIB);
  char *from = map(8 * MIB);
  fill(from, 8 * MIB, 2);
  char *to = mremap(from, 8 * MIB, 16 * MIB, MREMAP_MAYMOVE | MREMAP_FIXED, place);
  REQUIRE(to == place);
  check(to, 8 * MIB, 2);
  checkZero(to + 8 * MIB, 8 * MIB);
  to = mremap(to, 16 * MIB, 4 * MIB, 0);
  REQUIRE(to == place);
  check(to, 4 * MIB, 2);
  checkZero(place + 16 * MIB, 16 * MIB);
  check(block, bytes, 1);
}

static void drops(void) {
  char *at = map(16 * MIB);
  for (int round = 0; round < 3; round++) {
    fill(at, 16 * MIB, (uint64_t)round);
    REQUIRE(madvise(at + 4 * MIB, 4 * MIB, MADV_DONTNEED) == 0);
    checkZero(at + 4 * MIB, 4 * MIB);
    check(at, 4 * MIB, (uint64_t)round);
    REQUIRE(munmap(at + 12 * MIB, 4 * MIB) == 0);
    char *again = mmap(at + 12 * MIB, 4 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    REQUIRE(again == at + 12 * MIB);
    checkZero(again, 4 * MIB);
  }
  char *populated = mmap(NULL, 4 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  REQUIRE(populated != MAP_FAILED);
  fill(populated, 4 * MIB, 9);
  fill(at, 16 * MIB, 8);
  check(populated, 4 * MIB, 9);
}

static void *churn(void *argument) {
  const uint64_t seed = (uint64_t)(uintptr_t)argument;
  char *kept = malloc(4 * MIB);
  fill(kept, 4 * MIB, seed);
  for (int round = 0; round < 12; round++) {
    char *at = map(2 * MIB);
    fill(at, 2 * MIB, seed + (uint64_t)round);
    char *blocks[16];
    for (int i = 0; i < 16; i++) {
      blocks[i] = malloc(64 * 1024);
      fill(blocks[i], 64 * 1024, seed * 3 + (uint64_t)i);
    }
    check(at, 2 * MIB, seed + (uint64_t)round);
    if (round % 3 == 0) REQUIRE(madvise(at, MIB, MADV_DONTNEED) == 0);
    if (round % 3 == 0) checkZero(at, MIB);
    for (int i = 0; i < 16; i++) {
      check(blocks[i], 64 * 1024, seed * 3 + (uint64_t)i);
      free(blocks[i]);
    }
    REQUIRE(munmap(at, 2 * MIB) == 0);
  }
  check(kept, 4 * MIB, seed);
  free(kept);
  return NULL;
}

static void threads(void) {
  pthread_t all[8];
  for (uintptr_t i = 0; i < 8; i++) REQUIRE(pthread_create(&all[i], NULL, churn, (void *)(i + 1)) == 0);
  for (int i = 0; i < 8; i++) pthread_join(all[i], NULL);
}

static pid_t rawFork(void) { return (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }

static void forks(pid_t (*forker)(void), int depth) {
  const size_t bytes = 8 * MIB;
  char *at = map(bytes);
  fill(at, bytes, (uint64_t)depth);
  const pid_t pid = forker();
  if (pid == 0) {
    check(at, bytes, (uint64_t)depth);
    fill(at, bytes, 77);
    if (depth > 0) forks(forker, depth - 1);
    char *more = map(bytes);
    fill(more, bytes, 78);
    check(at, bytes, 77);
    check(more, bytes, 78);
    _exit(0);
  }
  REQUIRE(pid > 0);
  fill(at + bytes / 2, bytes / 2, 55);
  char *more = map(bytes);
  fill(more, bytes, 56);
  check(at, bytes / 2, (uint64_t)depth);
  await(pid);
  check(at + bytes / 2, bytes / 2, 55);
  check(more, bytes, 56);
  munmap(at, bytes);
  munmap(more, bytes);
}

static void spawns(void) {
  char *at = map(8 * MIB);
  fill(at, 8 * MIB, 5);
  char *arguments[] = {(char *)self, "patterns", "8", NULL};
  pid_t pid = vfork();
  if (pid == 0) {
    /* A vfork'ed child's mappings are the parent's. */
    char *shared = mmap(NULL, 2 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    shared[0] = 1;
    munmap(shared, 2 * MIB);
    execv(self, arguments);
    _exit(127);
  }
  await(pid);
  REQUIRE(posix_spawn(&pid, self, NULL, NULL, arguments, environ) == 0);
  await(pid);
  char command[4200];
  snprintf(command, sizeof command, "'%s' patterns 8", self);
  REQUIRE(system(command) == 0);
  FILE *pipe = popen(command, "r");
  char line[64] = "";
  REQUIRE(fgets(line, sizeof line, pipe) != NULL && strcmp(line, "good patterns\n") == 0);
  REQUIRE(pclose(pipe) == 0);
  pid = fork();
  if (pid == 0) {
    execv(self, arguments);
    _exit(127);
  }
  await(pid);
  check(at, 8 * MIB, 5);
  fill(at, 8 * MIB, 6);
  patterns(16);
  check(at, 8 * MIB, 6);
}

static void descriptors(void) {
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

static void kernel(void) {
  const size_t bytes = 8 * MIB;
  char *at = map(bytes);
  char *other = map(bytes);
  fill(at, bytes, 3);
  fill(other, bytes, 4);
  const int file = memfd_create("scene", 0);
  REQUIRE(pwrite(file, at, bytes, 0) == (ssize_t)bytes);
  REQUIRE(pread(file, other, bytes, 0) == (ssize_t)bytes);
  check(other, bytes, 3);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  for (size_t done = 0; done < bytes; done += 32768) {
    REQUIRE(write(ends[1], at + done, 32768) == 32768);
    REQUIRE(read(ends[0], other + bytes - 32768 - done, 32768) == 32768);
  }
  for (size_t done = 0; done < bytes; done += 32768) {
    REQUIRE(memcmp(at + done, other + bytes - 32768 - done, 32768) == 0);
  }
}

static void locked(void) {
  char *at = map(2 * MIB);
  fill(at, 2 * MIB, 1);
  REQUIRE(mlock(at, 2 * MIB) == 0);
  char *guarded = map(4 * MIB);
  fill(guarded, 4 * MIB, 2);
  REQUIRE(mprotect(guarded, 4 * MIB, PROT_READ) == 0);
  char *rest = map(16 * MIB);
  fill(rest, 16 * MIB, 3);
  check(at, 2 * MIB, 1);
  check(guarded, 4 * MIB, 2);
  REQUIRE(mprotect(guarded, 4 * MIB, PROT_READ | PROT_WRITE) == 0);
  fill(guarded, 4 * MIB, 4);
  check(rest, 16 * MIB, 3);
  check(guarded, 4 * MIB, 4);
}

static char *guard;
static void onSegv(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  REQUIRE((char *)info->si_addr == guard);
  REQUIRE(mprotect(guard, PAGE, PROT_READ | PROT_WRITE) == 0);
}

static void signals(void) {
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
static void ownUserfaultfd(void) {
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
static void looks(void) {
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

static void daemonize(const char *file) {
  char *at = map(8 * MIB);
  fill(at, 8 * MIB, 3);
  if (fork() > 0) _exit(0);
  setsid();
  if (fork() > 0) _exit(0);
  usleep(50000);
  for (int number = 0; number < 3; number++) close(number);
  patterns(16);
  check(at, 8 * MIB, 3);
  FILE *out = fopen(file, "w");
  fputs("daemon good\n", out);
  fclose(out);
}

/* Many small blocks, as most programs have them. */
static void small(void) {
  enum { COUNT = 40000 };
  static char *blocks[COUNT];
  for (int i = 0; i < COUNT; i++) {
    blocks[i] = malloc(504);
    fill(blocks[i], 504, (uint64_t)i);
  }
  for (int i = 0; i < COUNT; i++) check(blocks[i], 504, (uint64_t)i);
}

static void frees(void) {
  enum { PAGES = 4096 };
  char *at = map(PAGES * PAGE);
  fill(at, PAGES * PAGE, 1);
  REQUIRE(madvise(at, PAGES * PAGE, MADV_FREE) == 0);
  static unsigned char present[PAGES];
  REQUIRE(mincore(at, PAGES * PAGE, present) == 0);
  int count = 0;
  for (int i = 0; i < PAGES; i++) count += present[i] & 1;
  printf("present %d\n", count);
  fill(at, PAGES * PAGE, 2);
  check(at, PAGES * PAGE, 2);
  /* The kernel refuses it for a file's mapping, and the bytes written there stay. */
  const int file = memfd_create("scene", 0);
  REQUIRE(ftruncate(file, 2 * MIB) == 0);
  char *copy = mmap(NULL, 2 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  fill(copy, 2 * MIB, 3);
  errno = 0;
  REQUIRE(madvise(copy, 2 * MIB, MADV_FREE) == -1 && errno == EINVAL);
  check(copy, 2 * MIB, 3);
}

/* Until it is killed. */
static void endless(int closes) {
  const size_t bytes = 16 * MIB;
  char *at = map(bytes);
  fill(at, bytes, 3);
  printf("ready\n");
  fflush(stdout);
  if (closes) syscall(436, 3, ~0u, 0);
  for (;;) check(at, bytes, 3);
}

int main(int count, char **arguments) {
  self = arguments[0];
  const char *scene = count > 1 ? arguments[1] : "";
  const char *more = count > 2 ? arguments[2] : "";
  errno = 0;
  if (strcmp(scene, "patterns") == 0) patterns((size_t)atoi(more));
  else if (strcmp(scene, "growth") == 0) growth();
  else if (strcmp(scene, "drops") == 0) drops();
  else if (strcmp(scene, "threads") == 0) threads();
  else if (strcmp(scene, "fork") == 0) forks(fork, 2);
  else if (strcmp(scene, "rawfork") == 0) forks(rawFork, 2);
  else if (strcmp(scene, "spawns") == 0) spawns();
  else if (strcmp(scene, "descriptors") == 0) descriptors();
  else if (strcmp(scene, "kernel") == 0) kernel();
  else if (strcmp(scene, "locked") == 0) locked();
  else if (strcmp(scene, "signals") == 0) signals();
  else if (strcmp(scene, "small") == 0) small();
  else if (strcmp(scene, "frees") == 0) frees();
  else if (strcmp(scene, "own") == 0) ownUserfaultfd();
  else if (strcmp(scene, "looks") == 0) looks();
  else if (strcmp(scene, "daemon") == 0) daemonize(more);
  else if (strcmp(scene, "endless") == 0) endless(strcmp(more, "after") == 0);
  else require(0, "a scene");
  printf("good %s\n", scene);
  return 0;
}
