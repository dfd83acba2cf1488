/*
 * How a process joins the pager, by starting its agent: at its start, and again in each child by fork. Nothing here uses
 * libc's memory or state, since a child may be the fork of a program with threads, and signals may come at any time.
 */
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "area.h"
#include "kernel.h"
#include "preload.h"

#define KEPT_BYTES (PAGE_BYTES + MAILBOX_BYTES + EVICTED_BYTES)
#define STACK_NEED (4 * PAGE_BYTES)
/* Not in the cache line of the mark, which every hooked call reads. */
#define GATE_WORD 32

struct state farpage;

static int fails(struct failure *failure, const char *what, long result) {
  failure->what = what;
  failure->error = result < 0 ? (int)-result : 0;
  return -1;
}

static long mapMemory(size_t bytes) {
  return call6(SYS_mmap, 0, (long)bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* What lasts as long as the process: the mark, which a fork wipes, the mailbox, absent, and what has been evicted. */
static int makeKept(struct failure *failure) {
  const long kept = mapMemory(KEPT_BYTES);
  if (isError(kept)) return fails(failure, "no memory for the library", kept);
  farpage.mark = (uint32_t *)kept;
  farpage.gate = (uint32_t *)kept + GATE_WORD;
  farpage.mailbox = (char *)kept + PAGE_BYTES;
  farpage.evicted = (uint8_t *)kept + PAGE_BYTES + MAILBOX_BYTES;
  const long result = call3(SYS_madvise, kept, PAGE_BYTES, MADV_WIPEONFORK);
  return isError(result) ? fails(failure, "MADV_WIPEONFORK", result) : 0;
}

static int makeArea(struct failure *failure) {
  const long made = mapMemory(AREA_BYTES);
  if (isError(made)) return fails(failure, "no memory for the agent", made);
  farpage.area = (char *)made;
  farpage.areaBytes = AREA_BYTES;
  const long guards[] = {STRUCT_BYTES, AGENT_STACK_END, CLERK_STACK_END, LAUNCHER_STACK_END};
  for (int i = 0; i < 4; i++) call3(SYS_mprotect, made + guards[i], PAGE_BYTES, PROT_NONE);
  const long result = call3(SYS_madvise, made, AREA_BYTES, MADV_DONTFORK);
  return isError(result) ? fails(failure, "MADV_DONTFORK", result) : 0;
}

/* A filter that the program has set, or been started with, may refuse it to us, or be the agent's end. */
static int isFiltered(void) { return call5(SYS_prctl, PR_GET_SECCOMP, 0, 0, 0, 0) != 0; }

static const char *withFilter(const char *what) {
  return isFiltered() ? "a seccomp filter keeps the agent from joining the pager" : what;
}

static int join(uint32_t kind, int byRelay, int relayEnd, struct failure *failure) {
  if (makeArea(failure) != 0) return -1;
  struct agent *agent = (struct agent *)farpage.area;
  agent->kind = kind;
  agent->byRelay = byRelay;
  agent->relayEnd = relayEnd;
  agent->socket = agent->userfaultfd = agent->line = -1;
  agent->staging = farpage.area + STAGING_AT;
  agent->bin = farpage.area + BIN_AT;
  agent->shelf = farpage.area + SHELF_AT;
  agent->evicted = farpage.evicted;
  agent->gate = farpage.gate;
  char *const stack = farpage.area + AGENT_STACK_END;
  if (startAgent(agent, stack, farpage.area + LAUNCHER_STACK_END, enterAgent) != 0) {
    *failure = agent->failure;
    if (failure->what == NULL) failure->what = withFilter("the agent has ended before it had joined the pager");
    if (failure->error == EPERM || failure->error == EACCES || failure->error == ENOSYS) {
      failure->what = withFilter(failure->what);
    }
    return -1;
  }
  farpage.agent = agent;
  farpage.control = agent->control;
  farpage.minMapping = agent->minMapping;
  farpage.control->fork_advice = farpage.forkAdvice;
  return 0;
}

static void undo(void) {
  if (farpage.area != NULL) call2(SYS_munmap, (long)farpage.area, AREA_BYTES);
  if (farpage.mark != NULL) call2(SYS_munmap, (long)farpage.mark, KEPT_BYTES);
  farpage.area = NULL;
  farpage.mark = NULL;
}

void unlockOwn(void) {
  struct agent *agent = farpage.agent;
  __atomic_store_n(&agent->stale, 1, __ATOMIC_RELEASE);
  call2(SYS_munlock, (long)farpage.area, (long)farpage.areaBytes);
  call2(SYS_munlock, (long)farpage.mark, KEPT_BYTES);
  call2(SYS_munlock, (long)agent->window, (long)(agent->windowPages * PAGE_BYTES));
  call2(SYS_munlock, (long)agent->control, FARPAGE_CONTROL_BYTES);
}

int joinPager(const char *path, struct failure *failure) {
  const uint64_t mask = blockSignals();
  farpage.path = path;
  const int relayEnd = makeRelay();
  const int failed = makeKept(failure) != 0 || join(FARPAGE_START, 0, relayEnd, failure) != 0;
  if (relayEnd >= 0) call1(SYS_close, relayEnd);
  if (failed && farpage.relay >= 0) call1(SYS_close, farpage.relay);
  if (failed) undo();
  else *farpage.mark = MARK_JOINED;
  restoreSignals(mask);
  return failed ? -1 : 0;
}

/* The stack may be paged memory (a coroutine's): what the joining needs of it is brought before it begins. */
__attribute__((noinline)) static void touchStack(void) {
  volatile char room[STACK_NEED];
  for (size_t at = 0; at < sizeof room; at += PAGE_BYTES) room[at] = 0;
}

/* Its absent pages are the pager's, which serves them with or without an agent. */
static void goOnAlone(const struct failure *failure) {
  say(failure, "this child of a paged program runs on, and none of its memory is evicted");
  *farpage.mark = MARK_ALONE;
}

/* Another user's, or with another root folder: the socket is out of reach. */
static int joinByRelay(struct failure *failure) {
  if (failure->error != EACCES && failure->error != EPERM && failure->error != ENOENT) return -1;
  call2(SYS_munmap, (long)farpage.area, AREA_BYTES);
  return join(FARPAGE_FORK, 1, -1, failure);
}

static void rejoin(void) {
  touchStack();
  struct failure failure = {"", 0};
  if (join(FARPAGE_FORK, 0, -1, &failure) == 0 || joinByRelay(&failure) == 0) {
    /* Absent again, for this process's own children. */
    call3(SYS_madvise, (long)farpage.mailbox, MAILBOX_BYTES, MADV_DONTNEED);
    *farpage.mark = MARK_JOINED;
    return;
  }
  if (isFiltered()) return goOnAlone(&failure);
  say(&failure, "this child of a paged program cannot have its memory and is killed (SIGKILL)");
  for (;;) call2(SYS_kill, call0(SYS_getpid), SIGKILL);
}

void rejoinPager(void) {
  const uint64_t mask = blockSignals();
  lockState();
  if (*farpage.mark == MARK_NEW) rejoin();
  unlockState();
  restoreSignals(mask);
}
