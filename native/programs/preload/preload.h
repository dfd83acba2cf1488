/* The parts of the library that rides in a program under `farpage run`. */
#ifndef FARPAGE_PRELOAD_H
#define FARPAGE_PRELOAD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "agent.h"

/* What stopped something: the words for its line, and an errno or 0. */
struct failure {
  const char *what;
  int error;
};

/* What a thread of the program asks the clerk for: an ioctl of the userfaultfd, or one of these. */
#define ASK_PRIVATE 1ul
#define ERRAND_COUNT 32
#define ERRAND_BYTES 48
struct errand {
  /* A futex: see clerk.c. */
  uint32_t state;
  uint64_t request;
  long result;
  char argument[ERRAND_BYTES];
};

/*
 * What the agent works with. It lies at the bottom of the agent's own memory, which a fork does not inherit and which is
 * registered nowhere as missing: nothing that the agent touches can fault into the pager.
 */
struct agent {
  /* A futex: AGENT_STARTS until it has joined; the kernel sets it to AGENT_ENDED when the agent ends, joined or not. */
  uint32_t state;
  /* Its pid, as the process sees it that it is the agent of, and that process's. */
  int pid;
  int programPid;
  uint32_t kind;
  /* Why it could not join, where it knows; `what` is NULL otherwise. */
  struct failure failure;
  uint64_t minMapping;
  /* Numbers in the agent's own table of descriptors. */
  int socket;
  int userfaultfd;
  int binUserfaultfd;
  int program;
  int line;
  int maps;
  /* The other end of the program's relay, in the program's table, or -1. */
  int relayEnd;
  /* 1: the pager is to be reached by the relay. */
  int byRelay;
  uint32_t windowPages;
  char *staging;
  /* 1: pages may have been left in staging. Also the program's, which may have locked, and so populated, all its memory. */
  uint32_t stale;
  char *bin;
  char *shelf;
  char *window;
  uint8_t *evicted;
  uint32_t *gate;
  struct farpage_control *control;
  /* A futex: how often the program's threads have asked, ever. */
  uint32_t bell;
  struct errand errands[ERRAND_COUNT];
};
#define AGENT_ENDED 0u
#define AGENT_STARTS 1u
#define AGENT_READY 2u

#define EVICTED_BYTES 8192ul
#define MAILBOX_BYTES (FARPAGE_TICKETS * PAGE_BYTES)

/* A fork that has not joined yet; a process that has its agent; a fork that runs on without one. */
#define MARK_NEW 0u
#define MARK_JOINED 1u
#define MARK_ALONE 2u

/* The process's state. All 0 where it is not paged. */
struct state {
  /* In memory that a fork wipes and a vfork shares: a MARK. */
  volatile uint32_t *mark;
  /* In the same page: see gate.c. */
  uint32_t *gate;
  volatile char *mailbox;
  /* Bits of 2 MiB chunks, by a hash: out of these pages have been moved, ever. A fork inherits them. */
  uint8_t *evicted;
  uint64_t minMapping;
  struct agent *agent;
  struct farpage_control *control;
  /* The agent's own memory. */
  char *area;
  size_t areaBytes;
  const char *path;
  /* In the program's table, for its forks, and by which it is recognized there; -1: none. */
  int relay;
  uint64_t relayInode;
  /* The program has asked for memory that a fork does not inherit, ever. A fork inherits this. */
  uint32_t forkAdvice;
};
extern struct state farpage;

/* agent.c */
/* Serves the pager's requests until the program or the pager has ended. */
__attribute__((noreturn)) void runAgent(struct agent *agent);
/* Moves a run to staging at `at`, as much of it as there is. 0 or an errno; *bytes is what is in staging. */
int stage(struct agent *agent, const char *source, size_t length, size_t at, size_t *bytes);
/* Gives the process its own copy of pages that it shares with a fork: 0 or an errno. Waits for nobody. */
int makeOwn(const char *start, size_t length);
/* Empties staging. */
void empty(struct agent *agent, size_t from, size_t length);
/* Kills the program, with a line, and stays until it has ended. */
void endProgram(const struct agent *agent, const char *line, size_t bytes);
/* The same where the pager has closed the socket without having dismissed the agent. */
void endOrphan(const struct agent *agent);

/* shelf.c: the agent's. */
/* Whether the pages at `start` can be taken by way of the shelf: EACCES, or EINVAL where they cannot. */
int whyNotMoved(const struct agent *agent, const char *start, size_t length);
/* Serves a request of that kind. */
void serveProtected(struct agent *agent, struct farpage_run *run);

/* gate.c */
/* The program's threads, around a call that unmaps memory or forks. */
void enterGate(void);
void leaveGate(void);
/* The agent: 1 where no thread is in such a call; none begins one until the gate is opened. */
int closeGate(uint32_t *gate);
void openGate(uint32_t *gate);

/* clerk.c */
/* Serves the program's threads. */
__attribute__((noreturn)) void runClerk(struct agent *agent);
/* Has the clerk run an ioctl, or an ASK; a result, or a negative errno. The program's. */
long askClerk(unsigned long request, void *argument, size_t bytes);

/* confine.c: the agent's. 0 or a negative errno. */
long dropPrivileges(void);
/* For all its threads, to what they need from then on. */
long limitCalls(const struct agent *agent);

/* start.c */
/*
 * Starts the agent of this process, and waits until it has joined, or ended: 0, or -1. The stacks end where they say; the
 * agent calls `body` on its own.
 */
int startAgent(struct agent *agent, char *stackEnd, char *launcherStackEnd, void (*body)(struct agent *));
/* Starts the clerk. The agent's. 0 or a negative errno. */
long startClerk(struct agent *agent, char *stackEnd);
__attribute__((noreturn)) void exitAgent(void);
/* Ends the agent where a call that waits has failed for good. */
void exitUnlessWaited(long result);

/* enter.c */
/* Joins the pager for the program, then serves both. Runs in the agent. */
void enterAgent(struct agent *agent);
/* A userfaultfd that kernel-mode faults come through as well, not yet told its features; or a negative errno. */
long makeUserfaultfd(void);

/* join.c */
/* Joins the pager, by its socket's path: 0, or -1 with what stopped it and nothing left open or mapped. */
int joinPager(const char *path, struct failure *failure);
/* In a child by fork that has no agent yet: joins, or ends the process with a line. Any number of calls. */
void rejoinPager(void);
/* Unlocks the library's own memory, which mlockall(2) has locked. */
void unlockOwn(void);
/* 1: this process is paged, and has its agent. A forked child joins first. */
static inline int isPaged(void) {
  if (farpage.mark == 0) return 0;
  if (*farpage.mark == MARK_NEW) rejoinPager();
  return *farpage.mark == MARK_JOINED;
}

/* relay.c */
/* Makes the relay, with a high number; gives the other end's number, or -1 where there can be none. The program's. */
int makeRelay(void);
/* Sends a hello of `bytes` with the two descriptors: 0 or a negative errno. The agent's, in a copy of the program's table. */
long sendByRelay(const void *hello, size_t bytes, const int descriptors[2]);

/* ranges.c */
/* Registers a mapping for missing pages; what cannot be is counted. errno is kept. */
void registerRange(uintptr_t start, size_t length);
/* The same for those mappings that are there already, the process's own memory aside. */
void registerExisting(void);
/* 1: the mapping at `address` is private and anonymous, by a descriptor of /proc/self/maps; or a negative errno. */
long isPrivateAnonymous(int maps, uintptr_t address);
/* The protection of the mapping at `address`, or a negative errno. */
long protectionOf(int maps, uintptr_t address);
/* The first, asked of the clerk; what cannot be known is counted, and 0. */
int isPrivateMapping(uintptr_t address);

/* foreign.c */
/* Notes that pages have been moved out of a range. The agent's: touches nothing else. */
void noteEvicted(uint8_t *evicted, uintptr_t start, size_t bytes);
/* Unregisters a range, with its bytes in place, for another userfaultfd: 0, or -1 where that cannot be. */
int giveUpRange(uintptr_t start, size_t length);

/*
 * The loader of another C library (musl's) loads us too, into a program that a paged one starts. What that library lacks
 * must not keep it from starting: these are weak, and there we do nothing.
 */
#pragma weak dladdr1
#pragma weak gnu_get_libc_version
#pragma weak mallopt
#pragma weak stat64
#pragma weak fstat64
#pragma weak fstatfs64
const char *gnu_get_libc_version(void);
static inline int isGnu(void) { return gnu_get_libc_version != NULL; }
/* advice.c */
/* Whether a userfaultfd has the page at `address`. */
int isRegistered(uintptr_t address);
/* madvise(2) with what the pager must know of it; a negative errno where it fails. */
long adviseMemory(uintptr_t start, size_t length, int advice);
/* process_madvise(2), the same. */
long adviseProcess(int process, const struct iovec *ranges, size_t count, int advice, unsigned flags);

/* syscall.c */
/* Takes the place of libc's syscall(2): calls that are hooked go to their hooks, the others to the kernel. */
extern char farpageSyscall[];

/* hooks.c */
/* The hooked calls by number, for syscall(2): a negative errno where one fails. */
long callHooked(long number, long a, long b, long c, long d, long e, long f);
/* Finds libc's functions and makes them writable: 0, or -1 with what stopped it. */
int prepareHooks(struct failure *failure);
/* Puts the first so many jumps in; the functions are no longer writable afterwards. */
void finishHooks(size_t install);
#define HOOKS_OF_MMAP 2ul

/* handoff.c */
/* 1: the process hands guest memory to `farpage serve`, and each shared mapping of a file is to be shown to it. */
extern int handOffWanted;
/* Hands a mapping over where it is the guest's memory. errno is kept; what fails ends the process. */
void handOffMapping(uintptr_t start, size_t length, int descriptor, off_t offset);

/* say.c */
void copyBytes(char *target, const char *source, size_t length);
/* One line on standard error: `farpage: process 7: …: errno 13`. */
void say(const struct failure *failure, const char *after);
/* All signals blocked for this thread; gives the mask to restore. */
uint64_t blockSignals(void);
void restoreSignals(uint64_t mask);
/* Holds out other threads that change the process's state; with signals blocked. */
void lockState(void);
void unlockState(void);

#endif
