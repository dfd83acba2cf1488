// budget: 60 s
// covers: src/terminal/, src/cli/
// SIGTERM and Ctrl-C while what a command opens does not answer: it ends, and leaves nothing.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { startChild } from '../support/process/child.js';
import { MAIN, tell } from './run/kit.js';

const test = suite('interrupted while something is opened');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-interrupted-'));
let silent: Server;
let connected = (): void => {};

test.before(async () => {
  // It takes connections, and says nothing.
  silent = createServer((socket) => {
    socket.on('error', () => {});
    connected();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
test.after(() => {
  silent.close();
  rmSync(folder, { recursive: true });
});

const socket = path.join(folder, 'guest.sock');
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  for (const [what, args] of [
    ['an image', (url: string) => ['serve', '--socket', socket, '--image', url]],
    ['a source', (url: string) => ['experiment', '--region', '4MiB', '--resident', '2MiB', '--source', url]],
  ] as const) {
    test(`${signal} while ${what} is opened`, async () => {
      const { port } = silent.address() as AddressInfo;
      const asked = new Promise<void>((resolve) => {
        connected = resolve;
      });
      const child = startChild(MAIN, { args: args(`http://127.0.0.1:${port}/image`), budget: 20_000 });
      await asked;
      child.kill(signal);
      const result = await child.result;
      assert.ok(result.code === 1 || result.signal === signal, tell(result));
      assert.ok(!existsSync(socket));
    });
  }
}

test.run();
