// budget: 500 s
// parts: 3
// covers: assembly/pass/, src/control/, src/run/, native/programs/preload/
// Snapshots of programs under `farpage run`: what they hold is of one instant, whatever the program does meanwhile, and
// whichever process is killed, the program is never left stopped.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlReport } from '../../src/wire/control.js';
import { allowed } from '../support/budget.js';
import { bytesAt, verifyImage } from '../support/image/snapshot.js';
import { suite } from '../support/parts.js';
import { type Child, type ChildResult, runChild, startChild } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';
import { Bench, isRunning, MAIN, type Run, tell } from './run/kit.js';

const test = suite('snapshots of programs');
const bench = new Bench();
const PAGE = 4096;
/** counters.c */
const STEP = 512;
const THREADS = 3;
const PAGES = 900;
/** So many that saving them takes a while, and a limit that holds them. */
const MANY = 4000;
const ROOMY = ['--resident', '64MiB'];
const LIMIT = ['--resident', '8MiB'];
let program = '';
let images = 0;

test.before(() => {
  program = bench.compile('counters');
});
test.after(() => bench.remove());

interface Counters {
  run: Run;
  pid: number;
  address: bigint;
  /** Of each thread. */
  pages: number;
  rounds(): Promise<number>;
  end(): Promise<void>;
}

async function count(
  more: readonly string[] = [],
  options: readonly string[] = LIMIT,
  pages = PAGES,
): Promise<Counters> {
  const run = bench.start(options, [program, String(THREADS), String(pages), ...more]);
  const [, address = '', pid = ''] = await run.child.waitFor(/memory (0x[0-9a-f]+) \d+ (\d+)/);
  let asked = 0;
  const rounds = async (): Promise<number> => {
    run.child.write('count\n');
    asked++;
    const [, sum = ''] = await run.child.waitFor(new RegExp(`^(?:[^\\n]*\\n){${asked}}rounds (\\d+)\\n`));
    return Number(sum);
  };
  await untilAsync(async () => (await rounds()) > THREADS * 2, 'the threads count');
  const end = async (): Promise<void> => {
    run.child.write('end\n');
    const result = await run.child.result;
    assert.equal(result.code, 0, tell(result));
    assert.match(result.stdout, /fine\n$/, tell(result));
  };
  return { run, pid: Number(pid), address: BigInt(address), pages, rounds, end };
}

async function untilAsync(holds: () => Promise<boolean>, what: string): Promise<void> {
  const until = performance.now() + allowed(30_000);
  while (!(await holds())) {
    assert.ok(performance.now() < until, what);
    await sleep(20);
  }
}

function newImage(): string {
  return path.join(bench.folder, `${++images}.img`);
}

function start(pid: number, output: string, ...more: readonly string[]): Child {
  const args = ['snapshot', '--json', '--pid', String(pid), '--output', output, ...more];
  return startChild(MAIN, { args, env: { XDG_RUNTIME_DIR: bench.folder }, budget: 60_000 });
}

async function snapshot(pid: number, output: string, ...more: readonly string[]): Promise<ControlReport> {
  const result = await start(pid, output, ...more).result;
  assert.equal(result.code, 0, tell(result));
  return JSON.parse(result.stdout) as ControlReport;
}

/** Words that no one instant can have had. */
async function tornWords(image: string, { address, pages }: Counters): Promise<string[]> {
  const torn: string[] = [];
  const bytes = await bytesAt(image, address, THREADS * pages * PAGE);
  for (let thread = 0; thread < THREADS; thread++) {
    const at = thread * pages * PAGE;
    const top = bytes.readBigUInt64LE(at);
    let last = top;
    for (let offset = 0; offset < pages * PAGE; offset += STEP) {
      const word = bytes.readBigUInt64LE(at + offset);
      if (word > last || top - word > 1n)
        torn.push(`thread ${thread}, byte ${offset}: ${word} of ${top}, after ${last}`);
      last = word;
    }
    assert.ok(top > 0n, 'the image has what the thread wrote');
  }
  return torn;
}

function stateOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '';
  } catch {
    return '';
  }
}

function controlSockets(): string[] {
  const folder = path.join(bench.folder, 'farpage-control');
  return existsSync(folder) ? readdirSync(folder) : [];
}

function partials(): string[] {
  return readdirSync(bench.folder).filter((name) => name.includes('.partial'));
}

test('image info counts the memory that the program has, not the places of its table', async () => {
  const counters = await count();
  const image = newImage();
  await snapshot(counters.pid, image);
  await counters.end();
  const shown = await runChild(MAIN, { args: ['image', 'info', image] });
  assert.equal(shown.code, 0, tell(shown));
  const ranges = [...shown.stdout.matchAll(/^ *range +0x[0-9a-f]+: pages ([\d,]+) to ([\d,]+)$/gm)];
  const number = (text = ''): number => Number(text.replaceAll(',', ''));
  const pages = ranges.reduce((sum, [, first, last]) => sum + number(last) - number(first) + 1, 0);
  assert.ok(pages >= THREADS * PAGES, shown.stdout);
  assert.equal(number(/^ *memory .*: ([\d,]+) pages of 4 KiB$/m.exec(shown.stdout)?.[1]), pages, shown.stdout);
});

for (const [stop, store] of [
  [[], []],
  [['--stop'], []],
  [['--stop=all'], ['--store', 'file:STORE']],
] as const) {
  test(`threads that keep writing, ${stop.join() || 'none stopped'} ${store.join(' ')}: every image is of one instant`, async () => {
    const options = store.map((word) => word.replace('STORE', path.join(bench.folder, 'store')));
    const counters = await count([], [...LIMIT, ...options]);
    for (let i = 0; i < 4; i++) {
      const image = newImage();
      const before = await counters.rounds();
      const report = await snapshot(counters.pid, image, ...stop);
      assert.equal(report.program, 'counters');
      assert.equal(report.pid, counters.pid);
      assert.ok(report.pages >= THREADS * PAGES, JSON.stringify(report));
      assert.ok(report.bufferPeakBytes <= 16 * 2 ** 20, JSON.stringify(report));
      assert.equal(report.stopped?.processes, stop.length === 0 ? undefined : 1);
      assert.deepEqual(await tornWords(image, counters), []);
      assert.notEqual(stateOf(counters.pid), 'T');
      await untilAsync(async () => (await counters.rounds()) > before, 'the threads run');
    }
    await counters.end();
    assert.deepEqual(controlSockets(), []);
  });
}

test('while the program forks, again and again', async () => {
  const counters = await count(['fork']);
  for (const stop of [[], ['--stop'], [], ['--stop']]) {
    const image = newImage();
    await snapshot(counters.pid, image, ...stop);
    assert.deepEqual(await tornWords(image, counters), []);
  }
  await counters.end();
});

test('an incremental image holds the later instant; both images verify', async () => {
  const counters = await count();
  const first = newImage();
  await snapshot(counters.pid, first);
  const before = await bytesAt(first, counters.address, PAGE);
  for (let i = 0, from = first; i < 3; i++) {
    const next = newImage();
    const report = await snapshot(counters.pid, next, '--incremental-from', from);
    assert.notEqual(report.incrementalFrom, null);
    assert.deepEqual(await tornWords(next, counters), []);
    from = next;
    await verifyImage(from);
  }
  assert.deepEqual(await bytesAt(first, counters.address, PAGE), before);
  await counters.end();
});

test('one that a single page of buffer slows down, and another asked for meanwhile: both are whole', async () => {
  const counters = await count();
  const [a, b] = [newImage(), newImage()];
  await Promise.all([snapshot(counters.pid, a, '--buffer', '4KiB'), snapshot(counters.pid, b, '--stop')]);
  for (const image of [a, b]) assert.deepEqual(await tornWords(image, counters), []);
  await counters.end();
});

for (const signal of ['SIGKILL', 'SIGINT'] as const) {
  for (const stop of signal === 'SIGINT' ? [['--stop=all']] : [[], ['--stop'], ['--stop=all']]) {
    test(`the command gets ${signal} at any moment, ${stop.join() || 'none stopped'}: the program runs on, and an image that is there is whole`, async () => {
      const counters = await count([], ROOMY, MANY);
      const good = newImage();
      await snapshot(counters.pid, good);
      let interrupted = 0;
      // On a busy machine the whole may be written before this process sees that it has begun.
      for (let i = 0; i < 12 && interrupted < 3; i++) {
        const command = start(counters.pid, good, ...stop, '--buffer', '4KiB');
        let early: ChildResult | undefined;
        command.result.then((ended) => {
          early = ended;
        }, assert.ifError);
        while (partials().length === 0 && early === undefined) await sleep(2);
        assert.equal(early?.code ?? 0, 0, early && tell(early));
        await sleep(30 * interrupted);
        command.kill(signal);
        const result = await command.result;
        if (result.code === 0) continue;
        interrupted++;
        assert.equal(
          signal === 'SIGKILL' ? result.signal : result.code,
          signal === 'SIGKILL' ? 'SIGKILL' : 1,
          tell(result),
        );
        await until(() => partials().length === 0, 'the unfinished image is gone');
        const rounds = await counters.rounds();
        await untilAsync(async () => (await counters.rounds()) > rounds, 'the threads run');
        await verifyImage(good);
      }
      assert.ok(interrupted > 0, 'none was interrupted');
      assert.deepEqual(await tornWords(good, counters), []);
      const after = newImage();
      await snapshot(counters.pid, after);
      assert.deepEqual(await tornWords(after, counters), []);
      await counters.end();
    });
  }
}

test('the pager is killed while the program is stopped: it is not left so, the image from before is good', async () => {
  const counters = await count([], ROOMY, MANY);
  const good = newImage();
  await snapshot(counters.pid, good);
  const command = start(counters.pid, good, '--stop=all', '--buffer', '4KiB');
  await until(() => stateOf(counters.pid) === 'T', 'the program is stopped');
  counters.run.child.kill('SIGKILL');
  const [run, result] = await Promise.all([counters.run.child.result, command.result]);
  assert.equal(run.signal, 'SIGKILL');
  assert.equal(result.code, 1, tell(result));
  assert.match(result.stderr, /the pager has ended/);
  await until(() => !isRunning(counters.pid), 'the program has ended with its pager');
  await verifyImage(good);
  assert.deepEqual(await tornWords(good, counters), []);
  // Its socket is taken away by the next command.
  assert.equal(controlSockets().length, 1);
  const next = await start(counters.pid, newImage()).result;
  assert.equal(next.code, 2, tell(next));
  assert.match(next.stderr, new RegExp(`no pager of this user has the memory of process ${counters.pid}`));
  assert.deepEqual(controlSockets(), []);
});

test('a program that somebody else has stopped stays stopped', async () => {
  const counters = await count();
  // The run itself stops with its program, as a shell expects: only a child of the program's may be stopped alone.
  const text = 'mkfifo "$1"; exec 3<>"$1"; "$0" 1 500 <&3 & echo child $!; wait';
  const shell = bench.start(LIMIT, ['sh', '-c', text, program, path.join(bench.folder, 'input')]);
  const [, child = ''] = await shell.child.waitFor(/child (\d+)/);
  await shell.child.waitFor(/memory/);
  process.kill(Number(child), 'SIGSTOP');
  await until(() => stateOf(Number(child)) === 'T', 'it is stopped');
  const report = await snapshot(Number(child), newImage(), '--stop');
  assert.equal(report.stopped?.processes, 1, 'the shell alone was running');
  assert.equal(stateOf(Number(child)), 'T');
  process.kill(Number(child), 'SIGKILL');
  await shell.child.result;
  await counters.end();
});

test('what cannot be is said: no such process, a format, a folder that is not there', async () => {
  const counters = await count();
  const cases: Array<[number, string, readonly string[], number, RegExp]> = [
    [1, newImage(), [], 2, /there are: \d+ \(counters\)/],
    [counters.pid, newImage(), ['--format', 'mapped-ram'], 2, /the format 'image'/],
    [counters.pid, path.join(bench.folder, 'nowhere', 'x.img'), ['--stop'], 1, /nowhere/],
    [counters.pid, newImage(), ['--stop=now'], 2, /--stop: 'now'/],
    [counters.pid, newImage(), ['--buffer', '1'], 2, /buffer/],
    [counters.pid, newImage(), ['--incremental-from', path.join(bench.folder, 'none.img')], 1, /none\.img/],
  ];
  for (const [pid, output, more, code, says] of cases) {
    const result = await start(pid, output, ...more).result;
    assert.match(result.stderr, says, tell(result));
    assert.ok(result.code === code || (code === 1 && result.code === 2), tell(result));
    assert.notEqual(stateOf(counters.pid), 'T');
  }
  await counters.end();
});

test.run();
