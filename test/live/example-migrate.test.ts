// budget: 120 s
// covers: examples/migrate/, src/migrate/
// The example of a service that moves: no client gets a wrong answer, and no process is left behind.
import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { Folder } from '../support/image/move.js';
import { ROOT } from '../support/paths.js';
import { startChild } from '../support/process/child.js';
import { describe } from './play.js';

const test = suite('the example of a move');
const LOAD = path.join(ROOT, 'examples', 'migrate', 'load.mjs');
const SMALL = ['--entries', '20000', '--bytes', '8MiB', '--seconds', '0.5', '--bandwidth', '1MiB'];
const folder = new Folder();

test.after(() => folder.remove());

function start(...args: string[]) {
  // What it leaves where it is killed goes with the folder.
  return startChild(LOAD, { args: [...SMALL, ...args], env: { TMPDIR: folder.path }, budget: 45_000 });
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(isThere)) await sleep(20);
}

for (const rounds of ['0', '1']) {
  test(`it moves with ${rounds} rounds before the switch: every answer is right`, async () => {
    const result = await start('--rounds', rounds).result;
    assert.equal(result.code, 0, describe(result));
    assert.equal(result.stderr, '', describe(result));
    assert.match(result.stdout, /^\d+ answered right, 0 wrong$/m);
    const [first, second] = [/^pid (\d+) has a table/m, /^pid (\d+) has the table/m].map((holder) =>
      Number(holder.exec(result.stdout)?.[1]),
    );
    const answers = [...result.stdout.matchAll(/^ {2}(\d+) by pid (\d+)$/gm)];
    assert.deepEqual(new Set(answers.map(([, , pid]) => Number(pid))), new Set([first, second]), describe(result));
    for (const [, count] of answers) assert.ok(Number(count) > 0);
  });
}

for (const signal of ['SIGINT', 'SIGKILL'] as const) {
  test(`${signal} while it moves: both services end`, async () => {
    const load = start('--bandwidth', '64KiB', '--rounds', '0');
    const [, second] = await load.waitFor(/pid (\d+) has the table/);
    const [, first] = await load.waitFor(/pid (\d+) has a table/);
    load.kill(signal);
    const result = await load.result;
    assert.equal(result.signal ?? result.code, signal === 'SIGKILL' ? signal : 1, describe(result));
    await gone([Number(first), Number(second)]);
  });
}

test.run();
