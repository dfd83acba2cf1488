// Receives a guest's memory from a migration, in the loop that will serve the guest.
import { failureLine, PagerError } from '../errors.js';
import type { Offer, ReceiveReport, ReceiveSpec } from '../migrate/types.js';
import { type GuestLoop, startGuestLoop } from '../pager/session.js';
import { formatSize } from '../units.js';
import type { GuestImage, ImageSource } from './image.js';
import { checkServe, type ServeOptions } from './options.js';
import type { Origin } from './origin.js';
import { type Serving, serveFrom } from './server.js';

const PAGE_SIZE = 4096;

export interface ArrivalOptions
  extends Pick<ServeOptions, 'socket' | 'resident' | 'store' | 'kill' | 'core' | 'faults'> {
  from: ReceiveSpec;
}

/**
 * Listens for a migration, and for the guest whose memory it is; the server ends with it.
 * @param say takes lines for people
 * @throws PagerError about the options, before any process can connect
 */
export async function serveArrival(
  { from, ...options }: ArrivalOptions,
  say: (line: string) => void,
): Promise<{ serving: Serving; arrived: () => ReceiveReport | null }> {
  const checked = checkServe({ ...options, image: from.url, once: true });
  const { core, resident } = checked;
  const loop = await startGuestLoop({ core, ...(resident !== null && { residentLimit: resident }) }, PAGE_SIZE);
  try {
    const arrival = await Arrival.listen(from, loop, say);
    const serving = await serveFrom(arrival, checked, say);
    return { serving, arrived: () => arrival.report };
  } catch (error) {
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
  readonly #say: (line: string) => void;
  readonly #offer: Promise<Offer>;
  #offered: (offer: Offer) => void = () => {};
  #receiver = 0;
  #given = false;
  #listens = false;

  private constructor(url: string, loop: GuestLoop, say: (line: string) => void) {
    this.name = `a migration that comes to ${url}`;
    this.#loop = loop;
    this.#say = say;
    this.#offer = new Promise((resolve) => {
      this.#offered = resolve;
    });
  }

  /** Resolves when a sender may connect. @throws PagerError 'OPTION', 'PROTOCOL' */
  static async listen(spec: ReceiveSpec, loop: GuestLoop, say: (line: string) => void): Promise<Arrival> {
    const arrival = new Arrival(spec.url, loop, say);
    let listening = (): void => {};
    const listens = new Promise<void>((resolve) => {
      listening = resolve;
    });
    const complete = loop.channel.call('receive', spec, {
      on: {
        listening: ({ receiver }) => {
          arrival.#receiver = receiver;
          arrival.#listens = true;
          listening();
        },
        offered: (offer) => {
          arrival.#offered(offer);
          say(`${formatSize(offer.pages * offer.pageSize)} are coming`);
        },
        switched: () => say('the source has stopped: its guest’s memory is here, or arrives when it is touched'),
        notice: ({ line }) => say(line),
      },
    });
    complete.then(
      (report) => arrival.#complete(report),
      (error: unknown) => arrival.#failed(error),
    );
    await Promise.race([listens, complete]);
    return arrival;
  }

  /** Resolves when a sender has connected. @throws PagerError 'CLOSED' if the guest is gone before */
  async source(pageSize: number, direct: boolean, gone: Promise<unknown>): Promise<ImageSource> {
    const over = gone.then(() => {
      throw new PagerError('CLOSED', 'the guest has ended before its memory arrived');
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
    await this.#loop.channel.end();
  }

  #complete(report: ReceiveReport): void {
    this.report = report;
    this.#say(`all of its memory is here, ${report.postcopySeconds.toFixed(2)} s after the switch`);
  }

  #failed(error: unknown): void {
    // If the receiver is closed the session has ended, and that is reported elsewhere.
    if (this.#listens && !(error instanceof PagerError && error.code === 'CLOSED')) this.#say(failureLine(error));
  }
}
