// budget: 300 s
// covers: src/dsm/, assembly/dsm/
// The home is killed, and one started again at the same address continues: nothing that was written is lost.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { eventsOf, HomeProcess, NodeProcess, pair } from '../support/dsm/nodes.js';
import { losesOwned, ownPages } from '../support/dsm/scenes.js';

const test = suite('a new home');
const PAGE = 4096;
const LEASE = 3000;
const open: Array<{ end(): Promise<void> }> = [];
let folder = '';

test.before.each(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'farpage-dsm-home-'));
});
test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
  rmSync(folder, { recursive: true });
});

async function startHome(listen?: string): Promise<HomeProcess> {
  const files = ['--store', `file:${path.join(folder, 'pages')}`, '--journal', path.join(folder, 'journal')];
  const home = await HomeProcess.start(['--lease', String(LEASE), ...files], listen);
  open.push(home);
  return home;
}

async function joinTwo(url: string, options: object = {}): Promise<[NodeProcess, NodeProcess]> {
  const join = () => NodeProcess.join(url, { name: 'region', byteLength: 16 * PAGE, holdMs: 0, ...options });
  const nodes = await Promise.all([join(), join()]);
  open.push(...nodes);
  return pair(nodes);
}

test('killed and started again: its nodes go on with all that they wrote', async () => {
  const home = await startHome();
  const [one, two] = await joinTwo(home.url);
  await one.ask({ do: 'write', page: 1, pages: 3, value: 5 });
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [5]);
  await two.ask({ do: 'write', page: 3, value: 6 });
  await one.ask({ do: 'evict', page: 1 });
  home.kill('SIGKILL');
  await home.exited;
  await startHome(home.url);
  assert.deepEqual(await one.ask({ do: 'read', page: 0, pages: 5 }), [0, 5, 5, 6, 0]);
  assert.deepEqual(await two.ask({ do: 'read', page: 0, pages: 5 }), [0, 5, 5, 6, 0]);
  await one.ask({ do: 'write', page: 3, value: 7 });
  assert.deepEqual(await two.ask({ do: 'read', page: 3, pages: 1 }), [7]);
  assert.deepEqual([await eventsOf(one)(), await eventsOf(two)()], [[], []]);
});

test('killed with an owner: exactly the owner’s pages are lost', async () => {
  const home = await startHome();
  const [one, two] = await joinTwo(home.url);
  await ownPages(one, two);
  home.kill('SIGKILL');
  one.kill('SIGKILL');
  await home.exited;
  await startHome(home.url);
  await losesOwned(two);
});

test('a home that is stopped keeps the journal: a second one does not start', async () => {
  const home = await startHome();
  home.kill('SIGSTOP');
  await assert.rejects(startHome(), /another home uses .*end the other home/s);
  home.kill('SIGKILL');
  await home.exited;
  await startHome();
});

test('a journal without a store that outlives the home is refused', async () => {
  const args = ['--journal', path.join(folder, 'journal')];
  // Also of Redis the keys are gone, or unknown to the next home, if they have no prefix of the user's.
  for (const store of [[], ['--store', 'memory:'], ['--store', 'redis://127.0.0.1:1']]) {
    await assert.rejects(HomeProcess.start([...args, ...store]), /would not outlive .*give --store file:/s);
  }
  await startHome();
});

test.run();
