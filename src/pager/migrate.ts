// Region.migrate: checks the options, starts the migration in the loop, and runs the user's callbacks.
import { PagerError } from '../errors.js';
import type { KnownOptions } from '../known-options.js';
import type { SendProgress, SendReport } from '../migrate/types.js';
import { checkTls, type TlsFiles } from '../tls-files.js';
import { parseSize, type Size } from '../units.js';
import type { Channel } from './channel.js';

export type MigrateProgress = SendProgress;
export type MigrateReport = SendReport;

export interface MigrateOptions {
  /**
   * Called at the switch: stop using the region, and return what the other process must know beside it, up to 1 MiB. From
   * here on every thread that touches the region blocks until the migration is over. If it throws, the migration ends and
   * the region stays usable. Default: no state is sent.
   */
  state?: () => Uint8Array | Promise<Uint8Array>;
  /** Rounds of sending changed pages before the switch, while the region is in use. Default 2; 0: only postcopy. */
  rounds?: number;
  /** Most bytes a second, not counting pages that a thread waits for. Default: no cap. */
  bandwidth?: Size;
  /** 'auto' (default): LZ4 if the connection is slower than it; 'off': never. */
  compress?: 'auto' | 'off';
  /** Milliseconds for reconnecting after the switch, if the connection is lost. Default 30000. */
  patienceMs?: number;
  /** The older name of `patienceMs`, in seconds. */
  patience?: number;
  /** Paths of PEM files: each end checks the other's certificate against `ca`. Default: neither encrypts nor checks. */
  tls?: TlsFiles;
  onProgress?(progress: MigrateProgress): void;
  /** Receives lines for people: a connection lost and restored. Default: not reported. */
  onNotice?(line: string): void;
  /** Ends the migration before the switch, and the region stays usable; after the switch only `close` ends it. */
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
  throw new PagerError('OPTION', `patience: ${String(seconds)} is not a number of seconds`, {
    hint: `give more than 0 and up to ${MAX_PATIENCE}`,
  });
}

/** @throws (rejects) PagerError, see `Region.migrate` */
export async function migrateRegion(
  channel: Channel,
  region: number,
  url: string,
  options: MigrateOptions,
  onInstant: () => void = () => {},
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
        switch: () => {
          onInstant();
          return giveState(options);
        },
        progress: (progress) => onProgress?.(progress),
        notice: ({ line }) => onNotice?.(line),
      },
    },
  );
}

async function giveState({ state }: MigrateOptions): Promise<Uint8Array> {
  const given = state === undefined ? new Uint8Array() : await state();
  if (given instanceof Uint8Array) return Uint8Array.from(given);
  throw new PagerError('OPTION', 'state: the result is not a Uint8Array', {
    hint: 'give Buffer.from(JSON.stringify(…))',
  });
}
