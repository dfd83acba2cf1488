/*
 * Keeps apart the agent, which takes pages by mremap(2), and calls of the program that unmap memory or fork: mremap(2) goes by
 * the address alone, and would take what another thread has mapped there meanwhile. (UFFDIO_MOVE needs none of this: the
 * kernel refuses it while an event is unread.) One word: how many threads are in such a call, and whether the agent is at work.
 *
 * A signal handler that leaves such a call by longjmp leaves its thread counted: then protected memory stays resident.
 */
#include <linux/futex.h>
#include <limits.h>

#include "kernel.h"
#include "preload.h"

#define CLOSED 0x80000000u

void enterGate(void) {
  if (farpage.mark == 0) return;
  uint32_t seen = __atomic_load_n(farpage.gate, __ATOMIC_ACQUIRE);
  for (;;) {
    if ((seen & CLOSED) != 0) {
      call4(SYS_futex, (long)farpage.gate, FUTEX_WAIT_PRIVATE, seen, 0);
      seen = __atomic_load_n(farpage.gate, __ATOMIC_ACQUIRE);
    } else if (__atomic_compare_exchange_n(farpage.gate, &seen, seen + 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
      return;
    }
  }
}

void leaveGate(void) {
  if (farpage.mark == 0) return;
  uint32_t seen = __atomic_load_n(farpage.gate, __ATOMIC_ACQUIRE);
  /* In a fork the word is wiped, with all counts. */
  while ((seen & ~CLOSED) != 0) {
    if (__atomic_compare_exchange_n(farpage.gate, &seen, seen - 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return;
  }
}

int closeGate(uint32_t *gate) {
  uint32_t nobody = 0;
  return __atomic_compare_exchange_n(gate, &nobody, CLOSED, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

void openGate(uint32_t *gate) {
  __atomic_store_n(gate, 0, __ATOMIC_RELEASE);
  call3(SYS_futex, (long)gate, FUTEX_WAKE_PRIVATE, INT_MAX);
}
