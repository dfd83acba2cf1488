/*
 * The agent: a process of its own that shares the program's memory and nothing else. It moves victims out, since UFFDIO_MOVE
 * works for a process that shares the memory alone. It has no TLS: no libc, no errno, no stack protector. It must never wait for the
 * pager except at its socket, since the pager waits for it, and in the shelf's calls (shelf.c), whose events the pager reads
 * meanwhile: no access of its own may fault on a registered page.
 */
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "kernel.h"
#include "preload.h"

#define BIN_TRIES 1000
#define LINE_MS 200

static const char ORPHANED[] =
    "farpage: the pager has ended, and this program's memory with it: the program is killed (SIGKILL)\n";

/* Of the bin. Where the program has locked all its memory by a way that no hook has seen, it is unlocked first. */
static void discard(const struct agent *agent, size_t from, size_t length) {
  const long at = (long)agent->bin + (long)from;
  if (call3(SYS_madvise, at, (long)length, MADV_DONTNEED) != -EINVAL) return;
  call2(SYS_munlock, (long)agent->staging, 2 * FARPAGE_REQUEST_PAGES * PAGE_BYTES);
  call3(SYS_madvise, at, (long)length, MADV_DONTNEED);
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
 * EFAULT. MADV_POPULATE_WRITE would wait for the pager there, and the pager waits for us. 0, or an errno of the last.
 */
int makeOwn(const char *start, size_t length) {
  uint32_t nobody = 0;
  long result = 0;
  const unsigned add0 = FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, -1);
  for (size_t at = 0; at < length; at += PAGE_BYTES) {
    /* The last word: a thread that waits at it could be woken, as a futex's waiter must expect. */
    const char *word = start + at + PAGE_BYTES - sizeof(uint32_t);
    result = call6(SYS_futex, (long)&nobody, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 0, 0, (long)word, (long)add0);
  }
  return isError(result) ? (int)-result : 0;
}

/* To the bin, whose userfaultfd asks for no events, and there to nothing. What stays is found later. */
void empty(struct agent *agent, size_t from, size_t length) {
  for (int tries = 0; length > 0 && tries < BIN_TRIES; tries++) {
    size_t bytes;
    const int error = move(agent->binUserfaultfd, agent->bin + from, agent->staging + from, length, &bytes);
    discard(agent, from, error == EEXIST ? bytes + PAGE_BYTES : bytes);
    from += bytes;
    length -= bytes;
    if (error == ENOENT) {
      from += PAGE_BYTES;
      length -= PAGE_BYTES;
    }
  }
  if (length > 0) agent->stale = 1;
}

static int isPresent(const char *page) {
  unsigned char resident = 0;
  return call3(SYS_mincore, (long)page, PAGE_BYTES, (long)&resident) == 0 && (resident & 1) != 0;
}

/*
 * Bytes that have moved in spite of EEXIST. move_pages() of Linux 6.18 keeps the EAGAIN of its first try when the second has
 * moved the pages: it tries them once more, and finds them at the target. Staging was empty: what is there has come now.
 */
static size_t movedAllTheSame(const struct agent *agent, const char *source, const char *target, size_t length) {
  size_t bytes = 0;
  if (__atomic_load_n(&agent->stale, __ATOMIC_ACQUIRE) != 0) return 0;
  while (bytes < length && !isPresent(source + bytes) && isPresent(target + bytes)) bytes += PAGE_BYTES;
  return bytes;
}

int stage(struct agent *agent, const char *source, size_t length, size_t at, size_t *bytes) {
  int made = 0;
  int emptied = 0;
  size_t step = length;
  *bytes = 0;
  while (*bytes < length) {
    size_t moved;
    if (step > length - *bytes) step = length - *bytes;
    const int error = move(agent->userfaultfd, agent->staging + at + *bytes, source + *bytes, step, &moved);
    *bytes += moved;
    if (error == EEXIST) {
      const size_t more = movedAllTheSame(agent, source + *bytes, agent->staging + at + *bytes, step - moved);
      *bytes += more;
      if (more > 0) continue;
    }
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

/* What could not be emptied, or what mlockall(2) has put there since. */
static void emptyStale(struct agent *agent) {
  if (__atomic_exchange_n(&agent->stale, 0, __ATOMIC_ACQ_REL) != 0) empty(agent, 0, FARPAGE_REQUEST_PAGES * PAGE_BYTES);
}

static void serve(struct agent *agent) {
  struct farpage_control *control = agent->control;
  const uint32_t posted = __atomic_load_n(&control->posted, __ATOMIC_ACQUIRE);
  uint32_t before = posted - 1;
  const int isMine = __atomic_compare_exchange_n(&control->taken, &before, posted, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
  __atomic_store_n(&control->heard, posted, __ATOMIC_RELEASE);
  if (!isMine) return;
  emptyStale(agent);
  const uint32_t count = control->is_protected != 0 ? 0 : control->run_count;
  if (control->is_protected != 0) serveProtected(agent, &control->runs[0]);
  size_t used = 0;
  for (uint32_t i = 0; i < count && i < FARPAGE_REQUEST_PAGES; i++) {
    struct farpage_run *run = &control->runs[i];
    const uint64_t source = run->source;
    const size_t length = (size_t)run->pages * PAGE_BYTES;
    const uint32_t place = run->place;
    size_t bytes = 0;
    int error = EINVAL;
    /* Before it is true: a thread that looks meanwhile must not take it for never moved. */
    if (length <= FARPAGE_REQUEST_PAGES * PAGE_BYTES) noteEvicted(agent->evicted, source, length);
    const size_t room = FARPAGE_REQUEST_PAGES * PAGE_BYTES - used;
    if (length <= room && place <= agent->windowPages && run->pages <= agent->windowPages - place) {
      error = stage(agent, (const char *)source, length, used, &bytes);
      copyBytes(agent->window + place * PAGE_BYTES, agent->staging + used, bytes);
      if (error == EINVAL) error = whyNotMoved(agent, (const char *)source + bytes, PAGE_BYTES);
    }
    used += bytes;
    run->done = (uint32_t)(bytes / PAGE_BYTES);
    run->error = error;
  }
  empty(agent, 0, used);
  __atomic_store_n(&control->finished, control->finished + 1, __ATOMIC_RELEASE);
  call6(SYS_futex, (long)&control->finished, FUTEX_WAKE, 1, 0, 0, 0);
}

/* Nobody can bring the absent pages any more: a line, and the program's end. Until that is there the agent stays, for with
 * its userfaultfd closed the program would read zeros. */
void endOrphan(const struct agent *agent) { endProgram(agent, ORPHANED, sizeof ORPHANED - 1); }

void endProgram(const struct agent *agent, const char *line, size_t bytes) {
  struct pollfd ready = {agent->line, POLLOUT, 0};
  /* A full pipe must not keep the program alive. */
  if (call3(SYS_poll, (long)&ready, 1, LINE_MS) == 1) {
    call3(SYS_write, agent->line, (long)line, (long)bytes);
  }
  call4(CALL_PIDFD_SEND_SIGNAL, agent->program, SIGKILL, 0, 0);
  struct pollfd ended = {agent->program, POLLIN, 0};
  for (long result = 0; result != 1; exitUnlessWaited(result)) result = call3(SYS_poll, (long)&ended, 1, -1);
}

__attribute__((noreturn)) void runAgent(struct agent *agent) {
  struct pollfd polled[2] = {{agent->socket, POLLIN, 0}, {agent->program, POLLIN, 0}};
  agent->control->shelf = (uint64_t)agent->shelf;
  serve(agent);
  __atomic_store_n(&agent->control->ready, 1, __ATOMIC_RELEASE);
  for (int isOver = 0; !isOver;) {
    const long ready = call3(SYS_poll, (long)polled, 2, -1);
    exitUnlessWaited(ready);
    if (ready <= 0) continue;
    if (polled[0].revents != 0) {
      char byte;
      const long length = call6(SYS_recvfrom, agent->socket, (long)&byte, 1, MSG_DONTWAIT, 0, 0);
      if (length == 1) serve(agent);
      else isOver = length != -EINTR && length != -EAGAIN;
    }
    if (polled[1].revents != 0) {
      __atomic_store_n(&agent->control->left, 1, __ATOMIC_RELEASE);
      exitAgent();
    }
  }
  if (__atomic_load_n(&agent->control->dismissed, __ATOMIC_ACQUIRE) == 0) endOrphan(agent);
  exitAgent();
}
