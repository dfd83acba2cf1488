// Opens stores for the loop, so that each wait for one has an end.
import { PagerError } from '../errors.js';
import type { Opened } from './opened.js';
import { withTimeout } from './patience.js';
import { StoreQueue, type StoreQueueEvents } from './store-queue.js';

/** Milliseconds that opening a store is given at least. */
const MIN_OPEN_PATIENCE = 5000;

/** The queue of a store in the event loop; undefined for other stores. */
export function storeQueueOf(opened: Opened, patience: number, events: StoreQueueEvents): StoreQueue | undefined {
  if (opened.store === null) return undefined;
  const limit = opened.patient ? Number.MAX_SAFE_INTEGER : patience;
  return new StoreQueue(opened.store, limit, events, opened.own, opened.onUsersThread);
}

/**
 * Opens a store within the patience; a store that opens later is closed again.
 * @param signal its abortion ends the wait, with its reason
 */
export async function openWithin(patience: number, opening: Promise<Opened>, signal: AbortSignal): Promise<Opened> {
  const limit = Math.max(patience, MIN_OPEN_PATIENCE);
  let late = false;
  opening.then(
    (opened) => {
      if (late) opened.close().catch(() => undefined);
    },
    () => undefined,
  );
  let end = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    end = () => {
      late = true;
      reject(signal.reason);
    };
  });
  ended.catch(() => undefined);
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  const within = withTimeout(limit, opening, () => {
    late = true;
    return new PagerError('STORE_READ', `the store has not been opened within ${limit} ms`, {
      hint: 'give opening it a time-out of its own, or raise storePatienceMs',
    });
  });
  try {
    return await Promise.race([ended, within]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
