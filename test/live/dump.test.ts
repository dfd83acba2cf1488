// budget: 120 s
// covers: src/control/, src/core/dump.ts, src/cli/dump.ts
// `farpage dump` of a process that has pagers of its own: it is read from outside, whatever the process does.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from 'uvu';
import { EXIT } from '../../src/cli/exit.js';
import type { CoreDump } from '../../src/core/dump.js';
import { ROOT } from '../support/paths.js';
import { runChild, runProgram, startChild } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';
import { describe, play, program } from './play.js';
import type { Failure } from './programs/kit.js';

const CLI = path.join(ROOT, 'bin/farpage.js');
const test = suite('dumps of processes with pagers');
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, to be another user');

type Printed = CoreDump & { pid: number; program: string; others: CoreDump[] };

const start = (scene: string) => startChild(program('dumped'), { args: [scene, '{}'] });

async function dumpOf(pid: number): Promise<Printed> {
  const result = await runChild(CLI, { args: ['dump', '--pid', String(pid), '--json'] });
  assert.equal(result.code, 0, describe(result));
  assert.equal(result.stderr, '', describe(result));
  return JSON.parse(result.stdout) as Printed;
}

test('all pagers of a process are shown while each of its threads waits', async () => {
  const child = start('every thread waits');
  const [, first, second] = await child.waitFor(/waits (\d+) (\d+)\n/);
  const addressOf = (text = '') => `0x${BigInt(text).toString(16)}`;
  const { pid, others, ...one } = await dumpOf(child.pid);
  assert.equal(pid, child.pid);
  const dumps = [one, ...others];
  // The closed one is not among them.
  assert.equal(dumps.length, 2, JSON.stringify(dumps));
  const waiting = dumps.find(({ regions }) => regions.some(({ address }) => address === addressOf(first)));
  const small = dumps.find(({ regions }) => regions.some(({ address }) => address === addressOf(second)));
  assert.ok(waiting !== undefined && small !== undefined, JSON.stringify(dumps));
  assert.deepEqual(
    waiting.regions.map(({ region, pages, resident, faults }) => ({ region, pages, resident, faults })),
    [
      { region: 1, pages: 16, resident: 0, faults: 0 },
      { region: 2, pages: 32, resident: 0, faults: 1 },
    ],
  );
  assert.deepEqual(
    waiting.inFlight.map(({ region, page, state }) => ({ region, page, state })),
    [{ region: 2, page: 9, state: 'filling' }],
  );
  assert.deepEqual([small.residentPages, small.regions[0]?.pages], [1, 8]);
  const text = await runChild(CLI, { args: ['dump', '--pid', String(child.pid)] });
  assert.equal(text.code, 0, describe(text));
  assert.match(text.stdout, /request +frame \d+ is filling: page 9 of region 2, generation \d+\n/);
  assert.equal(text.stdout.match(/^ +pages /gm)?.length, 2, text.stdout);
  child.kill('SIGKILL');
  await child.result.catch(() => undefined);
});

test('a pager that is closed is gone, and a process without one is refused', async () => {
  const child = start('a pager that is closed');
  await child.waitFor(/open\n/);
  assert.equal((await dumpOf(child.pid)).regions.length, 1);
  child.write('\n');
  await child.waitFor(/closed\n/);
  const result = await runChild(CLI, { args: ['dump', '--pid', String(child.pid)] });
  assert.equal(result.code, EXIT.usage, describe(result));
  assert.match(
    result.stderr,
    new RegExp(`process ${child.pid} has no pager, and no pager of this user has its memory`),
  );
  child.write('\n');
  assert.equal((await child.result).code, 0);
});

asRoot('what a debugger may not read is refused with what to do', async () => {
  const child = start('a pager that is closed');
  await child.waitFor(/open\n/);
  const { code, errno, hint } = await play<Failure>('dumped', 'somebody else asks', { pid: child.pid });
  assert.deepEqual([code, errno], ['PERMISSION', 'EACCES']);
  assert.match(hint ?? '', /as root/);
  child.kill('SIGKILL');
  await child.result.catch(() => undefined);
});

asRoot('root that lacks a capability of the process is not told to become root', async () => {
  const child = start('a pager that is closed');
  await child.waitFor(/open\n/);
  const args = ['--bounding-set=-sys_ptrace,-sys_boot', process.execPath, CLI, 'dump', '--pid', String(child.pid)];
  const result = await runProgram('setpriv', { args });
  assert.equal(result.code, EXIT.unable, describe(result));
  assert.match(
    result.stderr,
    /cannot be read \(PERMISSION, EACCES.*\nhint: the process has a capability that this command lacks/,
  );
  child.kill('SIGKILL');
  await child.result.catch(() => undefined);
});

test.run();
