// budget: 240 s
// covers: native/engine/
// The loop's thread beside the thread that faults (native/engine/ride.h): when it is SCHED_IDLE, and that nothing starves.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { suite } from 'uvu';
import { type Child, type ChildResult, startChild, startProgram } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';
import { describe, program } from './play.js';

const SCHED_IDLE = 5;
const BUDGET = 90_000;
const LOOKS = 300;
const test = suite('riding beside the thread that faults');
const root = process.getuid?.() === 0;
const several = availableParallelism() > 1;
const asRoot = skipUnless(test, root && several, 'needs root and two CPUs');

interface Thread {
  policy: number;
  cpus: string;
}

/** Every thread of a process; those that end meanwhile are left out. */
function threadsOf(pid: number): Thread[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((tid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/task/${tid}/stat`, 'latin1');
      const status = readFileSync(`/proc/${pid}/task/${tid}/status`, 'latin1');
      // Field 41, counted from the name's last bracket, which field 3 follows.
      const policy = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[41 - 3]);
      return [{ policy, cpus: /^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? '' }];
    } catch {
      return [];
    }
  });
}

/** The CPUs that a process may run on. */
function cpusOf(pid: number): number[] {
  const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '';
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

const riders = (pid: number) => threadsOf(pid).filter(({ policy }) => policy === SCHED_IDLE);

async function end(child: Child): Promise<{ touched: number; wrong: number; faults: number }> {
  child.write('end\n');
  return told(await child.result);
}

function told(result: ChildResult) {
  assert.equal(result.code, 0, describe(result));
  const figures: { touched: number; wrong: number; faults: number } = JSON.parse(
    result.stdout.trim().split('\n').at(-1) ?? '',
  );
  assert.equal(figures.wrong, 0);
  assert.ok(figures.faults > 1000, `${figures.faults} faults`);
  return figures;
}

asRoot(
  'it rides while faults come, on one CPU, and is an ordinary thread on all CPUs again when they end',
  async () => {
    const child = startChild(program('ride'), { budget: BUDGET });
    await child.waitFor(/touching/);
    await until(() => riders(child.pid).some(({ cpus }) => /^\d+$/.test(cpus)), 'a thread rides');
    child.write('pause\n');
    await child.waitFor(/paused/);
    await until(() => riders(child.pid).length === 0, 'no thread rides');
    const all = readFileSync('/proc/self/status', 'latin1').match(/^Cpus_allowed_list:\s*(.*)$/m)?.[1];
    await until(() => threadsOf(child.pid).every(({ cpus }) => cpus === all), 'every thread may run anywhere');
    child.write('go\n');
    await until(() => riders(child.pid).length === 1, 'a thread rides again');
    await end(child);
  },
);

asRoot('with a busy thread on every CPU it does not starve', async () => {
  const busy: ChildProcess[] = [];
  // Unpinned they would all be on one CPU for a while, and the loop would ride on another, as it should.
  for (const cpu of cpusOf(process.pid)) {
    for (let i = 0; i < 2; i++) busy.push(spawn('taskset', ['-c', `${cpu}`, 'sh', '-c', 'while :; do :; done']));
  }
  try {
    const child = startChild(program('ride'), { budget: BUDGET });
    await child.waitFor(/touching/);
    // Raised after a few milliseconds, it does not ride for a hundred or more. Without the guard it would ride on.
    let riding = 0;
    for (let look = 0; look < LOOKS; look++) {
      riding += riders(child.pid).length;
      await setTimeout(5);
    }
    assert.ok(riding < LOOKS / 2, `it rode at ${riding} of ${LOOKS} looks`);
    await end(child);
  } finally {
    for (const each of busy) each.kill('SIGKILL');
  }
});

asRoot('without CAP_SYS_NICE it does not ride', async () => {
  const args = ['--bounding-set=-sys_nice', '--inh-caps=-sys_nice', process.execPath, program('ride'), '40960'];
  const plain = startProgram('setpriv', { args, budget: BUDGET });
  await plain.waitFor(/touching/);
  let ended = false;
  void plain.result.then(() => {
    ended = true;
  });
  await until(
    () => {
      assert.deepEqual(ended ? [] : riders(plain.pid), []);
      return ended;
    },
    'it ends',
    BUDGET,
  );
  told(await plain.result);
});

test.run();
