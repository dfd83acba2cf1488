/*
 * The program's threads have no descriptor of the userfaultfd, and no system call but futex(2) that a filter of the
 * program's might refuse: what is to be done with the userfaultfd they ask the clerk for, a second thread of the agent's.
 * Each request has a slot of its own, so that a signal handler can ask while its thread does.
 */
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <time.h>

#include "kernel.h"
#include "preload.h"

/* So often a thread looks for a free slot, or for its answer where it may not wait. */
#define TRIES 100000
/* So often the clerk looks whether the pager is there, where the agent may wait for it. */
#define LOOK_NS 200000000l

enum { FREE, CLAIMED, POSTED, RUNNING, DONE };

static int claims(struct errand *errand) {
  uint32_t expected = FREE;
  return __atomic_compare_exchange_n(&errand->state, &expected, CLAIMED, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static struct errand *claim(struct agent *agent) {
  for (int tries = 0; tries < TRIES; tries++) {
    struct errand *errand = &agent->errands[tries % ERRAND_COUNT];
    if (claims(errand)) return errand;
    if (tries % ERRAND_COUNT == ERRAND_COUNT - 1) call0(SYS_sched_yield);
  }
  return 0;
}

static void waitFor(struct errand *errand) {
  for (;;) {
    const uint32_t state = __atomic_load_n(&errand->state, __ATOMIC_ACQUIRE);
    if (state == DONE) return;
    /* Refused by a filter, it is as if it had been woken. */
    call4(SYS_futex, (long)&errand->state, FUTEX_WAIT_PRIVATE, state, 0);
  }
}

long askClerk(unsigned long request, void *argument, size_t bytes) {
  struct agent *agent = farpage.agent;
  struct errand *errand = claim(agent);
  if (errand == 0) return -EBUSY;
  errand->request = request;
  copyBytes(errand->argument, argument, bytes);
  __atomic_store_n(&errand->state, POSTED, __ATOMIC_RELEASE);
  __atomic_fetch_add(&agent->bell, 1, __ATOMIC_RELEASE);
  const long woken = call3(SYS_futex, (long)&agent->bell, FUTEX_WAKE_PRIVATE, 1);
  uint32_t expected = POSTED;
  if (isError(woken) && __atomic_compare_exchange_n(&errand->state, &expected, FREE, 0, __ATOMIC_RELAXED,
                                                    __ATOMIC_RELAXED)) {
    return woken;
  }
  waitFor(errand);
  const long result = errand->result;
  copyBytes(argument, errand->argument, bytes);
  __atomic_store_n(&errand->state, FREE, __ATOMIC_RELEASE);
  return result;
}

static int serveOne(const struct agent *agent, struct errand *errand) {
  uint32_t expected = POSTED;
  if (!__atomic_compare_exchange_n(&errand->state, &expected, RUNNING, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return 0;
  if (errand->request == ASK_PRIVATE) {
    uint64_t address;
    copyBytes((char *)&address, errand->argument, sizeof address);
    errand->result = isPrivateAnonymous(agent->maps, address);
  } else {
    errand->result = call3(SYS_ioctl, agent->userfaultfd, (long)errand->request, (long)errand->argument);
  }
  __atomic_store_n(&errand->state, DONE, __ATOMIC_RELEASE);
  call3(SYS_futex, (long)&errand->state, FUTEX_WAKE_PRIVATE, 1);
  return 1;
}

/*
 * An agent that waits in mremap(2) for the pager to read the event cannot see that the pager has ended: its clerk looks, from
 * the first such request on.
 */
static void lookAfter(const struct agent *agent) {
  const struct farpage_control *control = agent->control;
  const uint32_t begun = __atomic_load_n(&control->shelved, __ATOMIC_ACQUIRE);
  if (begun == __atomic_load_n(&control->unshelved, __ATOMIC_ACQUIRE)) return;
  struct pollfd polled = {agent->socket, POLLRDHUP, 0};
  if (call3(SYS_poll, (long)&polled, 1, 0) != 1) return;
  if (__atomic_load_n(&control->dismissed, __ATOMIC_ACQUIRE) == 0) endOrphan(agent);
  exitAgent();
}

__attribute__((noreturn)) void runClerk(struct agent *agent) {
  const struct timespec look = {0, LOOK_NS};
  for (;;) {
    const uint32_t bell = __atomic_load_n(&agent->bell, __ATOMIC_ACQUIRE);
    int served = 0;
    for (int i = 0; i < ERRAND_COUNT; i++) served += serveOne(agent, &agent->errands[i]);
    if (served != 0) continue;
    const int looks = __atomic_load_n(&agent->control->shelved, __ATOMIC_ACQUIRE) != 0;
    exitUnlessWaited(call4(SYS_futex, (long)&agent->bell, FUTEX_WAIT_PRIVATE, bell, looks ? (long)&look : 0));
    if (looks) lookAfter(agent);
  }
}
