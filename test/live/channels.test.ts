// budget: 120 s
// variants: faults inline
// covers: src/pager/
// node:diagnostics_channel: sums that agree with the counters, traced calls, and nothing where nobody subscribes.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { play } from './play.js';

const test = suite('channels');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-channels-'));
test.after(() => rmSync(folder, { recursive: true }));
const paths = { store: path.join(folder, 'store'), image: path.join(folder, 'image'), socket: path.join(folder, 's') };

test('the messages of a pager add up to its counters', async () => {
  const { sums, stats } = await play<Record<'sums' | 'stats', Record<string, number>>>(
    'channels',
    'sums are what the pager counts',
    paths,
  );
  assert.deepEqual(sums, stats);
  for (const [name, count] of Object.entries(sums)) assert.ok(count > 0, name);
});

test('calls are traced from their start to their end, failures too; passes say their phases', async () => {
  const told = await play<Record<string, string[] | string> & { served: boolean }>(
    'channels',
    'calls are traced',
    paths,
  );
  const done = ['start', 'end', 'asyncStart', 'asyncEnd'];
  const failed = ['start', 'end', 'error', 'asyncStart', 'asyncEnd'];
  const at = (offset: number, ...events: string[]) => events.map((event) => `${event} ${offset}`);
  assert.equal(told['wrong'], 'CLOSED');
  assert.deepEqual(
    told['load'],
    [...at(4096, ...done), ...at(8192, ...failed)].map((event) =>
      event.replace(/(?<=(?:error|asyncStart|asyncEnd) 8192)$/, ' CLOSED'),
    ),
  );
  assert.deepEqual(told['evict'], at(0, ...done));
  assert.equal(told['snapshot']?.length, failed.length + (told['taken'] === 'done' ? done : failed).length);
  assert.notEqual(told['migrated'], 'done');
  assert.deepEqual(
    told['migrate'],
    failed.map((event) => (event === 'start' || event === 'end' ? event : `${event} ${told['migrated']}`)),
  );
  // Without the kernel's faults there are no passes.
  if (told['served']) assert.equal(told['taken'], 'done');
  const taken = told['taken'] === 'done' ? ['snapshot instant', 'snapshot end report'] : ['snapshot failed error'];
  assert.deepEqual(told['passes'], [
    ...['snapshot begin', 'snapshot failed error', 'snapshot begin'],
    ...taken,
    ...['migrate begin', 'migrate failed error'],
  ]);
});

test('a migration that succeeds says its phases, in the process and thread that receives it', async () => {
  interface Told {
    migrated: string;
    served: boolean;
    migrate?: string[];
    passes?: string[];
    right?: boolean;
  }
  const told = await play<Told>('channels', 'a migration that succeeds', paths);
  if (!told.served) return;
  assert.equal(told.migrated, 'done');
  assert.equal(told.right, true);
  assert.deepEqual(told.migrate, ['start', 'end', 'asyncStart', 'asyncEnd']);
  assert.deepEqual(told.passes, ['migrate begin', 'migrate instant', 'migrate end 16']);
});

test('without subscribers no timer runs; the next map finds those that came later', async () => {
  const told = await play<{ timers: number; seen: number }>('channels', 'nobody listens');
  assert.equal(told.timers, 0);
  assert.ok(told.seen > 0);
});

test.run();
