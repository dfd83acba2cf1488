// One connection to a page server of CRIU, as its client: requests are answered in their order.
import { connect, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { describeError, PagerError } from '../errors.js';
import { readTls, type TlsFiles } from '../tls-files.js';
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
import { errnoOf, isTlsRefusal, StoreError } from './store-error.js';

export interface PageServerAddress {
  host: string;
  port: number;
  protocol: PageProtocol;
  /** Null: as CRIU without --tls. */
  tls: TlsFiles | null;
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
/** Milliseconds from a connection on until both ends agree on keys. */
const KEYS_TIMEOUT = 10_000;
/** Milliseconds for which the end of a TLS connection waits for the other end's. */
const GOODBYE_TIMEOUT = 5000;
const KEEP_ALIVE = 10_000;
/** Milliseconds between two looks whether a page server that owes an answer sends any, and looks until it counts as lost. */
const LOOK = 5000;
const SILENT_LOOKS = 4;

export function nameOf({ host, port }: PageServerAddress): string {
  return `the page server at ${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export class PageConnection {
  readonly #name: string;
  readonly #isSecure: boolean;
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
  /** The other end has accepted the connection; it has sent something. */
  #isJoined = false;
  #isHeard = false;
  /** Of a store that is being opened: a refusal of TLS is not tried again, as CRIU would not listen any more. */
  #isFirst: boolean;
  #watch: NodeJS.Timeout | undefined;
  #ended: PagerError | undefined;
  /** Takes the answer to CLOSE. */
  #closed: { resolve: (status: number) => void; reject: (error: unknown) => void } | undefined;
  /** Called once, when no answer comes any more. A transient error: another connection may be better. */
  onEnd: (error: PagerError) => void = () => {};

  /**
   * @param isFirst a refusal of TLS is permanent
   * @throws (rejects) StoreError 'STORE_READ'; PagerError 'OPTION' of the files for TLS
   */
  static open(address: PageServerAddress, isFirst = false): Promise<PageConnection> {
    return new Promise((resolve, reject) => {
      const connection = new PageConnection(address, isFirst, () => {
        connection.#isFirst = false;
        connection.onEnd = () => {};
        resolve(connection);
      });
      connection.onEnd = reject;
    });
  }

  private constructor(address: PageServerAddress, isFirst: boolean, connected: () => void) {
    const { host, port, protocol, tls } = address;
    this.#name = nameOf(address);
    this.#isSecure = tls !== null;
    this.#isFirst = isFirst;
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
    this.#socket = dial({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE, onread }, tls);
    const unreachable = () => this.#fail(this.#lost('cannot be reached', timedOut()));
    let timeout = setTimeout(unreachable, CONNECT_TIMEOUT);
    let reached = false;
    this.#socket.on('connect', () => {
      this.#isJoined = true;
      clearTimeout(timeout);
      if (this.#isSecure) timeout = setTimeout(unreachable, KEYS_TIMEOUT);
    });
    this.#socket.on(this.#isSecure ? 'secureConnect' : 'connect', () => {
      reached = true;
      clearTimeout(timeout);
      this.#watch = setInterval(() => this.#look(), LOOK);
      connected();
    });
    this.#socket.on('error', (error) => this.#fail(this.#lost(reached ? 'is lost' : 'cannot be reached', error)));
    this.#socket.on('end', () => {
      // With TLS the end of the other end is answered by one.
      if (!this.#isSecure || this.#closed === undefined) this.#socket.destroy();
    });
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
  async finish(): Promise<number> {
    if (this.#ended !== undefined) throw this.#ended;
    const status = await new Promise<number>((resolve, reject) => {
      this.#closed = { resolve, reject };
      this.#write({ command: CLOSE, pages: 0, address: 0, id: 0 });
    });
    if (this.#isSecure) await this.#sayGoodbye();
    return status;
  }

  // CRIU waits for the end of the TLS session, and takes a connection that is reset then for a failed dump.
  #sayGoodbye(): Promise<void> {
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, GOODBYE_TIMEOUT);
      this.#socket.once('close', () => {
        clearTimeout(timeout);
        resolve();
      });
      this.#socket.end();
    });
  }

  close(): void {
    this.#fail(new PagerError('CLOSED', `${this.#name}: the connection is closed`));
  }

  /** As `close`, so that the server sees a failure and not an end: with TLS that is a connection without the session's end. */
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
    this.#isHeard = true;
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
    const details = { errno: errnoOf(error), cause: error };
    if (this.#isSecure && isTlsRefusal(error)) {
      const hint =
        '--tls-ca must be the CA of the page server’s certificate, which must name the host of --page-server; the page server must speak TLS, and accept --tls-cert';
      return new StoreError('STORE_READ', false, `${this.#name} ${what}${reason}`, { ...details, hint });
    }
    const isTransient = !this.#isFirst || !this.#isRefusal;
    return new StoreError('STORE_READ', isTransient, `${this.#name} ${what}${reason}${this.#guess()}`, {
      ...details,
      hint: this.#isRefusal
        ? 'look at the log of the page server; CRIU without --tls-no-cn-verify wants --tls-cert to name the address that it listens at'
        : 'give the address at which criu dump --lazy-pages, or a page server for an image folder, listens',
    });
  }

  /** The other end may have refused TLS, or this end's certificate: from CRIU both are a mere end, and the second comes after the keys. */
  get #isRefusal(): boolean {
    return this.#isSecure && this.#isJoined && !this.#isHeard;
  }

  // What an end without a byte may mean.
  #guess(): string {
    if (this.#isRefusal) return ', without a byte from there; it may speak no TLS, or refuse --tls-cert';
    const isMute = !this.#isSecure && !this.#isHeard && this.#pending.length > 0;
    return isMute ? ', without an answer; it may want TLS (--tls-ca), or another --protocol' : '';
  }

  #fail(error: PagerError, reset = false): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    clearInterval(this.#watch);
    if (reset && !this.#isSecure) this.#socket.resetAndDestroy();
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

function dial(options: TcpNetConnectOpts, tls: TlsFiles | null): Socket {
  if (tls === null) return connect(options);
  // An address has no name that is asked for; it is compared with those of the certificate as well.
  const name = isIP(options.host ?? '') === 0 ? { servername: options.host } : {};
  return connectSecurely({ ...options, ...readTls(tls), ...name });
}

function timedOut(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}
