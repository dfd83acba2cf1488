// The pages that a page server of CRIU has, as a read-only store.
import { failureLine, PagerError } from '../errors.js';
import { nameOf, type PageAsk, PageConnection, type PageServerAddress } from './page-connection.js';
import { PageSamples, type Sample } from './page-samples.js';
import { WIRE_PAGE } from './page-server-wire.js';
import { retry } from './retry.js';
import type { PageRead, Store } from './store.js';
import { closedError, isPermanent, StoreError, settleAll } from './store-error.js';

export interface PageServerSpec extends PageServerAddress {
  /** Milliseconds for which a lost connection is tried again. */
  patience: number;
  /** Adjacent pages, in the order of their numbers in the store: for each run the task, the address, and how many. */
  runs: Float64Array;
}

export interface PageServerEvents {
  /** A line for people: the connection is lost, or was made again. */
  say(line: string): void;
  /** No page comes any more; the reason was said. */
  failed(): void;
}

/** Numbers of one run in a PageServerSpec. */
const RUN_WORDS = 3;
/** Most pages of one request. */
const MAX_GET = 64;
/** Most pages on their way: a thread that waits for another page waits for these first. */
const WINDOW = 128;
/** So often, the request that has waited longest is sent before shorter ones. */
const TURN = 8;
/** Milliseconds for the first connection: the dumper may have written its images and not listen yet. */
const OPEN_PATIENCE = 3000;
const FIRST_DELAY = 50;
/** Connections in a row that may be lost before one page has come over them. */
const MAX_LOSSES = 20;

interface Run {
  first: number;
  pid: number;
  address: number;
  pages: number;
}

/** What is left of a request to read. */
interface Waiting extends PageAsk {
  settle: (error?: unknown) => void;
}

export class PageServer implements Store {
  readonly writable = false;
  readonly name: string;
  /** That it has. */
  readonly pages: number;
  readonly #spec: PageServerSpec;
  readonly #events: PageServerEvents;
  readonly #runs: readonly Run[];
  readonly #stop = new AbortController();
  readonly #samples = new PageSamples();
  /** Undefined while there is none. */
  #connection: PageConnection | undefined;
  /** Not sent yet. */
  #waiting: Waiting[] = [];
  #pagesSent = 0;
  #turn = 0;
  /** Connections lost since a page came. */
  #losses = 0;
  /** Why no page comes any more. */
  #over: PagerError | undefined;

  private constructor(spec: PageServerSpec, events: PageServerEvents) {
    this.#spec = spec;
    this.#events = events;
    this.name = nameOf(spec);
    this.#runs = runsOf(spec.runs);
    this.pages = this.#runs.reduce((sum, { pages }) => sum + pages, 0);
  }

  /** Connects. @throws StoreError 'STORE_READ' if nothing listens there */
  static async open(spec: PageServerSpec, events: PageServerEvents): Promise<PageServer> {
    const server = new PageServer(spec, events);
    const connection = await retry(() => PageConnection.open(spec, true), {
      patience: OPEN_PATIENCE,
      firstDelay: FIRST_DELAY,
    });
    server.#use(connection);
    return server;
  }

  read(pages: ReadonlyArray<PageRead>): Promise<void> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    const asks: PageAsk[] = [];
    for (let i = 0; i < pages.length; ) {
      const ask = this.#askFor(pages, i);
      asks.push(ask);
      i += ask.into.length;
    }
    const answers = asks.map((ask) => {
      return new Promise<void>((resolve, reject) => {
        const settle = (error?: unknown) => (error === undefined ? resolve() : reject(error));
        this.#waiting.push({ ...ask, settle });
      });
    });
    this.#send();
    return settleAll(answers);
  }

  /**
   * Says that no more pages are needed: CRIU then ends the dump, and the dumped tasks with it.
   * @throws (rejects) PagerError if the server could not be notified
   */
  async finish(): Promise<void> {
    if (this.#over !== undefined) throw this.#over;
    const connection = this.#connection;
    if (connection === undefined) throw new StoreError('STORE_READ', true, `${this.name} is not connected`);
    // Nothing is sent after it.
    this.#connection = undefined;
    connection.onEnd = () => {};
    try {
      const status = await connection.finish();
      if (status !== 0) throw new StoreError('STORE_READ', false, `${this.name} ends with status ${status}`);
    } finally {
      connection.close();
      this.#end(closedError(this.name));
    }
  }

  /** Without `finish` before, the connection is reset: CRIU takes that as a failure, and lets the dumped tasks run on. */
  async close(): Promise<void> {
    this.#end(closedError(this.name));
  }

  #askFor(pages: ReadonlyArray<PageRead>, from: number): PageAsk {
    const first = pages[from]?.page ?? 0;
    const run = this.#runOf(first);
    const end = Math.min(from + MAX_GET, pages.length, from + run.first + run.pages - first);
    let to = from + 1;
    while (to < end && pages[to]?.page === first + to - from) to++;
    const into = pages.slice(from, to).map((page) => page.into);
    return { pid: run.pid, address: run.address + (first - run.first) * WIRE_PAGE, into };
  }

  #runOf(page: number): Run {
    let [low, high] = [0, this.#runs.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle]?.first ?? 0) <= page) low = middle;
      else high = middle - 1;
    }
    const run = this.#runs[low];
    if (run !== undefined && page >= run.first && page < run.first + run.pages) return run;
    throw new StoreError('STORE_READ', false, `${this.name} has no page ${page}`);
  }

  #use(connection: PageConnection): void {
    this.#connection = connection;
    this.#pagesSent = 0;
    connection.onEnd = (error) => this.#onEnd(error);
    this.#send();
  }

  // Short requests first: a thread waits for them, and long ones are of a push.
  #send(): void {
    while (this.#connection !== undefined && this.#waiting.length > 0 && this.#pagesSent < WINDOW) {
      let at = 0;
      if (++this.#turn % TURN !== 0) {
        for (const [i, { into }] of this.#waiting.entries()) {
          if (into.length < (this.#waiting[at]?.into.length ?? 0)) at = i;
        }
      }
      const [next] = this.#waiting.splice(at, 1);
      if (next === undefined) return;
      this.#pagesSent += next.into.length;
      this.#get(this.#connection, next);
    }
  }

  #get(connection: PageConnection, asked: Waiting): void {
    const { pid, address, into, settle } = asked;
    connection.get(asked).then(
      (pages) => {
        this.#losses = 0;
        const [first] = into;
        if (first !== undefined) this.#samples.add(pid, address, first);
        this.#pagesSent -= into.length;
        if (pages === into.length) settle();
        else this.#again({ pid, address: address + pages * WIRE_PAGE, into: into.slice(pages), settle });
        this.#send();
      },
      () => this.#again(asked),
    );
  }

  #again(asked: Waiting): void {
    if (this.#over === undefined) this.#waiting.unshift(asked);
    else asked.settle(this.#over);
  }

  #onEnd(error: PagerError): void {
    this.#connection = undefined;
    if (isPermanent(error)) this.#fail(error);
    // Without pages of its own it is not needed any more.
    else if (this.#runs.length > 0) this.#retry(error);
  }

  #retry(error: PagerError): void {
    if (++this.#losses > MAX_LOSSES) {
      this.#fail(new StoreError('STORE_READ', false, `${error.message}, ${MAX_LOSSES} times before a page came`));
      return;
    }
    const { patience } = this.#spec;
    this.#events.say(`${error.message}; threads wait, and it is tried again for ${patience / 1000} s`);
    this.#connectAgain().catch((reason: unknown) => {
      if (this.#over !== undefined) return;
      const hint = 'restore the checkpoint again: a page server of CRIU takes one connection, and ends with it';
      const now = reason instanceof PagerError ? reason : undefined;
      const text =
        now === undefined || now.message === error.message ? error.message : `${error.message}; then ${now.message}`;
      this.#fail(new StoreError('STORE_READ', false, text, { errno: now?.errno, hint, cause: reason }));
    });
  }

  async #connectAgain(): Promise<void> {
    const { patience } = this.#spec;
    const connection = await retry(() => this.#proven(), {
      patience,
      firstDelay: FIRST_DELAY,
      signal: this.#stop.signal,
    });
    if (this.#over !== undefined) {
      connection.reset();
      return;
    }
    this.#events.say(`${this.name} is connected again`);
    this.#use(connection);
  }

  // What listens there now may be the page server of another dump: it must have the pages that have come.
  async #proven(): Promise<PageConnection> {
    const connection = await PageConnection.open(this.#spec);
    const proofs = this.#proofs().map((proof) => ({ ...proof, into: [Buffer.alloc(WIRE_PAGE)] }));
    try {
      await settleAll(proofs.map((proof) => connection.get(proof)));
    } catch (error) {
      connection.reset();
      throw error;
    }
    if (proofs.every(({ bytes, into: [now] }) => bytes === undefined || now?.equals(bytes))) return connection;
    connection.reset();
    throw new StoreError('STORE_READ', false, `${this.name} has other pages than before`);
  }

  // Any page, if none has come: a server that accepts and answers nothing does not count as connected.
  #proofs(): ReadonlyArray<Pick<Sample, 'pid' | 'address'> & { bytes?: Buffer }> {
    const samples = this.#samples.all;
    return samples.length > 0 ? samples : [...this.#waiting, ...this.#runs].slice(0, 1);
  }

  #fail(error: PagerError): void {
    if (this.#over !== undefined) return;
    this.#events.say(failureLine(error));
    this.#end(error);
    this.#events.failed();
  }

  // No request is answered any more, now or later.
  #end(reason: PagerError): void {
    if (this.#over !== undefined) return;
    this.#over = reason;
    this.#stop.abort();
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection !== undefined) {
      connection.onEnd = () => {};
      connection.reset();
    }
    const left = this.#waiting;
    this.#waiting = [];
    for (const { settle } of left) settle(reason);
  }
}

function runsOf(words: Float64Array): Run[] {
  const runs: Run[] = [];
  let first = 0;
  for (let i = 0; i < words.length; i += RUN_WORDS) {
    const [pid = 0, address = 0, pages = 0] = words.subarray(i, i + RUN_WORDS);
    runs.push({ first, pid, address, pages });
    first += pages;
  }
  return runs;
}
