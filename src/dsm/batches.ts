// What a home writes to Redis, in batches: one is under way, the next collects what is written meanwhile. Each is numbered, and written
// once and in order, whatever becomes of connections. What a batch confirms is called back then.
import { PagerError } from '../errors.js';
import { retry } from '../store/retry.js';
import { type Batch, EARLIER_EPOCH, LATER_EPOCH, type Place, type RegistryServer } from './registry-server.js';

const RETRY_MS = 50;
/** Most bytes of one batch: Redis serves no other client meanwhile. */
const BATCH_BYTES = 512 * 1024;
/** Bytes of confirmed batches that are kept, to be written again if the server loses them. */
const RECENT_BYTES = 16 * 2 ** 20;

interface OpenBatch extends Batch {
  number: number;
  readonly pages: Array<[page: number, bytes: Buffer]>;
  readonly parts: Array<[at: number, bytes: Buffer]>;
  readonly calls: Array<() => void>;
  bytes: number;
}

/** Of RegistryServer, what is used here. */
export type BatchServer = Pick<RegistryServer, 'name' | 'commit' | 'breakUp' | 'broken'>;

export interface BatchEvents {
  /** The server has confirmed a batch that was sent at `time`. */
  confirmed(time: number): void;
  /** Nothing is written any more. */
  failed(error: PagerError): void;
}

export class Batches {
  readonly #server: BatchServer;
  readonly #epoch: number;
  readonly #lease: { owner: () => string; milliseconds: number };
  readonly #events: BatchEvents;
  /** The last confirmed batch that wrote something. */
  #number: number;
  /** The first is under way if `#isSending`. */
  readonly #queue: OpenBatch[] = [];
  #isSending = false;
  readonly #recent: OpenBatch[] = [];
  #recentBytes = 0;
  /** Bytes of pages that are in the queue. */
  readonly #unconfirmed = new Map<number, Buffer>();
  readonly #ending = new AbortController();

  constructor(
    server: BatchServer,
    { epoch, batch }: Place,
    lease: { owner: () => string; milliseconds: number },
    events: BatchEvents,
  ) {
    this.#server = server;
    this.#epoch = epoch;
    this.#number = batch;
    this.#lease = lease;
    this.#events = events;
  }

  get #isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  get place(): Place {
    return { epoch: this.#epoch, batch: this.#number };
  }

  /** The page's bytes, if they are on their way to the server; none: it is being removed. */
  unconfirmed(page: number): Buffer | undefined {
    return this.#unconfirmed.get(page);
  }

  /** A part of the journal. @param bytes they do not change any more */
  write(at: number, bytes: Buffer): void {
    const batch = this.#open();
    batch.parts.push([at, bytes]);
    this.#grow(batch, bytes);
  }

  /** @param bytes of a page, which do not change any more; none: it is removed */
  put(page: number, bytes: Buffer): void {
    const batch = this.#open();
    batch.pages.push([page, bytes]);
    this.#unconfirmed.set(page, bytes);
    this.#grow(batch, bytes);
  }

  /** There is a batch that is sent later than now. */
  confirm(): void {
    this.#open();
  }

  /** Calls back when all batches that there are have been confirmed. */
  whenSafe(then: () => void): void {
    const last = this.#queue.at(-1);
    if (last !== undefined) last.calls.push(then);
    else if (!this.#isOver) then();
  }

  /** What is not confirmed yet is not written again, and calls nobody back. */
  end(): void {
    this.#ending.abort();
    this.#queue.length = 0;
    this.#recent.length = 0;
  }

  #grow(batch: OpenBatch, bytes: Buffer): void {
    batch.bytes += bytes.length;
    // The next write begins another one.
    if (batch.bytes >= BATCH_BYTES) this.#queue.push(emptyBatch());
  }

  #open(): OpenBatch {
    const last = this.#queue.at(-1);
    if (last !== undefined && !(this.#isSending && this.#queue.length === 1)) return last;
    const batch = emptyBatch();
    if (this.#isOver) return batch;
    this.#queue.push(batch);
    // After all that this turn of the loop writes.
    if (!this.#isSending && this.#queue.length === 1) setImmediate(() => void this.#send());
    return batch;
  }

  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let [batch] = this.#queue; batch !== undefined; [batch] = this.#queue) {
        batch.number = this.#number + Number(isWriting(batch));
        await this.#commit(batch);
        if (this.#isOver) return;
        this.#number = batch.number;
        if (isWriting(batch)) this.#keep(batch);
        this.#queue.shift();
        for (const call of batch.calls.splice(0)) call();
      }
    } catch (error) {
      if (this.#isOver) return;
      this.end();
      this.#events.failed(error as PagerError);
    } finally {
      this.#isSending = false;
    }
  }

  /** @throws (rejects) PagerError: it cannot be written, now or later */
  async #commit(batch: OpenBatch): Promise<void> {
    for (let last = await this.#ask(batch); last !== batch.number && !this.#isOver; last = await this.#ask(batch)) {
      if (last === LATER_EPOCH) throw superseded(this.#server.name);
      // A replica that had not all has taken the place of the server.
      const lost = this.#recent.filter(({ number }) => number > last);
      if (last === EARLIER_EPOCH || lost[0]?.number !== last + 1) {
        await this.#retry(() => this.#server.breakUp());
        throw this.#server.broken();
      }
      for (const one of lost) await this.#ask(one);
    }
  }

  /** Resolves to the last batch that the server has. */
  async #ask(batch: OpenBatch): Promise<number> {
    const { owner, milliseconds } = this.#lease;
    let began = 0;
    const last = await this.#retry(() => {
      began = performance.now();
      return this.#server.commit(this.#epoch, batch, owner(), milliseconds);
    });
    if (last === batch.number) this.#events.confirmed(began);
    return last;
  }

  /** Until `end`. */
  #retry<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this.#ending;
    return retry(work, { patience: Number.POSITIVE_INFINITY, firstDelay: RETRY_MS, maxDelay: RETRY_MS, signal });
  }

  #keep(batch: OpenBatch): void {
    for (const [page, bytes] of batch.pages) if (this.#unconfirmed.get(page) === bytes) this.#unconfirmed.delete(page);
    this.#recent.push(batch);
    this.#recentBytes += batch.bytes;
    while (this.#recentBytes > RECENT_BYTES) this.#recentBytes -= this.#recent.shift()?.bytes ?? 0;
  }
}

function isWriting({ pages, parts }: Batch): boolean {
  return pages.length + parts.length > 0;
}

function emptyBatch(): OpenBatch {
  return { number: 0, pages: [], parts: [], calls: [], bytes: 0 };
}

function superseded(name: string): PagerError {
  return new PagerError('CLOSED', `${name}: another home has taken this one’s place`, {
    hint: 'start it again: it waits then until it is needed',
  });
}
