// The one rule for what a caller ends by an AbortSignal: it rejects with 'CLOSED', and the signal's reason is the cause.
import { PagerError } from './errors.js';

/** What ends a call that may take long. */
export interface SignalOptions {
  /** Ends the call: it rejects with 'CLOSED', and the signal's reason is the error's `cause`. */
  signal?: AbortSignal;
}

/** For `checkOptions`: a call whose only option is its signal. */
export const SIGNAL_OPTIONS = { signal: 'signal' } as const;

/** `what` was ended by its caller. */
export function endedByCaller(what: string, reason: unknown): PagerError {
  return new PagerError('CLOSED', `${what} was ended by its caller`, { cause: reason });
}

/** @throws PagerError 'CLOSED' if the signal is aborted already */
export function throwIfEnded(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted === true) throw endedByCaller(what, signal.reason);
}

/** `work`, or 'CLOSED' as soon as the signal is aborted; what `work` gives afterwards goes to `late`. */
export function unlessEnded<T>(
  signal: AbortSignal | undefined,
  what: string,
  work: Promise<T>,
  late: (value: T) => void = () => {},
): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const end = () => {
      reject(endedByCaller(what, signal.reason));
      work.then(late, () => undefined);
    };
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
