// Preloaded: while the words of a shared file say so, calls that bring pages into memory or take them out answer with an errno,
// and do nothing. Words: the errno (0: nothing is refused), a mask of the calls, and how many were refused.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#define COPY 1
#define ZEROPAGE 2
#define MOVE 4
#define POISON 8
#define PROTECT 16
#define PWRITE 32
#define PREAD 64
#define MPROTECT 128
#define FDATASYNC 256
#define GUARD 512

// Linux 6.6 and 6.8 brought these.
#define NUMBER_MOVE 5
#define NUMBER_POISON 8
// Linux 6.13.
#define ADVICE_GUARD_REMOVE 103

static volatile uint32_t* words;
static int (*real_ioctl)(int, unsigned long, ...);
static int (*real_mprotect)(void*, size_t, int);
static int (*real_madvise)(void*, size_t, int);
static int (*real_fdatasync)(int);
static ssize_t (*real_pwrite)(int, const void*, size_t, off_t);
static ssize_t (*real_pread)(int, void*, size_t, off_t);

__attribute__((constructor)) static void begin(void) {
  real_ioctl = dlsym(RTLD_NEXT, "ioctl");
  real_mprotect = dlsym(RTLD_NEXT, "mprotect");
  real_madvise = dlsym(RTLD_NEXT, "madvise");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite");
  real_pread = dlsym(RTLD_NEXT, "pread");
  const char* path = getenv("FARPAGE_TEST_REFUSE");
  const int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
  void* mapped = fd < 0 ? MAP_FAILED : mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) words = mapped;
  if (fd >= 0) close(fd);
}

static int refuses(uint32_t call) {
  if (words == NULL || words[0] == 0 || (words[1] & call) == 0) return 0;
  __atomic_fetch_add(&words[2], 1, __ATOMIC_RELAXED);
  errno = (int)words[0];
  return 1;
}

static uint32_t callOf(unsigned long request) {
  if (((request >> 8) & 0xff) != UFFDIO) return 0;
  switch (request & 0xff) {
    case _UFFDIO_COPY:
      return COPY;
    case _UFFDIO_ZEROPAGE:
      return ZEROPAGE;
    case NUMBER_MOVE:
      return MOVE;
    case NUMBER_POISON:
      return POISON;
    case _UFFDIO_WRITEPROTECT:
      return PROTECT;
    default:
      return 0;
  }
}

int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  const uint32_t call = callOf(request);
  if (call != 0 && refuses(call)) return -1;
  return real_ioctl(fd, request, argument);
}

// Only what a trap does to its regions: the loader and V8 protect memory too, and open none for the first time this way.
static int isInside(const void* start) {
  if (words == NULL || words[3] == 0) return 0;
  const uint64_t from = (uint64_t)words[3] << 32 | words[4];
  return (uint64_t)start >= from && (uint64_t)start < from + words[5];
}

int mprotect(void* start, size_t length, int protection) {
  if (isInside(start) && protection == (PROT_READ | PROT_WRITE) && refuses(MPROTECT)) return -1;
  return real_mprotect(start, length, protection);
}

int madvise(void* start, size_t length, int advice) {
  if (advice == ADVICE_GUARD_REMOVE && isInside(start) && refuses(GUARD)) return -1;
  return real_madvise(start, length, advice);
}

ssize_t pwrite(int fd, const void* from, size_t length, off_t offset) {
  return refuses(PWRITE) ? -1 : real_pwrite(fd, from, length, offset);
}

ssize_t pwrite64(int fd, const void* from, size_t length, off_t offset) { return pwrite(fd, from, length, offset); }

ssize_t pread(int fd, void* into, size_t length, off_t offset) {
  return refuses(PREAD) ? -1 : real_pread(fd, into, length, offset);
}

ssize_t pread64(int fd, void* into, size_t length, off_t offset) { return pread(fd, into, length, offset); }

int fdatasync(int fd) { return refuses(FDATASYNC) ? -1 : real_fdatasync(fd); }
