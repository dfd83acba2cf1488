// One connection to a page server of CRIU, as its client: requests are answered in their order.
import { connect, type Socket } from 'node:net';
import { describeError, PagerError } from '../errors.js';
import {
  CLOSE,
  GET,
  messageBytes,
  PAGES,
  type PageMessage,
  type PageProtocol,
  readMessage,
  STATUS_BYTES,
  WIRE_PAGE,
  writeMessage,
} from './page-server-wire.js';
import { errnoOf, StoreError } from './store-error.js';

export interface PageServerAddress {
  host: string;
  port: number;
  protocol: PageProtocol;
}

/** Adjacent pages of a task, and where they go. */
export interface PageAsk {
  pid: number;
  address: number;
  into: readonly Uint8Array[];
}

interface Pending extends PageAsk {
  /** @param pages those that have come, from the first on */
  resolve: (pages: number) => void;
  reject: (error: unknown) => void;
}

const RECEIVE_BYTES = 256 * 1024;
const CONNECT_TIMEOUT = 4000;
const KEEP_ALIVE = 10_000;
/** Milliseconds between two looks whether a page server that owes an answer sends any, and looks until it counts as lost. */
const LOOK = 5000;
const SILENT_LOOKS = 4;

export function nameOf({ host, port }: PageServerAddress): string {
  return `the page server at ${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export class PageConnection {
  readonly #name: string;
  readonly #protocol: PageProtocol;
  readonly #socket: Socket;
  readonly #buffer = Buffer.allocUnsafeSlow(RECEIVE_BYTES);
  readonly #headerBytes: number;
  readonly #header: Buffer;
  /** Asked for, in the order of the answers. */
  #pending: Pending[] = [];
  #headerAt = 0;
  /** Of the answer that is being received: its pages, and the bytes of them that have come. */
  #answer = 0;
  #answerAt = 0;
  #silent = 0;
  #watch: NodeJS.Timeout | undefined;
  #ended: PagerError | undefined;
  /** Takes the answer to CLOSE. */
  #closed: { resolve: (status: number) => void; reject: (error: unknown) => void } | undefined;
  /** Called once, when no answer comes any more. A transient error: another connection may be better. */
  onEnd: (error: PagerError) => void = () => {};

  /** @throws (rejects) StoreError 'STORE_READ' */
  static open(address: PageServerAddress): Promise<PageConnection> {
    return new Promise((resolve, reject) => {
      const connection = new PageConnection(address, () => {
        connection.onEnd = () => {};
        resolve(connection);
      });
      connection.onEnd = reject;
    });
  }

  private constructor(address: PageServerAddress, connected: () => void) {
    const { host, port, protocol } = address;
    this.#name = nameOf(address);
    this.#protocol = protocol;
    this.#headerBytes = messageBytes(protocol);
    this.#header = Buffer.alloc(this.#headerBytes);
    const onread = {
      buffer: this.#buffer,
      callback: (bytes: number) => {
        this.#receive(bytes);
        return true;
      },
    };
    this.#socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE, onread });
    const timeout = setTimeout(() => this.#fail(this.#lost('cannot be reached', timedOut())), CONNECT_TIMEOUT);
    let reached = false;
    this.#socket.on('connect', () => {
      reached = true;
      clearTimeout(timeout);
      this.#watch = setInterval(() => this.#look(), LOOK);
      connected();
    });
    this.#socket.on('error', (error) => this.#fail(this.#lost(reached ? 'is lost' : 'cannot be reached', error)));
    this.#socket.on('end', () => this.#socket.destroy());
    this.#socket.on('close', () => {
      clearTimeout(timeout);
      this.#fail(this.#lost('has closed the connection', undefined));
    });
  }

  /**
   * Fills pages from the first on; resolves to how many, at least one: a server answers with fewer where a mapping of the task ends.
   * @throws (rejects) StoreError 'STORE_READ': transient if the connection is lost, permanent if the answer is not one
   */
  get(ask: PageAsk): Promise<number> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#pending.push({ ...ask, resolve, reject });
      this.#write({ command: GET, pages: ask.into.length, address: ask.address, id: ask.pid });
    });
  }

  /** Says that no more pages are asked for, and resolves to the server's status; 0: done. */
  finish(): Promise<number> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#closed = { resolve, reject };
      this.#write({ command: CLOSE, pages: 0, address: 0, id: 0 });
    });
  }

  close(): void {
    this.#fail(new PagerError('CLOSED', `${this.#name}: the connection is closed`));
  }

  /** As `close`, so that the server sees a failure and not an end. */
  reset(): void {
    this.#fail(new PagerError('CLOSED', `${this.#name}: the connection is closed`), true);
  }

  #write(message: PageMessage): void {
    const bytes = Buffer.allocUnsafe(this.#headerBytes);
    writeMessage(this.#protocol, message, bytes);
    this.#socket.write(bytes);
  }

  // A host that has gone sends nothing, and no error comes.
  #look(): void {
    if (this.#pending.length === 0 && this.#closed === undefined) this.#silent = 0;
    else if (++this.#silent > SILENT_LOOKS) this.#fail(this.#lost('is lost', timedOut()), true);
  }

  #receive(bytes: number): void {
    this.#silent = 0;
    for (let at = 0; at < bytes && this.#ended === undefined; ) {
      at += this.#answer > 0 ? this.#receivePages(at, bytes) : this.#receiveHeader(at, bytes);
    }
  }

  #receiveHeader(at: number, bytes: number): number {
    const isStatus = this.#pending.length === 0 && this.#closed !== undefined;
    const whole = isStatus ? STATUS_BYTES : this.#headerBytes;
    const here = Math.min(whole - this.#headerAt, bytes - at);
    this.#buffer.copy(this.#header, this.#headerAt, at, at + here);
    this.#headerAt += here;
    if (this.#headerAt < whole) return here;
    this.#headerAt = 0;
    if (isStatus) this.#closed?.resolve(this.#header.readInt32LE(0));
    else this.#onHeader(readMessage(this.#protocol, this.#header));
    return here;
  }

  // After an answer that is not the one asked for, nothing that follows can be trusted.
  #onHeader(message: PageMessage): void {
    const [asked] = this.#pending;
    if (asked === undefined) {
      this.#fail(this.#wrong('it sends what was not asked for'), true);
      return;
    }
    const wanted = { command: PAGES, pages: asked.into.length, address: asked.address, id: asked.pid };
    const { command, pages, address, id } = message;
    const fits = command === wanted.command && address === wanted.address && id === wanted.id;
    if (fits && pages >= 1 && pages <= wanted.pages) {
      this.#answer = pages;
      this.#answerAt = 0;
    } else this.#fail(this.#wrong(`asked for ${describe(wanted)}, it answers ${describe(message)}`), true);
  }

  #receivePages(at: number, bytes: number): number {
    const [asked] = this.#pending;
    if (asked === undefined) throw new PagerError('INTERNAL', 'an answer to no request');
    const inPage = this.#answerAt % WIRE_PAGE;
    const here = Math.min(WIRE_PAGE - inPage, bytes - at);
    asked.into[Math.floor(this.#answerAt / WIRE_PAGE)]?.set(this.#buffer.subarray(at, at + here), inPage);
    this.#answerAt += here;
    if (this.#answerAt < this.#answer * WIRE_PAGE) return here;
    this.#pending.shift();
    asked.resolve(this.#answer);
    this.#answer = 0;
    return here;
  }

  #wrong(why: string): StoreError {
    const hint = 'give --protocol as the CRIU of the page server speaks: 4.2, or 4.1 for all before';
    return new StoreError('STORE_READ', false, `${this.#name}: ${why}`, { hint });
  }

  #lost(what: string, error: unknown): StoreError {
    const reason = error === undefined ? '' : `: ${describeError(error)}`;
    return new StoreError('STORE_READ', true, `${this.#name} ${what}${reason}`, {
      errno: errnoOf(error),
      hint: 'give the address at which criu dump --lazy-pages, or a page server for an image folder, listens',
      cause: error,
    });
  }

  #fail(error: PagerError, reset = false): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    clearInterval(this.#watch);
    if (reset) this.#socket.resetAndDestroy();
    else this.#socket.destroy();
    const pending = this.#pending;
    this.#pending = [];
    for (const { reject } of pending) reject(error);
    this.#closed?.reject(error);
    this.onEnd(error);
  }
}

function describe({ command, pages, address, id }: PageMessage): string {
  return `command ${command & 0xffff} with flags ${command >>> 16}, ${pages} pages at 0x${address.toString(16)} of task ${id}`;
}

function timedOut(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}
