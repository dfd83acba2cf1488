// A region that comes from another process.
import { throwIfEnded, unlessEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import { checkOptions, type KnownOptions } from '../known-options.js';
import type { ReceiveReport, TlsFiles } from '../migrate/types.js';
import type { PagerOptions } from '../options.js';
import { checkPatience, checkTls } from './migrate.js';
import { createPager, receivingHome } from './pager.js';
import type { MapOptions, Pager } from './pager-api.js';
import type { Region } from './region-api.js';

export type { ReceiveReport } from '../migrate/types.js';

export interface ReceiveOptions extends Pick<MapOptions, 'store' | 'memory'> {
  /** The pager that it becomes a region of. Default: one of its own, which is closed with the region. */
  pager?: Pager;
  /** Of a pager of its own: see `createPager`. */
  residentLimit?: PagerOptions['residentLimit'];
  pageSize?: PagerOptions['pageSize'];
  /** Milliseconds for which a sender that was lost after the switch is waited for. Default 30000. */
  patienceMs?: number;
  /** The older name of `patienceMs`, in seconds. */
  patience?: number;
  /** Paths of PEM files: each end checks the other's certificate against `ca`. Default: neither encrypts nor checks. */
  tls?: TlsFiles;
  /** The folder of the file, without a name, that received pages are kept in. Default: the system's for temporary files. */
  spool?: string;
  /** It listens: a sender may dial. */
  onListening?(): void;
  /** Lines for people: a connection lost and made again. Default: they are not said. */
  onNotice?(line: string): void;
  /** Ends the wait for a sender; once there is a region, `close` does. */
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
  /** What the source gave at the switch. */
  state: Uint8Array;
  /**
   * Resolves when every page is here, and the source is needed no more. It rejects with 'STORE_READ' where the source
   * did not come back in time: who touches a page that is lacking gets SIGBUS then; with 'CLOSED' where the region was
   * closed before.
   */
  complete: Promise<ReceiveReport>;
}

/**
 * Listens for a migration (`Region.migrate`), and resolves at its switch: the region can be used from then on, its pages
 * come as they are touched, and the others behind them.
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
  const tls = checkTls(options.tls);
  const home = receivingHome(pager);
  // Once there is a region, `close` ends it, and the signal does not.
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
      // Only when this has settled the sender may stop: from its switch on there must be nothing that can be lacking here.
      offered: async ({ pages }) => {
        mapping = home.map(pages, receiver, { ...(store && { store }), ...(memory && { memory }) });
        region = await mapping;
      },
      switched: ({ state }) => switched(state),
      notice: ({ line }) => onNotice?.(line),
    },
  });
  // Whoever does not look at it does not want to know.
  complete.catch(() => {});
  try {
    const state = await Promise.race([arrived, complete.then(() => arrived)]);
    if (region === undefined) throw new PagerError('INTERNAL', 'a switch without a region');
    return { region, state, complete };
  } catch (error) {
    // It may be on its way still.
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
