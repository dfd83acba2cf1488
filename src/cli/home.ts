// `farpage home`: the directory of shared regions. Runs until it is interrupted.
import { Home } from '../dsm/home.js';
import { Journal } from '../dsm/journal.js';
import { MAX_LEASE_MS, MIN_LEASE_MS } from '../dsm/message.js';
import { Registry } from '../dsm/registry.js';
import { PagerError } from '../errors.js';
import { MetricsServer } from '../metrics/server.js';
import { checkUrl } from '../migrate/connection.js';
import { openStore } from '../store/open.js';
import { isRedisUrl } from '../store/redis-url.js';
import { completeUrl } from '../store/secrets.js';
import { type BuiltInStore, SPEC, type Store, type StoreSpec } from '../store/store.js';
import { Interrupt } from '../terminal/interrupt.js';
import { say } from '../terminal/messages.js';
import { print } from '../terminal/output.js';
import { parseMetrics } from '../web/listen.js';
import { EXIT, type ExitCode } from './exit.js';
import { type TlsFlags, tlsOf } from './tls.js';
import { tokenOf } from './token.js';

export interface HomeFlags extends TlsFlags {
  listen: string;
  store?: string;
  journal?: string;
  journalReplicas: string;
  tokenFile?: string;
  lease: string;
  metrics?: string;
}

const MAX_REPLICAS = 16;
const LOOPBACK = /^(127\.[\d.]+|::1|localhost)$/;

export async function homeCommand(flags: HomeFlags): Promise<ExitCode> {
  const { listen, tokenFile } = flags;
  const tls = tlsOf(flags);
  const place = checkUrl(listen, 0, '--listen');
  const leaseMs = Number(flags.lease);
  if (!(leaseMs >= MIN_LEASE_MS && leaseMs <= MAX_LEASE_MS)) {
    throw new PagerError('OPTION', `--lease: '${flags.lease}' is not ${MIN_LEASE_MS} to ${MAX_LEASE_MS} milliseconds`);
  }
  if ('host' in place && !LOOPBACK.test(place.host) && tls === null) {
    throw new PagerError(
      'OPTION',
      `--listen: ${listen} is not an address of this host alone, and TLS is not asked for`,
      {
        hint: 'give --tls-ca, --tls-cert and --tls-key, or listen at tcp://127.0.0.1:PORT or unix:/path',
      },
    );
  }
  const watch = parseMetrics(flags.metrics);
  const token = tokenOf(tokenFile);
  const interrupt = new Interrupt();
  const { pages, journal, failed } = await openPlaces(flags, leaseMs, interrupt);
  let home: Home | undefined;
  let metrics: MetricsServer | undefined;
  try {
    if (watch !== null) {
      metrics = await MetricsServer.listen(watch, '--metrics', () => home?.metrics() ?? '');
      say(`metrics at ${metrics.url}`);
    }
    home = await Home.start({ listen, token, tls: tls ?? undefined, leaseMs, store: pages, journal });
    await print(`farpage: home at ${home.url}`);
    const error = await Promise.race([interrupt.heard, failed]);
    if (error !== undefined) throw error;
    return EXIT.done;
  } finally {
    interrupt.close();
    await metrics?.close();
    await home?.close();
  }
}

interface Places {
  pages: Store | null;
  journal: Journal | null;
  /** Resolves if the home must end. */
  failed: Promise<PagerError>;
}

async function openPlaces(flags: HomeFlags, life: number, interrupt: Interrupt): Promise<Places> {
  const { store, journal } = flags;
  const replicas = Number(flags.journalReplicas);
  if (!(Number.isInteger(replicas) && replicas >= 0 && replicas <= MAX_REPLICAS))
    throw new PagerError('OPTION', `--journal-replicas: '${flags.journalReplicas}' is not 0 to ${MAX_REPLICAS}`);
  const place = journal === undefined ? undefined : completeUrl(journal);
  if (place !== undefined && isRedisUrl(place)) {
    if (store === undefined) return takeRegistry(place, { life, replicas }, interrupt);
    const hint = 'leave --store out: pages are beside the journal, where a home that another has followed cannot write';
    throw new PagerError('OPTION', '--store: a journal in Redis has the pages', { hint });
  }
  if (replicas > 0) throw new PagerError('OPTION', '--journal-replicas: the journal is not in Redis');
  const pages = store === undefined ? null : openPages(store);
  if (place !== undefined && (pages === null || !outlives(pages[SPEC]))) {
    throw new PagerError('OPTION', '--journal: the pages would not outlive this process', {
      hint: 'give --store file:/path or redis://…?prefix=NAME:',
    });
  }
  return { pages, journal: place === undefined ? null : new Journal(place), failed: new Promise(() => {}) };
}

async function takeRegistry(
  url: string,
  options: { life: number; replicas: number },
  interrupt: Interrupt,
): Promise<Places> {
  const waiting = (owner: string) => say(`it waits: ${owner} is the home`);
  const away = () => say('its journal cannot be reached: it answers no node until it can');
  const registry = await interrupt.unless(Registry.take(url, { ...options, waiting, away }));
  try {
    return { pages: registry.pages, journal: new Journal(registry.name, registry), failed: registry.failed };
  } catch (error) {
    // The lease ends with it.
    await registry.close();
    throw error;
  }
}

// Without a prefix the keys in Redis have one of their own, which the next home does not know.
function outlives(spec: StoreSpec): boolean {
  return spec.kind !== 'memory' && !(spec.kind === 'redis' && spec.temporary);
}

function openPages(url: string): BuiltInStore {
  const store = openStore(url);
  if (store.writable) return store;
  throw new PagerError('OPTION', `--store: pages cannot be written to ${url}`, { hint: 'memory:, file: or redis:' });
}
