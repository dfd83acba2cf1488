// Errors about address space: a limit on it (ulimit -v, LimitAS=) refuses mappings that would never use memory.
import { readFileSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { formatSize } from '../units.js';

/** Addresses that V8 reserves for one WebAssembly memory: all that a 32-bit index plus offset can reach, so it need not check. */
const GUARDED_BYTES = 10 * 2 ** 30;

/** Bytes of addresses that this process may have; null: no limit. */
export function addressLimit(): number | null {
  const [, soft] = /^Max address space\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
  return soft === undefined || soft === 'unlimited' ? null : Number(soft);
}

/** The error for addresses that the system refuses. */
export function addressError(what: string, byteLength: number | null, cause: unknown): PagerError {
  const other = new PagerError('REGION', `the system has no descriptor left for ${what}`, { cause });
  if (other.errno !== undefined) return other;
  const limit = addressLimit();
  const wanted = byteLength === null ? '' : `, ${formatSize(byteLength)} of them`;
  if (limit === null) {
    return new PagerError('REGION', `the system has no room for the addresses of ${what}${wanted}`, {
      errno: 'ENOMEM',
      hint: 'map less, or raise sysctl vm.max_map_count or vm.overcommit_memory',
      cause,
    });
  }
  return new PagerError(
    'REGION',
    `the limit of ${formatSize(limit)} of addresses leaves no room for ${what}${wanted}`,
    {
      errno: 'ENOMEM',
      hint: `raise it (ulimit -v unlimited, or LimitAS= of a service): each WebAssembly memory takes ${formatSize(GUARDED_BYTES)} of addresses, or only its size where node runs with --disable-wasm-trap-handler`,
      cause,
    },
  );
}
