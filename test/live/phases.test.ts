// budget: 120 s
// covers: native/kernel/stamps.cc, src/core/phases.ts, src/loop/phases.ts
// FARPAGE_PHASES=1: the dump has the time of each phase of a turn, for both ways of serving faults and both hosts of the core.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from 'uvu';
import type { CoreDump } from '../../src/core/dump.js';
import type { PagerOptions } from '../../src/index.js';
import { ROOT } from '../support/paths.js';
import { runChild, startChild } from '../support/process/child.js';
import { describe, program, run } from './play.js';

const CLI = path.join(ROOT, 'bin/farpage.js');
const SCENE = 'pages over the limit';
const ON = { FARPAGE_PHASES: '1' };
const test = suite('phase stamps');

/** The dump of a process whose pages leave and come back, as JSON and as text. */
async function dumped(options: PagerOptions, env: Record<string, string>): Promise<{ dump: CoreDump; text: string }> {
  const child = startChild(program('dumped'), { args: [SCENE, JSON.stringify(options)], env });
  await child.waitFor(/touched\n/);
  const ask = async (...words: string[]) => {
    const result = await runChild(CLI, { args: ['dump', '--pid', String(child.pid), ...words] });
    assert.equal(result.code, 0, describe(result));
    return result.stdout;
  };
  const dump = JSON.parse(await ask('--json')) as CoreDump;
  const text = await ask();
  child.write('\n');
  const result = await child.result;
  assert.equal(result.code, 0, describe(result));
  return { dump, text };
}

const VARIANTS: ReadonlyArray<[options: PagerOptions, phases: readonly string[]]> = [
  [{ faults: 'loop', core: 'native' }, ['read messages', 'step', 'settle']],
  [{ faults: 'loop', core: 'v8' }, ['read messages', 'turn in JavaScript']],
  [{ faults: 'inline', core: 'native' }, ['signal to lock', 'wait for the lock', 'step', 'settle', 'unlock']],
];

for (const [options, named] of VARIANTS) {
  test(`faults: '${options.faults}', core: '${options.core}': every part of a fault has its phase`, async () => {
    const { dump, text } = await dumped(options, ON);
    const { phases } = dump;
    assert.ok(phases !== null);
    // Each of the 2048 pages was written to, and read again after it had left.
    assert.ok(phases.faults >= 4096, String(phases.faults));
    const names = phases.phases.map(({ name }) => name);
    for (const name of [...named, 'take victims', 'digest', 'compress', 'decompress']) {
      assert.ok(names.includes(name), `${name} is not in: ${names.join(', ')}`);
    }
    // A turn's time is all in its phases: none of it is missing, and some phases also happen outside of turns.
    const inTurns = phases.phases
      .filter(({ inTurn }) => inTurn)
      .reduce((sum, { microseconds }) => sum + microseconds, 0);
    assert.ok(inTurns >= phases.turns.microseconds * 0.999, `${inTurns} of ${phases.turns.microseconds} µs`);
    for (const { name, count, microseconds, longest } of phases.phases) {
      if (name === 'unlock') continue; // several threads may be in it: it has no longest
      assert.ok(count > 0 && longest <= microseconds * 1.001, `${name}: ${count}, ${microseconds}, ${longest}`);
    }
    assert.match(text, /^ *phase +take victims: [\d.]+ [nµ]s a fault, [\d,]+ times, longest [\d.]+ [nµm]?s$/m);
  });
}

test('without FARPAGE_PHASES nothing is stamped', async () => {
  const { dump, text } = await dumped({}, {});
  assert.equal(dump.phases, null);
  assert.doesNotMatch(text, /^ *phase/m);
});

test('another value of FARPAGE_PHASES is refused', async () => {
  const result = await run('dumped', SCENE, {}, { env: { FARPAGE_PHASES: 'yes' } });
  assert.notEqual(result.code, 0);
  assert.match(`${result.stdout}${result.stderr}`, /FARPAGE_PHASES: 'yes' is not 1 or 0/);
});

test.run();
