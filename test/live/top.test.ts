// budget: 120 s
// covers: src/control/, src/cli/ls.ts, src/cli/top.ts, src/core/
// `farpage ls` and `farpage top`: the pagers of all processes of this user, seen from outside.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from 'uvu';
import { EXIT } from '../../src/cli/exit.js';
import type { TopRow } from '../../src/cli/top.js';
import type { PagerStats } from '../../src/core/stats.js';
import { ROOT } from '../support/paths.js';
import { type ChildResult, runChild, startProgram } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';
import { describe, program, told } from './play.js';

const CLI = path.join(ROOT, 'bin/farpage.js');
const PAGE = 4096;
const test = suite('all pagers of a user');

async function farpage(...args: readonly string[]): Promise<ChildResult> {
  return runChild(CLI, { args, budget: 60_000 });
}

/** Calls `work` while a program pages memory in and out. */
async function whilePaging(work: (pid: number) => Promise<void>, flags: readonly string[] = []): Promise<number> {
  const child = startProgram(process.execPath, {
    args: [...flags, program('observe'), 'pages come and go until it is asked to end', '{}'],
    budget: 90_000,
  });
  await child.waitFor(/a round\n/);
  try {
    await work(child.pid);
  } catch (error) {
    child.kill();
    throw error;
  }
  child.write('end\n');
  const result = await child.result;
  assert.equal(result.code, 0, describe(result));
  return told<number>(result);
}

skipUnless(
  test,
  process.getuid?.() === 0,
  'needs root: processes of another user',
)('root sees the pagers of every user', async () => {
  const words = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath];
  const scene = [program('observe'), 'pages come and go until it is asked to end', '{}'];
  const child = startProgram('setpriv', { args: [...words, ...scene], budget: 90_000 });
  await child.waitFor(/a round\n/);
  const { stdout } = await farpage('ls', '--json');
  child.write('end\n');
  const pids = (JSON.parse(stdout) as Array<{ pid: number }>).map(({ pid }) => pid);
  assert.ok(pids.includes(child.pid), stdout);
  assert.equal((await child.result).code, 0);
});

test('many looks say nothing but their tables', async () => {
  const { code, stderr } = await farpage('top', '--count', '13', '--interval', '0.1');
  assert.deepEqual([code, stderr.replace(/^farpage: the memory of .*\n/m, '')], [EXIT.done, '']);
});

test('a program is listed with its pagers while it runs, and not afterwards', async () => {
  interface Listed {
    pid: number;
    command: string;
    pagers: Array<{ pageSize: number; stats: PagerStats }>;
  }
  let pid = 0;
  const faults = await whilePaging(async (child) => {
    pid = child;
    const { code, stdout } = await farpage('ls', '--json');
    assert.equal(code, EXIT.done);
    const listed = (JSON.parse(stdout) as Listed[]).find((each) => each.pid === pid);
    assert.ok(listed !== undefined, stdout);
    assert.match(listed.command, /observe\.js/);
    assert.equal(listed.pagers.length, 1);
    const [pager] = listed.pagers;
    assert.equal(pager?.pageSize, PAGE);
    assert.equal(pager?.stats.residentLimit, 64 * PAGE);
    assert.equal(pager?.stats.pages, 256);
    assert.ok(Number(pager?.stats.faults.missing) >= 256);
    const table = await farpage('ls');
    const [head = '', ...rows] = table.stdout.split('\n');
    assert.match(head, /^pid +pagers +regions +resident +limit +command$/);
    const row = rows.find((each) => each.startsWith(`${pid} `)) ?? '';
    assert.match(row, /^\d+ +1 +1 +\S+ \S+ +256 KiB +\S+/);
  });
  assert.ok(faults >= 256);
  const { stdout } = await farpage('ls', '--json');
  assert.equal(
    (JSON.parse(stdout) as Listed[]).some((each) => each.pid === pid),
    false,
  );
});

test('top shows rates between two looks, as a table without escapes and as JSON', async () => {
  await whilePaging(async (pid) => {
    const { code, stdout } = await farpage('top', '--interval', '0.5', '--json');
    assert.equal(code, EXIT.done);
    const { seconds, pagers } = JSON.parse(stdout) as { seconds: number; pagers: TopRow[] };
    assert.ok(seconds >= 0.5);
    const row = pagers.find((each) => each.pid === pid);
    assert.ok(row !== undefined, stdout);
    assert.ok(row.faults > 0 && row.evictions > 0, stdout);
    assert.ok(row.fills.store > 0, stdout);
    assert.ok(row.faultTimes.p50 > 0 && row.faultTimes.p50 <= row.faultTimes.max, stdout);
    assert.equal(row.limitBytes, 64 * PAGE);
    const tables = await farpage('top', '--interval', '0.2', '--count', '2');
    assert.equal(tables.stdout.includes('\u001b'), false);
    const rows = tables.stdout.split('\n').filter((line) => line.startsWith(`${pid} `));
    assert.equal(rows.length, 2, tables.stdout);
    assert.equal(tables.stdout.match(/^pid +program +resident/gm)?.length, 2);
  });
});

test('a name that a program has chosen cannot send escape sequences to the terminal', async () => {
  // An escape; a CSI of one character; a return to the line's begin.
  const title = 'a\u001b[31mb\u009b31mc\rd';
  await whilePaging(
    async (pid) => {
      for (const words of [['ls'], ['top', '--interval', '0.2']]) {
        const { stdout } = await farpage(...words);
        const row = stdout.split('\n').find((line) => line.startsWith(`${pid} `)) ?? '';
        assert.match(row, /a\?\[31mb/, JSON.stringify(stdout));
        assert.equal(/\p{Cc}/u.test(stdout.replaceAll('\n', '')), false, JSON.stringify(stdout));
      }
    },
    [`--title=${title}`],
  );
});

test('intervals and counts that are none are refused', async () => {
  for (const [option, wrong] of [
    ['--interval', '0'],
    ['--interval', 'x'],
    ['--count', '0'],
    ['--count', ''],
  ] as const) {
    const { code, stdout, stderr } = await farpage('top', option, wrong);
    assert.equal(code, EXIT.usage, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(`^farpage: ${option}: '${wrong}' is not a number from`));
  }
});

test.run();
