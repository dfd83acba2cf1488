// budget: 60 s
// covers: src/record/, src/cli/trace.ts
// `farpage trace` over records of simulated pagers: a line for each event, the same ones as JSON, and what it leaves out or refuses.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { KIND_CALL } from '../../src/record/format.js';
import type { TraceEvent } from '../../src/record/trace.js';
import { ROOT } from '../support/paths.js';
import { runChild } from '../support/process/child.js';
import { changed, placesIn, recordSeed } from '../support/sim/record.js';

interface Document {
  events: TraceEvent[];
  same: boolean;
  end: string;
  difference: { step: number } | null;
}

const COMMAND = path.join(ROOT, 'bin/farpage.js');
const COLUMNS = /^step +us +event +region +page +frame +state +detail$/;
const STATES = ['absent', 'filling', 'clean', 'dirty', 'staged', 'evicting', 'writing', 'removed', 'failed'];

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-trace-'));
const { file } = recordSeed(3n, 300, folder);
const test = suite('farpage trace');
test.after(() => rmSync(folder, { recursive: true }));

const trace = (...args: string[]) => runChild(COMMAND, { args: ['trace', ...args] });

async function events(...args: string[]): Promise<TraceEvent[]> {
  const { code, stdout, stderr } = await trace(file, '--json', ...args);
  assert.equal(code, 0, stderr);
  return (JSON.parse(stdout) as Document).events;
}

/** The rows under the legend, each as its cells up to the state. */
function rows(text: string): string[][] {
  const lines = text.trimEnd().split('\n');
  const head = lines.findIndex((line) => COLUMNS.test(line.trim()));
  assert.ok(head > 0, 'a legend, then the names of the columns');
  return lines.slice(head + 1).map((line) => line.trim().split(/ {2,}/));
}

test('has a line for each event, and the same events as JSON', async () => {
  const [asText, all] = [await trace(file), await events()];
  assert.equal(asText.code, 0, asText.stderr);
  const lines = rows(asText.stdout);
  assert.ok(all.length > 1000, `${all.length} events`);
  assert.equal(lines.length, all.length);
  all.forEach(({ step, microseconds, event }, index) => {
    assert.deepEqual(lines[index]?.slice(0, 3), [`${step}`, microseconds.toFixed(1), event]);
  });
});

test('tells a life in its order: faults, and each command with its completion', async () => {
  const all = await events();
  const open = new Map<string, number>();
  let [step, microseconds] = [0, 0];
  for (const each of all) {
    assert.ok(each.step >= step && each.microseconds >= microseconds, JSON.stringify(each));
    [step, microseconds] = [each.step, each.microseconds];
    if (each.state !== null) assert.ok(STATES.includes(each.state), JSON.stringify(each));
    const [, word, op] = /^(do|done) (.*)$/.exec(each.event) ?? [];
    if (word === undefined) continue;
    const key = [op, each.region, each.page, each.frame].join();
    const count = (open.get(key) ?? 0) + (word === 'do' ? 1 : -1);
    assert.ok(count >= 0, `a completion without its command: ${JSON.stringify(each)}`);
    open.set(key, count);
  }
  const names = new Set(all.map(({ event }) => event));
  for (const name of [
    'begin',
    'openRegion',
    'fault',
    'do take',
    'done take',
    'remove',
    'ask write',
    'storeWritten',
    'mark',
  ])
    assert.ok(names.has(name), name);
  const fault = all.find(({ event }) => event === 'fault');
  assert.match(fault?.detail ?? '', /^missing, (read|write), 0x50[0-9a-f]+$/);
});

test('leaves out what --region, --page, --from and --to do not name', async () => {
  const all = await events();
  const last = all.at(-1)?.step ?? 0;
  const [from, to] = [last >> 3, last - (last >> 3)];
  const busy = all.find(({ step, event }) => step > from && event === 'do take');
  assert.ok(busy !== undefined && busy.page !== null);
  const wantedPage = busy.page + Math.max(1, busy.pages) - 1;
  const wanted = all.filter(({ step, region, page, pages }) => {
    if (step < from || step > to || region !== busy.region || page === null) return false;
    return page <= wantedPage && page + Math.max(1, pages) > wantedPage;
  });
  assert.ok(wanted.length > 0 && wanted.length < all.length / 2, `${wanted.length} of ${all.length}`);
  const flags = { '--region': busy.region, '--page': wantedPage, '--from': from, '--to': to };
  assert.deepEqual(await events(...Object.entries(flags).flatMap((each) => each.map(String))), wanted);
});

test('ends at the step whose bytes are wrong, and says so', async () => {
  const places = placesIn(file).filter(({ kind }) => kind === KIND_CALL);
  const place = places[places.length >> 1];
  assert.ok(place !== undefined);
  const wrong = changed(file, place, false, (words) => {
    words[place.from + 1] = (words[place.from + 1] ?? 0) ^ 0x100;
  });
  const asText = await trace(wrong);
  assert.equal(asText.code, 1);
  assert.match(asText.stdout.trimEnd().split('\n').at(-1) ?? '', new RegExp(`^different at step ${place.step}\\b`));
  const asJson = await trace(wrong, '--json');
  assert.equal(asJson.code, 1);
  const { events: before, same, difference } = JSON.parse(asJson.stdout) as Document;
  assert.equal(same, false);
  assert.equal(difference?.step, place.step);
  assert.ok(before.length > 0 && before.every(({ step }) => step <= place.step));
});

test('refuses what is no record, and options that are no numbers', async () => {
  const nowhere = await trace(path.join(folder, 'nowhere'));
  assert.notEqual(nowhere.code, 0);
  assert.match(nowhere.stderr, /nowhere/);
  for (const option of ['--region', '--page', '--from', '--to']) {
    const { code, stderr } = await trace(file, option, '1e3');
    assert.notEqual(code, 0);
    assert.match(stderr, new RegExp(`${option}: '1e3' is not a whole number`));
  }
});

test.run();
