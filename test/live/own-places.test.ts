// covers: src/loop/passes/own-places.ts, src/image/media.ts
// No snapshot is written over what its region is read from, however the place is written.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { startRedis } from '../support/servers/servers.js';
import { play } from './play.js';
import type { Failure } from './programs/kit.js';

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-own-places-'));
const test = suite('own places');
test.after(() => rmSync(folder, { recursive: true }));

type Refusal = Failure & { target: string };

function assertRefused(refusals: readonly Refusal[], expected: number): void {
  assert.equal(refusals.length, expected);
  for (const { target, code, message } of refusals) {
    assert.equal(code, 'OPTION', `${target}: ${message}`);
    assert.match(message, /^the snapshot’s target: .* is the (source|store) of the region$/, target);
  }
}

test('a file: source, store, or both', async () => assertRefused(await play('own-places', 'files', { folder }), 6));

test('an image and its parent', async () => assertRefused(await play('own-places', 'chain', { folder }), 2));

test('a Redis prefix, one whose keys are among its own, and an image there', async () => {
  const server = await startRedis();
  try {
    assertRefused(await play('own-places', 'redis', { url: server.url, folder }), 4);
  } finally {
    await server.stop();
  }
});

test.run();
