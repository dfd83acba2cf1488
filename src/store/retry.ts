// Retries work with growing delays until it succeeds, fails for good, or the patience is over.
import { PagerError } from '../errors.js';
import { isPermanent } from './store-error.js';

export interface RetryOptions {
  /** Milliseconds from the first attempt on after which no new one is made. Default 60000. */
  patience?: number;
  /** Milliseconds before the second attempt; each later delay is twice the one before. Default 5. */
  firstDelay?: number;
  /** Milliseconds that no delay exceeds. Default 1000. */
  maxDelay?: number;
  /** Called before each retry, with its number from 1 on and the last error. */
  onRetry?: (count: number, error: unknown) => void;
  /** The clock of the patience, in milliseconds. Default: the system's monotonic clock. */
  now?: () => number;
  /** Calls back after so many milliseconds; the returned function cancels that. Default: a timer of the event loop. */
  pause?: (milliseconds: number, over: () => void) => () => void;
  /** From 0 to 1: twice the part by which a delay is shortened. Default: Math.random. */
  random?: () => number;
  /** Ends the wait: the call rejects with PagerError 'CLOSED'. An attempt under way is not interrupted. */
  signal?: AbortSignal;
}

/**
 * Runs `work` until it succeeds, fails for good (`isPermanent`), or `patience` is over; then rejects
 * with the last failure as it was thrown. Delays double from `firstDelay` to `maxDelay`, each shortened by up to half
 * at random, so that many waiters do not return in step.
 */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { patience = 60_000, firstDelay = 5, maxDelay = 1000, onRetry, signal, now = monotonic } = options;
  const { pause = timer, random = Math.random } = options;
  const began = now();
  for (let count = 1; ; count++) {
    try {
      return await work();
    } catch (error) {
      const delay = Math.min(firstDelay * 2 ** (count - 1), maxDelay) * (1 - random() / 2);
      if (isPermanent(error) || now() + delay - began > patience) throw error;
      if (signal?.aborted) throw abortedError();
      await waitFor(delay, pause, signal);
      onRetry?.(count, error);
    }
  }
}

const monotonic = () => performance.now();

function timer(milliseconds: number, over: () => void): () => void {
  const timeout = setTimeout(over, milliseconds);
  return () => clearTimeout(timeout);
}

function waitFor(delay: number, pause: typeof timer, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      cancel();
      reject(abortedError());
    };
    const cancel = pause(delay, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function abortedError(): PagerError {
  return new PagerError('CLOSED', 'the region was closed while its store was tried again');
}
