// budget: 90 s
// The migration's connections with bytes that were never sent: a connection may end of it, a page is never invented.
import assert from 'node:assert/strict';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { Connection, PACKET, readBits, readJson, readRuns, VERSION } from '../../src/migrate/packet.js';
import { sendPages } from '../../src/migrate/sender.js';
import { Destination, Folder, receiveSpec, sendSpec } from '../support/image/move.js';
import { Mangler } from '../support/servers/mangler.js';
import { Random } from '../support/sim/random.js';
import { MemoryPages } from '../support/world/memory-pages.js';

const test = suite('a migration’s bytes');
const folder = new Folder();
const PAGES = 300;
const SEEDS = 12;

test.after(() => folder.remove());

/** One thing that should never happen to bytes. */
function spoil(random: Random, chunk: Buffer): Buffer | null {
  const at = random.below(chunk.length);
  const kind = random.below(5);
  if (kind === 0) {
    const spoilt = Buffer.from(chunk);
    spoilt[at] = (spoilt[at] ?? 0) ^ (1 << random.below(8));
    return spoilt;
  }
  if (kind === 1) return chunk.subarray(0, at);
  if (kind === 2) return Buffer.concat([chunk, chunk.subarray(at)]);
  if (kind === 3) return Buffer.concat([chunk.subarray(0, at), Buffer.from([random.below(256)]), chunk.subarray(at)]);
  return null;
}

for (let seed = 1; seed <= SEEDS; seed++) {
  test(`spoilt on their way, seed ${seed}`, async () => {
    const random = new Random(BigInt(seed));
    const [front, back] = [folder.socket(), folder.socket()];
    const destination = await Destination.listen(receiveSpec(back, { patience: 20_000 }));
    let spoils = 0;
    let switched = false;
    const mangler = await Mangler.start({
      from: front,
      to: back,
      change: (chunk) => {
        if (!switched || spoils === 6 || random.below(4) !== 0) return chunk;
        spoils++;
        return spoil(random, chunk);
      },
    });
    const source = new MemoryPages(PAGES);
    for (let page = 0; page < PAGES; page++) if (random.below(4) !== 0) source.write(page, random.below(1e9) + 1);
    const compress = random.below(2) === 0 ? 'off' : 'auto';
    const spec = sendSpec(front, { patience: 20_000, rounds: random.below(2), compress, bandwidth: 20e6 });
    const sending = sendPages(source, spec, {
      switch: async () => {
        switched = true;
        return Buffer.from('state');
      },
    });
    await destination.switched;
    const wanted = Array.from({ length: 40 }, () => random.below(PAGES));
    for (const page of wanted) {
      assert.ok(Buffer.from(await destination.read(page)).equals(source.page(page)), `page ${page}, waited for`);
    }
    await sending;
    for (let page = 0; page < PAGES; page++) {
      assert.ok(Buffer.from(await destination.read(page)).equals(source.page(page)), `page ${page}`);
    }
    mangler.close();
    destination.receiver.close();
  });
}

/** A peer that says what it likes; resolves when its connection has ended. */
async function speak(socket: string, say: (line: Connection, raw: net.Socket) => void): Promise<number[]> {
  const raw = net.connect(socket);
  await new Promise((resolve) => raw.once('connect', resolve));
  const heard: number[] = [];
  const line = new Connection(raw, (type) => void heard.push(type));
  say(line, raw);
  await line.closed;
  return heard;
}

const u32 = (...words: number[]) => Buffer.from(Uint32Array.from(words).buffer);
const hello = { version: VERSION, id: '0'.repeat(32), role: 'push', again: false, pages: 8, pageSize: 4096 };

test('a peer that makes no sense is sent away, and another is served', async () => {
  const socket = folder.socket();
  const destination = await Destination.listen(receiveSpec(socket));
  const greetings: unknown[] = [
    { ...hello, version: 99 },
    { ...hello, id: '../../x' },
    { ...hello, role: 'other' },
    { ...hello, pages: -1 },
    { ...hello, pages: 2 ** 31 },
    { ...hello, pages: 1.5 },
    { ...hello, pageSize: 4095 },
    { ...hello, pageSize: 2 ** 30 },
    { ...hello, again: true },
    [],
  ];
  for (const greeting of greetings) {
    const heard = await speak(socket, (line) => line.writeJson(PACKET.hello, greeting));
    assert.deepEqual(heard, [PACKET.refused], JSON.stringify(greeting));
  }
  assert.deepEqual(await speak(socket, (line) => line.write(PACKET.hello, [Buffer.from('no JSON')])), []);
  assert.deepEqual(await speak(socket, (line) => line.write(PACKET.switch)), [], 'not a greeting');
  await speak(socket, (_line, raw) => raw.write(Buffer.alloc(64, 0xff)));
  const frames: Array<(line: Connection) => void> = [
    (line) => line.write(PACKET.pages, [u32(7, 2), Buffer.alloc(8192)]),
    (line) => line.write(PACKET.pages, [u32(0xffffffff, 2), Buffer.alloc(8192)]),
    (line) => line.write(PACKET.pages, [u32(0, 1), Buffer.alloc(4095)]),
    (line) => line.write(PACKET.pages, [u32(0, 0)]),
    (line) => line.write(PACKET.pages, [u32(0)]),
    (line) => line.write(PACKET.packed, [u32(0, 1), Buffer.alloc(20, 0xaa)]),
    (line) => line.write(PACKET.packed, [u32(0, 8)]),
    (line) => line.write(PACKET.zeros, [u32(8, 1)]),
    (line) => line.write(PACKET.zeros, [u32(1, 2, 3)]),
    (line) => line.write(PACKET.bits, [u32(3), Buffer.alloc(1)]),
    (line) => line.write(PACKET.bits, [u32(0), Buffer.alloc(100)]),
    (line) => line.write(PACKET.bits, [u32(8), Buffer.alloc(1)]),
    (line) => line.write(PACKET.end),
    (line) => line.write(PACKET.taken, [Buffer.alloc(8)]),
    (line) => line.write(200 as typeof PACKET.end),
  ];
  for (const [index, send] of frames.entries()) {
    const id = index.toString(16).padStart(32, '0');
    const heard = await speak(socket, (line) => {
      line.writeJson(PACKET.hello, { ...hello, id });
      send(line);
    });
    assert.ok(heard.length <= 1, `frame ${index} was taken: ${heard}`);
    await sleep(5);
  }
  const source = new MemoryPages(8);
  source.write(3, 33);
  await sendPages(source, sendSpec(socket), { switch: async () => new Uint8Array() });
  for (let page = 0; page < 8; page++) {
    assert.ok(Buffer.from(await destination.read(page)).equals(source.page(page)), `page ${page}`);
  }
  destination.receiver.close();
});

test('readers of frames: any bytes are read or refused, within their bounds', () => {
  const random = new Random(7n);
  for (let round = 0; round < 20_000; round++) {
    const body = Buffer.from(Array.from({ length: random.below(40) }, () => random.below(random.below(2) ? 256 : 3)));
    const pages = random.below(100) + 1;
    try {
      for (const { first, count } of readRuns(body, pages)) assert.ok(count > 0 && first + count <= pages);
    } catch (error) {
      assert.equal((error as { code: string }).code, 'PROTOCOL');
    }
    try {
      readBits(body, pages, (page) => assert.ok(page >= 0 && page < pages));
    } catch (error) {
      assert.equal((error as { code: string }).code, 'PROTOCOL');
    }
    try {
      readJson(body);
    } catch (error) {
      assert.equal((error as { code: string }).code, 'PROTOCOL');
    }
  }
});

test.run();
