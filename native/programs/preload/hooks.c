/*
 * libc's functions in `hooks` lead to ours: their first bytes are overwritten with a jump, since malloc calls them inside
 * libc, where no symbol of ours is asked for. With sbrk refused malloc takes its memory from mmap.
 */
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel.h"
#include "preload.h"

#define JUMP_BYTES 14
#define EXIT_UNPAGED 70
/* MADV_DONTNEED for locked memory as well. Debian 12's headers are Linux 6.1's. */
#ifndef MADV_DONTNEED_LOCKED
#define MADV_DONTNEED_LOCKED 24
#endif
/* Mappings of these kinds are left alone. */
#define UNPAGED_FLAGS (MAP_STACK | MAP_GROWSDOWN | MAP_HUGETLB)

/* mlockall(MCL_FUTURE) has been called: the kernel populates new mappings at once, with pages that the pager does not know. */
static int locksFuture;

/* Whether a mapping that was just made has memory. A program whose seccomp filter forbids mincore(2) is not asked before it locks. */
static int isPopulated(uintptr_t address) {
  if (__atomic_load_n(&locksFuture, __ATOMIC_RELAXED) == 0) return 0;
  unsigned char present = 0;
  return call3(SYS_mincore, (long)address, PAGE_BYTES, (long)&present) == 0 && (present & 1) != 0;
}

/*
 * A small mapping in the place of paged memory is paged too. If it was not, the kernel would keep it apart from its neighbours for
 * good, and refuse an mremap(2) of them together (EFAULT) that it takes where none of them is paged.
 */
static int isLargeOrReplacesPaged(uintptr_t address, size_t length, int flags) {
  if (length >= farpage.minMapping) return 1;
  return (flags & MAP_FIXED) != 0 && length != 0 && (isRegistered(address) || isRegistered(address + length - 1));
}

static long mapHooked(uintptr_t address, size_t length, int protection, int flags, int descriptor, long offset) {
  const int eligible = (flags & MAP_TYPE) == MAP_PRIVATE && (flags & MAP_ANONYMOUS) != 0 &&
                       (flags & UNPAGED_FLAGS) == 0 && isPaged() && isLargeOrReplacesPaged(address, length, flags);
  /* What is populated before it is registered would be unknown to the pager, and stay. */
  int populates = eligible && (flags & MAP_POPULATE) != 0;
  if (populates) flags &= ~MAP_POPULATE;
  const int replaces = (flags & MAP_FIXED) != 0 && farpage.mark != 0;
  if (replaces) enterGate();
  const long at = call6(SYS_mmap, (long)address, (long)length, protection, flags, descriptor, offset);
  if (replaces) leaveGate();
  if (eligible && !isError(at)) {
    registerRange((uintptr_t)at, length);
    if (isPopulated((uintptr_t)at)) {
      populates = 1;
      call3(SYS_madvise, at, (long)length, MADV_DONTNEED_LOCKED);
    }
    if (populates && protection != PROT_NONE) {
      call3(SYS_madvise, at, (long)length, (protection & PROT_WRITE) != 0 ? ADVICE_POPULATE_WRITE : ADVICE_POPULATE_READ);
    }
  }
  const int kind = flags & MAP_TYPE;
  if (handOffWanted && !isError(at) && (kind == MAP_SHARED || kind == MAP_SHARED_VALIDATE) && descriptor >= 0) {
    handOffMapping((uintptr_t)at, length, descriptor, offset);
  }
  return at;
}

static long remapHooked(uintptr_t address, size_t oldLength, size_t newLength, int flags, uintptr_t newAddress) {
  const int paged = isPaged();
  enterGate();
  const long at = call5(SYS_mremap, (long)address, (long)oldLength, (long)newLength, flags, (long)newAddress);
  leaveGate();
  /* What was large before is registered already, and takes that along. */
  const int grown = paged && newLength >= farpage.minMapping && oldLength < farpage.minMapping;
  if (grown && !isError(at) && isPrivateMapping((uintptr_t)at)) registerRange((uintptr_t)at, newLength);
  return at;
}

static long unmapHooked(uintptr_t address, size_t length) {
  enterGate();
  const long value = call2(SYS_munmap, (long)address, (long)length);
  leaveGate();
  return value;
}

static long controlHooked(int descriptor, unsigned long request, uintptr_t argument) {
  const long value = call3(SYS_ioctl, descriptor, (long)request, (long)argument);
  if (value != -EBUSY || request != UFFDIO_REGISTER || !isPaged()) return value;
  const struct uffdio_register *asked = (const struct uffdio_register *)argument;
  if (giveUpRange(asked->range.start, asked->range.len) != 0) return value;
  return call3(SYS_ioctl, descriptor, (long)request, (long)argument);
}

/* What is ours in the process must not be locked with the rest: locked pages can neither be moved nor dropped. */
static long lockHooked(int flags) {
  const long value = call1(SYS_mlockall, flags);
  if (!isError(value) && (flags & MCL_FUTURE) != 0) __atomic_store_n(&locksFuture, 1, __ATOMIC_RELAXED);
  if (isPaged()) unlockOwn();
  return value;
}

long callHooked(long number, long a, long b, long c, long d, long e, long f) {
  switch (number) {
    case SYS_mmap: return mapHooked((uintptr_t)a, (size_t)b, (int)c, (int)d, (int)e, f);
    case SYS_munmap: return unmapHooked((uintptr_t)a, (size_t)b);
    case SYS_mremap: return remapHooked((uintptr_t)a, (size_t)b, (size_t)c, (int)d, (uintptr_t)e);
    case SYS_madvise: return adviseMemory((uintptr_t)a, (size_t)b, (int)c);
    case SYS_process_madvise: return adviseProcess((int)a, (const struct iovec *)b, (size_t)c, (int)d, (unsigned)e);
    case SYS_mlockall: return lockHooked((int)a);
    case SYS_ioctl: return controlHooked((int)a, (unsigned long)b, (uintptr_t)c);
    default: return call6(number, a, b, c, d, e, f);
  }
}

/* As libc's functions answer. */
static long answer(long value) {
  if (!isError(value)) return value;
  errno = (int)-value;
  return -1;
}

static void *hookMmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  return (void *)answer(mapHooked((uintptr_t)address, length, protection, flags, descriptor, offset));
}

static void *hookMremap(void *address, size_t oldLength, size_t newLength, int flags, void *newAddress) {
  return (void *)answer(remapHooked((uintptr_t)address, oldLength, newLength, flags, (uintptr_t)newAddress));
}

static int hookMunmap(void *address, size_t length) { return (int)answer(unmapHooked((uintptr_t)address, length)); }

static int hookMadvise(void *address, size_t length, int advice) {
  return (int)answer(adviseMemory((uintptr_t)address, length, advice));
}

static ssize_t hookProcessMadvise(int process, const struct iovec *ranges, size_t count, int advice, unsigned flags) {
  return answer(adviseProcess(process, ranges, count, advice, flags));
}

static void *hookSbrk(intptr_t increment) {
  if (increment == 0) return (void *)call1(SYS_brk, 0);
  errno = ENOMEM;
  return (void *)-1;
}

static int hookIoctl(int descriptor, unsigned long request, void *argument) {
  return (int)answer(controlHooked(descriptor, request, (uintptr_t)argument));
}

static int hookMlockall(int flags) { return (int)answer(lockHooked(flags)); }

struct hook {
  const char *name;
  void *target;
  /* Not every libc has it. */
  int mayLack;
  unsigned char *function;
};
/* The first HOOKS_OF_MMAP are mmap. */
static struct hook hooks[] = {
    {"mmap", (void *)hookMmap, 0, NULL},
    {"mmap64", (void *)hookMmap, 0, NULL},
    {"munmap", (void *)hookMunmap, 0, NULL},
    {"mremap", (void *)hookMremap, 0, NULL},
    {"madvise", (void *)hookMadvise, 0, NULL},
    {"sbrk", (void *)hookSbrk, 0, NULL},
    {"ioctl", (void *)hookIoctl, 0, NULL},
    {"mlockall", (void *)hookMlockall, 0, NULL},
    {"syscall", (void *)farpageSyscall, 0, NULL},
    {"process_madvise", (void *)hookProcessMadvise, 1, NULL},
};
#define HOOK_COUNT (sizeof hooks / sizeof hooks[0])

static long protect(const struct hook *hook, int protection) {
  const uintptr_t from = (uintptr_t)hook->function & ~(PAGE_BYTES - 1);
  const uintptr_t to = ((uintptr_t)hook->function + JUMP_BYTES + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
  return call3(SYS_mprotect, (long)from, (long)(to - from), protection);
}

static int find(struct hook *hook, void *libc, struct failure *failure) {
  hook->function = dlsym(libc, hook->name);
  Dl_info information;
  const ElfW(Sym) *symbol = NULL;
  if (hook->function == NULL && hook->mayLack) return 0;
  if (hook->function == NULL || dladdr1(hook->function, &information, (void **)&symbol, RTLD_DL_SYMENT) == 0 ||
      symbol == NULL || symbol->st_size < JUMP_BYTES) {
    failure->what = "libc's functions are not as the library knows them";
    failure->error = 0;
    return -1;
  }
  const long made = protect(hook, PROT_READ | PROT_WRITE | PROT_EXEC);
  if (!isError(made)) return 0;
  failure->what = "libc's code cannot be made writable";
  failure->error = (int)-made;
  return -1;
}

int prepareHooks(struct failure *failure) {
  /* libc's own, whatever other libraries have put before it. */
  void *libc = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
  for (size_t i = 0; i < HOOK_COUNT; i++) {
    if (find(&hooks[i], libc == NULL ? RTLD_NEXT : libc, failure) == 0) continue;
    finishHooks(0);
    return -1;
  }
  return 0;
}

void finishHooks(size_t install) {
  static const unsigned char JUMP[] = {0xff, 0x25, 0, 0, 0, 0};
  for (size_t i = 0; i < install && i < HOOK_COUNT; i++) {
    if (hooks[i].function == NULL) continue;
    memcpy(hooks[i].function + sizeof JUMP, &hooks[i].target, sizeof hooks[i].target);
    memcpy(hooks[i].function, JUMP, sizeof JUMP);
  }
  for (size_t i = 0; i < HOOK_COUNT; i++) {
    if (hooks[i].function != NULL) protect(&hooks[i], PROT_READ | PROT_EXEC);
  }
}

/*
 * With sbrk refused malloc grows its heap by 132 KiB at a time, and maps blocks from 128 KiB up on their own: all of that
 * would be too small to be paged. So it grows by as much as is, and maps blocks from that size up (mallopt(3), which
 * takes no more than 32 MiB for the latter).
 */
static void enlargeMalloc(void) {
  const size_t most = 32 << 20;
  const int bytes = (int)(farpage.minMapping < most ? farpage.minMapping : most);
  mallopt(M_TOP_PAD, bytes);
  mallopt(M_MMAP_THRESHOLD, bytes);
}

/* Right after a fork, not at the next mapping: until it has its agent nothing of the child can be evicted. */
static void inChild(void) { (void)isPaged(); }

/* What glibc's pthread_atfork calls, which is linked in and so cannot be weak. */
__attribute__((weak)) int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void), void *library);
extern void *__dso_handle __attribute__((visibility("hidden")));

/*
 * AddressSanitizer's library looks for this name, and ends a program where another library was loaded before it, which
 * may keep calls from it. Ours is, and keeps none.
 */
__attribute__((visibility("default"))) const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "verify_asan_link_order=0"; }

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("FARPAGE_RUN");
  if (path == NULL || *path == '\0' || !isGnu()) return;
  const int error = errno;
  const char *unpaged = getenv("FARPAGE_UNPAGED");
  const int mayGoOn = unpaged != NULL && strcmp(unpaged, "1") == 0;
  /* The program may change its environment. */
  static char kept[256];
  strncpy(kept, path, sizeof kept - 1);
  struct failure failure = {"", 0};
  if (prepareHooks(&failure) != 0 || joinPager(kept, &failure) != 0) {
    finishHooks(0);
    say(&failure, mayGoOn ? "it runs unpaged" : "it is ended; to run it unpaged give --allow-unpaged");
    if (!mayGoOn) _exit(EXIT_UNPAGED);
  } else {
    __register_atfork(enterGate, leaveGate, inChild, __dso_handle);
    finishHooks(HOOK_COUNT);
    enlargeMalloc();
    registerExisting();
  }
  errno = error;
}
