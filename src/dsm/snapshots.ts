// Snapshots that a node takes of its region, one after the other: asks the home for a cut, and writes the pages that it gets into an image.
import {
  FLAG_ALL_ZEROS,
  FLAG_BYTES,
  FLAG_HELD,
  FLAG_STORE,
  MESSAGE_COPIED,
  MESSAGE_COPY,
  MESSAGE_CUT,
  MESSAGE_CUT_END,
  MESSAGE_CUT_OVER,
  MESSAGE_INSTANT,
  MESSAGE_NO_COPY,
  MESSAGE_SAVED,
} from '../../assembly/dsm/layout.js';
import type { Serving } from '../call/contract.js';
import { PagerError } from '../errors.js';
import { type ImageTarget, openTarget } from '../image/target.js';
import { CUT_STALLED, type Head, MAX_COPIES, type Message, notice, PAGE_BYTES, unexpected } from './message.js';
import { type Runs, runsOf, type SnapshotEvents, type SnapshotRequest, type SnapshotResult } from './requests.js';

/** Pages that are asked for and not written to the image. */
const WINDOW = 1024;
/** Milliseconds between two progress events. */
const PROGRESS_INTERVAL = 100;
/** Runs that an error names. */
const MAX_NAMED = 8;

/** Of a page: it was asked for, it has arrived. */
const ASKED = 1;
const ARRIVED = 2;

const OF_CUT: ReadonlySet<number> = new Set([MESSAGE_INSTANT, MESSAGE_COPIED, MESSAGE_NO_COPY, MESSAGE_CUT_OVER]);

export class Snapshots {
  readonly #pages: number;
  readonly #send: (head: Head) => void;
  #last: Promise<unknown> = Promise.resolve();
  #requests = 0;
  #now: Snapshot | undefined;
  #ended: PagerError | undefined;

  constructor(pages: number, send: (head: Head) => void) {
    this.#pages = pages;
    this.#send = send;
  }

  /** @throws (rejects) PagerError */
  take(request: SnapshotRequest, call: Serving<SnapshotEvents>): Promise<SnapshotResult> {
    const taken = call.unlessEnded(this.#last).then(() => this.#take(request, call));
    this.#last = Promise.allSettled([this.#last, taken]);
    return taken;
  }

  /** Returns those that are not of a snapshot. @throws PagerError 'PROTOCOL' */
  hear(messages: readonly Message[]): readonly Message[] {
    const own = messages.filter(({ message }) => OF_CUT.has(message));
    if (own.length === 0) return messages;
    const now = this.#now;
    // Of one that has ended, some messages are still under way.
    now?.hear(own.filter(({ req }) => req === now.req));
    return messages.filter(({ message }) => !OF_CUT.has(message));
  }

  /** The home has forgotten the cut. */
  fail(why: string): void {
    this.#now?.fail(new PagerError('CLOSED', `the snapshot has ended: ${why}`, { hint: 'take it again' }));
  }

  /** Resolves when those that were begun have ended. */
  get idle(): Promise<unknown> {
    return this.#last;
  }

  /** The node has ended. */
  end(error: PagerError): void {
    this.#ended ??= error;
    this.#now?.fail(this.#ended);
  }

  async #take({ target: spec, meta }: SnapshotRequest, call: Serving<SnapshotEvents>): Promise<SnapshotResult> {
    if (this.#ended !== undefined) throw this.#ended;
    const shape = { pageSize: PAGE_BYTES, pages: this.#pages, parent: null, meta };
    const target = await openTarget(spec, shape);
    // Its numbers go up to the last of 32 bits, and begin again at 1 then.
    this.#requests = (this.#requests % 0xffff_ffff) + 1;
    const snapshot = new Snapshot(this.#pages, this.#requests, target, this.#send, call);
    try {
      // The node may have ended while the target was opened.
      if (this.#ended !== undefined) throw this.#ended;
      this.#now = snapshot;
      const instantMs = await call.unlessEnded(snapshot.take());
      this.#now = undefined;
      this.#send(notice(MESSAGE_CUT_END, 0n, snapshot.req));
      const image = await target.finish({ whole: true });
      return { id: image.id, pages: image.pages, bytesWritten: image.bytesWritten, instantMs };
    } catch (error) {
      if (this.#now === snapshot) this.#send(notice(MESSAGE_CUT_END, 0n, snapshot.req));
      this.#now = undefined;
      snapshot.fail(error);
      await target.abort();
      throw error;
    }
  }
}

class Snapshot {
  readonly req: number;
  readonly #pages: number;
  readonly #target: ImageTarget;
  readonly #send: (head: Head) => void;
  readonly #call: Serving<SnapshotEvents>;
  readonly #seen: Uint8Array;
  readonly #lost: number[] = [];
  #began = 0;
  /** Milliseconds after the begin; null: it has not come. */
  #instant: number | null = null;
  /** The next page to ask for. */
  #next = 0;
  /** Pages that are asked for and not in the image. */
  #open = 0;
  /** Pages that are in the image. */
  #done = 0;
  #told = 0;
  #isOver = false;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(
    pages: number,
    req: number,
    target: ImageTarget,
    send: (head: Head) => void,
    call: Serving<SnapshotEvents>,
  ) {
    this.#pages = pages;
    this.req = req;
    this.#target = target;
    this.#send = send;
    this.#call = call;
    this.#seen = new Uint8Array(pages);
  }

  /** Resolves to the milliseconds until the instant when every page has been written to the image. */
  async take(): Promise<number> {
    this.#began = performance.now();
    const done = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#send(notice(MESSAGE_CUT, 0n, this.req));
    await done;
    return this.#instant ?? 0;
  }

  fail(error: unknown): void {
    this.#isOver = true;
    this.#reject(error);
  }

  /** @throws PagerError 'PROTOCOL' */
  hear(messages: readonly Message[]): void {
    const copied: Message[] = [];
    for (const one of messages) {
      if (this.#isOver) return;
      if (one.message === MESSAGE_COPIED) copied.push(this.#checkCopied(one));
      else if (one.message === MESSAGE_NO_COPY) this.#hearNoCopy(one);
      else if (one.message === MESSAGE_INSTANT) this.#hearInstant(one);
      else this.fail(overError(one.txn));
    }
    if (copied.length > 0) this.#save(copied);
  }

  #checkCopied(one: Message): Message {
    const { page, flags } = one;
    const content = flags & (FLAG_BYTES | FLAG_ALL_ZEROS);
    if (this.#instant === null || this.#seen[page] === undefined || this.#seen[page] >= ARRIVED) throw unexpected(one);
    if (content !== FLAG_BYTES && content !== FLAG_ALL_ZEROS) throw unexpected(one);
    if (this.#seen[page] === ASKED) this.#seen[page] = ARRIVED + ASKED;
    else this.#seen[page] = ARRIVED;
    return one;
  }

  #hearInstant(one: Message): void {
    if (this.#instant !== null) throw unexpected(one);
    this.#instant = performance.now() - this.#began;
    if (this.#lost.length > 0) this.fail(lostPagesError(runsOf(this.#lost)));
    else this.#ask();
  }

  #hearNoCopy(one: Message): void {
    const { page, flags } = one;
    if (page >= this.#pages) throw unexpected(one);
    if ((flags & FLAG_STORE) === 0) this.#lost.push(page);
    else
      this.fail(
        new PagerError('STORE_READ', `the snapshot has ended: the home could not read page ${page} from its store`, {
          hint: 'take it again',
          page,
        }),
      );
  }

  #save(copied: readonly Message[]): void {
    const withBytes = copied.filter(({ bytes }) => bytes !== null);
    const zeros = copied.filter(({ bytes }) => bytes === null);
    for (const one of zeros) this.#saved(one);
    if (withBytes.length > 0) {
      // The messages' bytes are in the receive buffer.
      const bytes = Buffer.concat(withBytes.map((one) => one.bytes ?? Buffer.alloc(0)));
      this.#write(withBytes, bytes).then(
        () => {
          for (const one of withBytes) this.#saved(one);
          this.#goOn();
        },
        (error: unknown) => this.fail(error),
      );
    }
    this.#goOn();
  }

  async #write(copied: readonly Message[], bytes: Buffer): Promise<void> {
    const runs = inOrder(copied.map(({ page }) => page));
    if (this.#target.takeRuns !== undefined) return this.#target.takeRuns(runs, bytes);
    let at = 0;
    const writes = runs.map(({ first, count }) => {
      const part = bytes.subarray(at, at + count * PAGE_BYTES);
      at += count * PAGE_BYTES;
      return this.#target.take({ first, count, bytes: part });
    });
    await Promise.all(writes);
  }

  #saved({ page, flags }: Message): void {
    if (this.#isOver) return;
    this.#done++;
    if (this.#seen[page] === ARRIVED + ASKED) this.#open--;
    if ((flags & FLAG_HELD) !== 0) this.#send({ ...notice(MESSAGE_SAVED, 0n, this.req), page });
  }

  #goOn(): void {
    if (this.#isOver) return;
    const now = performance.now();
    if (now - this.#told >= PROGRESS_INTERVAL) {
      this.#told = now;
      this.#call.tell('progress', { taken: this.#done, most: this.#pages });
    }
    if (this.#done === this.#pages) {
      this.#isOver = true;
      this.#resolve();
    } else this.#ask();
  }

  /** Runs of pages that have not arrived, as many as there is room for. */
  #ask(): void {
    while (this.#next < this.#pages && this.#open < WINDOW) {
      if (this.#seen[this.#next] !== 0) {
        this.#next++;
        continue;
      }
      const page = this.#next;
      while (this.#next < this.#pages && this.#next - page < MAX_COPIES && this.#seen[this.#next] === 0)
        this.#seen[this.#next++] = ASKED;
      this.#open += this.#next - page;
      this.#send({ ...notice(MESSAGE_COPY, 0n, this.req), page, txn: this.#next - page });
    }
  }
}

/** Runs as an image takes them, in the order of the list. */
function inOrder(pages: readonly number[]): Array<{ first: number; count: number }> {
  return runsOf(pages).map(([first, count]) => ({ first, count }));
}

function lostPagesError(runs: Runs): PagerError {
  const named = runs
    .slice(0, MAX_NAMED)
    .map(([first, count]) => (count === 1 ? `${first}` : `${first} to ${first + count - 1}`));
  const more = runs.length > MAX_NAMED ? ' and more' : '';
  const count = runs.reduce((sum, [, each]) => sum + each, 0);
  return new PagerError('STORE_READ', `the snapshot has ended: ${count} pages are lost: ${named.join(', ')}${more}`, {
    hint: "make another region; with onLost: 'lastWritten' it keeps what the home got last",
    ...(runs[0] !== undefined && { page: runs[0][0] }),
  });
}

function overError(why: number): PagerError {
  if (why === CUT_STALLED)
    return new PagerError(
      'STORE_WRITE',
      'the snapshot has ended: its image took no pages, and threads that write waited',
      {
        hint: 'write it to a faster disk or store',
      },
    );
  return new PagerError('CLOSED', 'the snapshot has ended: the home waits for the nodes of the home before', {
    hint: 'take it again',
  });
}
