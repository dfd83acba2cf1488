/* Which mappings are paged, and the descriptor that they are registered with. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "kernel.h"
#include "preload.h"

/* Programs take the lowest numbers for themselves, and shells those up to 255. */
#define LOWEST_NUMBER 700
#define NUMBERS_BELOW_LIMIT 16
#define LINE_BYTES 256

/* This library's own data; the linker's names. */
extern char __bss_start[] __attribute__((visibility("hidden")));
extern char _end[] __attribute__((visibility("hidden")));

static int isOurs(int descriptor) {
  struct stat status;
  return descriptor >= 0 && call2(SYS_fstat, descriptor, (long)&status) == 0 && status.st_ino == farpage.inode &&
         status.st_dev == farpage.device;
}

static long raiseNumber(int descriptor) {
  long high = call3(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, LOWEST_NUMBER);
  if (high != -EINVAL) return high;
  struct rlimit limit;
  if (call2(SYS_getrlimit, RLIMIT_NOFILE, (long)&limit) != 0) return high;
  const long lowest = (long)limit.rlim_cur - NUMBERS_BELOW_LIMIT;
  high = call3(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, lowest > 3 ? lowest : 3);
  return high;
}

int keepDescriptor(int userfaultfd) {
  struct stat status;
  const long known = call2(SYS_fstat, userfaultfd, (long)&status);
  if (isError(known)) return (int)-known;
  farpage.inode = status.st_ino;
  farpage.device = status.st_dev;
  const long high = raiseNumber(userfaultfd);
  __atomic_store_n(&farpage.descriptor, isError(high) ? -1 : (int)high, __ATOMIC_RELEASE);
  return isError(high) ? (int)-high : 0;
}

void dropDescriptor(void) {
  if (isOurs(farpage.descriptor)) call1(SYS_close, farpage.descriptor);
  farpage.descriptor = -1;
}

/* The program has closed ours, or put something else there: the agent's table still has it. */
static int takeBack(void) {
  const uint64_t mask = blockSignals();
  lockState();
  int result = farpage.descriptor;
  if (!isOurs(result)) {
    const long agent = call2(CALL_PIDFD_OPEN, farpage.agent->tid, PIDFD_OF_THREAD);
    const long low = isError(agent) ? agent : call3(CALL_PIDFD_GETFD, agent, farpage.agent->userfaultfd, 0);
    const long high = isError(low) ? low : raiseNumber((int)low);
    if (!isError(low)) call1(SYS_close, low);
    if (!isError(agent)) call1(SYS_close, agent);
    result = (int)high;
    if (!isError(high)) __atomic_store_n(&farpage.descriptor, result, __ATOMIC_RELEASE);
  }
  unlockState();
  restoreSignals(mask);
  return result;
}

static void count(int error) {
  __atomic_fetch_add(&farpage.control->unregistered, 1, __ATOMIC_RELAXED);
  __atomic_store_n(&farpage.control->unregistered_errno, (uint32_t)error, __ATOMIC_RELAXED);
}

int findDescriptor(void) {
  const int descriptor = __atomic_load_n(&farpage.descriptor, __ATOMIC_ACQUIRE);
  return isOurs(descriptor) ? descriptor : takeBack();
}

void registerRange(uintptr_t start, size_t length) {
  const int descriptor = findDescriptor();
  if (descriptor < 0) {
    count(-descriptor);
    return;
  }
  const size_t whole = (length + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
  struct uffdio_register arguments = {{start, whole}, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP, 0};
  const long result = call3(SYS_ioctl, descriptor, (long)UFFDIO_REGISTER, (long)&arguments);
  /* EBUSY: the program has a userfaultfd of its own on it. */
  if (isError(result) && result != -EBUSY) count((int)-result);
}

struct mapping {
  uintptr_t start;
  uintptr_t end;
  int isCandidate;
};

static const char *hexadecimal(const char *text, uintptr_t *number) {
  *number = 0;
  for (;; text++) {
    const char digit = *text;
    if (digit >= '0' && digit <= '9') *number = *number * 16 + (uintptr_t)(digit - '0');
    else if (digit >= 'a' && digit <= 'f') *number = *number * 16 + (uintptr_t)(digit - 'a' + 10);
    else return text;
  }
}

/* `7f…-7f… rw-p 00000000 00:00 0    [name]`: private, of no file, and no memory of the kernel's making but the heap. */
static struct mapping parse(const char *line) {
  struct mapping mapping = {0};
  uintptr_t major, minor, inode;
  const char *at = hexadecimal(line, &mapping.start);
  at = hexadecimal(at + 1, &mapping.end);
  const int isPrivate = at[4] == 'p';
  uintptr_t offset;
  at = hexadecimal(at + 6, &offset);
  at = hexadecimal(at + 1, &major);
  at = hexadecimal(at + 1, &minor);
  at = hexadecimal(at + 1, &inode);
  while (*at == ' ') at++;
  const int isNamed = *at != '\0' && strncmp(at, "[heap]", 6) != 0 && strncmp(at, "[anon:", 6) != 0;
  mapping.isCandidate = isPrivate && inode == 0 && major == 0 && minor == 0 && !isNamed;
  return mapping;
}

/* Calls `visit` for each mapping until it gives 1. 0, or an errno of what could not be read. */
static int visitMappings(int (*visit)(const struct mapping *, void *), void *context) {
  const long file = call4(SYS_openat, AT_FDCWD, (long)"/proc/self/maps", O_RDONLY | O_CLOEXEC, 0);
  if (isError(file)) return (int)-file;
  char text[PAGE_BYTES];
  char line[LINE_BYTES];
  size_t length = 0;
  long got;
  int done = 0;
  while (!done && (got = call3(SYS_read, file, (long)text, sizeof text)) > 0) {
    for (long i = 0; i < got && !done; i++) {
      /* What is longer than a line's room is its file's name. */
      if (text[i] != '\n') {
        if (length < LINE_BYTES - 1) line[length++] = text[i];
        continue;
      }
      line[length] = '\0';
      length = 0;
      const struct mapping mapping = parse(line);
      done = visit(&mapping, context);
    }
  }
  call1(SYS_close, file);
  return !done && isError(got) ? (int)-got : 0;
}

static int overlaps(const struct mapping *mapping, const char *start, const char *end) {
  return mapping->start < (uintptr_t)end && (uintptr_t)start < mapping->end;
}

static int registerMapping(const struct mapping *mapping, void *context) {
  (void)context;
  if (!mapping->isCandidate || mapping->end - mapping->start < farpage.minMapping) return 0;
  if (overlaps(mapping, farpage.area, farpage.area + farpage.areaBytes)) return 0;
  if (overlaps(mapping, (const char *)farpage.mark, (const char *)farpage.evicted + EVICTED_BYTES)) return 0;
  if (overlaps(mapping, __bss_start, _end)) return 0;
  registerRange(mapping->start, mapping->end - mapping->start);
  return 0;
}

void registerExisting(void) {
  const int error = visitMappings(registerMapping, NULL);
  if (error != 0) count(error);
}

static int findPrivate(const struct mapping *mapping, void *context) {
  uintptr_t *address = context;
  if (*address >= mapping->end) return 0;
  if (*address < mapping->start || !mapping->isCandidate) *address = 0;
  return 1;
}

int isPrivateAnonymous(uintptr_t address) {
  const int error = visitMappings(findPrivate, &address);
  if (error != 0) count(error);
  return error == 0 && address != 0;
}
