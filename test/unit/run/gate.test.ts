// The gate of native/programs/preload/gate.c: an agent that has closed it is alone, and waiting threads continue once it is open.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';

const test = suite('the gate between a program and its agent');

const PROGRAM = `
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "${ROOT}/native/programs/preload/preload.h"
struct state farpage;
static uint32_t mark, gate;
static int inside;
static volatile int over;
static void *call(void *entered) {
  while (!over) {
    enterGate();
    __atomic_fetch_add(&inside, 1, __ATOMIC_SEQ_CST);
    ++*(volatile long *)entered;
    sched_yield();
    __atomic_fetch_sub(&inside, 1, __ATOMIC_SEQ_CST);
    leaveGate();
    usleep(100);
  }
  return NULL;
}
int main(void) {
  farpage.mark = &mark;
  farpage.gate = &gate;
  pthread_t threads[3];
  long entered[3] = {0};
  for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, call, &entered[i]);
  long closed = 0;
  while (closed < 200 || entered[0] < 100 || entered[1] < 100 || entered[2] < 100) {
    if (!closeGate(&gate)) continue;
    for (int i = 0; i < 100; i++) if (__atomic_load_n(&inside, __ATOMIC_SEQ_CST) != 0) return 1;
    closed++;
    openGate(&gate);
  }
  over = 1;
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  if (gate != 0) return 2;
  leaveGate();
  return gate == 0 && closeGate(&gate) ? 0 : 3;
}
`;

test('no thread is in a call while the agent works, and none is held for ever', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-gate-'));
  try {
    writeFileSync(path.join(folder, 'gate.c'), PROGRAM);
    const program = path.join(folder, 'gate');
    const sources = [path.join(folder, 'gate.c'), path.join(ROOT, 'native/programs/preload/gate.c')];
    execFileSync('cc', ['-O2', '-D_GNU_SOURCE', '-pthread', '-o', program, ...sources]);
    assert.doesNotThrow(() => execFileSync(program, { timeout: 60_000 }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
