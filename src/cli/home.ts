// `farpage home`: the directory of shared regions. Runs until it is interrupted.
import { readFileSync } from 'node:fs';
import { Home } from '../dsm/home.js';
import { PagerError } from '../errors.js';
import { checkUrl } from '../migrate/connection.js';
import { openStore } from '../store/open.js';
import { Interrupt } from '../terminal/interrupt.js';
import { EXIT, type ExitCode } from './exit.js';
import { type TlsFlags, tlsOf } from './tls.js';

export interface HomeFlags extends TlsFlags {
  listen: string;
  store?: string;
  tokenFile?: string;
  lease: string;
}

const LOOPBACK = /^(127\.[\d.]+|::1|localhost)$/;
const MIN_LEASE_MS = 100;
const MAX_LEASE_MS = 600_000;

export async function homeCommand(flags: HomeFlags): Promise<ExitCode> {
  const { listen, store, tokenFile } = flags;
  const tls = tlsOf(flags);
  const place = checkUrl(listen, 0);
  const leaseMs = Number(flags.lease);
  if (!(leaseMs >= MIN_LEASE_MS && leaseMs <= MAX_LEASE_MS)) {
    throw new PagerError('OPTION', `--lease: '${flags.lease}' is not ${MIN_LEASE_MS} to ${MAX_LEASE_MS} milliseconds`);
  }
  if ('host' in place && !LOOPBACK.test(place.host) && tls === null) {
    throw new PagerError('OPTION', `--listen: ${listen} is not on this host, and the option --tls-ca is missing`);
  }
  const token = tokenFile === undefined ? undefined : readToken(tokenFile);
  const interrupt = new Interrupt();
  const home = await Home.start({
    listen,
    token,
    tls,
    leaseMs,
    store: store === undefined ? null : openStore(store),
  });
  try {
    process.stdout.write(`farpage: home at ${home.url}\n`);
    await interrupt.heard;
    return EXIT.done;
  } finally {
    interrupt.close();
    await home.close();
  }
}

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new PagerError('OPTION', `--token-file: ${path} cannot be read`, { cause });
  }
}
