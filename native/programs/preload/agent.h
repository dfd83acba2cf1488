/*
 * What the agent of a program under `farpage run`, and the pager outside, say to each other. Read by C and C++.
 *
 *   agent                                                      pager
 *   hello {START, pid, mailbox}                          ──▶   registers nothing: the agent registers ranges
 *     + [program, userfaultfd, relay, where there is one]
 *         ◀── welcome + [window, control, line]
 *   … after fork, the agent of the child:
 *   hello {FORK, pid, mailbox} + [program]               ──▶   chooses a ticket: a page of the mailbox
 *         ◀── ticket
 *   touches that page (a fault of the child)             ──▶   the userfaultfd, which came with EVENT_FORK, whose fault
 *         ◀── welcome + [window, control, line, userfaultfd]   at that page is of the thread `pid`, is this child's
 *
 * The ticket is why two children are never taken for each other: in two PID namespaces they may have the same number. No
 * two that join at one time have the same number and the same ticket.
 *
 * A child that cannot reach the pager's socket, for it is another user or has another root by now, sends its hello with
 * [program, socket] through the relay: a connection that the first process has made, and its forks inherit.
 *
 * `program` is a pidfd of the process whose memory it is; `line` is where the agent writes its last words. Then one byte
 * from the pager is a request in `control`; the end of the socket is the end of the other side. The socket is
 * SOCK_SEQPACKET; numbers are the machine's own.
 */
#ifndef FARPAGE_AGENT_H
#define FARPAGE_AGENT_H

#include <stdint.h>

#define FARPAGE_MAGIC 0x67617066u /* "fpag" */
#define FARPAGE_VERSION 4u
#define FARPAGE_START 1u
#define FARPAGE_FORK 2u

/* Pages, and runs of them, in one request at most: what the window holds. */
#define FARPAGE_REQUEST_PAGES 64u

struct farpage_hello {
  uint32_t magic;
  uint32_t version;
  uint32_t kind;
  /* The agent's own, as it sees itself. */
  uint32_t pid;
  /* Registered pages that are absent, one for each ticket: a fork inherits them so. */
  uint64_t mailbox;
};

#define FARPAGE_TICKETS 32u

struct farpage_ticket {
  uint32_t magic;
  uint32_t version;
  /* Below FARPAGE_TICKETS. */
  uint32_t ticket;
  uint32_t reserved;
};

struct farpage_welcome {
  uint32_t magic;
  uint32_t version;
  /* Pages of the window, a memfile of this process and the pager alone. 0: refused; the socket closes next. */
  uint32_t window_pages;
  uint32_t reserved;
  /* Bytes: smaller mappings are not registered. */
  uint64_t min_mapping;
};

/* Adjacent pages to be moved out of the program into adjacent pages of the window. */
struct farpage_run {
  uint64_t source;
  uint32_t place;
  uint32_t pages;
  /* The agent's: pages that are in the window, and gone from the program; what stopped the next one, 0 or an errno. */
  uint32_t done;
  int32_t error;
  /* Of a protected run: pages that the window has a copy of, those that were put back as well. */
  uint32_t copied;
  uint32_t reserved;
};

/* The file `control`, one for each process, mapped by both. */
struct farpage_control {
  /* Requests posted by the pager, ever. It writes `runs` and `run_count` first, then this, then sends the byte. */
  uint32_t posted;
  /* Requests finished by the agent, ever: a futex (not private) that the pager waits at. */
  uint32_t finished;
  uint32_t run_count;
  /* Mappings that could not be registered, ever, and the last errno. */
  uint32_t unregistered;
  uint32_t unregistered_errno;
  /* 1 once the agent waits for requests: until then the process may itself be waiting for the pager. */
  uint32_t ready;
  /* The agent's: 1 where it ends because the program has ended. */
  uint32_t left;
  /* The pager's, before it closes the socket: 1 where the program has left this memory (exec), and must not be killed. */
  uint32_t dismissed;
  /* The pager's: 1 where it has killed the program, whose agent had ended with a request in hand. */
  uint32_t killed;
  /*
   * The last request that was begun: the agent takes it up, or the pager withdraws it from an agent that does not, by setting
   * this from the number before. The first one to do so owns it.
   */
  uint32_t taken;
  /* The last request that the agent has looked at. */
  uint32_t heard;
  /* 1 once the program has asked for memory that its forks do not inherit, or find wiped. */
  uint32_t fork_advice;
  /*
   * The pager's: 1 where this request is one run in memory that is not writable, or executable. The agent takes it by mremap(2),
   * and waits in that until the pager has read the event: see shelf.c.
   */
  uint32_t is_protected;
  /* The agent's: how often it has begun such a request, and ended one. */
  uint32_t shelved;
  uint32_t unshelved;
  uint32_t reserved;
  /* The agent's: where it puts such pages, and what it puts back, the range of an event of munmap(2). */
  uint64_t shelf;
  uint64_t returned_start;
  uint64_t returned_end;
  struct farpage_run runs[FARPAGE_REQUEST_PAGES];
};

#define FARPAGE_CONTROL_BYTES 8192u

#endif
