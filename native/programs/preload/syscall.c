/*
 * libc's syscall(2): what goes through it by number is hooked as what goes through libc's functions. The stack is left as
 * libc leaves it, for a call that returns twice (vfork, clone) or to another stack.
 */
#include <errno.h>

#include "kernel.h"
#include "preload.h"

static long answer(long value) __asm__("farpageAnswer") __attribute__((used));
static long answer(long value) {
  if (!isError(value)) return value;
  errno = (int)-value;
  return -1;
}

static long hooked(long number, long a, long b, long c, long d, long e, long f) __asm__("farpageHooked")
    __attribute__((used));
static long hooked(long number, long a, long b, long c, long d, long e, long f) {
  return answer(callHooked(number, a, b, c, d, e, f));
}

#define TEXT(number) #number
#define NUMBER(number) TEXT(number)
#define IF_HOOKED(number) "  cmp $" NUMBER(number) ", %rdi\n  je farpageHooked\n"

/* The seventh argument is on the stack, for both. */
__asm__(
    ".text\n"
    ".globl farpageSyscall\n"
    ".hidden farpageSyscall\n"
    ".type farpageSyscall, @function\n"
    "farpageSyscall:\n"
    IF_HOOKED(SYS_mmap) IF_HOOKED(SYS_munmap) IF_HOOKED(SYS_mremap) IF_HOOKED(SYS_madvise) IF_HOOKED(SYS_mlockall)
    IF_HOOKED(SYS_ioctl) IF_HOOKED(SYS_process_madvise)
    "  mov %rdi, %rax\n"
    "  mov %rsi, %rdi\n"
    "  mov %rdx, %rsi\n"
    "  mov %rcx, %rdx\n"
    "  mov %r8, %r10\n"
    "  mov %r9, %r8\n"
    "  mov 8(%rsp), %r9\n"
    "  syscall\n"
    "  cmp $-4095, %rax\n"
    "  jae 1f\n"
    "  ret\n"
    "1: mov %rax, %rdi\n"
    "  jmp farpageAnswer\n"
    ".size farpageSyscall, .-farpageSyscall\n");
