// Handles SIGINT and SIGTERM of a command: the first asks it to end, a later one ends it.
import { PagerError } from '../errors.js';

import { isIgnored } from './ignored.js';

const SIGNALS = (['SIGINT', 'SIGTERM'] as const).filter((signal) => !isIgnored(signal));
/** Milliseconds within which a second signal counts as the first: npm and timeout repeat what the terminal sends. */
const SAME_SIGNAL = 500;

/** The user's request to end the command: handled once; the next signal has its default effect. */
export class Interrupt {
  /** Resolves at the first signal. */
  readonly heard: Promise<void>;
  #requested = false;
  readonly #stop: () => void;

  constructor() {
    const { promise, resolve } = withResolve();
    this.heard = promise;
    const hear = (): void => {
      if (this.#requested) return;
      this.#requested = true;
      // With no listener left, the next signal ends the process whatever its threads wait for.
      setTimeout(this.#stop, SAME_SIGNAL).unref();
      resolve();
    };
    this.#stop = () => {
      for (const signal of SIGNALS) process.removeListener(signal, hear);
    };
    for (const signal of SIGNALS) process.on(signal, hear);
  }

  /**
   * For work that cannot be cancelled, such as opening a remote store: its outcome, or a rejection at the first signal. The
   * command then ends, and the work with the process.
   */
  async unless<T>(work: Promise<T>): Promise<T> {
    const interrupted = this.heard.then(() => {
      throw new PagerError('CLOSED', 'it was interrupted');
    });
    return Promise.race([work, interrupted]);
  }

  get requested(): boolean {
    return this.#requested;
  }

  /** Leaves signals to their default again. */
  close(): void {
    this.#stop();
  }
}

function withResolve(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
