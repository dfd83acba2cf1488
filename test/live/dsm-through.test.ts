// budget: 300 s
// covers: src/dsm/, assembly/dsm/
// writeBack 'through': what an owner has written goes to the home by itself, so that the end of the owner loses what is younger than Δ, and no more.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import type { JoinOptions, SharedRegionStats } from '../../src/index.js';
import { eventsOf, HomeProcess, NodeProcess, pair, rangesIn, untilAnswer } from '../support/dsm/nodes.js';
import { countsOf, untilFrozen } from '../support/dsm/scenes.js';
import { until } from '../support/servers/servers.js';

const test = suite('write-through');
const PAGE = 4096;
const LEASE = 3000;
/** Ten minutes of Δ: no page leaves by itself within this test. */
const NEVER = 600_000;
const open: Array<{ end(): Promise<void> }> = [];
let folder = '';

test.before.each(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'farpage-dsm-through-'));
});
test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
  rmSync(folder, { recursive: true });
});

async function startHome(args: readonly string[] = [], listen?: string): Promise<HomeProcess> {
  const home = await HomeProcess.start(['--lease', String(LEASE), ...args], listen);
  open.push(home);
  return home;
}

async function join(url: string, options: Partial<JoinOptions> = {}): Promise<NodeProcess> {
  const all: JoinOptions = { name: 'region', byteLength: 16 * PAGE, writeBack: 'through', holdMs: 2, ...options };
  const node = await NodeProcess.join(url, all);
  open.push(node);
  return node;
}

/** Writes a page, and waits until it has gone to the home though nobody asked for it. */
async function writeThrough(node: NodeProcess, page: number, value: number): Promise<void> {
  const before = await countsOf(node)();
  await node.ask({ do: 'write', page, value });
  const hasGone = ({ grants, puts }: SharedRegionStats['dsm']) => grants > before.grants && puts === grants;
  const sent = await untilAnswer(countsOf(node), hasGone, 'sent');
  // It waits until the home has what is on its way, and has nothing to send itself.
  await node.ask({ do: 'flush' });
  assert.equal((await countsOf(node)()).puts, sent.puts);
}

test('an owner is killed: what is older than Δ is at the home, and exactly the page of a younger grant is lost', async () => {
  const home = await startHome();
  const [one, two] = pair([await join(home.url), await join(home.url)]);
  const three = await join(home.url, { holdMs: NEVER });
  await writeThrough(one, 2, 5);
  await writeThrough(one, 2, 6);
  await writeThrough(one, 3, 7);
  await three.ask({ do: 'write', page: 5, value: 8 });
  one.kill('SIGKILL');
  three.kill('SIGKILL');
  const events = await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 3 }), [6, 7, 0]);
  await two.ask({ do: 'write', page: 2, value: 9 });
  await assert.rejects(two.ask({ do: 'load', page: 5 }), /page 5 .* lost/);
  assert.deepEqual(rangesIn(events, 'lost'), [{ byteOffset: 5 * PAGE, byteLength: PAGE }]);
});

test('after it has gone to the home a page stays here, to be read', async () => {
  const home = await startHome();
  const one = await join(home.url);
  await writeThrough(one, 2, 5);
  const { reads } = await countsOf(one)();
  assert.deepEqual(await one.ask({ do: 'read', page: 2, pages: 1 }), [5]);
  assert.equal((await countsOf(one)()).reads, reads);
});

test('owner and home are killed together: a new home has what went through', async () => {
  const files = ['--store', `file:${path.join(folder, 'pages')}`, '--journal', path.join(folder, 'journal')];
  const home = await startHome(files);
  const [one, two] = pair([await join(home.url), await join(home.url)]);
  await writeThrough(one, 2, 5);
  await writeThrough(one, 3, 6);
  home.kill('SIGKILL');
  one.kill('SIGKILL');
  await home.exited;
  await startHome(files, home.url);
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 3 }), [5, 6, 0]);
  assert.deepEqual(await eventsOf(two)(), []);
});

test('what was written before a freeze goes to the home after it, untouched', async () => {
  const home = await startHome();
  const [one, two] = pair([await join(home.url, { holdMs: NEVER }), await join(home.url)]);
  await one.ask({ do: 'write', page: 2, value: 5 });
  home.kill('SIGSTOP');
  await untilFrozen(one);
  home.kill('SIGCONT');
  await untilAnswer(countsOf(one), ({ puts }) => puts === 1, 'sent');
  await one.ask({ do: 'flush' });
  assert.equal((await countsOf(one)()).puts, 1);
  one.kill('SIGKILL');
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [5]);
});

/** What a killed node has noted. */
function readLog(file: string): { lines: string[][]; kept: Map<number, number>; written: Map<number, number[]> } {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const kept = new Map<number, number>();
  const written = new Map<number, number[]>();
  const parts = lines.map((line) => line.split(' '));
  for (const [kind, page, value] of parts) {
    if (kind === 'k') kept.set(Number(page), Number(value));
    else written.set(Number(page), [...(written.get(Number(page)) ?? []), Number(value)]);
  }
  return { lines: parts, kept, written };
}

test('owners are killed at any moment: no page is older than what went through, and one that is not lost has its last write', async () => {
  const home = await startHome();
  const options: Partial<JoinOptions> = { onLost: 'lastWritten' };
  const witness = await join(home.url, options);
  const pages = 4;
  for (let round = 0; round < 5; round++) {
    const log = path.join(folder, `log-${round}`);
    const owner = await join(home.url, options);
    const before = (await eventsOf(witness)()).length;
    // It never answers.
    owner.ask({ do: 'persist', pages, log }).catch(() => {});
    await until(() => existsSync(log) && readLog(log).lines.length > 30, 'it has written');
    await sleep(Math.random() * 50);
    owner.kill('SIGKILL');
    await owner.exited;
    const { lines, kept, written } = readLog(log);
    const read = await witness.ask<number[]>({ do: 'read', page: 0, pages });
    const [lastKind, lastPage] = lines.at(-1) ?? [];
    for (const [page, value] of read.entries()) {
      const values = written.get(page) ?? [];
      assert.ok(values.includes(value), `page ${page}: ${value} was written`);
      assert.ok(value >= (kept.get(page) ?? 0), `page ${page}: ${value}, and ${kept.get(page)} went through`);
      // The last write that was noted may not have been done.
      const under = lastKind === 'w' && Number(lastPage) === page ? values.slice(-2) : values.slice(-1);
      if (under.includes(value)) continue;
      const isLost = (events: Awaited<ReturnType<ReturnType<typeof eventsOf>>>) =>
        rangesIn(events.slice(before), 'lost').some(
          ({ byteOffset, byteLength }) => byteOffset <= page * PAGE && page * PAGE < byteOffset + byteLength,
        );
      await untilAnswer(eventsOf(witness), isLost, `page ${page} has ${value} of ${values.at(-1)}, and is lost`);
    }
  }
});

test.run();
