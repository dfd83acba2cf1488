/* The kernel's calls without libc: the agent's thread has no TLS of its own, so it must not even touch errno. */
#ifndef FARPAGE_KERNEL_H
#define FARPAGE_KERNEL_H

#ifndef __x86_64__
#error "the library of `farpage run` is written for x86-64"
#endif

#include <linux/userfaultfd.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#define PAGE_BYTES 4096ul

/* Debian 12 has the headers of Linux 6.1; those of glibc before 2.35 lack what Linux 5.14 added to madvise(2). */
#define ADVICE_POPULATE_READ 22
#define ADVICE_POPULATE_WRITE 23
#define CALL_CLOSE_RANGE 436
#define CLOSE_RANGE_IN_OWN_TABLE 2 /* CLOSE_RANGE_UNSHARE */
#define CALL_PIDFD_SEND_SIGNAL 424
#define CALL_PIDFD_OPEN 434
#define CALL_PIDFD_GETFD 438
#define USER_MODE_ONLY 1
#define NEW_USERFAULTFD _IO(0xAA, 0x00)
#define FEATURE_POISON (1ull << 14)
#define FEATURE_MOVE (1ull << 16)
#define MOVE_DONTWAKE 1ull
/* MREMAP_MAYMOVE, MREMAP_FIXED and MREMAP_DONTUNMAP. */
#define MREMAP_TO_SHELF 7

struct move_arguments {
  uint64_t dst;
  uint64_t src;
  uint64_t len;
  uint64_t mode;
  int64_t move;
};
#define MOVE _IOWR(0xAA, 0x05, struct move_arguments)

/* A result from -4095 to -1 is a negative errno. */
static inline long call6(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

static inline long call5(long number, long a, long b, long c, long d, long e) {
  return call6(number, a, b, c, d, e, 0);
}
static inline long call4(long number, long a, long b, long c, long d) { return call6(number, a, b, c, d, 0, 0); }
static inline long call3(long number, long a, long b, long c) { return call6(number, a, b, c, 0, 0, 0); }
static inline long call2(long number, long a, long b) { return call6(number, a, b, 0, 0, 0, 0); }
static inline long call1(long number, long a) { return call6(number, a, 0, 0, 0, 0, 0); }
static inline long call0(long number) { return call6(number, 0, 0, 0, 0, 0, 0); }

static inline int isError(long result) { return result < 0 && result >= -4095; }

#endif
