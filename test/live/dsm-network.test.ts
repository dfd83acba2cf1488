// budget: 300 s
// covers: src/dsm/
// A region over TLS, and on hosts that a broken network separates.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import type { TlsFiles } from '../../src/index.js';
import { eventsOf, HomeProcess, NodeProcess, pair, rangesIn, untilAnswer } from '../support/dsm/nodes.js';
import { makeKeys } from '../support/servers/keys.js';
import { type Direction, Partition } from '../support/servers/partition.js';
import { skipUnless } from '../support/skip.js';

const test = suite('a region over networks');
const PAGE = 4096;
const REGION = { name: 'region', byteLength: 16 * PAGE, holdMs: 0 };
const LEASE = '3000';
const LONG_LEASE = '30000';
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-dsm-network-'));
const open: Array<{ end(): Promise<void> }> = [];

test.after.each(async () => {
  for (const one of open.splice(0).reverse()) await one.end();
});
test.after(() => rmSync(folder, { recursive: true }));

function opened<T extends { end(): Promise<void> }>(one: T): T {
  open.push(one);
  return one;
}

const flagsOf = ({ ca, cert, key }: TlsFiles) => ['--tls-ca', ca, '--tls-cert', cert, '--tls-key', key];

test('over TLS: nodes of the CA share the region, and nobody else gets a byte of it', async () => {
  const keys = makeKeys(folder, 'one');
  const stranger = makeKeys(folder, 'two');
  const home = opened(await HomeProcess.start(['--lease', LONG_LEASE, ...flagsOf(keys)]));
  const join = async (tls?: TlsFiles) => opened(await NodeProcess.join(home.url, { ...REGION, ...(tls && { tls }) }));
  const [one, two] = pair(await Promise.all([join(keys), join(keys)]));
  await one.ask({ do: 'write', page: 2, value: 5 });
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [5]);
  // Its certificate is of another CA; it does not trust the home's CA; it has no TLS.
  await assert.rejects(join({ ...stranger, ca: keys.ca }), /PagerError/);
  await assert.rejects(join({ ...keys, ca: stranger.ca }), /PagerError.*certificate/);
  await assert.rejects(join(), /PagerError/);
  await two.ask({ do: 'write', page: 2, value: 6 });
  assert.deepEqual(await one.ask({ do: 'read', page: 2, pages: 1 }), [6]);
});

const missing = Partition.missing();
const partitioned = skipUnless(test, missing === undefined, missing ?? '');

for (const direction of ['both', 'to the first', 'from the first'] as const satisfies readonly Direction[]) {
  partitioned(`a node is cut off beyond its lease, ${direction}: it is fenced, the others go on`, async () => {
    const keys = makeKeys(folder, 'hosts', Partition.addresses(2));
    const network = new Partition(2);
    open.push({ end: async () => network.close() });
    const flags = ['--lease', LEASE, ...flagsOf(keys)];
    const home = opened(await HomeProcess.start(flags, 'tcp://0.0.0.0:0', network.first));
    const join = async (n: number) => {
      const url = home.url.replace('0.0.0.0', Partition.addresses(2)[n] ?? '');
      return opened(await NodeProcess.join(url, { ...REGION, tls: keys }, network.others[n]));
    };
    const [one, two] = pair([await join(0), await join(1)]);
    await one.ask({ do: 'write', page: 2, pages: 3, value: 5 });
    await one.ask({ do: 'flush' });
    await one.ask({ do: 'write', page: 2, pages: 2, value: 6 });
    network.cut(0, direction);
    const lost = [{ byteOffset: 2 * PAGE, byteLength: 2 * PAGE }];
    const events = await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
    assert.deepEqual(rangesIn(events, 'lost'), lost);
    await assert.rejects(two.ask({ do: 'load', page: 2 }), /page 2 .* lost/);
    assert.deepEqual(await two.ask({ do: 'read', page: 4, pages: 1 }), [5]);
    await two.ask({ do: 'write', page: 4, value: 7 });
    network.heal(0, direction);
    const told = await untilAnswer(eventsOf(one), (list) => list.length > 0, 'fenced');
    assert.deepEqual(rangesIn(told, 'fenced'), lost);
    await assert.rejects(one.ask({ do: 'load', page: 4 }), /not a member/);
    // It is not the page from before.
    await assert.rejects(one.ask({ do: 'read', page: 4, pages: 1 }), /ended/);
    assert.equal((await one.exited).signal, 'SIGBUS');
    assert.deepEqual(await two.ask({ do: 'read', page: 4, pages: 1 }), [7]);
  });
}

partitioned('a wire is cut and healed within the lease: nothing is lost', async () => {
  const keys = makeKeys(folder, 'short', Partition.addresses(2));
  const network = new Partition(2);
  open.push({ end: async () => network.close() });
  const home = opened(
    await HomeProcess.start(['--lease', LONG_LEASE, ...flagsOf(keys)], 'tcp://0.0.0.0:0', network.first),
  );
  const join = async (n: number) => {
    const url = home.url.replace('0.0.0.0', Partition.addresses(2)[n] ?? '');
    return opened(await NodeProcess.join(url, { ...REGION, tls: keys }, network.others[n]));
  };
  const [one, two] = pair([await join(0), await join(1)]);
  await one.ask({ do: 'write', page: 2, value: 5 });
  network.cut(0, 'both');
  const loaded = two.ask({ do: 'load', page: 2 });
  await one.ask({ do: 'write', page: 2, value: 6 });
  network.heal(0, 'both');
  await loaded;
  assert.deepEqual(await two.ask({ do: 'read', page: 2, pages: 1 }), [6]);
  assert.deepEqual([await eventsOf(one)(), await eventsOf(two)()], [[], []]);
});

test.run();
