// Sends pages on a link: urgent ones at once, others in the background, within the bandwidth.
import type { Native } from '../native/native.js';
import type { PageBatch } from '../pass/pass.js';
import type { Link } from './link.js';
import { type Connection, PACKET, sendRuns, writeRuns } from './packet.js';
import { Window } from './window.js';

/** Bytes of pages in a packet, which an urgent page may have to wait for at either end. Fewer while pages are urgent. */
const FRAME_BYTES = 64 * 1024;
const URGENT_FRAME_BYTES = 16 * 1024;
/** Bytes a second: a connection below this speed is slower than LZ4. */
const COMPRESSIBLE_RATE = 200e6;
/** The ratio from which compression does not pay; and packets that are sent uncompressed after one such. */
const NO_GAIN = 0.9;
const SKIPPED = 16;

/** One packet's pages; `left` packets of its batch are still to be sent. */
interface Queued {
  first: number;
  count: number;
  bytes: Uint8Array;
  batch: { left: number; sent: () => void };
}

export class Push {
  urgentPages = 0;
  readonly #link: Link;
  readonly #pageSize: number;
  readonly #bandwidth: number | null;
  readonly #codec: Native | null;
  readonly #window = new Window();
  readonly #packed: Uint8Array;
  /** Pages to be sent as soon as they arrive, on the urgent connection. */
  readonly #wanted: Uint8Array;
  #queue: Queued[] = [];
  #skip = 0;
  #allowance = 0;
  #refilled = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;

  /** @param codec compresses if that pays; null: nothing is compressed */
  constructor(link: Link, pages: number, pageSize: number, bandwidth: number | null, codec: Native | null) {
    this.#link = link;
    this.#pageSize = pageSize;
    this.#bandwidth = bandwidth;
    this.#codec = codec;
    this.#packed = new Uint8Array(Math.floor(Math.max(FRAME_BYTES, pageSize) * NO_GAIN));
    this.#wanted = new Uint8Array(pages);
  }

  /** Resolves when the caller may reuse its bytes: written, or the connection is lost. */
  take(batch: PageBatch): Promise<void> {
    const { first, count, bytes } = batch;
    if (bytes === null) {
      sendRuns(this.#isWanted(first, count) ? this.#link.urgent : this.#link.push, PACKET.zeros, [batch]);
      return Promise.resolve();
    }
    return new Promise((sent) => {
      const batchBytes = this.#window.isUrgent ? URGENT_FRAME_BYTES : FRAME_BYTES;
      const pages = Math.max(1, batchBytes / this.#pageSize);
      const parts = { left: Math.ceil(count / pages), sent };
      for (let at = 0; at < count; at += pages) {
        const part = Math.min(pages, count - at);
        const content = bytes.subarray(at * this.#pageSize, (at + part) * this.#pageSize);
        const queued = { first: first + at, count: part, bytes: content, batch: parts };
        if (this.#isWanted(queued.first, part)) this.#urgent(queued);
        else this.#queue.push(queued);
      }
      if (this.#window.isUrgent) this.#pumpSoon();
      else this.#pump();
    });
  }

  /** Sends these before all others: at once if they are queued here, else when they arrive. */
  prefer(first: number, count: number): void {
    this.#window.urgent();
    this.#wanted.fill(1, first, first + count);
    if (this.#queue.length === 0) return;
    const isHit = (queued: Queued) => queued.first < first + count && queued.first + queued.count > first;
    const hits = this.#queue.filter(isHit);
    if (hits.length === 0) return;
    this.#queue = this.#queue.filter((queued) => !isHit(queued));
    for (const hit of hits) this.#urgent(hit);
  }

  arrived(bytes: number): void {
    this.#window.acknowledge(bytes);
    if (this.#window.isUrgent) this.#pumpSoon();
    else this.#pump();
  }

  /** Drops all queued pages. */
  drop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    for (const { batch } of this.#queue.splice(0)) if (--batch.left === 0) batch.sent();
  }

  #isWanted(first: number, count: number): boolean {
    return this.#wanted.subarray(first, first + count).includes(1);
  }

  #urgent(queued: Queued): void {
    this.urgentPages += queued.count;
    this.#send(this.#link.urgent, queued, false);
  }

  /** After the requests that have arrived, and the pages that are sent along with those they ask for. */
  #pumpSoon(): void {
    this.#soon ??= setImmediate(() => this.#pump());
  }

  #pump(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    this.#soon = undefined;
    const { push } = this.#link;
    const bandwidth = this.#bandwidth;
    const now = performance.now();
    if (bandwidth !== null) {
      // Unused bandwidth is carried over for a tenth of a second at most.
      this.#allowance = Math.min(bandwidth / 10, this.#allowance + ((now - this.#refilled) / 1000) * bandwidth);
      this.#refilled = now;
    }
    const slow = bandwidth !== null || this.#window.rate < COMPRESSIBLE_RATE;
    while (this.#queue.length > 0 && (this.#window.isOpen(push.sent) || !push.open)) {
      if (bandwidth !== null && this.#allowance <= 0 && push.open) {
        this.#timer = setTimeout(() => this.#pump(), Math.ceil((-this.#allowance / bandwidth) * 1000) + 5);
        return;
      }
      const queued = this.#queue.shift();
      if (queued === undefined) return;
      const before = push.sent;
      this.#send(push, queued, slow);
      this.#allowance -= push.sent - before;
      this.#window.wrote(push.sent);
    }
    // Its end opens the window, and nothing else may tell.
    if (this.#queue.length > 0 && this.#window.isUrgent) this.#timer = setTimeout(() => this.#pump(), 1);
  }

  #send(connection: Connection, { first, count, bytes, batch }: Queued, slow: boolean): void {
    const done = (): void => {
      if (--batch.left === 0) batch.sent();
    };
    const head = writeRuns([{ first, count }]);
    const length = slow ? this.#pack(bytes) : 0;
    // The compression buffer is shared: the socket gets a copy.
    if (length > 0) connection.write(PACKET.packed, [head, this.#packed.slice(0, length)], done);
    else connection.write(PACKET.pages, [head, bytes], done);
  }

  /** Compressed bytes; 0: it does not pay. */
  #pack(bytes: Uint8Array): number {
    if (this.#codec === null || this.#skip-- > 0) return 0;
    const length = this.#codec.lz4Compress(bytes, this.#packed.subarray(0, Math.floor(bytes.length * NO_GAIN)));
    this.#skip = length === 0 ? SKIPPED : 0;
    return length;
  }
}
