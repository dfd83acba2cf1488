// Scenes of system calls of Node.js on pages that are absent: nothing is loaded before.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import {
  closeSync,
  createWriteStream,
  ftruncateSync,
  openSync,
  promises,
  readSync,
  readvSync,
  unlinkSync,
  writeSync,
  writevSync,
} from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createPager, type MapOptions, type PagerOptions, type Region } from '../../../src/index.js';
import { native } from '../../../src/native/native.js';
import { sharedMemory } from '../../../src/userfaultfd/index.js';
import { check, failure, fill, perform, say, until, wordAt, wordsOf } from './kit.js';

const MIB = 2 ** 20;
const SEED = 7;

interface Opened {
  pager: Awaited<ReturnType<typeof createPager>>;
  region: Region;
  words: Uint32Array;
}

interface Kind {
  pager: PagerOptions;
  memory?: MapOptions['memory'];
}

async function open({ pager: options, memory = 'anonymous' }: Kind): Promise<Opened> {
  const pager = await createPager({ residentLimit: 2 * MIB, readahead: 'off', ...options });
  const region = await pager.map({ byteLength: 8 * MIB, memory });
  return { pager, region, words: wordsOf(region) };
}

/** Bytes of the region, where no page has been touched for a long time. */
function part(region: Region, from: number, to: number): Uint8Array {
  return new Uint8Array(region.buffer, from, to - from);
}

/** A file without a name. */
function file(): number {
  const name = path.join(tmpdir(), `farpage-calls-${process.pid}-${process.hrtime.bigint()}`);
  const fd = openSync(name, 'w+', 0o600);
  unlinkSync(name);
  return fd;
}

/** Cuts the region into pieces of changing lengths, whose ends lie anywhere in a page. */
function* pieces(length: number): Generator<readonly [number, number]> {
  for (let from = 0, turn = 1; from < length; turn++) {
    const to = Math.min(length, from + 1 + (wordAt(turn, SEED) % 200_000));
    yield [from, to];
    from = to;
  }
}

/** Two halves of a piece, for calls with several buffers. */
function halves(region: Region, from: number, to: number): Uint8Array[] {
  const middle = (from + to) >> 1;
  return [part(region, from, middle), part(region, middle, to)];
}

function same(count: number, from: number, to: number): void {
  if (count !== to - from) throw new Error(`${count} bytes of ${to - from} at ${from}`);
}

const WAYS = ['at a position', 'at the file’s own', 'vectors at a position', 'vectors at the file’s own'] as const;

function writeSome(way: (typeof WAYS)[number], fd: number, region: Region, from: number, to: number): number {
  if (way === 'at a position') return writeSync(fd, part(region, from, to), 0, to - from, from);
  if (way === 'at the file’s own') return writeSync(fd, part(region, from, to));
  if (way === 'vectors at a position') return writevSync(fd, halves(region, from, to), from);
  return writevSync(fd, halves(region, from, to));
}

function readSome(way: (typeof WAYS)[number], fd: number, region: Region, from: number, to: number): number {
  if (way === 'at a position') return readSync(fd, part(region, from, to), 0, to - from, from);
  if (way === 'at the file’s own') return readSync(fd, part(region, from, to), 0, to - from, null);
  if (way === 'vectors at a position') return readvSync(fd, halves(region, from, to), from);
  return readvSync(fd, halves(region, from, to));
}

await perform({
  async files(kind: Kind) {
    const { pager, region, words } = await open(kind);
    fill(words, SEED);
    for (const way of WAYS) {
      const written = file();
      for (const [from, to] of pieces(region.byteLength)) same(writeSome(way, written, region, from, to), from, to);
      // Once more from the beginning, into other pages than were written last.
      const again = openSync(`/proc/self/fd/${written}`, 'r');
      words.fill(0);
      for (const [from, to] of pieces(region.byteLength)) same(readSome(way, again, region, from, to), from, to);
      check(words, SEED);
      closeSync(written);
      closeSync(again);
    }
    // More than the limit in one call.
    const whole = file();
    same(writeSync(whole, part(region, 0, region.byteLength)), 0, region.byteLength);
    words.fill(0);
    same(readSync(whole, part(region, 0, region.byteLength), 0, region.byteLength, 0), 0, region.byteLength);
    check(words, SEED);
    // The end of the file is where it is.
    const short = readSync(whole, part(region, 0, MIB), 0, MIB, region.byteLength - 1000);
    closeSync(whole);
    const { evictions } = pager.stats();
    await pager.close();
    return { served: pager.faults, engine: pager.engine, evicted: evictions > 0, short };
  },

  async 'files in the pool'(kind: Kind) {
    const { pager, region, words } = await open(kind);
    fill(words, SEED);
    const name = path.join(tmpdir(), `farpage-pool-${process.pid}`);
    const handle = await promises.open(name, 'w+', 0o600);
    unlinkSync(name);
    const each = async (work: (from: number, to: number) => Promise<void>) => {
      await Promise.all([...pieces(region.byteLength)].map(([from, to]) => work(from, to)));
    };
    await each(async (from, to) =>
      same((await handle.write(part(region, from, to), 0, to - from, from)).bytesWritten, from, to),
    );
    words.fill(0);
    await each(async (from, to) =>
      same((await handle.read(part(region, from, to), 0, to - from, from)).bytesRead, from, to),
    );
    check(words, SEED);
    await each(async (from, to) => same((await handle.writev(halves(region, from, to), from)).bytesWritten, from, to));
    words.fill(0);
    await each(async (from, to) => same((await handle.readv(halves(region, from, to), from)).bytesRead, from, to));
    check(words, SEED);
    await handle.close();
    // A stream gathers what waits in it, and writes vectors.
    const target = path.join(tmpdir(), `farpage-stream-${process.pid}`);
    const stream = createWriteStream(target, { mode: 0o600 });
    for (const [from, to] of pieces(region.byteLength)) stream.write(part(region, from, to));
    stream.end();
    await finished(stream);
    const read = openSync(target, 'r');
    unlinkSync(target);
    words.fill(0);
    same(readSync(read, part(region, 0, region.byteLength), 0, region.byteLength, null), 0, region.byteLength);
    check(words, SEED);
    closeSync(read);
    await pager.close();
  },

  /** Through a socket and back, into the other half of the region. */
  async sockets({ host, ...kind }: Kind & { host: 'tcp' | 'unix' }) {
    const { pager, region, words } = await open(kind);
    const half = region.byteLength / 2;
    fill(words, SEED, 0, half / 4);
    const server = net.createServer((socket) => socket.pipe(socket));
    const place = path.join(tmpdir(), `farpage-echo-${process.pid}.sock`);
    if (host === 'tcp') server.listen(0, '127.0.0.1');
    else server.listen(place);
    await once(server, 'listening');
    const address = server.address();
    const to = typeof address === 'string' ? { path: address } : { port: address?.port ?? 0, host: '127.0.0.1' };
    let got = 0;
    const socket = net.connect({
      ...to,
      onread: {
        // Each time other pages, which are absent. Node.js asks once more when all has come.
        buffer: () => part(region, half + Math.min(got, half - 1), Math.min(region.byteLength, half + got + 50_001)),
        callback: (count) => {
          got += count;
          return true;
        },
      },
    });
    await once(socket, 'connect');
    for (const [from, end] of pieces(half)) {
      if (!socket.write(part(region, from, end))) await once(socket, 'drain');
    }
    await until(() => got >= half);
    check(words, SEED, 0, half / 4);
    for (let at = 0; at < half / 4; at++) {
      if (words[half / 4 + at] !== wordAt(at, SEED)) throw new Error(`word ${at} came back as ${words[half / 4 + at]}`);
    }
    socket.destroy();
    server.close();
    await pager.close();
    return got === half;
  },

  async datagrams(kind: Kind) {
    const { pager, region, words } = await open(kind);
    fill(words, SEED);
    const [from, to] = [createSocket('udp4'), createSocket('udp4')];
    to.bind(0, '127.0.0.1');
    await once(to, 'listening');
    let same = 0;
    const count = 200;
    for (let turn = 0; turn < count; turn++) {
      const at = (turn * 40_000) & ~3;
      const sent = [part(region, at, at + 5000), part(region, region.byteLength - at - 5000, region.byteLength - at)];
      const expected = Buffer.concat(sent.map((bytes) => Buffer.from(bytes)));
      // Both parts are evicted again before they are sent.
      check(words, SEED, MIB, MIB + MIB / 2);
      const answer = once(to, 'message');
      from.send(sent, to.address().port, '127.0.0.1');
      const [message] = (await answer) as [Buffer];
      if (message.equals(expected)) same++;
    }
    from.close();
    to.close();
    await pager.close();
    return same === count;
  },

  async 'a child and a web server'(kind: Kind) {
    const { pager, region, words } = await open(kind);
    fill(words, SEED);
    const sum = createHash('sha256')
      .update(part(region, 0, region.byteLength))
      .digest('hex');
    const child = spawn('sha256sum', { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(part(region, 0, region.byteLength));
    let told = '';
    child.stdout.on('data', (bytes) => (told += bytes));
    await once(child, 'close');
    const server = http.createServer((request, response) => {
      const hash = createHash('sha256');
      request.on('data', (bytes) => hash.update(bytes));
      request.on('end', () => response.end(hash.digest('hex')));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const request = http.request({ port, host: '127.0.0.1', method: 'POST' });
    request.end(part(region, 0, region.byteLength));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    let answer = '';
    for await (const bytes of response) answer += String(bytes);
    server.close();
    const zipped = gunzipSync(gzipSync(part(region, 0, 3 * MIB)));
    const unzipped = zipped.equals(Buffer.from(region.buffer, 0, 3 * MIB));
    await pager.close();
    return { child: told.startsWith(sum), web: answer === sum, unzipped };
  },

  async 'pages that nobody can bring in'(kind: Kind) {
    const { pager, region, words } = await open(kind);
    fill(words, SEED);
    const bytes = part(region, 0, MIB);
    await pager.close();
    const fd = file();
    const written = await failure(() => writeSync(fd, bytes));
    writeSync(fd, Buffer.alloc(MIB));
    const read = await failure(() => readSync(fd, bytes, 0, MIB, 0));
    closeSync(fd);
    return [written.code, read.code];
  },

  /** A listener of the signal, then an addon with handlers of its own, whose call the environment's READ describes. */
  async 'handlers of others'({ addon, ...kind }: Kind & { addon: string }) {
    const { region, words } = await open(kind);
    fill(words, SEED);
    let heard = 0;
    process.on('SIGBUS', () => heard++);
    check(words, SEED);
    process.kill(process.pid, 'SIGBUS');
    await until(() => heard > 0);
    process.env.READ = String(region.address + BigInt(MIB));
    process.dlopen({ exports: {} }, addon);
    const zeros = part(region, MIB, MIB + 4096).every((byte) => byte === 0);
    check(words, SEED, 0, MIB / 4);
    check(words, SEED, (MIB + 4096) / 4);
    const foreign = sharedMemory(MIB);
    ftruncateSync(foreign.fd ?? -1, 0);
    say(`heard ${heard}, ${zeros ? 'zeros' : 'no zeros'}`);
    return new Uint8Array(foreign.buffer)[4096];
  },

  async 'as they are'(kind: Kind) {
    const { pager, region, words } = await open(kind);
    fill(words, SEED);
    const { code } = await failure(() => writeSync(1, part(region, 0, MIB)));
    await pager.close();
    return { served: pager.faults, code };
  },

  async 'by default'() {
    const pager = await createPager();
    await pager.close();
    return { served: pager.faults, serves: native().callsServed(), kernel: native().probe().kernelFaults };
  },
});
