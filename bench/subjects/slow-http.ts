// An image behind HTTP: ranges of --image, each answer held back by --delay milliseconds. Prints its port, and answers
// /requests with how many ranges were asked for since it last was.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as side from './common.js';

const file = openSync(side.text('image'), 'r');
const delay = side.integer('delay');
const { size } = fstatSync(file);
const headers = { 'accept-ranges': 'bytes', etag: '"image"', 'content-type': 'application/octet-stream' };
let requests = 0;

const server = createServer(async (request, response) => {
  if (request.url === '/requests') {
    response.end(JSON.stringify(requests));
    requests = 0;
    return;
  }
  await sleep(delay);
  if (request.method === 'HEAD') {
    response.writeHead(200, { ...headers, 'content-length': size }).end();
    return;
  }
  requests++;
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const first = Number(range?.[1] ?? 0);
  const last = range?.[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  if (first > last) {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const body = Buffer.allocUnsafe(last - first + 1);
  const length = readSync(file, body, 0, body.length, first);
  const whole = { ...headers, 'content-length': length };
  if (range) response.writeHead(206, { ...whole, 'content-range': `bytes ${first}-${last}/${size}` });
  else response.writeHead(200, whole);
  response.end(body.subarray(0, length));
});
server.keepAliveTimeout = 60_000;
server.on('close', () => closeSync(file));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  side.answer({ port: typeof address === 'object' && address ? address.port : 0 });
});
