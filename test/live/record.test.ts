// budget: 240 s
// variants: engine trap, memory shared
// covers: src/record/, src/cli/replay.ts
// A loop on the real kernel is recorded, and its core does the same once more from the record alone.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { KIND_CALL, KIND_END, KIND_RETURN } from '../../src/record/format.js';
import { Replay, type ReplayReport } from '../../src/record/replay.js';
import { ROOT } from '../support/paths.js';
import { runChild, startChild } from '../support/process/child.js';
import { changed, placesIn } from '../support/sim/record.js';
import { describe, program, run, told } from './play.js';

const COMMAND = path.join(ROOT, 'bin/farpage.js');
const budget = 90_000;

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-record-'));
const test = suite('records');
test.after(() => rmSync(folder, { recursive: true }));

let number = 0;
/** Where a scene records, and its image. */
function places() {
  const name = path.join(folder, String(++number));
  return { file: `${name}.record`, image: `${name}.image` };
}

test('a life with evictions, a snapshot and an outage is replayed to the same memory', async () => {
  const { file, image } = places();
  const env = { FARPAGE_RECORD: file };
  const result = await run('record', 'a life', { image, close: true }, { env, budget });
  assert.equal(result.code, 0, describe(result));
  const { evictions, writebacks, refused } = told<Record<string, number>>(result);
  assert.ok((evictions ?? 0) > 500 && (writebacks ?? 0) > 500 && (refused ?? 0) > 0, describe(result));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const replayed = await runChild(COMMAND, { args: ['replay', file, '--json'], budget });
  assert.equal(replayed.code, 0, describe(replayed));
  const report = JSON.parse(replayed.stdout) as ReplayReport & { same: boolean };
  assert.equal(report.same, true);
  assert.equal(report.end, 'closed');
  assert.ok(report.marks >= 1 && report.steps > 1000 && report.requests > 100, replayed.stdout);
  // Wrong bytes: in what entered, in what came out, and in the digest of the memory.
  const all = placesIn(file);
  for (const [kind, what] of [
    [KIND_CALL, undefined],
    [KIND_RETURN, /^it returns \d+, and returned \d+/],
    [KIND_END, /the core’s memory is another one/],
  ] as const) {
    const of = all.filter((each) => each.kind === kind);
    const place = of[of.length >> 1];
    assert.ok(place !== undefined);
    const flip = (words: Uint32Array) => {
      words[place.from + 1] = (words[place.from + 1] ?? 0) ^ 0x100;
    };
    const { code, stdout } = await runChild(COMMAND, { args: ['replay', changed(file, place, false, flip)], budget });
    assert.equal(code, 1);
    assert.match(stdout, new RegExp(`^different at step ${place.step}\\b.*damaged`));
    // With a sum that is right, it is the core that does something else.
    if (what === undefined) continue;
    const { difference } = new Replay(changed(file, place, true, flip)).run();
    assert.match(difference?.what ?? '', what);
  }
});

test('a process that is killed leaves a record that can be replayed', async () => {
  const { file, image } = places();
  const child = startChild(program('record'), {
    args: ['a life', JSON.stringify({ image, close: false })],
    env: { FARPAGE_RECORD: file },
    budget,
  });
  await child.waitFor(/lives/, budget);
  child.kill();
  await child.result;
  const report = new Replay(file).run();
  assert.equal(report.difference, null);
  assert.equal(report.end, 'cut');
  assert.ok(report.steps > 1000);
});

test('a file that is there is left alone; one that cannot be made is refused', async () => {
  const { file, image } = places();
  writeFileSync(file, 'kept');
  const result = await run('record', 'a life', { image, close: true }, { env: { FARPAGE_RECORD: file }, budget });
  assert.equal(result.code, 0, describe(result));
  assert.equal(statSync(file).size, 4);
  assert.ok(existsSync(`${file}.1`));
  // What is cut in the middle of an entry ends there.
  appendFileSync(`${file}.1`, Buffer.from([2]));
  assert.equal(new Replay(`${file}.1`).run().difference, null);
  const nowhere = path.join(folder, 'no-folder', 'record');
  const refused = await run('record', 'a life', { image, close: true }, { env: { FARPAGE_RECORD: nowhere } });
  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /FARPAGE_RECORD: .*no-folder.* cannot be created/);
});

test.run();
