// A connection that only reads pages, with no general client in between. Any failure falls back to the client.
import { connect, type Socket } from 'node:net';
import { descriptorOf } from '../native/descriptor.js';
import type { RedisAddress } from './redis-url.js';
import type { LaneSource, LaneTaker, PageRead } from './store.js';

interface Batch {
  pages: ReadonlyArray<PageRead>;
  /** Replies seen so far. */
  replies: number;
  ok: boolean;
  settle: (ok: boolean) => void;
}

const RECEIVE_BYTES = 64 * 1024;
const CONNECT_TIMEOUT = 4000;
const SILENCE_TIMEOUT = 10_000;
/** Milliseconds between two attempts to connect again; twice as many after each lane that brought no page. */
const RECONNECT_PAUSE = 200;
const MAX_RECONNECT_PAUSE = 10_000;
const CR = 13;
const LF = 10;
const DOLLAR = 36;
const HEADER_BYTES = 64;

/**
 * A second connection to one server that only sends GET and MGET, and copies pages from the receive buffer straight into
 * place: measured, two thirds of the general client's latency. It reports only success. After any failure (a lost
 * connection, an error reply, a missing page, a wrong length) the general client repeats the request and finds the cause.
 *
 * Once native code takes its connections over (`attach`), it only opens them: it finds the server, and authenticates.
 */
export class ReadConnection implements LaneSource {
  readonly #address: RedisAddress;
  readonly prefix: string;
  readonly #buffer = Buffer.allocUnsafeSlow(RECEIVE_BYTES);
  #socket: Socket | undefined;
  #ready = false;
  #taker: LaneTaker | undefined;
  /** The taker has a connection. */
  #taken = false;
  #pause = RECONNECT_PAUSE;
  #closed = false;
  #lastAttempt = Number.NEGATIVE_INFINITY;
  #batches: Batch[] = [];
  /** Replies of the handshake still to come. */
  #greetings = 0;
  #greeted: (() => void) | undefined;
  /** The received part of a reply's first line. */
  #header = '';
  /** Bytes of a reply's body, its line end included, still to come; -1 while a header is read. */
  #bodyLeft = -1;
  #target: Uint8Array | undefined;
  #targetAt = 0;

  constructor(address: RedisAddress, prefix: string) {
    this.#address = address;
    this.prefix = prefix;
  }

  /** Resolves when the connection is open, or cannot be opened at present. */
  connect(): Promise<void> {
    this.#lastAttempt = performance.now();
    return new Promise((resolve) => {
      this.#greeted = resolve;
      const { nodes, username, password, database } = this.#address;
      const [{ host, port } = { host: '', port: 0 }] = nodes;
      const onread = {
        buffer: this.#buffer,
        callback: (bytes: number) => {
          this.#receive(bytes);
          return true;
        },
      };
      const socket = connect({ host, port, noDelay: true, keepAlive: true, onread });
      this.#socket = socket;
      socket.setTimeout(CONNECT_TIMEOUT);
      socket.on('timeout', () => {
        if (!this.#ready || this.#batches.length > 0) socket.destroy();
      });
      // The socket closes next; the client gets the same error and reports it.
      socket.on('error', () => socket.destroy());
      socket.on('end', () => socket.destroy());
      socket.on('close', () => this.#onClose());
      socket.on('connect', () => {
        socket.setTimeout(SILENCE_TIMEOUT);
        const greeting: string[][] = [];
        if (password !== undefined) {
          greeting.push(username === undefined ? ['AUTH', password] : ['AUTH', username, password]);
        }
        if (database !== 0) greeting.push(['SELECT', String(database)]);
        this.#greetings = greeting.length;
        if (greeting.length === 0) this.#open();
        else socket.write(greeting.map(encode).join(''));
      });
    });
  }

  /** Sends one command. Resolves true with every `into` filled, or false with some perhaps filled. Never rejects. */
  read(pages: ReadonlyArray<PageRead>): Promise<boolean> | boolean {
    const socket = this.#socket;
    if (socket === undefined || !this.#ready) {
      const isWanted = !this.#closed && !this.#taken && socket === undefined;
      if (isWanted && performance.now() - this.#lastAttempt > this.#pause) void this.connect();
      return false;
    }
    if (pages.length === 0) return true;
    const text = encode([pages.length === 1 ? 'GET' : 'MGET', ...pages.map(({ page }) => this.prefix + page)]);
    return new Promise((settle) => {
      this.#batches.push({ pages, replies: 0, ok: true, settle });
      socket.write(text);
    });
  }

  attach(taker: LaneTaker): void {
    this.#taker = taker;
    if (this.#ready) this.#handOver(taker);
  }

  lost(pages: number): void {
    this.#taken = false;
    this.#pause = pages > 0 ? RECONNECT_PAUSE : Math.min(2 * this.#pause, MAX_RECONNECT_PAUSE);
  }

  /** The client has lost its connection: this one may lead to a server that is no longer the one to ask. */
  offline(): void {
    if (this.#taken) this.#taker?.drop();
    this.#taken = false;
    this.#socket?.destroy();
  }

  close(): void {
    this.#closed = true;
    this.offline();
  }

  #open(): void {
    this.#ready = true;
    if (this.#taker !== undefined) this.#handOver(this.#taker);
    this.#greeted?.();
  }

  // Node.js has no way to give a connection away, so the taker duplicates the descriptor and this socket is closed.
  #handOver(taker: LaneTaker): void {
    const socket = this.#socket;
    const fd = socket === undefined ? undefined : descriptorOf(socket);
    // A runtime that does not show the descriptor: pages are read here, as without a lane.
    if (fd === undefined || this.#batches.length > 0) return;
    if (!taker.take(fd)) return;
    this.#ready = false;
    this.#taken = true;
    socket?.destroy();
  }

  #onClose(): void {
    this.#ready = false;
    this.#socket = undefined;
    this.#header = '';
    this.#bodyLeft = -1;
    this.#target = undefined;
    const batches = this.#batches;
    this.#batches = [];
    for (const { settle } of batches) settle(false);
    this.#greeted?.();
  }

  #receive(bytes: number): void {
    const buffer = this.#buffer;
    let at = 0;
    while (at < bytes && this.#socket?.destroyed === false) {
      if (this.#bodyLeft >= 0) {
        at += this.#receiveBody(buffer, at, bytes);
        continue;
      }
      const end = buffer.indexOf(LF, at);
      const lineEnd = end === -1 || end >= bytes ? bytes : end + 1;
      this.#header += buffer.toString('latin1', at, lineEnd);
      at = lineEnd;
      if (this.#header.charCodeAt(this.#header.length - 1) === LF) this.#onHeader();
      else if (this.#header.length > HEADER_BYTES && this.#header.charCodeAt(0) === DOLLAR) this.#abandon();
    }
  }

  #receiveBody(buffer: Buffer, at: number, bytes: number): number {
    const here = Math.min(this.#bodyLeft, bytes - at);
    const target = this.#target;
    if (target !== undefined) {
      const wanted = Math.min(here, target.byteLength - this.#targetAt);
      if (wanted > 0) target.set(buffer.subarray(at, at + wanted), this.#targetAt);
      this.#targetAt += wanted;
    }
    this.#bodyLeft -= here;
    if (this.#bodyLeft === 0) {
      this.#bodyLeft = -1;
      this.#onReply(target !== undefined);
    }
    return here;
  }

  #onHeader(): void {
    const header = this.#header;
    this.#header = '';
    if (header.charCodeAt(header.length - 2) !== CR) this.#abandon();
    else if (this.#greetings > 0) this.#onGreeting(header);
    else if (header.startsWith('-')) this.#onRefusal();
    else if (header.startsWith('*')) this.#onArray(Number(header.slice(1, -2)));
    else this.#onLength(header.startsWith('$') ? Number(header.slice(1, -2)) : Number.NaN);
  }

  #onGreeting(header: string): void {
    // Refused: this connection stays closed, and the client reports why.
    if (!header.startsWith('+')) this.#abandon();
    else if (--this.#greetings === 0) this.#open();
  }

  /** The head of an MGET's reply; its elements follow as replies of their own. */
  #onArray(length: number): void {
    const [batch] = this.#batches;
    if (batch === undefined || batch.replies !== 0 || batch.pages.length !== length) this.#abandon();
  }

  /** An error reply stands for the whole command. */
  #onRefusal(): void {
    const [batch] = this.#batches;
    if (batch !== undefined) batch.replies = batch.pages.length - 1;
    this.#onReply(false);
  }

  #onLength(length: number): void {
    const [batch] = this.#batches;
    if (!Number.isInteger(length)) {
      this.#abandon();
    } else if (length < 0) {
      this.#onReply(false);
    } else {
      const into = batch?.pages[batch.replies]?.into;
      this.#target = into?.byteLength === length ? into : undefined;
      this.#targetAt = 0;
      this.#bodyLeft = length + 2;
    }
  }

  #onReply(ok: boolean): void {
    this.#target = undefined;
    const [batch] = this.#batches;
    if (batch === undefined) {
      this.#abandon();
      return;
    }
    batch.ok &&= ok;
    if (++batch.replies < batch.pages.length) return;
    this.#batches.shift();
    batch.settle(batch.ok);
  }

  #abandon(): void {
    this.#socket?.destroy();
  }
}

function encode(args: readonly string[]): string {
  let text = `*${args.length}\r\n`;
  for (const arg of args) text += `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`;
  return text;
}
