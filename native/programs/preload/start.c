/*
 * How the agent comes to be. It shares the program's memory (CLONE_VM) and is no thread of it: it has its own credentials,
 * signals, working folder and descriptors, and no filter that the program sets later reaches it. Nor is it a child of the
 * program's, which could wait for it: the child that starts it ends at once, and the agent is init's.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "kernel.h"
#include "preload.h"

/* Neither is anybody's to trace. */
#define CHILD_FLAGS (CLONE_VM | CLONE_FILES | CLONE_UNTRACED)
#define CLERK_FLAGS (CLONE_VM | CLONE_FILES | CLONE_FS | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_UNTRACED)

/* clone(flags, stackEnd, 0, cleared, 0); what runs on that stack calls body(agent), and must not return. */
__asm__(
    ".text\n"
    ".type farpageClone, @function\n"
    "farpageClone:\n"
    "  mov %r8, %r10\n"
    "  mov %rdx, %r8\n"
    "  mov %rcx, %r9\n"
    "  xor %edx, %edx\n"
    "  mov $56, %eax\n" /* r8 is its TLS, which is not asked for */
    "  syscall\n"
    "  test %rax, %rax\n"
    "  jnz 1f\n"
    "  xor %ebp, %ebp\n"
    "  mov %r9, %rdi\n"
    "  call *%r8\n"
    "  hlt\n"
    "1: ret\n"
    ".size farpageClone, .-farpageClone\n");
extern long farpageClone(unsigned long flags, char *stackEnd, void (*body)(struct agent *), struct agent *agent,
                         uint32_t *cleared);

struct launch {
  struct agent *agent;
  void (*body)(struct agent *);
  char *stackEnd;
  long result;
};

__attribute__((noreturn)) void exitAgent(void) {
  for (;;) call1(SYS_exit_group, 0);
}

/* Interrupted, or changed meanwhile, it is tried again. Anything else would be the same for ever. */
void exitUnlessWaited(long result) {
  const int isOver = result == -EINTR || result == -EAGAIN || result == -ENOMEM || result == -ETIMEDOUT;
  if (isError(result) && !isOver) exitAgent();
}

/* The kernel clears `state` at the agent's end, and wakes threads that wait there. */
static long cloneAgent(struct launch *launch) {
  struct agent *agent = launch->agent;
  return farpageClone(CHILD_FLAGS | CLONE_CHILD_CLEARTID, launch->stackEnd, launch->body, agent, &agent->state);
}

static void runLauncher(struct agent *argument) {
  struct launch *launch = (struct launch *)argument;
  launch->result = cloneAgent(launch);
  exitAgent();
}

/* An orphan is given to the nearest of these above: where that is the process itself, it had better not be one. */
static int adoptsOrphans(void) {
  int adopts = 0;
  call2(SYS_prctl, PR_GET_CHILD_SUBREAPER, (long)&adopts);
  return adopts || call0(SYS_getpid) == 1;
}

static void reap(long pid) {
  while (call4(SYS_wait4, pid, 0, __WCLONE, 0) == -EINTR) continue;
}

int startAgent(struct agent *agent, char *stackEnd, char *launcherStackEnd, void (*body)(struct agent *)) {
  struct launch launch = {agent, body, stackEnd, -EAGAIN};
  agent->programPid = (int)call0(SYS_getpid);
  agent->state = AGENT_STARTS;
  const uint64_t mask = blockSignals();
  const int isChild = adoptsOrphans();
  if (isChild) {
    launch.result = cloneAgent(&launch);
  } else {
    const long launcher = farpageClone(CHILD_FLAGS, launcherStackEnd, runLauncher, (struct agent *)&launch, 0);
    if (isError(launcher)) launch.result = launcher;
    else reap(launcher);
  }
  restoreSignals(mask);
  if (isError(launch.result)) {
    agent->failure.what = "the agent cannot be started";
    agent->failure.error = (int)-launch.result;
    return -1;
  }
  uint32_t state;
  while ((state = __atomic_load_n(&agent->state, __ATOMIC_ACQUIRE)) == AGENT_STARTS) {
    /* Not private: so the kernel wakes at the agent's end. */
    call4(SYS_futex, (long)&agent->state, FUTEX_WAIT, state, 0);
  }
  if (state == AGENT_READY) return 0;
  if (isChild) reap(launch.result);
  return -1;
}

static void runClerkThread(struct agent *agent) { runClerk(agent); }

long startClerk(struct agent *agent, char *stackEnd) {
  const long result = farpageClone(CLERK_FLAGS, stackEnd, runClerkThread, agent, 0);
  return isError(result) ? result : 0;
}
