// A guest's memory that comes from a migration: received in the loop that serves the guest, before it has one.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { PagerError, unpackError } from '../errors.js';
import type { Offer, ReceiveReport, ReceiveSpec } from '../migrate/types.js';
import { type GuestLoop, type ReceiverNews, type ReceiverOrder, startGuestLoop } from '../pager/session.js';
import { formatSize } from '../units.js';
import type { GuestImage, ImageSource } from './image.js';
import { checkServe, type ServeOptions } from './options.js';
import type { Origin } from './origin.js';
import { type Serving, serveFrom } from './server.js';

const PAGE_SIZE = 4096;

export interface ArrivalOptions extends Pick<ServeOptions, 'socket' | 'resident' | 'store' | 'kill'> {
  from: ReceiveSpec;
}

/**
 * Listens for a migration, and for the guest whose memory it is; the server ends with it.
 * @param say takes lines for people
 * @throws PagerError of what the options name, before anybody can connect
 */
export async function serveArrival(
  { from, ...options }: ArrivalOptions,
  say: (line: string) => void,
): Promise<{ serving: Serving; arrived: () => ReceiveReport | null }> {
  const checked = checkServe({ ...options, image: from.url, once: true });
  const loop = await startGuestLoop(checked.resident === null ? {} : { residentLimit: checked.resident }, PAGE_SIZE);
  const { port1, port2 } = new MessageChannel();
  try {
    const receiver = await loop.channel.ask({ type: 'receive', spec: from, port: port2 }, [port2]);
    const arrival = new Arrival(from.url, loop, receiver, port1, say);
    const serving = await serveFrom(arrival, checked, say);
    return { serving, arrived: () => arrival.report };
  } catch (error) {
    port1.close();
    await loop.channel.end();
    throw error;
  }
}

class Arrival implements Origin, GuestImage {
  readonly name: string;
  readonly start = 0;
  readonly block = undefined;
  readonly zeros = [];
  report: ReceiveReport | null = null;
  readonly #loop: GuestLoop;
  readonly #receiver: number;
  readonly #port: MessagePort;
  readonly #say: (line: string) => void;
  readonly #offer: Promise<Offer>;
  #given = false;

  constructor(url: string, loop: GuestLoop, receiver: number, port: MessagePort, say: (line: string) => void) {
    this.name = `a migration that comes to ${url}`;
    this.#loop = loop;
    this.#receiver = receiver;
    this.#port = port;
    this.#say = say;
    this.#offer = new Promise((resolve) => {
      port.on('message', (news: ReceiverNews) => {
        if (news.type === 'offered') {
          resolve(news);
          const order: ReceiverOrder = 'ready';
          port.postMessage(order);
        }
        this.#hear(news);
      });
    });
  }

  /** Resolves when there is a sender. @throws PagerError 'CLOSED' where the guest is gone before */
  async source(pageSize: number, direct: boolean, gone: Promise<unknown>): Promise<ImageSource> {
    const over = gone.then(() => {
      throw new PagerError('CLOSED', 'the guest has gone before its memory came');
    });
    over.catch(() => {});
    const offer = await Promise.race([this.#offer, over]);
    if (pageSize !== offer.pageSize) {
      throw new PagerError('PROTOCOL', `the guest has pages of ${formatSize(pageSize)}, its source has not`, {
        hint: 'both need memory in pages of 4 KiB',
      });
    }
    if (!direct || this.#given) {
      throw new PagerError('PROTOCOL', 'the memory does not lie in its file as it did at the source', {
        hint: 'start the same machine, with one memory backend',
      });
    }
    this.#given = true;
    return { kind: 'arrival', loop: this.#loop, receiver: this.#receiver };
  }

  async take(): Promise<GuestImage> {
    return this;
  }

  async release(): Promise<void> {}

  /** What has arrived is in a file without a name. */
  async refuseOver(): Promise<void> {}

  async counts(): Promise<null> {
    return null;
  }

  async close(): Promise<void> {
    this.#port.close();
    await this.#loop.channel.end();
  }

  #hear(news: ReceiverNews): void {
    if (news.type === 'offered') this.#say(`${formatSize(news.pages * news.pageSize)} are coming`);
    else if (news.type === 'switched')
      this.#say('the source has stopped: what its guest had is here, or comes when it is touched');
    else if (news.type === 'said') this.#say(news.line);
    else if (news.type === 'failed') this.#say(unpackError(news.error).message);
    else {
      this.report = news.report;
      this.#say(`all of its memory is here, ${news.report.postcopySeconds.toFixed(2)} s after the switch`);
    }
  }
}
