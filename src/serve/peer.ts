// Checks what a peer says about its memory against the kernel's /proc files.
import { fstatSync, readFileSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { printable } from '../printable.js';
import type { GuestPart } from '../wire/firecracker.js';

/** One mapping of /proc/PID/smaps. */
interface Mapping {
  start: bigint;
  end: bigint;
  shared: boolean;
  offset: bigint;
  inode: number;
  flags: ReadonlySet<string>;
}

export interface PeerMemory {
  /** All of it is registered for missing pages. */
  registered: boolean;
  /** All of it is registered for write-protect faults as well. */
  protectable: boolean;
  /** Pages of hugetlbfs. */
  huge: boolean;
  /** All of it is a shared mapping of this file, at the offsets given. */
  inFile(file: number): boolean;
}

/** The name of a process, for people. */
export function nameOf(pid: number): string {
  try {
    return printable(readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  } catch {
    return 'unknown'; // it has ended, or this process may not read it
  }
}

/** Null if this process may not read it. */
export function lookAt(pid: number, parts: readonly GuestPart[]): PeerMemory | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/smaps`, 'latin1');
  } catch {
    return null; // it has ended, or this process may not read it: the caller decides what that means
  }
  return judge(parseMappings(text), parts);
}

export function judge(mappings: readonly Mapping[], parts: readonly GuestPart[]): PeerMemory {
  const pairs = parts.flatMap((part) => {
    const end = part.address + BigInt(part.byteLength);
    return mappings
      .filter(({ start, end: until }) => start < end && until > part.address)
      .map((each) => [part, each] as const);
  });
  const covered = parts.every((part) => covers(mappings, part));
  const all = (flag: string) => covered && pairs.every(([, { flags }]) => flags.has(flag));
  return {
    registered: all('um'),
    protectable: all('uw'),
    huge: all('ht'),
    inFile(file) {
      const { ino } = fstatSync(file);
      return (
        covered &&
        pairs.every(([part, { shared, inode, offset, start }]) => {
          return shared && inode === ino && offset - start === BigInt(part.fileOffset) - part.address;
        })
      );
    },
  };
}

function covers(mappings: readonly Mapping[], { address, byteLength }: GuestPart): boolean {
  let at = address;
  for (const { start, end } of mappings) if (start <= at && end > at) at = end;
  return at >= address + BigInt(byteLength);
}

export function parseMappings(text: string): Mapping[] {
  const mappings: Mapping[] = [];
  const heads = /^([0-9a-f]+)-([0-9a-f]+) (....) ([0-9a-f]+) \S+ (\d+)[^\n]*\n(?:[A-Z][^\n]*\n)*?VmFlags: ([^\n]*)/gm;
  for (const [, start, end, perms, offset, inode, flags] of text.matchAll(heads)) {
    mappings.push({
      start: BigInt(`0x${start}`),
      end: BigInt(`0x${end}`),
      shared: perms?.[3] === 's',
      offset: BigInt(`0x${offset}`),
      inode: Number(inode),
      flags: new Set(flags?.trim().split(' ')),
    });
  }
  return mappings;
}

/**
 * Checks that a guest's memory can be limited.
 * @throws PagerError 'UNSUPPORTED' saying what the peer did not provide
 */
export function requireEvictable(memory: PeerMemory | null, file: number): void {
  const refusal = (what: string, hint: string) =>
    new PagerError('UNSUPPORTED', `--resident cannot be held: ${what}`, { hint });
  const give = 'hand over the memfile (memfd) of the guest’s memory, mapped shared, beside the userfaultfd';
  if (file < 0) throw refusal('nothing can be taken out of memory without its memfile', give);
  if (memory === null)
    throw refusal('the process’s mappings cannot be read', 'run the server as the same user, or as root');
  if (!memory.inFile(file)) {
    throw refusal(
      'the file handed over is not what the memory is a mapping of',
      `${give}; farpage.file_offset says where`,
    );
  }
  if (!memory.protectable) {
    throw refusal('the memory is not registered for write-protect faults', 'register it with MODE_MISSING and MODE_WP');
  }
}
