// A region on its way to another process: what the user's thread asks of the loop's, and is asked.
import { PagerError } from '../errors.js';
import { checkOptions, type KnownOptions } from '../known-options.js';
import type { SendProgress, SendReport, TlsFiles } from '../migrate/types.js';
import { parseSize, type Size } from '../units.js';
import type { Channel } from './channel.js';

export type MigrateProgress = SendProgress;
export type MigrateReport = SendReport;

export interface MigrateOptions {
  /**
   * Called at the switch: stop using the region, and give what the other process needs to know beside it, up to 1 MiB.
   * From here on whoever touches the region waits until the migration is over. What it throws ends the migration, and
   * the region goes on. Default: nothing is told.
   */
  state?: () => Uint8Array | Promise<Uint8Array>;
  /** Times that what has changed is sent before the switch, while the region is in use. Default 2; 0: postcopy alone. */
  rounds?: number;
  /** Most bytes a second, beside pages that somebody waits for. Default: no cap. */
  bandwidth?: Size;
  /** 'auto' (default): LZ4 where the connection is slower than it; 'off': never. */
  compress?: 'auto' | 'off';
  /** Milliseconds for which a connection that is lost after the switch is tried for. Default 30000. */
  patienceMs?: number;
  /** The older name of `patienceMs`, in seconds. */
  patience?: number;
  /** Paths of PEM files: each end checks the other's certificate against `ca`. Default: neither encrypts nor checks. */
  tls?: TlsFiles;
  onProgress?(progress: MigrateProgress): void;
  /** Lines for people: a connection lost and made again. Default: they are not said. */
  onNotice?(line: string): void;
  /** Ends it until the switch has been made, and the region goes on; afterwards `close` alone does. */
  signal?: AbortSignal;
}

export const MIGRATE_OPTIONS: KnownOptions = {
  state: 'function',
  rounds: 'checked',
  bandwidth: 'checked',
  compress: 'checked',
  patienceMs: 'checked',
  patience: 'checked',
  tls: 'checked',
  onProgress: 'function',
  onNotice: 'function',
  signal: 'signal',
};
const TLS_OPTIONS: KnownOptions = { ca: 'text', cert: 'text', key: 'text' };
const PATIENCE = 30;
const MAX_PATIENCE = 86_400;
const MAX_ROUNDS = 100;

/** Milliseconds. @throws PagerError 'OPTION' */
export function checkPatience(options: { patienceMs?: number; patience?: number }): number {
  const { patienceMs, patience: seconds = PATIENCE } = options;
  if (patienceMs !== undefined) {
    if (typeof patienceMs === 'number' && patienceMs > 0 && patienceMs <= MAX_PATIENCE * 1000) return patienceMs;
    throw new PagerError('OPTION', `patienceMs: ${String(patienceMs)} is not a number of milliseconds`, {
      hint: `give more than 0 and up to ${MAX_PATIENCE * 1000}`,
    });
  }
  if (typeof seconds === 'number' && seconds > 0 && seconds <= MAX_PATIENCE) return seconds * 1000;
  throw new PagerError('OPTION', `patience: ${String(seconds)} is no number of seconds`, {
    hint: `give more than 0 and up to ${MAX_PATIENCE}`,
  });
}

/** @throws PagerError 'OPTION' where one of the three is lacking, or is no path */
export function checkTls(tls: TlsFiles | undefined): TlsFiles | null {
  if (tls === undefined) return null;
  checkOptions('tls', tls, TLS_OPTIONS);
  const lacking = Object.keys(TLS_OPTIONS).filter((name) => tls[name as keyof TlsFiles] === undefined);
  if (lacking.length === 0) return tls;
  throw new PagerError('OPTION', `tls: ${lacking.join(', ')} is missing`, {
    hint: 'give ca, cert and key, each the path of a PEM file',
  });
}

/** @throws (rejects) PagerError, see `Region.migrate` */
export async function migrateRegion(
  channel: Channel,
  region: number,
  url: string,
  options: MigrateOptions,
): Promise<MigrateReport> {
  const { rounds = 2, bandwidth, compress = 'auto', signal, onProgress, onNotice } = options;
  if (!Number.isInteger(rounds) || rounds < 0 || rounds > MAX_ROUNDS) {
    throw new PagerError('OPTION', `rounds: ${String(rounds)} is not an integer from 0 to ${MAX_ROUNDS}`, {
      hint: `give 0 to ${MAX_ROUNDS}`,
    });
  }
  if (compress !== 'auto' && compress !== 'off') {
    throw new PagerError('OPTION', `compress: ${String(compress)} is not 'auto' or 'off'`, {
      hint: "give 'auto' or 'off'",
    });
  }
  const patience = checkPatience(options);
  const tls = checkTls(options.tls);
  const cap = bandwidth === undefined ? null : parseSize(bandwidth, 'bandwidth');
  return channel.call(
    'migrate',
    { region, spec: { url, tls, patience, rounds, bandwidth: cap, compress } },
    {
      signal,
      what: 'the migration',
      on: {
        switch: () => giveState(options),
        progress: (progress) => onProgress?.(progress),
        notice: ({ line }) => onNotice?.(line),
      },
    },
  );
}

async function giveState({ state }: MigrateOptions): Promise<Uint8Array> {
  const given = state === undefined ? new Uint8Array() : await state();
  if (given instanceof Uint8Array) return Uint8Array.from(given);
  throw new PagerError('OPTION', 'state: it gave no Uint8Array', { hint: 'give Buffer.from(JSON.stringify(…))' });
}
