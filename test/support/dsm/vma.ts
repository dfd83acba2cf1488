// What the kernel says of a mapping of this process.
import { readFileSync } from 'node:fs';

/** The flags of the mapping that begins at an address, as VmFlags of /proc/self/smaps has them. */
export function flagsAt(address: bigint): string[] {
  const smaps = readFileSync('/proc/self/smaps', 'latin1');
  const start = smaps.indexOf(`\n${address.toString(16)}-`);
  const [, flags = ''] = start < 0 ? [] : (/VmFlags: (.*)/.exec(smaps.slice(start)) ?? []);
  return flags.trim().split(' ');
}
