// Takes one snapshot that a client requested through a control socket.
import { setTimeout as sleep } from 'node:timers/promises';
import type { CoreDump } from '../core/dump.js';
import { PagerError } from '../errors.js';
import type { ControlReport, Format, Reply, SnapshotOrder } from '../wire/control.js';
import { Stopped } from './stop.js';

export interface SubjectOptions {
  bufferLimit: number;
  incrementalFrom: string | null;
  format: Format;
  onProgress(progress: { pages: number; most: number }): void;
  onInstant(): void;
  signal: AbortSignal;
}

/** A process that this pager pages. */
export interface Subject {
  identity: string;
  pid: number;
  name: string;
  /** The present state of the pager's core. */
  dump(): CoreDump;
  /** The processes of the program, itself included; --stop stops them and their descendants. */
  program(): readonly number[];
  /** Called before the first process is stopped, and after all are continued. */
  onStop?(stopping: boolean): void;
  /** While they are stopped the pager sends them no requests. */
  leaveAlone?(alone: boolean): void;
  /** Resolves when no work of the pager waits for one of them. */
  settled(): Promise<unknown>;
  snapshot(output: string, options: SubjectOptions): Promise<Omit<ControlReport, 'pid' | 'program' | 'stopped'>>;
}

/** Milliseconds for a pager to settle while the program is stopped, and between attempts. */
const SETTLE = 250;
const PAUSE = 20;
const TRIES = 40;
/** Milliseconds without progress while the program is stopped, after which it is continued and no image is written. */
const STALLED = 30_000;

/** @throws (rejects) PagerError; the program runs again by then */
export async function takeSnapshotOf(
  subject: Subject,
  order: SnapshotOrder,
  tell: (reply: Reply) => void,
  signal: AbortSignal,
): Promise<ControlReport> {
  const { pid, name } = subject;
  const pause = order.stop === 'no' ? undefined : new Pause(subject);
  try {
    await pause?.begin(signal);
    const watched = AbortSignal.any(pause === undefined ? [signal] : [signal, pause.stalled]);
    const report = await subject.snapshot(order.output, {
      bufferLimit: order.bufferLimit,
      incrementalFrom: order.incrementalFrom,
      format: order.format,
      onProgress: ({ pages, most }) => {
        pause?.advanced();
        tell({ type: 'progress', pages, most });
      },
      onInstant: () => {
        pause?.advanced();
        if (order.stop === 'instant') pause?.end();
        tell({ type: 'instant' });
      },
      signal: watched,
    });
    pause?.end();
    return { ...report, pid, program: name, stopped: pause?.account ?? null };
  } finally {
    pause?.end();
  }
}

/** Stops the program at a moment when the pager needs nothing from it. */
class Pause {
  account: { processes: number; milliseconds: number } | null = null;
  readonly #subject: Subject;
  readonly #stalled = new AbortController();
  #stopped: Stopped | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  /** Aborted if nothing has advanced for too long. */
  get stalled(): AbortSignal {
    return this.#stalled.signal;
  }

  async begin(signal: AbortSignal): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      signal.throwIfAborted();
      this.#subject.onStop?.(true);
      try {
        this.#stopped = await Stopped.begin(() => this.#subject.program());
      } catch (error) {
        this.#subject.onStop?.(false);
        throw error;
      }
      // A process that was stopped with a request in hand keeps the pager waiting: continue it, and stop it at another
      // moment.
      if (await this.#settled()) {
        this.#subject.leaveAlone?.(true);
        if (await this.#settled()) return this.advanced();
      }
      this.end();
      await sleep(PAUSE);
    }
    throw new PagerError(
      'UNSUPPORTED',
      'the program could not be stopped at a moment when the pager can do without it',
      {
        hint: 'try again, or without --stop',
      },
    );
  }

  advanced(): void {
    clearTimeout(this.#timer);
    if (this.#stopped === undefined) return;
    const stalled = new PagerError('UNSUPPORTED', `the pager got no further while the program was stopped`, {
      hint: 'give the program a larger limit, or take the snapshot with --stop only, or without',
    });
    this.#timer = setTimeout(() => this.#stalled.abort(stalled), STALLED);
  }

  end(): void {
    clearTimeout(this.#timer);
    if (this.#stopped === undefined) return;
    this.#stopped.end();
    this.#subject.leaveAlone?.(false);
    const { processes, milliseconds } = this.#stopped;
    this.account = { processes, milliseconds };
    this.#stopped = undefined;
    this.#subject.onStop?.(false);
  }

  async #settled(): Promise<boolean> {
    const late = new AbortController();
    const slow = sleep(SETTLE, false, { signal: late.signal }).catch(() => false);
    const done = this.#subject.settled().then(() => true);
    // Too late to cancel: the result is dropped.
    done.catch(() => {});
    try {
      return await Promise.race([done, slow]);
    } finally {
      late.abort();
    }
  }
}
