/*
 * The agent: a thread of the program that the program's libc knows nothing of. It moves victims out, for only a thread
 * of the process itself may (UFFDIO_MOVE). It has no TLS: no libc, no errno, no stack protector. It has its own table of
 * descriptors, so nothing that the program closes is the agent's. It must never wait for the pager except at its
 * socket, since the pager waits for it: no access of its own may fault on a registered page.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "kernel.h"
#include "preload.h"

#define BIN_TRIES 1000
#define LINE_MS 200

static const char ORPHANED[] =
    "farpage: the pager has ended, and this program's memory with it: the program is killed (SIGKILL)\n";

/* A thread with the stack's end in rsi; the child calls rdx(rcx) and never returns. */
__asm__(
    ".text\n"
    ".type farpageClone, @function\n"
    "farpageClone:\n"
    "  mov %rdx, %r8\n"
    "  mov %rcx, %r9\n"
    "  xor %edx, %edx\n"
    "  xor %r10d, %r10d\n"
    "  mov $56, %eax\n" /* clone; r8 is its TLS, which is not asked for */
    "  syscall\n"
    "  test %rax, %rax\n"
    "  jnz 1f\n"
    "  xor %ebp, %ebp\n"
    "  mov %r9, %rdi\n"
    "  call *%r8\n"
    "  hlt\n"
    "1: ret\n"
    ".size farpageClone, .-farpageClone\n");
extern long farpageClone(unsigned long flags, char *stackEnd, void (*body)(struct agent *), struct agent *agent);

static void copyBytes(char *target, const char *source, size_t length) {
  __asm__ volatile("rep movsb" : "+D"(target), "+S"(source), "+c"(length) : : "memory");
}

static void discard(const char *start, size_t length) {
  call3(SYS_madvise, (long)start, (long)length, MADV_DONTNEED);
}

/* Moves pages until one cannot be; *bytes is what has been moved. 0 or an errno. */
static int move(int userfaultfd, const char *target, const char *source, size_t length, size_t *bytes) {
  *bytes = 0;
  while (*bytes < length) {
    struct move_arguments arguments;
    arguments.dst = (uint64_t)target + *bytes;
    arguments.src = (uint64_t)source + *bytes;
    arguments.len = length - *bytes;
    arguments.mode = MOVE_DONTWAKE;
    arguments.move = 0;
    const long result = call3(SYS_ioctl, userfaultfd, (long)MOVE, (long)&arguments);
    if (result == 0) {
      *bytes = length;
      return 0;
    }
    /* After a part is done the errno is EAGAIN, whatever stopped it: the next call tells. */
    if (arguments.move > 0) {
      *bytes += (size_t)arguments.move;
      continue;
    }
    return (int)(arguments.move < 0 ? -arguments.move : -result);
  }
  return 0;
}

/*
 * Gives the process its own copy of each page that it has shared since a fork, which MOVE refuses (EBUSY), by adding 0
 * to a word of it. The kernel's futex does that without waiting for a userfaultfd: a page that has gone meanwhile is
 * EFAULT. MADV_POPULATE_WRITE would wait for the pager there, and the pager waits for us.
 */
static void makeOwn(const char *start, size_t length) {
  uint32_t nobody = 0;
  const unsigned add0 = FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, -1);
  for (size_t at = 0; at < length; at += PAGE_BYTES) {
    /* The last word: a thread that waits at it could be woken, as a futex's waiter must expect. */
    const char *word = start + at + PAGE_BYTES - sizeof(uint32_t);
    call6(SYS_futex, (long)&nobody, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 0, 0, (long)word, (long)add0);
  }
}

/* Empties staging: to the bin, whose userfaultfd asks for no events, and there to nothing. What stays is found later. */
static void empty(const struct agent *agent, size_t from, size_t length) {
  for (int tries = 0; length > 0 && tries < BIN_TRIES; tries++) {
    size_t bytes;
    const int error = move(agent->binUserfaultfd, agent->bin + from, agent->staging + from, length, &bytes);
    discard(agent->bin + from, error == EEXIST ? bytes + PAGE_BYTES : bytes);
    from += bytes;
    length -= bytes;
    if (error == ENOENT) {
      from += PAGE_BYTES;
      length -= PAGE_BYTES;
    }
  }
}

/* Moves a run to staging at `at`, as much of it as there is. 0 or an errno; *bytes is what is in staging. */
static int stage(const struct agent *agent, const char *source, size_t length, size_t at, size_t *bytes) {
  int made = 0;
  int emptied = 0;
  size_t step = length;
  *bytes = 0;
  while (*bytes < length) {
    size_t moved;
    if (step > length - *bytes) step = length - *bytes;
    const int error = move(agent->userfaultfd, agent->staging + at + *bytes, source + *bytes, step, &moved);
    *bytes += moved;
    if (error == EBUSY && !made) {
      made = 1;
      makeOwn(source + *bytes, length - *bytes);
    } else if (error == EEXIST && !emptied) {
      emptied = 1;
      empty(agent, at + *bytes, length - *bytes);
    } else if (error == EINVAL && step > PAGE_BYTES) {
      /* A move is of one mapping, and the run may lie in several. */
      step = PAGE_BYTES;
    } else if (error != 0) {
      return error;
    }
  }
  return 0;
}

static void serve(const struct agent *agent) {
  struct farpage_control *control = agent->control;
  if (__atomic_load_n(&control->posted, __ATOMIC_ACQUIRE) == control->finished) return;
  const uint32_t count = control->run_count;
  size_t used = 0;
  for (uint32_t i = 0; i < count && i < FARPAGE_REQUEST_PAGES; i++) {
    struct farpage_run *run = &control->runs[i];
    const uint64_t source = run->source;
    const size_t length = (size_t)run->pages * PAGE_BYTES;
    const uint32_t frame = run->frame;
    size_t bytes = 0;
    int error = EINVAL;
    /* Before it is true: who looks meanwhile must not take it for never moved. */
    if (length <= FARPAGE_REQUEST_PAGES * PAGE_BYTES) noteEvicted(agent->evicted, source, length);
    const size_t room = FARPAGE_REQUEST_PAGES * PAGE_BYTES - used;
    if (length <= room && frame <= agent->frameCount && run->pages <= agent->frameCount - frame) {
      error = stage(agent, (const char *)source, length, used, &bytes);
      copyBytes(agent->frames + frame * PAGE_BYTES, agent->staging + used, bytes);
    }
    used += bytes;
    run->done = (uint32_t)(bytes / PAGE_BYTES);
    run->error = error;
  }
  empty(agent, 0, used);
  __atomic_store_n(&control->finished, control->finished + 1, __ATOMIC_RELEASE);
  call6(SYS_futex, (long)&control->finished, FUTEX_WAKE, 1, 0, 0, 0);
}

/* Nobody can bring the absent pages any more: a line where the program has its standard error now, and its end. */
static void endOrphan(void) {
  const long pid = call0(SYS_getpid);
  const long process = call2(CALL_PIDFD_OPEN, pid, 0);
  const long output = call3(CALL_PIDFD_GETFD, process, 2, 0);
  struct pollfd ready = {(int)output, POLLOUT, 0};
  /* A full pipe must not keep the program alive. */
  if (!isError(output) && call3(SYS_poll, (long)&ready, 1, LINE_MS) == 1) {
    call3(SYS_write, output, (long)ORPHANED, sizeof ORPHANED - 1);
  }
  for (;;) call2(SYS_kill, pid, SIGKILL);
}

static void closeAllBut(unsigned a, unsigned b, unsigned c) {
  unsigned kept[3] = {a, b, c};
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 2; i++) {
      if (kept[i] < kept[i + 1]) continue;
      const unsigned other = kept[i];
      kept[i] = kept[i + 1];
      kept[i + 1] = other;
    }
  }
  unsigned from = 0;
  for (int i = 0; i < 3; i++) {
    if (kept[i] > from) call3(CALL_CLOSE_RANGE, from, kept[i] - 1, 0);
    from = kept[i] + 1;
  }
  call3(CALL_CLOSE_RANGE, from, ~0u, 0);
}

static void run(struct agent *agent) {
  call2(SYS_prctl, PR_SET_NAME, (long)"farpage");
  closeAllBut((unsigned)agent->socket, (unsigned)agent->userfaultfd, (unsigned)agent->binUserfaultfd);
  agent->tid = (int)call0(SYS_gettid);
  __atomic_store_n(&agent->ready, 1, __ATOMIC_RELEASE);
  call3(SYS_futex, (long)&agent->ready, FUTEX_WAKE_PRIVATE, 1);
  serve(agent);
  __atomic_store_n(&agent->control->ready, 1, __ATOMIC_RELEASE);
  for (;;) {
    char byte;
    const long length = call6(SYS_recvfrom, agent->socket, (long)&byte, 1, 0, 0, 0);
    if (length == 1) serve(agent);
    else if (length != -EINTR && length != -EAGAIN) endOrphan();
  }
}

int startAgent(struct agent *agent, char *stackEnd) {
  const unsigned long flags = CLONE_VM | CLONE_FS | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
  const uint64_t mask = blockSignals();
  const long result = farpageClone(flags, stackEnd, run, agent);
  restoreSignals(mask);
  if (isError(result)) return (int)-result;
  while (__atomic_load_n(&agent->ready, __ATOMIC_ACQUIRE) == 0) {
    call4(SYS_futex, (long)&agent->ready, FUTEX_WAIT_PRIVATE, 0, 0);
  }
  return 0;
}
