// receiveRegion: listens for a migration, and maps its region at the switch.
import { throwIfEnded, unlessEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import { checkOptions, type KnownOptions } from '../known-options.js';
import type { ReceiveReport } from '../migrate/types.js';
import type { PagerOptions } from '../options.js';
import { checkTls, type TlsFiles } from '../tls-files.js';
import { checkPatience } from './migrate.js';
import { createPager, receivingHome } from './pager.js';
import type { MapOptions, Pager } from './pager-api.js';
import type { Region } from './region-api.js';

export type { ReceiveReport } from '../migrate/types.js';

export interface ReceiveOptions extends Pick<MapOptions, 'store' | 'memory'> {
  /** The pager that gets the region. Default: a new one, which is closed with the region. */
  pager?: Pager;
  /** For a new pager: see `createPager`. */
  residentLimit?: PagerOptions['residentLimit'];
  pageSize?: PagerOptions['pageSize'];
  /** Milliseconds to wait for a sender that was lost after the switch. Default 30000. */
  patienceMs?: number;
  /** The older name of `patienceMs`, in seconds. */
  patience?: number;
  /** Paths of PEM files: each end checks the other's certificate against `ca`. Default: neither encrypts nor checks. */
  tls?: TlsFiles;
  /** The folder of the unnamed file that holds received pages. Default: the system's folder for temporary files. */
  spool?: string;
  /** Called once it listens: a sender may connect. */
  onListening?(): void;
  /** Receives lines for people: a connection lost and restored. Default: not reported. */
  onNotice?(line: string): void;
  /** Ends the wait for a sender; once the region exists, `close` ends it. */
  signal?: AbortSignal;
}

const WHAT = 'the wait for a migration';
const RECEIVE_OPTIONS: KnownOptions = {
  pager: 'checked',
  residentLimit: 'checked',
  pageSize: 'checked',
  store: 'checked',
  memory: 'checked',
  patienceMs: 'checked',
  patience: 'checked',
  tls: 'checked',
  spool: 'text',
  onListening: 'function',
  onNotice: 'function',
  signal: 'signal',
};

export interface ReceivedRegion {
  region: Region;
  /** The state that the source sent at the switch. */
  state: Uint8Array;
  /**
   * Resolves when every page has arrived and the source is no longer needed. Rejects with 'STORE_READ' if the source did not
   * reconnect in time: a touch of a missing page then gets SIGBUS; with 'CLOSED' if the region was closed before.
   */
  complete: Promise<ReceiveReport>;
}

/**
 * Listens for a migration (`Region.migrate`), and resolves at its switch: from then on the region can be used; pages arrive
 * as they are touched, and all others in the background.
 * @param from where to listen: 'tcp://host:port' (0.0.0.0: every interface) or 'unix:/path' (made with mode 0600)
 * @throws (rejects) PagerError 'OPTION', 'PROTOCOL', 'REGION', 'CLOSED'
 */
export async function receiveRegion(from: string, options: ReceiveOptions = {}): Promise<ReceivedRegion> {
  checkOptions('receiveRegion', options, RECEIVE_OPTIONS);
  const { pager: given, residentLimit, pageSize, signal } = options;
  const patience = checkPatience(options);
  if (given !== undefined && (residentLimit !== undefined || pageSize !== undefined)) {
    throw new PagerError('OPTION', 'residentLimit, pageSize: the pager has its own', { hint: 'leave `pager` out' });
  }
  throwIfEnded(signal, WHAT);
  const own = { ...(residentLimit !== undefined && { residentLimit }), ...(pageSize !== undefined && { pageSize }) };
  const pager = given ?? (await unlessEnded(signal, WHAT, createPager(own), (late) => void late.close()));
  try {
    const received = await receiveInto(pager, from, patience, options);
    if (given === undefined) closeAlong(received.region, pager);
    return received;
  } catch (error) {
    if (given === undefined) await pager.close();
    throw error;
  }
}

async function receiveInto(
  pager: Pager,
  from: string,
  patience: number,
  options: ReceiveOptions,
): Promise<ReceivedRegion> {
  const { store, memory, spool, signal, onListening, onNotice } = options;
  // It may have been aborted while the pager started.
  throwIfEnded(signal, WHAT);
  const tls = checkTls(options.tls);
  const home = receivingHome(pager);
  // Once the region exists, `close` ends it; the signal has no effect.
  const ending = new AbortController();
  const end = () => ending.abort(signal?.reason);
  signal?.addEventListener('abort', end, { once: true });
  const spec = { url: from, tls, patience, pageSize: home.pageSize, ...(spool !== undefined && { spool }) };
  let region: Region | undefined;
  let mapping: Promise<Region> | undefined;
  let receiver = 0;
  let switched: (state: Uint8Array) => void = () => {};
  const arrived = new Promise<Uint8Array>((resolve) => {
    switched = resolve;
  });
  const complete = home.channel.call('receive', spec, {
    signal: ending.signal,
    what: WHAT,
    on: {
      listening: (listening) => {
        ({ receiver } = listening);
        onListening?.();
      },
      // The sender may stop only after this has settled: after its switch nothing here may fail for lack of resources.
      offered: async ({ pages }) => {
        mapping = home.map(pages, receiver, { ...(store && { store }), ...(memory && { memory }) });
        region = await mapping;
      },
      switched: ({ state }) => switched(state),
      notice: ({ line }) => onNotice?.(line),
    },
  });
  // A caller that never awaits it must not get an unhandled rejection.
  complete.catch(() => {});
  try {
    const state = await Promise.race([arrived, complete.then(() => arrived)]);
    if (region === undefined) throw new PagerError('INTERNAL', 'a switch without a region');
    return { region, state, complete };
  } catch (error) {
    // The state may still be in flight.
    await mapping?.then((late) => late.close()).catch(() => undefined);
    throw error;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

function closeAlong(region: Region, pager: Pager): void {
  let closing: Promise<void> | undefined;
  region.close = () => {
    closing ??= pager.close();
    return closing;
  };
}
