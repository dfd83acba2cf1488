// covers: src/criu/http-folder.ts, src/criu/page-server.ts, src/criu/at-once.ts
// Images on an HTTP server of the test's own: how many requests it has at once, and what a stop does while it is gone.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { Checkpoint } from '../../../src/criu/checkpoint.js';
import { HttpFolder } from '../../../src/criu/http-folder.js';
import { checkPageServing, servePages } from '../../../src/criu/page-server.js';
import { GET, messageBytes, writeMessage } from '../../../src/store/page-server-wire.js';
import { writeCheckpoint } from '../../support/criu/checkpoint.js';
import { until } from '../../support/servers/servers.js';

const test = suite('images on another host');
const root = mkdtempSync(path.join(tmpdir(), 'farpage-distance-'));
const closers: Array<() => void> = [];
test.after.each(() => {
  for (const close of closers.splice(0)) close();
});
test.after(() => rmSync(root, { recursive: true }));

const BASE = 0x7f0000000000;
const TASKS = 40;
/** Of one checkpoint, at once. */
const MOST = 8;

/** Serves ranges of a folder's files. While it is `gone` it closes each connection. */
class FolderServer {
  url = '';
  isGone = false;
  under = 0;
  most = 0;
  readonly #folder: string;
  readonly #server = createServer((request, response) => this.#take(request, response));

  constructor(folder: string) {
    this.#folder = folder;
    closers.push(() => {
      this.#server.close();
      this.#server.closeAllConnections();
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const bound = this.#server.address();
    assert.ok(typeof bound === 'object' && bound !== null);
    this.url = `http://127.0.0.1:${bound.port}/`;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    if (this.isGone) return void request.socket.destroy();
    this.most = Math.max(this.most, ++this.under);
    response.on('close', () => this.under--);
    // Requests that are made at once are there together.
    setTimeout(() => this.#answer(request, response), 10);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path.join(this.#folder, new URL(request.url ?? '/', this.url).pathname));
    } catch {
      response.writeHead(404).end();
      return;
    }
    const [, first = '', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const end = Math.min(Number(last), bytes.byteLength - 1);
    const part = bytes.subarray(Number(first), end + 1);
    const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
    const range = `bytes ${first}-${end}/${bytes.byteLength}`;
    response.writeHead(206, { etag, 'content-range': range, 'content-length': part.byteLength }).end(part);
  }
}

test('files of many tasks are asked for a few at once, also when they are looked at again', async () => {
  const folder = path.join(root, 'many');
  const runs = (index: number) => [{ address: BASE, pages: 1 + index }];
  writeCheckpoint(
    folder,
    Array.from({ length: TASKS }, (_, index) => ({ pid: 100 + index, runs: runs(index) })),
  );
  const server = new FolderServer(folder);
  await server.listen();
  const checkpoint = await Checkpoint.open(new HttpFolder(server.url));
  assert.equal(checkpoint.remote.length, TASKS);
  assert.equal(checkpoint.task(100 + TASKS - 1)?.pages, TASKS);
  assert.ok(server.most > 1 && server.most <= MOST, `${server.most} requests at once`);
  checkpoint.close();
});

test('a page server that is stopped while the host of its images is gone does not wait for it', async () => {
  const folder = path.join(root, 'gone');
  writeCheckpoint(folder, [{ pid: 5, runs: [{ address: BASE, pages: 9 }] }]);
  const server = new FolderServer(folder);
  await server.listen();
  const lines: string[] = [];
  const serving = await servePages(checkPageServing({ images: server.url }), (line) => lines.push(line));
  server.isGone = true;
  const client = connect(Number(serving.address.split(':').at(-1)), '127.0.0.1');
  client.on('error', () => {});
  const request = Buffer.alloc(messageBytes('4.2'));
  writeMessage('4.2', { command: GET, pages: 1, address: BASE, id: 5 }, request);
  client.write(request);
  await until(() => lines.some((line) => line.includes('it is tried again')), 'a read that is tried again');
  serving.stop();
  const { pages, clients } = await serving.report;
  assert.equal(pages, 0);
  // Not that the host has not answered for the patience.
  assert.match(clients[0]?.reason ?? '', /the store is closed/);
});

test.run();
