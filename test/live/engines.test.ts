// budget: 800 s
// parts: 3
// covers: native/trap/, native/inline/, src/pager/
// The two engines, and faults that the faulting threads serve: each where the other is not available, both beside V8, signals, threads and children, and what they give
// back.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from '../support/parts.js';
import type { ChildResult } from '../support/process/child.js';
import { type Elsewhere, elsewhere, type Place } from '../support/process/seccomp.js';
import { skipUnless } from '../support/skip.js';
import { describe, linesOf, play, run, told } from './play.js';
import type { Failure } from './programs/kit.js';

/** 'mprotect': a trap without guard pages. 'inline': userfaultfd. */
const ENGINES = ['userfaultfd', 'trap', 'mprotect', 'inline'] as const;
const SCENES = 'test/live/programs/engines.js';
const budget = 60_000;

const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-engines-'));
const test = suite('engines');
let made: Elsewhere | undefined;
test.after(() => rmSync(folder, { recursive: true }));
const asRoot = skipUnless(test, isRoot, 'needs root, to become somebody else');
const userModeAllowed = /^[01]$/.test(readSetting('unprivileged_userfaultfd'));

function readSetting(name: string): string {
  return readFileSync(`/proc/sys/vm/${name}`, 'utf8').trim();
}

function start(place: Place, scene: string, input: unknown = {}): Promise<ChildResult> {
  made ??= elsewhere(folder);
  return made.start(place, SCENES, { args: [scene, JSON.stringify(input)], budget }).result;
}

function doctor(place: Place, ...args: string[]): Promise<ChildResult> {
  made ??= elsewhere(folder);
  return made.start(place, 'src/bundle/main/cli.js', { args: ['doctor', ...args], budget }).result;
}

interface Verified {
  engines: string[];
  evictions: number[];
  kept: boolean;
  probe: { available: boolean; kernelFaults: boolean; via: string | null };
}

function sane(result: ChildResult, engine: string): Verified {
  assert.equal(result.code, 0, describe(result));
  const verified = told<Verified>(result);
  assert.deepEqual(verified.engines, [engine, engine, engine]);
  assert.ok(verified.kept && verified.evictions.every((count) => count > 0), describe(result));
  return verified;
}

const REFUSED = [
  { nobody: true, refused: 'EPERM' },
  { nobody: true, refused: 'ENOSYS' },
] as const;

for (const place of REFUSED) {
  const where = `nobody, userfaultfd(2) answers ${place.refused}`;

  asRoot(`${where}: 'auto' is a trap, says so once, and the run is verified`, async () => {
    const result = await start(place, 'verified', {});
    const { probe } = sane(result, 'trap');
    assert.deepEqual(probe, { available: false, kernelFaults: false, via: null });
    const [line = '', ...others] = linesOf(result.stderr);
    assert.deepEqual(others, []);
    assert.match(
      line,
      new RegExp(`\\[FARPAGE_TRAP\\] FarpageWarning: .*${place.refused}.*engine 'trap' serves.*EFAULT`),
    );
  });

  asRoot(`${where}: once, with pagers in other threads too`, async () => {
    const result = await start(place, 'verified', { threads: 2 });
    sane(result, 'trap');
    assert.equal(linesOf(result.stderr).length, 1, describe(result));
  });

  asRoot(`${where}: engine 'trap' says nothing`, async () => {
    const result = await start(place, 'verified', { engine: 'trap', threads: 1 });
    sane(result, 'trap');
    assert.equal(result.stderr, '');
  });

  asRoot(`${where}: engine 'userfaultfd' is refused with a hint`, async () => {
    const result = await start(place, 'refused', { engine: 'userfaultfd' });
    assert.equal(result.code, 0, describe(result));
    assert.equal(result.stderr, '');
    const { name, code, errno, hint } = told<Failure>(result);
    const expected = place.refused === 'EPERM' ? 'PERMISSION' : 'UNSUPPORTED';
    assert.deepEqual([name, code, errno], ['PagerError', expected, place.refused]);
    assert.match(hint ?? '', place.refused === 'EPERM' ? /seccomp profile/ : /Linux 6\.8/);
  });

  asRoot(`${where}: doctor says what serves in its place, and how that differs`, async () => {
    const text = await doctor(place);
    assert.equal(text.code, 0, describe(text));
    assert.match(text.stdout, new RegExp(`${place.refused}`));
    assert.match(text.stdout, /trap/, describe(text));
    assert.match(text.stdout, /EFAULT/, describe(text));
    const json = await doctor(place, '--json');
    assert.equal(json.code, 0, 'own code works, by the engine trap');
    const { userfaultfd, advice } = JSON.parse(json.stdout) as {
      userfaultfd: { available: boolean };
      advice: string[];
    };
    assert.equal(userfaultfd.available, false);
    assert.ok(advice.some((line) => line.includes(place.refused)));
  });
}

asRoot('root, userfaultfd(2) answers EPERM: the device serves', async () => {
  const result = await start({ refused: 'EPERM' }, 'verified', {});
  const { probe } = sane(result, 'userfaultfd');
  assert.deepEqual(probe, { available: true, kernelFaults: true, via: 'device' });
  assert.equal(result.stderr, '');
});

const unprivileged = skipUnless(
  test,
  isRoot && userModeAllowed && readSetting('unprivileged_userfaultfd') === '0',
  'needs root, and vm.unprivileged_userfaultfd=0',
);

unprivileged('nobody, faults of user mode alone: userfaultfd serves, and nothing is said', async () => {
  for (const engine of [undefined, 'userfaultfd']) {
    const result = await start({ nobody: true }, 'verified', { engine, threads: 1 });
    const { probe } = sane(result, 'userfaultfd');
    assert.deepEqual(probe, { available: true, kernelFaults: false, via: 'syscall' });
    assert.equal(result.stderr, '');
  }
});

unprivileged('nobody, faults of user mode alone: doctor says what differs', async () => {
  const text = await doctor({ nobody: true });
  assert.equal(text.code, 0, describe(text));
  assert.match(text.stdout, /kernel faults\s+no/);
  assert.match(text.stdout, /EFAULT/);
});

asRoot('system calls on absent pages work where the kernel’s faults are not served, too', async () => {
  const places: [Place, string, string, string][] = [
    [{}, 'userfaultfd', 'userfaultfd', 'read'],
    [{}, 'trap', 'trap', 'read'],
    [{ nobody: true, refused: 'EPERM' }, 'trap', 'trap', 'read'],
  ];
  if (readSetting('unprivileged_userfaultfd') === '0') {
    places.push([{ nobody: true }, 'userfaultfd', 'userfaultfd', 'read']);
  }
  for (const [place, asked, engine, absent] of places) {
    const result = await start(place, 'a system call', { engine: asked });
    assert.equal(result.code, 0, describe(result));
    assert.deepEqual(told(result), { engine, absent, loaded: 'read' });
  }
});

asRoot('nobody, engine trap without a filter: the whole pager', async () => {
  const result = await start({ nobody: true }, 'verified', { engine: 'trap' });
  sane(result, 'trap');
  assert.equal(result.stderr, '');
});

for (const engine of ENGINES) {
  test(`${engine}: WebAssembly out of bounds is an error as ever, while pages fault and after`, () =>
    play('engines', 'WebAssembly out of bounds', { engine }, { budget }));

  test(`${engine}: WebAssembly on paged memory, in bounds and out`, async () => {
    assert.ok((await play<number>('engines', 'WebAssembly on paged memory', { engine }, { budget })) > 0);
  });

  for (const how of ['null', 'code', 'sent', 'closed']) {
    test(`${engine}: a wild access is SIGSEGV: ${how}`, async () => {
      const result = await run('engines', 'a wild access', { engine, how }, { budget });
      assert.equal(result.signal, 'SIGSEGV', describe(result));
      assert.equal(result.stdout, 'now\n');
      assert.equal(result.stderr, '');
    });
  }

  test(`${engine}: signals at a high rate`, async () => {
    const { signals, evictions } = await play<Record<'signals' | 'evictions', number>>(
      'engines',
      'a storm of signals',
      { engine },
      { budget },
    );
    assert.ok(signals > 50 && evictions > 0, `${signals} signals`);
  });

  test(`${engine}: a thread that is terminated while it waits for a page`, async () => {
    const scene = 'a thread that is terminated while it waits';
    assert.equal(await play('engines', scene, { engine }, { budget }), 4);
  });

  test(`${engine}: eight threads at random`, async () => {
    const { evictions = 0, residentBytesPeak = 0 } = await play<Record<string, number>>(
      'engines',
      'eight threads',
      { engine },
      { budget },
    );
    assert.ok(evictions > 0 && residentBytesPeak <= 2 * 2 ** 20);
  });

  test(`${engine}: children are started while threads fault`, async () => {
    const answers = await play<string[]>('engines', 'children while threads fault', { engine }, { budget });
    assert.deepEqual(answers, Array(12).fill('3\n'));
  });

  test(`${engine}: Atomics wait, notify and add on absent pages`, async () => {
    assert.deepEqual(await play('engines', 'Atomics on absent pages', { engine }, { budget }), {
      other: 'not-equal',
      late: 'timed-out',
      nobody: 0,
      woken: 'ok',
      added: 1,
    });
  });

  test(`${engine}: thirty pagers give back descriptors, mappings and threads`, async () => {
    type Counts = Record<'descriptors' | 'mappings' | 'threads', number>;
    const { before, after } = await play<{ before: Counts; after: Counts }>(
      'engines',
      'thirty pagers',
      { engine },
      { budget: 180_000 },
    );
    assert.equal(after.descriptors, before.descriptors);
    assert.equal(after.threads, before.threads);
    // The heaps of V8 and malloc come and go by themselves.
    assert.ok(after.mappings < before.mappings + 25, `${before.mappings} mappings, then ${after.mappings}`);
  });
}

test('traps beside userfaultfds', async () => {
  const found = await play('engines', 'both engines beside each other', {}, { budget });
  assert.deepEqual(found, ['userfaultfd', 'trap', 'userfaultfd']);
});

/** What a scene returned that asked a trap for more than the mappings allow, with the warning it got. */
async function playLowered<T>(scene: string): Promise<T> {
  const result = await run('engines', scene, {}, { budget });
  assert.equal(result.code, 0, describe(result));
  const lowered =
    /^\(node:\d+\) \[FARPAGE_LIMIT_LOWERED\] FarpageWarning: residentLimit: 1 TiB is more .* limit is [\d.]+ [MG]iB$/m;
  assert.match(result.stderr, lowered, describe(result));
  assert.match(result.stderr, /^raise sysctl vm\.max_map_count, /m);
  return told<T>(result);
}

test('a trap’s limit is what the mappings allow, which is said, and where none are left a pager is refused', async () => {
  type Limits = Record<'mappings' | 'asked' | 'limit' | 'most', number> & { none: Failure };
  const { mappings, asked, limit, none, most } = await playLowered<Limits>('a limit by mappings');
  assert.ok(limit < asked && limit <= (mappings / 2) * 4096 && limit > (mappings / 4) * 4096, `${limit}`);
  assert.ok(most <= mappings, `${most} mappings`);
  assert.deepEqual([none.name, none.code], ['PagerError', 'UNSUPPORTED']);
  assert.match(none.hint ?? '', /vm\.max_map_count/);
});

test('a trap without a limit takes half of what mappings are left, and gives it back', async () => {
  const [first = 0, second = 0, third = 0, again = 0] = await play<number[]>('engines', 'no limit of its own');
  for (const [more, less] of [
    [first, second],
    [second, third],
  ] as const) {
    assert.ok(less > more * 0.4 && less < more * 0.6, `${less} after ${more}`);
  }
  assert.ok(again > first * 0.9, `${again} at the end, ${first} at first`);
});

test('a trap with as many mappings as there may be can be closed, and gives them back', async () => {
  const [first = 0, second = 0] = await playLowered<number[]>('closing scattered pages');
  assert.ok(second > first * 0.9, `${second} after ${first}`);
});

test.run();
