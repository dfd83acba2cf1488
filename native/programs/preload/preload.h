/* The parts of the library that rides in a program under `farpage run`. */
#ifndef FARPAGE_PRELOAD_H
#define FARPAGE_PRELOAD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "agent.h"

/*
 * What the agent's thread works with. It lies at the bottom of the agent's own memory, which a fork does not inherit
 * and which is registered nowhere as missing: nothing that the agent touches can fault into the pager.
 */
struct agent {
  /* Numbers in the agent's own table of descriptors. */
  int socket;
  int userfaultfd;
  int binUserfaultfd;
  int tid;
  /* A futex: 1 once the agent has closed what is not its own. */
  uint32_t ready;
  uint32_t frameCount;
  char *staging;
  char *bin;
  char *frames;
  uint8_t *evicted;
  struct farpage_control *control;
};

#define EVICTED_BYTES 8192ul

/* What stopped something: the words for its line, and an errno or 0. */
struct failure {
  const char *what;
  int error;
};

/* The process's state. All 0 where it is not paged. */
struct state {
  /* In memory that a fork wipes and a vfork shares: 1 in a process that has its agent. */
  volatile uint32_t *mark;
  volatile char *mailbox;
  /* Bits of 2 MiB chunks, by a hash: out of these pages have been moved, ever. A fork inherits them. */
  uint8_t *evicted;
  uint64_t minMapping;
  struct agent *agent;
  struct farpage_control *control;
  /* The agent's own memory. */
  char *area;
  size_t areaBytes;
  /* The userfaultfd in the program's own table, and by which it is recognized there. */
  int descriptor;
  uint64_t inode;
  uint64_t device;
  const char *path;
};
extern struct state farpage;

/* agent.c */
/* Starts the agent's thread on the stack that ends at `stackEnd`, and waits until it is on its own. 0 or an errno. */
int startAgent(struct agent *agent, char *stackEnd);

/* join.c */
/* Joins the pager, by its socket's path: 0, or -1 with what stopped it and nothing left open or mapped. */
int joinPager(const char *path, struct failure *failure);
/* A userfaultfd that kernel-mode faults come through as well, not yet told its features; or a negative errno. */
long makeUserfaultfd(void);
/* In a child by fork that has no agent yet: joins, or ends the process with a line. Any number of calls. */
void rejoinPager(void);
/* 1: this process is paged. A forked child joins first. */
static inline int isPaged(void) {
  if (farpage.mark == 0) return 0;
  if (*farpage.mark == 0) rejoinPager();
  return 1;
}

/* ranges.c */
/* Makes `userfaultfd` the one that ranges are registered with: a copy with a high number. 0 or an errno. */
int keepDescriptor(int userfaultfd);
/* That copy's number, taken anew from the agent where the program has closed it; or a negative errno. */
int findDescriptor(void);
/* Closes that copy, where the program has not put something else there. */
void dropDescriptor(void);
/* Registers a mapping for missing pages; what cannot be is counted. errno is kept. */
void registerRange(uintptr_t start, size_t length);
/* The same for those mappings that are there already, the process's own memory aside. */
void registerExisting(void);
/* 1: the mapping at `address` is private and anonymous. */
int isPrivateAnonymous(uintptr_t address);

/* foreign.c */
/* Notes that pages have been moved out of a range. The agent's: touches nothing else. */
void noteEvicted(uint8_t *evicted, uintptr_t start, size_t bytes);
/* Unregisters a range, with its bytes in place, for another userfaultfd: 0, or -1 where that cannot be. */
int giveUpRange(uintptr_t start, size_t length);

/* hooks.c */
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
/* One line on standard error: `farpage: process 7: …: errno 13`. */
void say(const struct failure *failure, const char *after);
/* All signals blocked for this thread; gives the mask to restore. */
uint64_t blockSignals(void);
void restoreSignals(uint64_t mask);
/* Holds out other threads that change the process's state; with signals blocked. */
void lockState(void);
void unlockState(void);

#endif
