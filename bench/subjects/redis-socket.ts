// A peer in JavaScript: one 4 KiB GET at a time over a bare socket of Node's, as peers/resp_get.c does it in C. No
// client and no parser, because the length of every reply is known.
import { connect } from 'node:net';
import { fillPage, PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';

const pages = side.integer('pages');
const order = side.readList(side.text('order'));
const HEAD = Buffer.from('$4096\r\n');
const REPLY_BYTES = HEAD.length + PAGE_BYTES + 2;
const BATCH = 64;

const inbox = Buffer.alloc(Math.max(REPLY_BYTES, BATCH * 5));
let wanted = 0;
let filled = 0;
let arrived: () => void = () => {};
const socket = connect({
  port: side.integer('port'),
  host: '127.0.0.1',
  noDelay: true,
  onread: {
    buffer: Buffer.alloc(65536),
    callback: (bytes, buffer) => {
      if (filled + bytes > wanted) throw new Error(`${filled + bytes} bytes for a reply of ${wanted}`);
      inbox.set(buffer.subarray(0, bytes), filled);
      filled += bytes;
      if (filled === wanted) arrived();
      return true;
    },
  },
});
socket.on('error', (error) => {
  throw error;
});
await new Promise<void>((resolve) => socket.once('connect', resolve));

const key = (page: number) => `node:${String(page).padStart(10, '0')}`;

function expect(bytes: number, then: () => void): void {
  wanted = bytes;
  filled = 0;
  arrived = then;
}

const words = new Int32Array(PAGE_WORDS);
for (let first = 0; first < pages; first += BATCH) {
  const run = Math.min(BATCH, pages - first);
  const parts: Buffer[] = [];
  for (let page = first; page < first + run; page++) {
    fillPage(words, 0, page, false);
    const name = key(page);
    parts.push(Buffer.from(`*3\r\n$3\r\nSET\r\n$${name.length}\r\n${name}\r\n$4096\r\n`));
    parts.push(Buffer.from(new Uint8Array(words.buffer).slice()), Buffer.from('\r\n'));
  }
  await new Promise<void>((resolve) => {
    expect(run * 5, resolve);
    socket.write(Buffer.concat(parts));
  });
  if (inbox.toString('latin1', 0, 5) !== '+OK\r\n') throw new Error(`SET failed: ${inbox.toString('latin1', 0, 40)}`);
}

let checksum = 0;
let wrong = 0;

/** Asks from the callback of the reply before: no promise stands between the socket and the clock. */
function getAll(list: Uint32Array, samples: Float64Array): Promise<void> {
  return new Promise((resolve) => {
    let next = 0;
    let before = 0;
    const ask = () => {
      const name = key(list[next] as number);
      before = performance.now();
      socket.write(`*2\r\n$3\r\nGET\r\n$${name.length}\r\n${name}\r\n`, 'latin1');
    };
    expect(REPLY_BYTES, () => {
      samples[next] = performance.now() - before;
      const page = list[next] as number;
      new Uint8Array(words.buffer).set(inbox.subarray(HEAD.length, HEAD.length + PAGE_BYTES));
      if (inbox.compare(HEAD, 0, HEAD.length, 0, HEAD.length) !== 0 || wrongWords(words, 0, page, false) > 0) wrong++;
      checksum += (words[0] as number) >>> 0;
      filled = 0;
      if (++next < list.length) ask();
      else resolve();
    });
    ask();
  });
}

const warm = order.subarray(0, order.length >> 3); // an unmeasured eighth first
await getAll(warm, new Float64Array(warm.length));
checksum = 0;
const samples = new Float64Array(order.length);
await getAll(order, samples);
side.answer({ peer: 'redis-socket', ...side.summarize(samples), checksum, wrong });
socket.destroy();
