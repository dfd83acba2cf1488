/* Which mappings are paged. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#include "kernel.h"
#include "preload.h"

#define LINE_BYTES 256
#define TEXT_BYTES 4096

/* This library's own data; the linker's names. */
extern char __bss_start[] __attribute__((visibility("hidden")));
extern char _end[] __attribute__((visibility("hidden")));

static void count(int error) {
  __atomic_fetch_add(&farpage.control->unregistered, 1, __ATOMIC_RELAXED);
  __atomic_store_n(&farpage.control->unregistered_errno, (uint32_t)error, __ATOMIC_RELAXED);
}

void registerRange(uintptr_t start, size_t length) {
  const size_t whole = (length + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
  struct uffdio_register arguments = {{start, whole}, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP, 0};
  const long result = askClerk(UFFDIO_REGISTER, &arguments, sizeof arguments);
  /* EBUSY: the program has a userfaultfd of its own on it. */
  if (isError(result) && result != -EBUSY) count((int)-result);
}

struct mapping {
  uintptr_t start;
  uintptr_t end;
  int isCandidate;
  int protection;
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
  mapping.protection = (at[1] == 'r' ? PROT_READ : 0) | (at[2] == 'w' ? PROT_WRITE : 0) | (at[3] == 'x' ? PROT_EXEC : 0);
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

/* Calls `visit` for each mapping of `maps` until it gives 1. 0, or an errno of what could not be read. */
static int visitMappings(int maps, int (*visit)(const struct mapping *, void *), void *context) {
  char text[TEXT_BYTES];
  char line[LINE_BYTES];
  size_t length = 0;
  long at = 0;
  long got;
  int done = 0;
  while (!done && (got = call4(SYS_pread64, maps, (long)text, sizeof text, at)) > 0) {
    at += got;
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
  const long maps = call4(SYS_openat, AT_FDCWD, (long)"/proc/self/maps", O_RDONLY | O_CLOEXEC, 0);
  if (isError(maps)) {
    count((int)-maps);
    return;
  }
  const int error = visitMappings((int)maps, registerMapping, NULL);
  call1(SYS_close, maps);
  if (error != 0) count(error);
}

static int findPrivate(const struct mapping *mapping, void *context) {
  uintptr_t *address = context;
  if (*address >= mapping->end) return 0;
  if (*address < mapping->start || !mapping->isCandidate) *address = 0;
  return 1;
}

long isPrivateAnonymous(int maps, uintptr_t address) {
  const int error = visitMappings(maps, findPrivate, &address);
  return error == 0 ? address != 0 : -error;
}

struct sought {
  uintptr_t address;
  long protection;
};

static int findProtection(const struct mapping *mapping, void *context) {
  struct sought *sought = context;
  if (sought->address >= mapping->end) return 0;
  if (sought->address >= mapping->start) sought->protection = mapping->protection;
  return 1;
}

long protectionOf(int maps, uintptr_t address) {
  struct sought sought = {address, -ENOMEM};
  const int error = visitMappings(maps, findProtection, &sought);
  return error == 0 ? sought.protection : -error;
}

int isPrivateMapping(uintptr_t address) {
  const long result = askClerk(ASK_PRIVATE, &address, sizeof address);
  if (isError(result)) count((int)-result);
  return result == 1;
}
