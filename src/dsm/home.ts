// `farpage home`: listens for nodes, checks their greeting, and gives each the region that it names.
import assert from 'node:assert/strict';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { PagerError } from '../errors.js';
import { type Listener, listen } from '../migrate/connection.js';
import { Connection, PACKET, readJson } from '../migrate/packet.js';
import { SHORT_SILENCE } from '../migrate/silence.js';
import type { Store } from '../store/store.js';
import { checkTls, type TlsFiles } from '../tls-files.js';
import { checkStore } from './check-store.js';
import { HeldConnection } from './held-connection.js';
import { exposeHome } from './home-metrics.js';
import { HomeRegion } from './home-region.js';
import type { Journal } from './journal.js';
import type { Member } from './member.js';
import { DSM_VERSION, MAX_LEASE_MS, MAX_PAGES, MIN_LEASE_MS, PAGE_BYTES } from './message.js';

const DEFAULT_LEASE_MS = 2000;
/** For a node's greeting: an accepted connection that says nothing must not stay. */
const GREETING_MS = 10_000;

export interface HomeOptions {
  /** 'tcp://host:port' or 'unix:/path'; port 0 is any. */
  listen: string;
  token?: string | undefined;
  tls?: TlsFiles | undefined;
  /** Where pages go. It serves one region. Default: the home's memory, for any number of regions. */
  store?: Store | null;
  leaseMs?: number;
  greetingMs?: number;
  /** Where the region's state is written for a home that follows this one; with a store that outlives it. It serves one region. */
  journal?: Journal | null;
  /** For tests: see RegionPlan. */
  breaks?: number;
}

export class Home {
  readonly #options: HomeOptions;
  readonly #regions = new Map<string, HomeRegion>();
  readonly #connections = new Set<Connection>();
  #listener: Listener | undefined;
  #refused = 0;
  /** Bytes of connections that are closed. */
  readonly #before = { received: 0, sent: 0 };
  #closing: Promise<void> | undefined;

  /** @throws PagerError 'OPTION', 'PROTOCOL'; its store and its journal are closed then, too */
  static async start(options: HomeOptions): Promise<Home> {
    assert(options.token !== '', 'an empty token is that of a node without one');
    const home = new Home(options);
    const { journal = null, store = null } = options;
    if (journal !== null) journal.place.onAway = () => home.#drop('the home cannot reach its journal');
    try {
      const spec = { url: options.listen, tls: checkTls(options.tls), patience: 0 };
      if (journal?.plan != null) {
        checkStore(store, journal);
        home.#regions.set(journal.plan.name, new HomeRegion({ ...journal.plan, breaks: 0 }, store, journal));
      }
      home.#listener = await listen(spec, (socket) => home.#accept(socket), true);
      return home;
    } catch (error) {
      await home.close();
      throw error;
    }
  }

  private constructor(options: HomeOptions) {
    this.#options = options;
  }

  /** Where it listens, with the port that it got. */
  get url(): string {
    return this.#listener?.url ?? this.#options.listen;
  }

  /** As text for Prometheus. */
  metrics(): string {
    const { received, sent } = [this.#before, ...this.#connections].reduce((sum, each) => ({
      received: sum.received + each.received,
      sent: sum.sent + each.sent,
    }));
    const home = { labels: {}, connections: this.#connections.size, refused: this.#refused, received, sent };
    return exposeHome(
      home,
      [...this.#regions.values()].map(({ subject }) => subject),
    );
  }

  /** Its store and its journal are closed with it. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#listener?.close();
    for (const connection of this.#connections) connection.end();
    for (const region of this.#regions.values()) region.close();
    try {
      await this.#options.store?.close();
    } finally {
      const closing = this.#options.journal?.close();
      await closing;
      // What waits for the journal would wait for ever.
      if (closing !== undefined) this.#drop('the home has ended');
    }
  }

  #drop(why: string): void {
    for (const connection of this.#connections) connection.end(new PagerError('CLOSED', why));
  }

  #accept(socket: Socket): void {
    const place = this.#options.journal?.place;
    // The node tries the next home.
    if (place?.isAway === true) {
      socket.destroy();
      return;
    }
    let joined: { region: HomeRegion; member: Member } | undefined;
    const take = (type: number, body: Buffer): void => {
      if (joined !== undefined && type === PACKET.dsm) joined.region.take(joined.member, body);
      else if (joined === undefined && type === PACKET.hello) joined = this.#greet(connection, body);
      else throw new PagerError('PROTOCOL', `a packet of type ${type} from a node`);
    };
    const connection: Connection =
      place === undefined
        ? new Connection(socket, take, SHORT_SILENCE, true)
        : new HeldConnection(place, socket, take, SHORT_SILENCE);
    this.#connections.add(connection);
    const timer = setTimeout(() => {
      if (joined === undefined) connection.end(new PagerError('PROTOCOL', 'no node has greeted'));
    }, this.#options.greetingMs ?? GREETING_MS);
    void connection.closed.then(() => {
      clearTimeout(timer);
      this.#connections.delete(connection);
      this.#before.received += connection.received;
      this.#before.sent += connection.sent;
      joined?.region.disconnected(joined.member, connection);
    });
  }

  #greet(connection: Connection, body: Buffer): { region: HomeRegion; member: Member } | undefined {
    // A home that another has followed must not answer, not even to refuse.
    this.#options.journal?.place.confirm();
    const greeting = readGreeting(body);
    if (typeof greeting !== 'string' && !isSame(greeting.token, this.#options.token ?? '')) {
      return this.#refuse(connection, 'its token is not the home’s');
    }
    const region = typeof greeting === 'string' ? greeting : this.#regionOf(greeting);
    if (typeof region === 'string' || typeof greeting === 'string') return this.#refuse(connection, String(region));
    const { session } = greeting;
    const member =
      session === undefined ? region.join(connection) : region.rejoin(session, greeting.losses, connection);
    if (typeof member === 'string') return this.#refuse(connection, member);
    const { leaseMs } = region.plan;
    const report = !member.reported;
    connection.writeJson(PACKET.welcome, { node: member.node, session: member.session, leaseMs, report });
    if (session !== undefined && !report) region.resend(member);
    return { region, member };
  }

  #refuse(connection: Connection, why: string): undefined {
    this.#refused++;
    connection.refuse(why);
  }

  #regionOf({ name, pages, rollBack, leaseMs, session }: Greeting): HomeRegion | string {
    const known = this.#regions.get(name);
    if (known !== undefined) {
      const { plan } = known;
      if (plan.pages !== pages)
        return `region '${name}' has ${plan.pages * PAGE_BYTES} bytes, not ${pages * PAGE_BYTES}`;
      return plan.rollBack === rollBack ? known : `region '${name}' has another onLost`;
    }
    if (session !== undefined) return 'its lease has ended';
    const { store = null, journal = null, breaks = 0 } = this.#options;
    if (store !== null && this.#regions.size > 0) return 'the home’s store serves one region, and has one';
    const lease = leaseMs ?? this.#options.leaseMs ?? DEFAULT_LEASE_MS;
    try {
      const region = new HomeRegion({ name, pages, rollBack, leaseMs: lease, breaks }, store, journal);
      this.#regions.set(name, region);
      return region;
    } catch (error) {
      // There is no memory for it, or no room in the journal for its name.
      if (error instanceof PagerError) return error.message;
      throw error;
    }
  }
}

interface Greeting {
  name: string;
  pages: number;
  token: string;
  rollBack: boolean;
  leaseMs: number | undefined;
  session: string | undefined;
  /** Of a node that connects again: lists of lost pages that it has heard. */
  losses: number;
}

/** A string says why it is refused. */
function readGreeting(body: Buffer): Greeting | string {
  const { dsm, name, pages, token, rollBack, leaseMs, session, losses = 0 } = readJson(body);
  if (dsm !== DSM_VERSION) return `it speaks version ${String(dsm)} of shared regions, not ${DSM_VERSION}`;
  if (typeof name !== 'string' || name === '' || name.length > 200) return 'the region has no name';
  if (!Number.isInteger(pages) || Number(pages) < 1 || Number(pages) > MAX_PAGES)
    return `${String(pages)} pages are not 1 to ${MAX_PAGES}`;
  if (typeof token !== 'string' || typeof rollBack !== 'boolean') return 'a field of its greeting has the wrong type';
  if (leaseMs !== undefined && !(Number(leaseMs) >= MIN_LEASE_MS && Number(leaseMs) <= MAX_LEASE_MS))
    return `leaseMs: ${String(leaseMs)} is not ${MIN_LEASE_MS} to ${MAX_LEASE_MS} milliseconds`;
  if ((session !== undefined && typeof session !== 'string') || typeof losses !== 'number')
    return 'a field of its greeting has the wrong type';
  const lease = leaseMs === undefined ? undefined : Number(leaseMs);
  return { name, pages: Number(pages), token, rollBack, leaseMs: lease, session, losses };
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
