// The sender's two connections as one link: if one is lost, both are.
import { PagerError } from '../errors.js';
import type { PageRun } from '../pass/pass.js';
import { dial } from './connection.js';
import { Connection, PACKET, readBits, readJson, readRuns, VERSION } from './packet.js';
import { LONG_SILENCE } from './silence.js';
import type { ConnectionSpec, FullOffer } from './types.js';

export interface LinkEvents {
  /** Pages that a thread waits for. */
  wanted(runs: readonly PageRun[]): void;
  /** Bytes of the push connection that have arrived. */
  arrived(bytes: number): void;
}

/** The receiver answered, and refuses the migration. */
export class Refused extends PagerError {
  constructor(why: string) {
    super('PROTOCOL', `the receiver refuses: ${why}`);
  }
}

type Role = 'push' | 'urgent';

const SILENT_HINT = 'start the receiver first, and wait until it listens: receiveRegion calls onListening';

export class Link {
  /** Pages that the receiver has; all 0 if it has not switched. */
  readonly has: Uint8Array;
  /** Rejects when either connection ends. */
  readonly lost: Promise<never>;
  readonly completed: Promise<void>;
  /** The receiver had all pages already. */
  isComplete = false;
  /** The receiver accepts LZ4. */
  unpacks = false;
  readonly #events: LinkEvents;
  readonly #connections: { push?: Connection; urgent?: Connection } = {};
  #lose: (error: unknown) => void = () => {};
  #complete: () => void = () => {};

  /**
   * @param signal its abortion ends the attempt, and what was connected by then
   * @throws PagerError 'PROTOCOL', `Refused`
   */
  static async open(
    spec: ConnectionSpec,
    id: string,
    again: boolean,
    offer: FullOffer,
    events: LinkEvents,
    signal?: AbortSignal,
  ): Promise<Link> {
    const link = new Link(offer.pages, events);
    const abort = () => link.end(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      const greeting = {
        version: VERSION,
        id,
        again,
        pages: offer.pages,
        pageSize: offer.pageSize,
        content: offer.content,
      };
      const { complete, lz4 } = await link.#dial(spec, 'push', greeting, signal);
      link.isComplete = again && complete === true;
      link.unpacks = lz4 === true;
      await link.#dial(spec, 'urgent', greeting, signal);
    } catch (error) {
      link.end(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
    return link;
  }

  private constructor(pages: number, events: LinkEvents) {
    this.has = new Uint8Array(pages);
    this.#events = events;
    this.lost = new Promise<never>((_, reject) => {
      this.#lose = reject;
    });
    this.lost.catch(() => {});
    this.completed = new Promise<void>((resolve) => {
      this.#complete = resolve;
    });
  }

  get push(): Connection {
    return this.#connection('push');
  }

  get urgent(): Connection {
    return this.#connection('urgent');
  }

  get open(): boolean {
    return this.push.open && this.urgent.open;
  }

  get sentBytes(): number {
    return this.push.sent + this.urgent.sent;
  }

  /** @param error why; without it what has been written is sent first */
  end(error?: unknown): void {
    this.#connections.push?.end(error);
    this.#connections.urgent?.end(error);
  }

  #connection(role: Role): Connection {
    const connection = this.#connections[role];
    if (connection === undefined) throw new PagerError('INTERNAL', 'the connection has not been made');
    return connection;
  }

  async #dial(
    spec: ConnectionSpec,
    role: Role,
    greeting: object,
    signal?: AbortSignal,
  ): Promise<Record<string, unknown>> {
    signal?.throwIfAborted();
    const socket = await dial(spec, SILENT_HINT, signal);
    if (signal?.aborted === true) socket.destroy();
    signal?.throwIfAborted();
    let welcomed: (value: Record<string, unknown>) => void = () => {};
    let failed: (error: unknown) => void = () => {};
    const welcome = new Promise<Record<string, unknown>>((resolve, reject) => {
      welcomed = resolve;
      failed = reject;
    });
    const take = (type: number, body: Buffer): void => {
      if (type === PACKET.welcome) welcomed(readJson(body));
      else if (type === PACKET.refused) connection.end(new Refused(body.toString().slice(0, 500)));
      else this.#take(role, type, body);
    };
    const connection = new Connection(socket, take, LONG_SILENCE, true);
    this.#connections[role] = connection;
    void connection.closed.then((error) => {
      failed(error);
      this.#lose(error);
    });
    connection.writeJson(PACKET.hello, { ...greeting, role });
    return welcome;
  }

  #take(role: Role, type: number, body: Buffer): void {
    const { has } = this;
    if (type === PACKET.want && role === 'urgent') {
      this.#events.wanted(readRuns(body, has.length));
    } else if (type === PACKET.taken && role === 'push') {
      const bytes = body.length === 8 ? body.readDoubleLE() : Number.NaN;
      if (!(bytes >= 0 && bytes <= this.push.sent)) throw new PagerError('PROTOCOL', 'more has arrived than was sent');
      this.#events.arrived(bytes);
    } else if (type === PACKET.bits && role === 'push') {
      readBits(body, has.length, (page, set) => {
        has[page] = set ? 1 : 0;
      });
    } else if (type === PACKET.complete && role === 'push') {
      this.#complete();
    } else {
      throw new PagerError('PROTOCOL', `a packet of type ${type} from the receiver`);
    }
  }
}
