// The packets of a migration's connections: see docs/protocol.md. Each is checked before any of it is used.
import type { Socket } from 'node:net';
import { PagerError } from '../errors.js';
import { descriptorOf } from '../native/descriptor.js';
import { native } from '../native/native.js';
import { Direct } from './direct.js';
import { Listening, SHORT_SILENCE, type Silence } from './silence.js';

export const VERSION = 1;
/** Bytes: how many follow, type, three of zeros, checksum of the first eight and of what follows. */
const HEAD = 12;
/** Most bytes of one packet, without its head. */
export const MAX_PACKET_BYTES = 2 ** 21 + 4096;

export const PACKET = {
  /** JSON: the connection's role, and what is to be moved. */
  hello: 1,
  /** JSON: the migration is accepted. */
  welcome: 2,
  /** Why it is refused, as text. */
  refused: 3,
  /** u32 first page, u32 how many, their bytes. */
  pages: 4,
  /** u32 pairs, first and how many: these are zeros. */
  zeros: 5,
  /** u32 first page, a multiple of 8; a bit for each from there on: the receiver has it (welcome), lacks it (switch). */
  bits: 6,
  /** The bits are all; what follows is the state: the receiver runs. */
  switch: 7,
  /** u32 pairs: pages that a thread waits for. */
  want: 8,
  /** All has been sent. */
  end: 9,
  /** All has been received. */
  complete: 10,
  /** No content: a sign of life, so that silence means a dead connection. */
  alive: 11,
  /** f64: bytes of this connection that have arrived, heads included. */
  taken: 12,
  /** u32 first page, u32 how many, their bytes as one LZ4 block. */
  packed: 13,
  /** Of a shared region: a message about a page or a lease (src/dsm/message.ts). */
  dsm: 14,
  /** Of a shared region, from the home: u32 pairs: pages that are lost. */
  lost: 15,
} as const;

export type PacketType = (typeof PACKET)[keyof typeof PACKET];

/** Bytes of the receive buffer at first; it grows if a packet needs more. */
const MIN_BUFFER_BYTES = 2 ** 19;
/** Least room for one read without a stream. */
const MIN_READ_BYTES = 2 ** 16;
/** Most bytes of a packet that is written as one piece: a page that a thread waits for costs less so. */
const SMALL = 8192;

export class Connection {
  readonly #socket: Socket;
  readonly #take: (type: number, body: Buffer) => void;
  readonly #timer: NodeJS.Timeout;
  /** Received bytes that were not parsed are from #from to #to. */
  #buffer = Buffer.allocUnsafe(MIN_BUFFER_BYTES);
  #from = 0;
  #to = 0;
  readonly #listening: Listening;
  readonly #direct: Direct | undefined;
  #error: unknown;
  #gathers = false;
  /** Bytes written, and bytes of whole packets received. */
  sent = 0;
  received = 0;
  readonly closed: Promise<unknown>;

  /**
   * @param take an error that it throws ends the connection
   * @param isDirect without Node.js's streams, if the socket can do without them
   */
  constructor(
    socket: Socket,
    take: (type: number, body: Buffer) => void,
    silence: Silence = SHORT_SILENCE,
    isDirect = false,
  ) {
    this.#socket = socket;
    this.#take = take;
    this.#listening = new Listening(silence);
    socket.setNoDelay(true);
    const events = { room: () => this.#room(), came: (bytes: number) => this.#came(bytes) };
    this.#direct = isDirect ? Direct.take(socket, events) : undefined;
    if (this.#direct === undefined) socket.on('data', (chunk: Buffer) => this.#hear(chunk)).resume();
    socket.on('error', (error) => {
      this.#error ??= error;
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        clearInterval(this.#timer);
        this.#direct?.close();
        resolve(this.#error ?? new PagerError('PROTOCOL', 'the connection was closed'));
      });
    });
    this.#timer = setInterval(() => {
      if (this.#listening.isOver(this.#unanswered)) this.end(new PagerError('PROTOCOL', 'the other end is silent'));
      else this.write(PACKET.alive);
    }, silence.interval);
  }

  get open(): boolean {
    return this.#socket.writable;
  }

  /** Bytes written that the kernel has not taken. */
  get unsent(): number {
    return this.#socket.writableLength;
  }

  /** @param sent when the bytes are free again, or the connection is lost */
  write(type: PacketType, parts: readonly Uint8Array[] = [], sent?: () => void): void {
    if (!this.open) {
      sent?.();
      return;
    }
    const head = Buffer.alloc(HEAD);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    head.writeUInt32LE(length, 0);
    head.writeUInt8(type, 4);
    head.writeUInt32LE(checksum(head, parts), 8);
    this.sent += HEAD + length;
    const pieces = [head, ...parts];
    this.#writeStream(this.#direct?.send(pieces) ?? pieces, HEAD + length, sent);
  }

  /** As `write`; what is written in one turn of the loop leaves by one system call at its end. */
  writeSoon(type: PacketType, parts: readonly Uint8Array[]): void {
    if (!this.#gathers) {
      this.#gathers = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#gathers = false;
        this.#socket.uncork();
      });
    }
    this.write(type, parts);
  }

  #writeStream(pieces: readonly Uint8Array[], length: number, sent?: () => void): void {
    if (pieces.length === 0) {
      sent?.();
      return;
    }
    if (length <= SMALL) {
      this.#socket.write(Buffer.concat(pieces), sent);
      return;
    }
    this.#socket.cork();
    const last = pieces.length - 1;
    for (const [index, piece] of pieces.entries()) this.#socket.write(piece, index === last ? sent : undefined);
    this.#socket.uncork();
  }

  writeJson(type: PacketType, value: unknown): void {
    this.write(type, [Buffer.from(JSON.stringify(value))]);
  }

  /** Tells the other end why it is refused, and ends the connection. */
  refuse(why: string): void {
    this.write(PACKET.refused, [Buffer.from(why)]);
    this.end();
  }

  /** @param error why; without it what has been written is sent first */
  end(error?: unknown): void {
    this.#error ??= error;
    if (error === undefined) this.#socket.end();
    else this.#socket.destroy();
  }

  readonly #unanswered = (): number => {
    const fd = descriptorOf(this.#socket);
    return fd === undefined ? 0 : native().userfaultfd.unanswered(fd);
  };

  #hear(chunk: Buffer): void {
    // After its end nothing is parsed: what the other end goes on sending must not pile up.
    if (!this.open) return;
    this.#makeRoom(chunk.length);
    chunk.copy(this.#buffer, this.#to);
    this.#came(chunk.length);
  }

  #room(): Uint8Array {
    this.#makeRoom(MIN_READ_BYTES);
    return this.#buffer.subarray(this.#to);
  }

  #came(bytes: number): void {
    if (!this.open) return;
    this.#listening.heard();
    this.#to += bytes;
    try {
      while (this.open && this.#to - this.#from >= HEAD) {
        const length = this.#buffer.readUInt32LE(this.#from);
        if (length > MAX_PACKET_BYTES) throw new PagerError('PROTOCOL', `a packet of ${length} bytes`);
        if (this.#to - this.#from < HEAD + length) return;
        const head = this.#buffer.subarray(this.#from, this.#from + HEAD);
        const body = this.#buffer.subarray(this.#from + HEAD, this.#from + HEAD + length);
        if (head.readUInt32LE(8) !== checksum(head, [body]) || head.readUIntLE(5, 3) !== 0) {
          throw new PagerError('PROTOCOL', 'a packet is damaged');
        }
        this.#from += HEAD + length;
        this.received += HEAD + length;
        const type = head.readUInt8(4);
        if (type !== PACKET.alive) this.#take(type, body);
      }
    } catch (error) {
      this.end(error);
    }
  }

  #makeRoom(length: number): void {
    if (this.#from === this.#to) {
      this.#from = 0;
      this.#to = 0;
    }
    if (this.#to + length > this.#buffer.length) {
      const held = this.#to - this.#from;
      const into =
        held + length > this.#buffer.length / 2
          ? Buffer.allocUnsafe(Math.max(MIN_BUFFER_BYTES, 2 * this.#buffer.length))
          : this.#buffer;
      this.#buffer.copy(into, 0, this.#from, this.#to);
      this.#buffer = into;
      this.#from = 0;
      this.#to = held;
    }
  }
}

function checksum(head: Buffer, parts: readonly Uint8Array[]): number {
  const { crc32c } = native();
  let value = crc32c(head.subarray(0, 8), 0);
  for (const part of parts) value = crc32c(part, value);
  return value;
}

/** @throws PagerError 'PROTOCOL' if it is not an object */
export function readJson(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch (cause) {
    throw new PagerError('PROTOCOL', 'a packet is not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null) throw new PagerError('PROTOCOL', 'a packet is not an object');
  return value as Record<string, unknown>;
}

/** u32 pairs of a packet. @throws PagerError 'PROTOCOL' past the last page */
export function readRuns(body: Buffer, pages: number): Array<{ first: number; count: number }> {
  if (body.length % 8 !== 0) throw new PagerError('PROTOCOL', 'a list of pages ends too early');
  const runs = [];
  for (let at = 0; at < body.length; at += 8) runs.push(checkedRun(body, at, pages));
  return runs;
}

export function checkedRun(body: Buffer, at: number, pages: number): { first: number; count: number } {
  if (body.length < at + 8) throw new PagerError('PROTOCOL', 'a packet of pages ends too early');
  const [first, count] = [body.readUInt32LE(at), body.readUInt32LE(at + 4)];
  if (count === 0 || first + count > pages) throw new PagerError('PROTOCOL', `page ${first + count} of ${pages}`);
  return { first, count };
}

export function writeRuns(runs: ReadonlyArray<{ first: number; count: number }>): Buffer {
  const body = Buffer.alloc(runs.length * 8);
  for (const [index, { first, count }] of runs.entries()) {
    body.writeUInt32LE(first, index * 8);
    body.writeUInt32LE(count, index * 8 + 4);
  }
  return body;
}

const RUNS_PER_PACKET = 2 ** 16;

/** As many packets as the runs need; none without runs. */
export function sendRuns(
  connection: Connection,
  type: PacketType,
  runs: ReadonlyArray<{ first: number; count: number }>,
): void {
  for (let at = 0; at < runs.length; at += RUNS_PER_PACKET) {
    connection.write(type, [writeRuns(runs.slice(at, at + RUNS_PER_PACKET))]);
  }
}

const BITS_PER_PACKET = 2 ** 19;

/** Sends a bit a page. */
export function sendBits(connection: Connection, pages: number, isSet: (page: number) => boolean): void {
  for (let first = 0; first < pages; first += BITS_PER_PACKET) {
    const count = Math.min(BITS_PER_PACKET, pages - first);
    const body = Buffer.alloc(4 + Math.ceil(count / 8));
    body.writeUInt32LE(first, 0);
    for (let at = 0; at < count; at++) {
      if (isSet(first + at)) body[4 + (at >> 3)] = (body[4 + (at >> 3)] ?? 0) | (1 << (at & 7));
    }
    connection.write(PACKET.bits, [body]);
  }
}

export function readBits(body: Buffer, pages: number, each: (page: number, set: boolean) => void): void {
  if (body.length < 5) throw new PagerError('PROTOCOL', 'a map of pages ends too early');
  const first = body.readUInt32LE(0);
  const end = Math.min(pages, first + (body.length - 4) * 8);
  if (first % 8 !== 0 || first >= pages || (body.length - 4) * 8 >= end - first + 8) {
    throw new PagerError('PROTOCOL', 'a map of pages that do not exist');
  }
  for (let page = first; page < end; page++) {
    const at = page - first;
    each(page, (((body[4 + (at >> 3)] ?? 0) >> (at & 7)) & 1) === 1);
  }
}
