// The source's end of a migration: two connections that it dials, one for what nobody waits for and one for what somebody does.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError, PagerError } from '../errors.js';
import type { PageBatch, PageRun, PageSink, PageSource, Pass } from '../snapshot/pass.js';
import { FRAME, Line, readBits, readRuns, sendBits, VERSION, writeRuns } from './frame.js';
import { dial } from './line.js';
import type { SendHooks, SendReport, SendSpec } from './types.js';
import { Window } from './window.js';

const STATE_MOST = 2 ** 20;
/** Milliseconds between tries to connect again. */
const RETRY = 200;
/** Pages that come with one that is waited for, itself included: a power of two. */
const RIDE_ALONG = 8;
/** Bytes of pages in a frame. */
const FRAME_BYTES = 2 ** 20;

/**
 * Moves all pages of a source, and lets whoever it belongs to stop in between.
 * @throws PagerError 'PROTOCOL', 'OPTION', 'CLOSED', or of the source. The source is whole then.
 */
export async function sendPages(source: PageSource, spec: SendSpec, hooks: SendHooks): Promise<SendReport> {
  const sender = new Sender(source, spec, hooks);
  try {
    return await sender.run();
  } finally {
    sender.close();
  }
}

/** A connection pair, and why it has ended. */
interface Link {
  push: Line;
  urgent: Line;
  /** Rejects when either ends. */
  lost: Promise<never>;
  completed: Promise<void>;
  /** Pages that the receiver has, where it goes on from before; null: from the start. */
  has: Uint8Array | null;
}

class Sender {
  readonly #source: PageSource;
  readonly #spec: SendSpec;
  readonly #hooks: SendHooks;
  readonly #id = randomBytes(16).toString('hex');
  readonly #report = { pages: 0, zeroPages: 0, sentBytes: 0, urgentPages: 0, reconnects: 0, rounds: 0 };
  #link: Link | undefined;
  #window = new Window();
  #queue: Queued[] = [];
  /** Pages that are to go out as they come, on the urgent connection. */
  readonly #wanted: Uint8Array;
  #pass: Pass | undefined;
  #allowance = 0;
  #refilled = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #complete = false;
  /** Connections made, in pairs. */
  #links = 0;
  /** When the other side has been away for too long; null: pages arrive there. */
  #deadline: number | null = null;

  constructor(source: PageSource, spec: SendSpec, hooks: SendHooks) {
    this.#source = source;
    this.#spec = spec;
    this.#hooks = hooks;
    this.#wanted = new Uint8Array(source.pages);
  }

  async run(): Promise<SendReport> {
    const { rounds } = this.#spec;
    const { signal } = this.#hooks;
    const aborted = new Promise<never>((_, reject) => {
      const abort = () => reject(signal?.reason);
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort, { once: true });
    });
    aborted.catch(() => {});
    const link = await Promise.race([this.#connect(false), aborted]);
    const before = async <T>(work: Promise<T>): Promise<T> => Promise.race([work, link.lost, aborted]);
    for (let round = 0; round < rounds; round++) {
      await before(this.#round({ track: true, changedOnly: round > 0 }, 'pre-copy'));
      this.#report.rounds++;
    }
    // Once the source has begun to stop, a lost connection is made again: it may not be able to go on.
    const state = await this.#hooks.switch();
    if (state.length > STATE_MOST)
      throw new PagerError('OPTION', `the state has ${state.length} bytes, not up to 1 MiB`);
    const switched = performance.now();
    await this.#postcopy(state, aborted);
    await this.#source.release();
    const postcopySeconds = (performance.now() - switched) / 1000;
    return { ...this.#report, postcopySeconds };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#drop();
    this.#link?.push.end();
    this.#link?.urgent.end();
  }

  async #postcopy(state: Uint8Array, aborted: Promise<never>): Promise<void> {
    let runs: PageRun[] | undefined;
    for (;;) {
      const link = this.#link;
      if (link === undefined) throw new PagerError('INTERNAL', 'no connection');
      const ending = new AbortController();
      try {
        await Promise.race([this.#finish(state, runs, link, ending.signal), link.lost, aborted]);
        return;
      } catch (error) {
        ending.abort(error);
        this.#drop();
        await this.#pass?.done.catch(() => {});
        // What is the source's own failure, or its owner's wish, no other connection changes.
        if (link.push.open && link.urgent.open) throw error;
        link.push.end(error);
        link.urgent.end(error);
        this.#report.sentBytes += link.push.sent + link.urgent.sent;
        this.#hooks.say?.(`the connection is lost (${describeError(error)}); trying again`);
      }
      const again = await Promise.race([this.#reconnect(), aborted]);
      this.#report.reconnects++;
      if (this.#complete) return;
      const { has } = again;
      runs = has === null ? undefined : lacking(has);
    }
  }

  async #finish(state: Uint8Array, runs: PageRun[] | undefined, link: Link, signal: AbortSignal): Promise<void> {
    const options = { hold: true, ...(runs === undefined ? { changedOnly: this.#spec.rounds > 0 } : { runs }), signal };
    await this.#round(options, 'postcopy', (pass) => {
      const pending = new Uint8Array(this.#source.pages);
      for (const { first, count } of pass.pending()) pending.fill(1, first, first + count);
      sendBits(link.push, pending.length, (page) => pending[page] === 1);
      link.push.write(FRAME.switch, [state]);
    });
    link.push.write(FRAME.end);
    await link.completed;
    this.#complete = true;
    this.#report.sentBytes += link.push.sent + link.urgent.sent;
  }

  async #round(
    options: {
      track?: boolean;
      changedOnly?: boolean;
      hold?: boolean;
      runs?: readonly PageRun[];
      signal?: AbortSignal;
    },
    phase: 'pre-copy' | 'postcopy',
    atInstant?: (pass: Pass) => void,
  ): Promise<void> {
    const { onProgress } = this.#hooks;
    const sink: PageSink = { take: (batch) => this.#take(batch) };
    const told = (pages: number, most: number) =>
      onProgress?.({ phase, sentBytes: (this.#link?.push.sent ?? 0) + this.#report.sentBytes, pages, most });
    const pass = this.#source.begin({ ...options, onProgress: told }, sink);
    this.#pass = pass;
    await pass.instant;
    atInstant?.(pass);
    const report = await pass.done;
    this.#report.pages += report.pages;
    this.#report.zeroPages += report.zeroPages;
  }

  #take(batch: PageBatch): Promise<void> {
    const link = this.#link;
    if (link === undefined) return Promise.reject(new PagerError('CLOSED', 'the migration has ended'));
    const { first, count, bytes } = batch;
    if (bytes === null) {
      const urgent = this.#wanted.subarray(first, first + count).includes(1);
      (urgent ? link.urgent : link.push).write(FRAME.zeros, [writeRuns([batch])]);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const queued = { first, count, bytes, sent: resolve };
      if (this.#wanted.subarray(first, first + count).includes(1)) {
        this.#send(link.urgent, queued);
      } else {
        this.#queue.push(queued);
        this.#pump();
      }
    });
  }

  /** Sends of what waits as much as the connection and the bandwidth take. */
  #pump(): void {
    clearTimeout(this.#timer);
    const link = this.#link;
    if (link === undefined) return;
    const { bandwidth } = this.#spec;
    const now = performance.now();
    if (bandwidth !== null) {
      // No more than a tenth of a second is saved up.
      this.#allowance = Math.min(bandwidth / 10, this.#allowance + ((now - this.#refilled) / 1000) * bandwidth);
      this.#refilled = now;
    }
    while (this.#queue.length > 0 && this.#window.isOpen(link.push.sent)) {
      if (bandwidth !== null && this.#allowance <= 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.ceil((-this.#allowance / bandwidth) * 1000) + 5);
        return;
      }
      const queued = this.#queue.shift();
      if (queued === undefined) return;
      this.#allowance -= queued.bytes.length;
      this.#send(link.push, queued);
      this.#window.wrote(link.push.sent);
    }
  }

  #send(line: Line, { first, count, bytes, sent }: Queued): void {
    const pageSize = bytes.length / count;
    const most = Math.max(1, Math.floor(FRAME_BYTES / pageSize));
    if (line === this.#link?.urgent) this.#report.urgentPages += count;
    for (let at = 0; at < count; at += most) {
      const part = Math.min(most, count - at);
      const isLast = at + part === count;
      const content = bytes.subarray(at * pageSize, (at + part) * pageSize);
      line.write(FRAME.pages, [writeRuns([{ first: first + at, count: part }]), content], isLast ? sent : undefined);
    }
  }

  #taken(body: Buffer): void {
    const bytes = body.length === 8 ? body.readDoubleLE() : Number.NaN;
    if (!(bytes >= 0 && bytes <= (this.#link?.push.sent ?? 0))) {
      throw new PagerError('PROTOCOL', 'more has arrived than was sent');
    }
    this.#deadline = null;
    this.#window.acknowledge(bytes);
    this.#pump();
  }

  #want(body: Buffer): void {
    const link = this.#link;
    if (link === undefined) return;
    for (const run of readRuns(body, this.#source.pages)) {
      const first = run.first - (run.first % RIDE_ALONG);
      const end = Math.min(this.#source.pages, run.first + run.count + RIDE_ALONG - 1);
      const count = Math.max(run.first + run.count, end - (end % RIDE_ALONG)) - first;
      this.#wanted.fill(1, first, first + count);
      const isHit = (queued: Queued) => queued.first < first + count && queued.first + queued.count > first;
      for (const queued of this.#queue.filter(isHit)) this.#send(link.urgent, queued);
      this.#queue = this.#queue.filter((queued) => !isHit(queued));
      this.#pass?.urge(first, count);
    }
  }

  /** What waits is not sent any more. */
  #drop(): void {
    for (const { sent } of this.#queue.splice(0)) sent();
  }

  async #reconnect(): Promise<Link> {
    const { patience } = this.#spec;
    this.#deadline ??= performance.now() + patience;
    for (;;) {
      // One that takes the call and hangs up is no better than none.
      await sleep(RETRY);
      try {
        return await this.#connect(true);
      } catch (error) {
        if (!(error instanceof Refused) && performance.now() < this.#deadline) continue;
        const when = error instanceof Refused ? '' : ` within ${patience / 1000} s`;
        throw new PagerError('PROTOCOL', `the receiver has not come back${when}: ${describeError(error)}`, {
          cause: error,
        });
      }
    }
  }

  async #connect(again: boolean): Promise<Link> {
    const { pages, pageSize } = this.#source;
    const number = ++this.#links;
    const has = again ? new Uint8Array(pages) : null;
    let lose: (error: unknown) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      lose = reject;
    });
    lost.catch(() => {});
    let completed = (): void => {};
    const link: Partial<Link> = { lost, has, completed: new Promise<void>((resolve) => (completed = resolve)) };
    const open = async (role: 'push' | 'urgent') => {
      const socket = await dial(this.#spec);
      let welcomed: (value: unknown) => void = () => {};
      let refused: (error: unknown) => void = () => {};
      const welcome = new Promise<unknown>((resolve, reject) => {
        welcomed = resolve;
        refused = reject;
      });
      const line = new Line(socket, (type, body) => {
        if (type === FRAME.welcome) welcomed(JSON.parse(body.toString()));
        else if (type === FRAME.refused) refused(new Refused(body.toString().slice(0, 500)));
        else if (type === FRAME.bits && has !== null)
          readBits(body, pages, (page, set) => {
            has[page] = set ? 1 : 0;
          });
        else if (type === FRAME.want && role === 'urgent') this.#want(body);
        else if (type === FRAME.taken && role === 'push') this.#taken(body);
        else if (type === FRAME.complete) completed();
        else throw new PagerError('PROTOCOL', `a frame of type ${type} from the receiver`);
      });
      void line.closed.then((error) => {
        refused(error);
        lose(error);
      });
      link[role] = line;
      line.writeJson(FRAME.hello, { version: VERSION, id: this.#id, link: number, role, again, pages, pageSize });
      return (await welcome) as { complete?: unknown } | null;
    };
    try {
      const welcome = await open('push');
      if (again && welcome?.complete === true) this.#complete = true;
      await open('urgent');
    } catch (error) {
      link.push?.end(error);
      link.urgent?.end(error);
      throw error;
    }
    this.#wanted.fill(0);
    this.#window = new Window();
    this.#link = link as Link;
    return this.#link;
  }
}

interface Queued {
  first: number;
  count: number;
  bytes: Uint8Array;
  sent: () => void;
}

/** The receiver is there, and does not want it. */
class Refused extends PagerError {
  constructor(why: string) {
    super('PROTOCOL', `the receiver refuses: ${why}`);
  }
}

function lacking(has: Uint8Array): PageRun[] {
  const runs: PageRun[] = [];
  for (let page = 0; page < has.length; ) {
    if (has[page] === 1) {
      page++;
      continue;
    }
    let next = page;
    while (next < has.length && has[next] === 0) next++;
    runs.push({ first: page, count: next - page });
    page = next;
  }
  return runs;
}
