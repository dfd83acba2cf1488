// One client of `farpage criu page-server`: reads its requests one after the other, and answers each before the next.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describeError, PagerError } from '../errors.js';
import {
  CLOSE,
  FORCE_CLOSE,
  GET,
  messageBytes,
  PAGES,
  type PageMessage,
  type PageProtocol,
  PROTOCOLS,
  readMessage,
  STATUS_BYTES,
  WIRE_PAGE,
  writeMessage,
} from '../store/page-server-wire.js';
import type { PageRead } from '../store/store.js';
import type { LazyRun } from './checkpoint.js';

/** Most pages of one answer: as many as CRIU asks for at once. A client asks again for what is missing. */
const MAX_PAGES = 1024;
/** What a client that begins TLS sends begins with these two bytes; they are no command of either protocol. */
const TLS_HANDSHAKE = 0x16;
const TLS_MAJOR = 3;

/** What a session serves. */
export interface SessionPages {
  /** The lazy pages of a task, in the order of their addresses. */
  runsOf(pid: number): readonly LazyRun[] | undefined;
  read(pages: ReadonlyArray<PageRead>): Promise<void>;
}

export interface SessionReport {
  /** The client's address. */
  from: string;
  /** Null: it has sent no request. */
  protocol: PageProtocol | null;
  pages: number;
  /** It has said that it needs no more pages. */
  finished: boolean;
  /** Why it has not. */
  reason: string | null;
}

export class PageSession {
  readonly report: SessionReport;
  readonly #socket: Socket;
  readonly #pages: SessionPages;
  /** Received, and not read yet: less than a message. */
  #left = Buffer.alloc(0);
  /** Grows to the largest answer. */
  #answer = Buffer.alloc(0);

  /** @param protocol null: as the first request is */
  constructor(socket: Socket, pages: SessionPages, protocol: PageProtocol | null) {
    this.#socket = socket;
    this.#pages = pages;
    const { remoteAddress = 'a client that has gone', remotePort = 0 } = socket;
    this.report = { from: `${remoteAddress}:${remotePort}`, protocol, pages: 0, finished: false, reason: null };
  }

  /** Resolves when the client has finished or gone. */
  async serve(): Promise<void> {
    const { report } = this;
    try {
      // The socket is read no further than its buffer while an answer is made.
      for await (const chunk of this.#socket) {
        this.#left = Buffer.concat([this.#left, chunk]);
        await this.#answerAll();
        if (report.finished) return await this.#sayGoodbye();
      }
      report.reason = 'it has closed the connection before it had finished';
    } catch (error) {
      report.reason = describeError(error);
    } finally {
      this.#socket.destroy();
    }
  }

  async #answerAll(): Promise<void> {
    while (!this.report.finished) {
      const protocol = this.report.protocol ?? this.#guess();
      if (protocol === null || this.#left.byteLength < messageBytes(protocol)) return;
      const message = readMessage(protocol, this.#left);
      this.#left = this.#left.subarray(messageBytes(protocol));
      await this.#obey(message, protocol);
    }
  }

  // The first request tells: in the other protocol its address would be a number of pages, or its task an address.
  #guess(): PageProtocol | null {
    const shorter = messageBytes('4.1');
    if (this.#left[0] === TLS_HANDSHAKE && this.#left[1] === TLS_MAJOR) {
      throw refused('it begins TLS, and --tls-ca, --tls-cert and --tls-key are not given here');
    }
    if (this.#left.byteLength < shorter) return null;
    const whole = Buffer.concat([this.#left, Buffer.alloc(messageBytes('4.2'))]);
    const messages = PROTOCOLS.map((protocol) => ({ protocol, message: readMessage(protocol, whole) }));
    if (isClose(messages[0]?.message.command ?? 0)) return '4.1';
    if (this.#left.byteLength < messageBytes('4.2')) {
      const [wide, old] = messages;
      if (old !== undefined && this.#runAt(old.message) !== undefined) return this.#take('4.1');
      // The task of the longer form has not come yet.
      if (wide !== undefined && wide.message.command === GET && wide.message.pages >= 1) return null;
    }
    const found = messages.find(({ message }) => message.command === GET && this.#runAt(message) !== undefined);
    if (found !== undefined) return this.#take(found.protocol);
    throw refused(
      'its first request is one of no protocol that is known, or for a page that the checkpoint does not have',
    );
  }

  // CRIU waits for the end of the TLS session.
  #sayGoodbye(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket instanceof TLSSocket) this.#socket.end(resolve);
      else resolve();
    });
  }

  #take(protocol: PageProtocol): PageProtocol {
    this.report.protocol = protocol;
    return protocol;
  }

  async #obey(message: PageMessage, protocol: PageProtocol): Promise<void> {
    if (isClose(message.command)) {
      this.report.finished = true;
      await this.#send(Buffer.alloc(STATUS_BYTES));
    } else if (message.command === GET) await this.#get(message, protocol);
    else throw refused(`command ${message.command & 0xffff} is not one of a client that reads pages`);
  }

  async #get(message: PageMessage, protocol: PageProtocol): Promise<void> {
    const { address, id } = message;
    const run = this.#runAt(message);
    if (run === undefined) {
      throw refused(
        `it asks for ${message.pages} pages at 0x${address.toString(16)} of task ${id}: they are not lazy pages of the checkpoint`,
      );
    }
    const skipped = (address - run.address) / WIRE_PAGE;
    const pages = Math.min(message.pages, run.pages - skipped, MAX_PAGES);
    const head = messageBytes(protocol);
    const size = head + pages * WIRE_PAGE;
    if (this.#answer.byteLength < size) this.#answer = Buffer.allocUnsafeSlow(size);
    const answer = this.#answer.subarray(0, size);
    writeMessage(protocol, { command: PAGES, pages, address, id }, answer);
    const reads = Array.from({ length: pages }, (_, i) => {
      const at = head + i * WIRE_PAGE;
      return { page: run.slot + skipped + i, into: answer.subarray(at, at + WIRE_PAGE) };
    });
    await this.#pages.read(reads);
    this.report.pages += pages;
    if (this.#socket instanceof TLSSocket) {
      // In a record of its own: CRIU reads a header and waits for the next bytes from the network, also when it has the rest of that record.
      await this.#send(answer.subarray(0, head));
      await this.#send(answer.subarray(head));
    } else await this.#send(answer);
  }

  // The run that has the first page of a request; undefined: none, or the request is not one.
  #runAt({ pages, address, id }: PageMessage): LazyRun | undefined {
    if (pages < 1 || !Number.isSafeInteger(pages) || address % WIRE_PAGE !== 0) return undefined;
    const runs = this.#pages.runsOf(id) ?? [];
    let [low, high] = [0, runs.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((runs[middle]?.address ?? 0) <= address) low = middle;
      else high = middle - 1;
    }
    const run = runs[low];
    const has = run !== undefined && address >= run.address && address < run.address + run.pages * WIRE_PAGE;
    return has ? run : undefined;
  }

  // Resolves when the kernel has the bytes: the answer's memory is used again then.
  #send(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }
}

function isClose(command: number): boolean {
  return command === CLOSE || command === FORCE_CLOSE;
}

function refused(why: string): PagerError {
  return new PagerError('PROTOCOL', why);
}
