// The source's end of a migration: rounds of passes, the switch, and the rest until the other end has all pages.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError, PagerError } from '../errors.js';
import { type Native, native } from '../native/native.js';
import type { PageBatch, PageRun, PageSink, PageSource, Pass, PassOptions } from '../pass/pass.js';
import { Alertness } from './alertness.js';
import { Link, Refused } from './link.js';
import { PACKET, sendBits, sendRuns } from './packet.js';
import { Push } from './push.js';
import type { SendHooks, SendProgress, SendReport, SendSpec } from './types.js';

const MAX_STATE_BYTES = 2 ** 20;
/** Milliseconds between two attempts to reconnect. */
const RETRY = 200;
/** Pages sent together with an urgent one, itself included: a power of two. */
const RIDE_ALONG = 8;
/** Milliseconds over which a rate is taken. */
const RATE_SPAN = 1000;

/**
 * Moves all pages of a source; `stop` stops its threads at the switch.
 * @throws PagerError 'PROTOCOL', 'OPTION', 'CLOSED', or of the source. The source then has all its content, and no thread is held.
 */
export async function sendPages(source: PageSource, spec: SendSpec, hooks: SendHooks): Promise<SendReport> {
  const sender = new Sender(source, spec, hooks);
  try {
    return await sender.run();
  } finally {
    await sender.close();
  }
}

class Sender {
  readonly #source: PageSource;
  readonly #spec: SendSpec;
  readonly #hooks: SendHooks;
  readonly #id = randomBytes(16).toString('hex');
  readonly #report = { pages: 0, zeroPages: 0, sentBytes: 0, urgentPages: 0, reconnects: 0, rounds: 0 };
  readonly #codec: Native | null;
  /** After the instant: pages that the receiver lacks, and that no link was given. */
  readonly #due: Uint8Array;
  readonly #alertness = new Alertness();
  #link: Link | undefined;
  #push: Push | undefined;
  /** The link that was notified, ahead of the switch, that all pages are to come. */
  #announced: Link | undefined;
  #pass: Pass | undefined;
  #ending = new AbortController();
  #isHeld = false;
  /** Aborted by `close`. */
  readonly #closing = new AbortController();
  #rate = { since: performance.now(), bytes: 0, perSecond: 0 };

  constructor(source: PageSource, spec: SendSpec, hooks: SendHooks) {
    this.#source = source;
    this.#spec = spec;
    this.#hooks = hooks;
    this.#due = new Uint8Array(source.pages);
    const codec = native();
    this.#codec = spec.compress !== 'off' && codec.checkLz4() === null ? codec : null;
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
    const dialled = performance.now();
    const link = await Promise.race([this.#connect(false), aborted]);
    const dialling = performance.now() - dialled;
    for (let round = 0; round < rounds; round++) {
      const passing = this.#round({ track: true, changedOnly: round > 0 }, link, 'pre-copy');
      await Promise.race([passing, link.lost, aborted]);
      this.#report.rounds++;
    }
    if (rounds === 0) await Promise.race([this.#announce(link, dialling), link.lost, aborted]);
    // Once the source has begun to stop it may be unable to run on: reconnect if the connection is lost.
    const state = await Promise.race([this.#hooks.switch(), aborted]);
    if (state.length > MAX_STATE_BYTES) {
      throw new PagerError('OPTION', `the state has ${state.length} bytes, not up to 1 MiB`);
    }
    const switched = performance.now();
    await this.#postcopy(state, aborted);
    const sentBytes = this.#sentBytes;
    const urgentPages = this.#report.urgentPages + (this.#push?.urgentPages ?? 0);
    const postcopyMs = performance.now() - switched;
    return { ...this.#report, sentBytes, urgentPages, postcopyMs, postcopySeconds: postcopyMs / 1000 };
  }

  /** Ends the pass and the link, and releases held threads. */
  async close(): Promise<void> {
    const ended = new PagerError('CLOSED', 'the migration has ended');
    this.#closing.abort(ended);
    await this.#unlink(ended, undefined);
    await this.#source.release();
  }

  /** @param dialling milliseconds that it took: by then the other end has done what it is given here */
  async #announce(link: Link, dialling: number): Promise<void> {
    // A round trip before the switch warms both ends up for the pages that the guest will wait for.
    const { ahead: runs } = this.#source;
    if (runs !== undefined) await this.#round({ runs }, link, 'pre-copy');
    // All pages are to come: zeros are reported after the switch, since finding them would delay it.
    sendBits(link.push, this.#due.length, () => true);
    this.#announced = link;
    if (runs !== undefined) await sleep(dialling);
  }

  async #postcopy(state: Uint8Array, aborted: Promise<never>): Promise<void> {
    let runs: PageRun[] | undefined;
    let changedOnly = this.#spec.rounds > 0;
    let lacked = Number.POSITIVE_INFINITY;
    let end = 0;
    for (let link = this.#link; link !== undefined; ) {
      let lost: unknown;
      try {
        await Promise.race([this.#finish(state, runs, changedOnly, link), link.lost, aborted]);
        return;
      } catch (error) {
        const isOpen = link.open;
        lost = error;
        await this.#unlink(error, error);
        // A failure of the source or the receiver, or an abort, is final: reconnecting would not help.
        if (isOpen || error instanceof Refused) throw error;
        this.#hooks.say?.(`the connection is lost (${describeError(error)}); trying again`);
      }
      // A pass that ended before its instant has tracked no changes.
      changedOnly = false;
      if (end === 0) end = performance.now() + this.#spec.patience;
      // Lost again, and nothing has arrived in between.
      else await Promise.race([sleep(RETRY), aborted]);
      link = await Promise.race([this.#reconnect(end, lost), aborted]);
      this.#report.reconnects++;
      if (link.isComplete) return;
      runs = this.#isHeld ? lacking(link.has) : undefined;
      const lacks = runs?.reduce((sum, { count }) => sum + count, 0) ?? lacked;
      // The patience restarts with each connection that makes progress.
      if (lacks < lacked) end = 0;
      lacked = lacks;
    }
  }

  async #finish(state: Uint8Array, runs: PageRun[] | undefined, changedOnly: boolean, link: Link): Promise<void> {
    const which = runs === undefined ? { changedOnly } : { runs };
    await this.#round({ hold: true, ...which }, link, 'postcopy', state);
    if (this.#link !== link) return;
    // Pages that turned out to be zeros meanwhile.
    sendRuns(link.push, PACKET.zeros, runsOf(this.#due, 1));
    this.#due.fill(0);
    link.push.write(PACKET.end);
    await link.completed;
  }

  async #round(options: PassOptions, link: Link, phase: Phase, state?: Uint8Array): Promise<void> {
    this.#rate = { since: performance.now(), bytes: this.#sentBytes, perSecond: 0 };
    this.#ending = new AbortController();
    // Pages that the pass delivers early are sent after the switch: the receiver reads pages not announced before it as zeros.
    const early: PageRun[] = [];
    let isReported = state === undefined;
    let tell = (): void => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const sink: PageSink = {
      take: (batch) => {
        if (isReported || batch.bytes === null) return this.#take(batch);
        early.push(batch);
        return told.then(() => this.#take(batch));
      },
    };
    const onProgress = (pages: number, most: number) => this.#progress(phase, pages, most);
    const pass = this.#source.begin({ ...options, signal: this.#ending.signal, onProgress }, sink);
    this.#pass = pass;
    try {
      await pass.instant;
      if (state !== undefined) this.#switch(link, state, [...pass.pending(), ...early]);
    } finally {
      isReported = true;
      tell();
    }
    const report = await pass.done;
    this.#pass = undefined;
    this.#report.pages += report.pages;
    this.#report.zeroPages += report.zeroPages;
  }

  #switch(link: Link, state: Uint8Array, due: readonly PageRun[]): void {
    this.#isHeld = true;
    this.#due.fill(0);
    for (const { first, count } of due) this.#due.fill(1, first, first + count);
    const isAnnounced = this.#announced === link;
    if (!isAnnounced) sendBits(link.push, this.#due.length, (page) => this.#due[page] === 1);
    link.push.write(PACKET.switch, [state]);
    if (isAnnounced) sendRuns(link.push, PACKET.zeros, runsOf(this.#due, 0));
  }

  #take(batch: PageBatch): Promise<void> {
    if (this.#push === undefined) return Promise.reject(new PagerError('CLOSED', 'the migration has ended'));
    this.#due.fill(0, batch.first, batch.first + batch.count);
    return this.#push.take(batch);
  }

  #wanted(runs: readonly PageRun[]): void {
    this.#alertness.came();
    for (const run of runs) {
      const first = run.first - (run.first % RIDE_ALONG);
      const end = Math.min(this.#due.length, run.first + run.count + RIDE_ALONG - 1);
      const count = Math.max(run.first + run.count, end - (end % RIDE_ALONG)) - first;
      this.#push?.prefer(first, count);
      // Urgent pages before those that are sent along.
      this.#pass?.urge(run.first, run.count);
      this.#pass?.urge(first, count);
    }
    // A thread that waits for one page is likely to touch the next one soon.
    this.#alertness.expect();
  }

  get #sentBytes(): number {
    return this.#report.sentBytes + (this.#link?.sentBytes ?? 0);
  }

  #progress(phase: Phase, pages: number, most: number): void {
    const { onProgress } = this.#hooks;
    if (onProgress === undefined) return;
    const rate = this.#rate;
    const sentBytes = this.#sentBytes;
    const seconds = (performance.now() - rate.since) / 1000;
    const perSecond = seconds > 0 ? (sentBytes - rate.bytes) / seconds : 0;
    if (seconds * 1000 >= RATE_SPAN) this.#rate = { since: performance.now(), bytes: sentBytes, perSecond };
    const bytesPerSecond = rate.perSecond || perSecond;
    const left = (most - pages) * this.#source.pageSize;
    const secondsLeft = left === 0 ? 0 : bytesPerSecond > 0 ? left / bytesPerSecond : null;
    onProgress({ phase, sentBytes, pages, most, bytesPerSecond, secondsLeft });
  }

  /** @param lost why the link before has ended */
  async #reconnect(end: number, lost: unknown): Promise<Link> {
    let failure = lost;
    while (performance.now() <= end && !this.#closing.signal.aborted) {
      try {
        return await this.#connect(true);
      } catch (error) {
        failure = error;
        if (error instanceof Refused) break;
        await sleep(RETRY);
      }
    }
    const why = failure instanceof Refused ? '' : ` within ${this.#spec.patience / 1000} s`;
    throw new PagerError('PROTOCOL', `the receiver did not reconnect${why}: ${describeError(failure)}`, {
      hint: 'everything is still here, as of the switch: unless the other end runs already, it can run on here',
      cause: failure,
    });
  }

  async #connect(again: boolean): Promise<Link> {
    const { pages, pageSize } = this.#source;
    const link = await Link.open(
      this.#spec,
      this.#id,
      again,
      { pages, pageSize, content: this.#source.contentBytes ?? pages * pageSize },
      {
        wanted: (runs) => this.#wanted(runs),
        arrived: (bytes) => this.#push?.arrived(bytes),
      },
      this.#closing.signal,
    );
    if (this.#closing.signal.aborted) {
      link.end();
      throw this.#closing.signal.reason;
    }
    this.#link = link;
    this.#push = new Push(link, pages, pageSize, this.#spec.bandwidth, link.unpacks ? this.#codec : null);
    return link;
  }

  /** @param ended the error for the pass under way @param lost the error for the connection; without it, written bytes are still sent */
  async #unlink(ended: unknown, lost: unknown): Promise<void> {
    const pass = this.#pass;
    this.#pass = undefined;
    this.#link?.end(lost);
    this.#push?.drop();
    this.#report.sentBytes += this.#link?.sentBytes ?? 0;
    this.#report.urgentPages += this.#push?.urgentPages ?? 0;
    this.#link = undefined;
    this.#push = undefined;
    this.#ending.abort(ended);
    await pass?.done.catch(() => {});
  }
}

type Phase = SendProgress['phase'];

function lacking(has: Uint8Array): PageRun[] {
  return runsOf(has, 0);
}

function runsOf(pages: Uint8Array, value: number): PageRun[] {
  const runs: PageRun[] = [];
  for (let first = pages.indexOf(value); first >= 0; ) {
    let end = first + 1;
    while (end < pages.length && pages[end] === value) end++;
    runs.push({ first, count: end - first });
    first = pages.indexOf(value, end);
  }
  return runs;
}
