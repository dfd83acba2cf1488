// budget: 120 s
// covers: src/dsm/, src/cli/, src/metrics/
// `farpage home --metrics`: what a scrape says of a real home after what real nodes have done.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { HomeProcess, NodeProcess } from '../support/dsm/nodes.js';
import { checkConventions, type Exposed, parseExposition, sampleOf } from '../support/exposition.js';
import { until } from '../support/servers/servers.js';

const test = suite('metrics of a home');
const PAGE = 4096;
const PAGES = 16;
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-home-metrics-'));
const open: Array<{ end(): Promise<void> }> = [];

test.after.each(async () => {
  for (const process of open.splice(0).reverse()) await process.end();
});
test.after(() => rmSync(folder, { recursive: true }));

async function startHome(...args: readonly string[]): Promise<{ home: HomeProcess; url: string }> {
  const home = await HomeProcess.start([...args, '--metrics', '0']);
  open.push(home);
  const [, url = ''] = await home.said(/metrics at (http:\S+)\n/);
  return { home, url };
}

async function join(home: HomeProcess, token?: string): Promise<NodeProcess> {
  const node = await NodeProcess.join(home.url, {
    name: 'table',
    byteLength: PAGES * PAGE,
    holdMs: 0,
    ...(token !== undefined && { token }),
  });
  open.push(node);
  return node;
}

async function scrape(url: string): Promise<Map<string, Exposed>> {
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  const families = parseExposition(await answer.text());
  checkConventions(families);
  return families;
}

const region = { region: 'table' };
const granted = (families: Map<string, Exposed>, kind: string) =>
  sampleOf(families, 'farpage_home_granted_pages_total', { ...region, kind });

test('it says what nodes have joined, got and passed on, and what the store did', async () => {
  const store = `file:${path.join(folder, 'pages')}`;
  const { home, url } = await startHome('--lease', '30000', '--store', store);
  const before = await scrape(url);
  assert.equal(sampleOf(before, 'farpage_home_connections'), 0);
  assert.equal(before.has('farpage_home_nodes'), false);
  const [one, two] = [await join(home), await join(home)];
  await assert.rejects(join(home, 'secret'), /token/);
  await one.ask({ do: 'write', page: 0, pages: 4, value: 7 });
  assert.deepEqual(await two.ask({ do: 'read', page: 0, pages: 4 }), [7, 7, 7, 7]);
  await two.ask({ do: 'write', page: 0, pages: 1, value: 8 });
  assert.deepEqual(await one.ask({ do: 'read', page: 0, pages: 1 }), [8]);

  const families = await scrape(url);
  assert.equal(sampleOf(families, 'farpage_home_nodes', region), 2);
  assert.equal(sampleOf(families, 'farpage_home_connections'), 2);
  assert.equal(sampleOf(families, 'farpage_home_joined_nodes_total', region), 2);
  assert.equal(sampleOf(families, 'farpage_home_refused_nodes_total'), 1);
  assert.equal(sampleOf(families, 'farpage_home_region_bytes', region), PAGES * PAGE);
  // Both nodes may prefetch: the figures are at least those of the accesses.
  const writes = granted(families, 'write') + granted(families, 'upgrade');
  assert.ok(writes >= 5, `${writes} pages granted to be written`);
  assert.ok(granted(families, 'read') >= 5);
  assert.ok(sampleOf(families, 'farpage_home_recalled_pages_total', region) >= 5);
  assert.ok(sampleOf(families, 'farpage_home_invalidated_copies_total', region) >= 1);
  assert.ok(sampleOf(families, 'farpage_home_hand_offs_total', region) >= 1);
  assert.equal(sampleOf(families, 'farpage_home_fenced_nodes_total', region), 0);
  assert.equal(sampleOf(families, 'farpage_home_lost_pages_total', region), 0);
  assert.equal(sampleOf(families, 'farpage_home_waiting_requests', region), 0);
  assert.ok(sampleOf(families, 'farpage_home_unsent_bytes', region) >= 0);
  // The bytes of each recalled page have come in, and those of each granted page have gone out.
  const bytes = (direction: string) => sampleOf(families, 'farpage_home_network_bytes_total', { direction });
  assert.ok(bytes('received') >= 5 * PAGE && bytes('sent') >= 5 * PAGE);
  const written = sampleOf(families, 'farpage_store_calls_total', { ...region, op: 'write' });
  assert.ok(written >= 5);
  assert.equal(sampleOf(families, 'farpage_store_bytes_total', { ...region, op: 'write' }), written * PAGE);
  assert.equal(sampleOf(families, 'farpage_store_write_duration_seconds_count', region), written);
  assert.equal(sampleOf(families, 'farpage_store_errors_total', region), 0);
});

test('a node that is killed is fenced, its pages are lost, and requests for them no longer wait', async () => {
  const { home, url } = await startHome('--lease', '6000');
  const [one, two] = [await join(home), await join(home)];
  await one.ask({ do: 'write', page: 3, pages: 2, value: 7 });
  await one.end();
  await until(async () => {
    const families = await scrape(url);
    return sampleOf(families, 'farpage_home_fenced_nodes_total', region) === 1;
  }, 'the node is fenced');
  const families = await scrape(url);
  assert.ok(sampleOf(families, 'farpage_home_lost_pages_total', region) >= 2);
  assert.equal(sampleOf(families, 'farpage_home_nodes', region), 1);
  assert.equal(sampleOf(families, 'farpage_home_joined_nodes_total', region), 2);
  assert.equal(sampleOf(families, 'farpage_home_waiting_requests', region), 0);
  await two.ask({ do: 'close' });
  await until(async () => sampleOf(await scrape(url), 'farpage_home_nodes', region) === 0, 'the other has left');
  home.kill('SIGTERM');
  await home.exited;
  await assert.rejects(fetch(url));
});

test.run();
