import { PagerError } from '../errors.js';
import { isPermanent } from './store-error.js';

export interface RetryOptions {
  /** Milliseconds from the first failure after which no new attempt is made. Default 60000. */
  patience?: number;
  /** Milliseconds before the second attempt; each later delay is twice the one before. Default 5. */
  firstDelay?: number;
  /** Milliseconds that no delay exceeds. Default 1000. */
  maxDelay?: number;
  /** Called before each further attempt, with its number from 1 on and what made it necessary. */
  onRetry?: (count: number, error: unknown) => void;
  /** Ends the waiting: the call rejects with PagerError 'CLOSED'. An attempt under way is not interrupted. */
  signal?: AbortSignal;
}

/**
 * Runs `work` until it succeeds, fails for good (`isPermanent`), or has failed for longer than `patience`; then rejects
 * with the last failure as it was thrown. Delays double from `firstDelay` to `maxDelay`, each shortened by up to half
 * at random, so that many waiters do not return in step.
 */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { patience = 60_000, firstDelay = 5, maxDelay = 1000, onRetry, signal } = options;
  let failedAt: number | undefined;
  for (let count = 1; ; count++) {
    try {
      return await work();
    } catch (error) {
      failedAt ??= performance.now();
      const delay = Math.min(firstDelay * 2 ** (count - 1), maxDelay) * (1 - Math.random() / 2);
      if (isPermanent(error) || performance.now() + delay - failedAt > patience) throw error;
      if (signal?.aborted) throw abortedError();
      await pause(delay, signal);
      onRetry?.(count, error);
    }
  }
}

function pause(delay: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(abortedError());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, delay);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function abortedError(): PagerError {
  return new PagerError('CLOSED', 'the region was closed while its store was tried again');
}
