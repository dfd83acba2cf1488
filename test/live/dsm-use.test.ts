// budget: 180 s
// covers: src/dsm/, src/metrics/, src/pager/, src/cli/
// What users of a shared region see of it: `farpage join --bench`, and the metrics of the pager that has joined.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from 'uvu';
import { createPager, type Pager } from '../../src/index.js';
import { pageFlags } from '../../src/userfaultfd/index.js';
import { HomeProcess, NodeProcess } from '../support/dsm/nodes.js';
import { checkConventions, parseExposition, sampleOf } from '../support/exposition.js';
import { ROOT } from '../support/paths.js';
import { runProgram } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';

const test = suite('use of a shared region');
const COMMAND = path.join(ROOT, 'bin/farpage.js');
const PAGE = 4096;
const open: Array<() => Promise<unknown>> = [];

test.after.each(async () => {
  for (const end of open.splice(0).reverse()) await end();
});

async function startHome(): Promise<HomeProcess> {
  const home = await HomeProcess.start(['--lease', '30000']);
  open.push(() => home.end());
  return home;
}

async function startPager(): Promise<Pager> {
  const pager = await createPager();
  open.push(() => pager.close());
  return pager;
}

test('join --bench measures a home, and changes no byte of a region in use', async () => {
  const home = await startHome();
  const node = await NodeProcess.join(home.url, { name: 'table', byteLength: 16 * PAGE });
  open.push(() => node.end());
  await node.ask({ do: 'write', page: 0, pages: 16, value: 7 });
  const words = ['join', home.url, '--name', 'table', '--size', '64KiB', '--bench'];
  const { code, stdout, stderr } = await runProgram(COMMAND, { args: [...words, '--json'], input: '' });
  assert.equal(code, 0, stderr);
  const measured = JSON.parse(stdout) as Record<string, number | { count: number; p50: number; p99: number }>;
  for (const kind of ['readClean', 'readDirty', 'writeAlone', 'writeShared']) {
    const times = measured[kind];
    assert.ok(typeof times === 'object' && times.count > 0 && times.p50 > 0 && times.p99 >= times.p50, stdout);
  }
  assert.ok(Number(measured.handOffsPerSecond) > 0 && Number(measured.loadBytesPerSecond) > 0, stdout);
  // Two homes, of which one is not there.
  const [command = '', ...rest] = words;
  const people = await runProgram(COMMAND, { args: [command, 'unix:/nowhere/home', ...rest], input: '' });
  assert.match(people.stdout, /region 'table' of 16 pages.*\n {2}read, the home has the page +p50 \S+ .?s +p99/);
  assert.deepEqual(await node.ask({ do: 'read', page: 0, pages: 16 }), Array(16).fill(7));
});

test('join without --bench, and with a size that the region has not, is refused', async () => {
  const home = await startHome();
  const words = ['join', home.url, '--name', 'other', '--size', '8KiB'];
  const without = await runProgram(COMMAND, { args: words, input: '' });
  assert.match(without.stderr, /--bench/);
  assert.notEqual(without.code, 0);
  const node = await NodeProcess.join(home.url, { name: 'other', byteLength: PAGE });
  open.push(() => node.end());
  const { code, stderr } = await runProgram(COMMAND, { args: [...words, '--bench'], input: '' });
  assert.match(stderr, /region 'other' has 4096 bytes/);
  assert.notEqual(code, 0);
});

test('under a resident limit the oldest pages leave, and nothing that was written is lost', async () => {
  const home = await startHome();
  const pager = await startPager();
  const [pages, limit] = [1024, 128];
  const options = { name: 'table', byteLength: pages * PAGE, holdMs: 0 };
  await assert.rejects(pager.join(home.url, { ...options, resident: limit * PAGE - 1 }), /resident: 524287 is not/);
  const one = await pager.join(home.url, { ...options, resident: limit * PAGE });
  const two = await pager.join(home.url, options);
  const words = new Int32Array(one.buffer);
  const present = () => {
    const flags = pageFlags({ start: one.address, byteLength: one.byteLength });
    return flags.filter((each) => each.present).length;
  };
  for (let round = 1; round <= 3; round++) {
    for (let page = 0; page < pages; page++) words[page * (PAGE / 4)] = round * pages + page;
    await until(() => present() <= limit, 'no more pages than the limit, though each was written');
    // A read of many at once, more than have room.
    await one.load(0, one.byteLength);
    await until(() => present() <= limit, 'no more pages than the limit, though each was read');
    for (let page = 0; page < pages; page++) assert.equal(words[page * (PAGE / 4)], round * pages + page);
  }
  assert.ok(one.stats().dsm.evictions >= 6 * (pages - limit), JSON.stringify(one.stats()));
  await two.load(0, two.byteLength);
  const others = new Int32Array(two.buffer);
  for (let page = 0; page < pages; page++) assert.equal(others[page * (PAGE / 4)], 3 * pages + page);
  assert.equal(two.stats().dsm.evictions, 0);
});

test('the metrics of a pager have its shared regions while they are open', async () => {
  const home = await startHome();
  const pager = await startPager();
  const options = { name: 'table', byteLength: 8 * PAGE, holdMs: 0 };
  const [one, two] = [await pager.join(home.url, options), await pager.join(home.url, options)];
  await one.load(0, 4 * PAGE, { write: true });
  await two.load(0, 4 * PAGE);
  await two.load(0, 2 * PAGE, { write: true });
  await one.load(0, PAGE, { write: true });
  await one.flush();
  const families = parseExposition(pager.metrics());
  checkConventions(families);
  const of = (name: string, node: string, labels = {}) =>
    sampleOf(families, `farpage_shared_${name}`, { region: 'table', node, ...labels });
  assert.equal(of('bytes', '0'), 8 * PAGE);
  assert.equal(of('received_pages_total', '0', { access: 'write' }), one.stats().dsm.grants);
  assert.equal(of('received_pages_total', '1', { access: 'read' }), 4);
  assert.equal(of('received_pages_total', '1', { access: 'write' }), 2);
  assert.equal(of('taken_pages_total', '0', { what: 'page' }), 4);
  assert.equal(of('taken_pages_total', '0', { what: 'copy' }), 2);
  assert.equal(of('hand_offs_total', '1'), 1);
  assert.equal(of('sent_pages_total', '0'), 1);
  assert.equal(of('freezes_total', '0'), 0);
  await Promise.all([one.close(), two.close()]);
  assert.ok(!pager.metrics().includes('farpage_shared_'));
});

test.run();
