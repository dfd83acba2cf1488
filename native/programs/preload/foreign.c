/*
 * Memory that the program wants for a userfaultfd of its own. The kernel allows one to a mapping, and ours came first:
 * it is given up, with its bytes back in their places, and what was never touched left absent for the program's.
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/uio.h>

#include "kernel.h"
#include "preload.h"

#define CHUNK_BYTES (2ul << 20)
#define CHUNK_PAGES (CHUNK_BYTES / PAGE_BYTES)
#define COPY_TRIES 100000

static size_t bitOf(uintptr_t address) { return (address / CHUNK_BYTES) % (EVICTED_BYTES * 8); }

void noteEvicted(uint8_t *evicted, uintptr_t start, size_t bytes) {
  for (uintptr_t at = start & ~(CHUNK_BYTES - 1); at < start + bytes; at += CHUNK_BYTES) {
    const size_t bit = bitOf(at);
    __atomic_fetch_or(&evicted[bit / 8], (uint8_t)(1u << bit % 8), __ATOMIC_RELEASE);
  }
}

static int mayBeEvicted(uintptr_t address) {
  const size_t bit = bitOf(address);
  return (__atomic_load_n(&farpage.evicted[bit / 8], __ATOMIC_ACQUIRE) >> bit % 8) & 1;
}

static int isZero(const char *page) {
  const uint64_t *words = (const uint64_t *)page;
  for (size_t i = 0; i < PAGE_BYTES / sizeof *words; i++) {
    if (words[i] != 0) return 0;
  }
  return 1;
}

/*
 * Which pages hold something. Where some may have been moved out, and be again at any time, that is all of them: reading
 * brings them. `brought` then.
 */
static int lookAt(uintptr_t start, size_t bytes, unsigned char *present, int *brought) {
  const int failed = call3(SYS_mincore, (long)start, (long)bytes, (long)present) != 0;
  /* After the look: a page that went before it has set the bit. */
  *brought = mayBeEvicted(start);
  for (size_t i = 0; *brought && i < bytes / PAGE_BYTES; i++) present[i] = 1;
  return failed ? -1 : 0;
}

static int copyBack(uintptr_t target, const char *source) {
  for (int tries = 0; tries < COPY_TRIES; tries++) {
    struct uffdio_copy arguments = {target, (uint64_t)source, PAGE_BYTES, 0, 0};
    const long result = askClerk(UFFDIO_COPY, &arguments, sizeof arguments);
    if (result == 0 || result == -EEXIST) return 0;
    /* Until the pager has read an event of another thread. */
    if (result != -EAGAIN) return -1;
    call0(SYS_sched_yield);
  }
  return -1;
}

/* A part of one chunk. `room` is a chunk's. */
static int giveUpPart(uintptr_t start, size_t bytes, char *room) {
  unsigned char present[CHUNK_PAGES];
  int brought;
  if (lookAt(start, bytes, present, &brought) != 0) return -1;
  const size_t pages = bytes / PAGE_BYTES;
  int any = 0;
  for (size_t i = 0; i < pages; i++) {
    if ((present[i] & 1) == 0) continue;
    struct iovec here = {room + i * PAGE_BYTES, PAGE_BYTES};
    struct iovec there = {(void *)(start + i * PAGE_BYTES), PAGE_BYTES};
    const long pid = call0(SYS_getpid);
    if (call6(SYS_process_vm_readv, pid, (long)&here, 1, (long)&there, 1, 0) != (long)PAGE_BYTES) return -1;
    any = 1;
    /* Of a chunk that was brought back, what holds nothing was absent, or may as well have been. */
    if (brought && isZero(here.iov_base)) present[i] = 0;
  }
  /* The event makes the pager forget these pages; bytes that come after it are not its. */
  if (any && call3(SYS_madvise, (long)start, (long)bytes, MADV_DONTNEED) != 0) return -1;
  for (size_t i = 0; i < pages; i++) {
    const size_t at = i * PAGE_BYTES;
    if ((present[i] & 1) != 0 && copyBack(start + at, room + at) != 0) return -1;
  }
  struct uffdio_range range = {start, bytes};
  return askClerk(UFFDIO_UNREGISTER, &range, sizeof range) == 0 ? 0 : -1;
}

int giveUpRange(uintptr_t start, size_t length) {
  if ((start | length) % PAGE_BYTES != 0) return -1;
  /* EBUSY: another one's, and not ours to give up. */
  struct uffdio_register arguments = {{start, length}, UFFDIO_REGISTER_MODE_MISSING, 0};
  if (askClerk(UFFDIO_REGISTER, &arguments, sizeof arguments) != 0) return -1;
  const long room = call6(SYS_mmap, 0, CHUNK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (isError(room)) return -1;
  int failed = 0;
  const uintptr_t end = start + length;
  while (start < end && !failed) {
    const uintptr_t next = (start & ~(CHUNK_BYTES - 1)) + CHUNK_BYTES;
    const size_t bytes = (next < end ? next : end) - start;
    failed = giveUpPart(start, bytes, (char *)room) != 0;
    start += bytes;
  }
  call2(SYS_munmap, room, CHUNK_BYTES);
  return failed ? -1 : 0;
}
