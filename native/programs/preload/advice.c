/*
 * Advice about memory. The kernel tells the pager of some (MADV_DONTNEED, MADV_FREE: an event), and of others it tells
 * nothing though they change what memory holds, here or in a fork: those are made known here.
 */
#include <errno.h>
#include <sys/mman.h>

#include "kernel.h"
#include "preload.h"

/* Debian 12's headers are Linux 6.1's. */
#define ADVICE_GUARD_INSTALL 102

static long advise(uintptr_t start, size_t length, int advice) {
  return call3(SYS_madvise, (long)start, (long)length, advice);
}

/*
 * Whatever the pager holds of the pages must be forgotten, or it would be back once the guards are taken away. The
 * kernel raises no event for guards, but for MADV_DONTNEED, which leaves guards in place. They are installed once more
 * at the end: before the event the pager may have put a page in the place of one.
 */
static long installGuards(uintptr_t start, size_t length, long installed) {
  /* A gap in the range is ENOMEM, and does not keep the kernel from the rest. */
  if (installed != 0 && installed != -ENOMEM) return installed;
  advise(start, length, MADV_DONTNEED);
  const long again = advise(start, length, ADVICE_GUARD_INSTALL);
  return installed != 0 ? installed : again;
}

/* The kernel refuses CONTINUE for anonymous memory with EINVAL where a userfaultfd has it, and with ENOENT elsewhere. */
int isRegistered(uintptr_t address) {
  struct uffdio_continue arguments = {{address & ~(PAGE_BYTES - 1), PAGE_BYTES}, UFFDIO_CONTINUE_MODE_DONTWAKE, 0};
  return askClerk(UFFDIO_CONTINUE, &arguments, sizeof arguments) != -ENOENT;
}

/*
 * From the first such advice about paged memory on the pager looks at what a fork inherits before it answers one. A page
 * that is wiped on fork, to know a fork by it, is too small to be paged.
 */
static void announce(uintptr_t start, size_t length, int advice) {
  if ((advice != MADV_DONTFORK && advice != MADV_WIPEONFORK) || length == 0) return;
  if (length < farpage.minMapping && !isRegistered(start) && !isRegistered(start + length - 1)) return;
  __atomic_store_n(&farpage.forkAdvice, 1, __ATOMIC_RELEASE);
  __atomic_store_n(&farpage.control->fork_advice, 1, __ATOMIC_RELEASE);
}

/* What follows an advice that has been taken, or was refused. */
static long follow(uintptr_t start, size_t length, int advice, long value) {
  if (advice == ADVICE_GUARD_INSTALL) return installGuards(start, length, value);
  /*
   * A page that is free stays resident until the system wants it, and no fault tells the pager if it is used again
   * before: it is dropped at once, as the kernel might do. MADV_FREE itself comes first, to refuse what is not anonymous.
   */
  if (advice == MADV_FREE && value == 0) return advise(start, length, MADV_DONTNEED);
  return value;
}

long adviseMemory(uintptr_t start, size_t length, int advice) {
  if (!isPaged()) return advise(start, length, advice);
  announce(start, length, advice);
  return follow(start, length, advice, advise(start, length, advice));
}

/* Of another process the kernel takes no advice that would concern us here. */
long adviseProcess(int process, const struct iovec *ranges, size_t count, int advice, unsigned flags) {
  const int paged = isPaged();
  /* Which ranges, the kernel may have to refuse to read. */
  if (paged) announce(0, farpage.minMapping, advice);
  const long taken = call5(SYS_process_madvise, process, (long)ranges, (long)count, advice, flags);
  if (!paged || taken <= 0) return taken;
  size_t left = (size_t)taken;
  for (size_t i = 0; i < count && left > 0; i++) {
    const size_t length = ranges[i].iov_len < left ? ranges[i].iov_len : left;
    follow((uintptr_t)ranges[i].iov_base, length, advice, 0);
    left -= length;
  }
  return taken;
}
