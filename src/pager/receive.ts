// A region that comes from another process.
import { MessageChannel } from 'node:worker_threads';
import { PagerError, unpackError } from '../errors.js';
import { checkOptions, type KnownOptions } from '../known-options.js';
import type { ReceiverNews, ReceiverOrder } from '../loop/requests.js';
import type { Offer, ReceiveReport, TlsFiles } from '../migrate/types.js';
import type { PagerOptions } from '../options.js';
import { checkPatience, checkTls } from './migrate.js';
import { createPager, type MapOptions, type Pager, receivingHome } from './pager.js';
import type { Region } from './region.js';

export type { ReceiveReport } from '../migrate/types.js';

export interface ReceiveOptions extends Pick<MapOptions, 'store' | 'memory'> {
  /** The pager that it becomes a region of. Default: one of its own, which is closed with the region. */
  pager?: Pager;
  /** Of a pager of its own: see `createPager`. */
  residentLimit?: PagerOptions['residentLimit'];
  pageSize?: PagerOptions['pageSize'];
  /** Seconds for which a sender that was lost after the switch is waited for. Default 30. */
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

const RECEIVE_OPTIONS: KnownOptions = {
  pager: 'checked',
  residentLimit: 'checked',
  pageSize: 'checked',
  store: 'checked',
  memory: 'checked',
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
  const patience = checkPatience(options.patience);
  if (given !== undefined && (residentLimit !== undefined || pageSize !== undefined)) {
    throw new PagerError('OPTION', 'residentLimit, pageSize: the pager has its own', { hint: 'leave `pager` out' });
  }
  signal?.throwIfAborted();
  const own = { ...(residentLimit !== undefined && { residentLimit }), ...(pageSize !== undefined && { pageSize }) };
  const pager = given ?? (await createPager(own));
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
  const { port1, port2 } = new MessageChannel();
  const arrival = new Arrival(onNotice);
  port1.on('message', (news: ReceiverNews) => arrival.hear(news));
  port1.on('close', () => arrival.close());
  const tell = (order: ReceiverOrder) => port1.postMessage(order);
  const end = () => tell('end');
  signal?.addEventListener('abort', end);
  let region: Region | undefined;
  try {
    const spec = { url: from, tls, patience, pageSize: home.pageSize, ...(spool !== undefined && { spool }) };
    const receiver = await home.channel.ask({ type: 'receive', spec, port: port2 }, [port2]);
    onListening?.();
    const { pages } = await arrival.offered;
    region = await home.map(pages, receiver, { ...(store && { store }), ...(memory && { memory }) });
    // Only now the sender may stop: from its switch on there must be nothing that can be lacking here.
    tell('ready');
    const state = await arrival.switched;
    return { region, state, complete: arrival.complete };
  } catch (error) {
    end();
    await region?.close();
    if (signal?.aborted) throw new PagerError('CLOSED', 'the wait for a migration was ended by its caller');
    throw error;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

/** What comes of a receiver. */
class Arrival {
  readonly offered: Promise<Offer>;
  readonly switched: Promise<Uint8Array>;
  readonly complete: Promise<ReceiveReport>;
  readonly #notice: ((line: string) => void) | undefined;
  #offer: (offer: Offer) => void = () => {};
  #switch: (state: Uint8Array) => void = () => {};
  #complete: (report: ReceiveReport) => void = () => {};
  #fail: (error: PagerError) => void = () => {};

  constructor(notice: ((line: string) => void) | undefined) {
    this.#notice = notice;
    const failures: ((error: PagerError) => void)[] = [];
    const promise = <T>(take: (resolve: (value: T) => void) => void): Promise<T> => {
      const made = new Promise<T>((resolve, reject) => {
        take(resolve);
        failures.push(reject);
      });
      // Whoever does not look at it does not want to know.
      made.catch(() => {});
      return made;
    };
    this.offered = promise((resolve) => {
      this.#offer = resolve;
    });
    this.switched = promise((resolve) => {
      this.#switch = resolve;
    });
    this.complete = promise((resolve) => {
      this.#complete = resolve;
    });
    this.#fail = (error) => {
      for (const failed of failures) failed(error);
    };
  }

  hear(news: ReceiverNews): void {
    if (news.type === 'offered') this.#offer(news);
    else if (news.type === 'switched') this.#switch(news.state);
    else if (news.type === 'completed') this.#complete(news.report);
    else if (news.type === 'failed') this.#fail(unpackError(news.error));
    else this.#notice?.(news.line);
  }

  close(): void {
    this.#fail(new PagerError('CLOSED', 'the migration’s receiver was closed before all was there'));
  }
}

function closeAlong(region: Region, pager: Pager): void {
  let closing: Promise<void> | undefined;
  region.close = () => {
    closing ??= pager.close();
    return closing;
  };
}
