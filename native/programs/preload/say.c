/* A line on standard error, signals and the lock, all without libc's state: callable from any thread at any time. */
#include <errno.h>
#include <signal.h>

#include "kernel.h"
#include "preload.h"

#define LINE_BYTES 512
#define MASK_BYTES 8

void copyBytes(char *target, const char *source, size_t length) {
  __asm__ volatile("rep movsb" : "+D"(target), "+S"(source), "+c"(length) : : "memory");
}

struct line {
  char text[LINE_BYTES];
  size_t length;
};

static void addText(struct line *line, const char *text) {
  while (*text != '\0' && line->length < LINE_BYTES - 1) line->text[line->length++] = *text++;
}

static void addNumber(struct line *line, unsigned long number) {
  char digits[24];
  size_t at = sizeof digits;
  digits[--at] = '\0';
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  addText(line, digits + at);
}

static const char *nameOf(int error) {
  switch (error) {
    case EPERM: return "EPERM";
    case ENOENT: return "ENOENT";
    case EACCES: return "EACCES";
    case EINVAL: return "EINVAL";
    case ENFILE: return "ENFILE";
    case EMFILE: return "EMFILE";
    case ENOMEM: return "ENOMEM";
    case EAGAIN: return "EAGAIN";
    case ENOSYS: return "ENOSYS";
    case EPIPE: return "EPIPE";
    case ECONNRESET: return "ECONNRESET";
    case ECONNREFUSED: return "ECONNREFUSED";
    default: return "";
  }
}

void say(const struct failure *failure, const char *after) {
  struct line line = {.length = 0};
  addText(&line, "farpage: process ");
  addNumber(&line, (unsigned long)call0(SYS_getpid));
  addText(&line, ": ");
  addText(&line, failure->what);
  if (failure->error != 0) {
    const char *name = nameOf(failure->error);
    addText(&line, *name != '\0' ? ": " : ": errno ");
    if (*name != '\0') addText(&line, name);
    else addNumber(&line, (unsigned long)failure->error);
  }
  addText(&line, "; ");
  addText(&line, after);
  line.text[line.length++] = '\n';
  call3(SYS_write, 2, (long)line.text, (long)line.length);
}

uint64_t blockSignals(void) {
  const uint64_t all = ~0ull;
  uint64_t before = 0;
  call4(SYS_rt_sigprocmask, SIG_SETMASK, (long)&all, (long)&before, MASK_BYTES);
  return before;
}

void restoreSignals(uint64_t mask) { call4(SYS_rt_sigprocmask, SIG_SETMASK, (long)&mask, 0, MASK_BYTES); }

/* The lock lies beside the mark: a fork wipes it, whichever thread held it. */
static volatile uint32_t *lock(void) { return farpage.mark + 1; }

void lockState(void) {
  while (__atomic_exchange_n(lock(), 1, __ATOMIC_ACQUIRE) != 0) call0(SYS_sched_yield);
}

void unlockState(void) { __atomic_store_n(lock(), 0, __ATOMIC_RELEASE); }
