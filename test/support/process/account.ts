// The kernel's account of another process's memory, at one instant: the process is stopped while it is taken.
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { type AddressRange, sumResident } from '../../../src/linux/smaps.js';
import { allowed } from '../budget.js';

const PAGE = 4096;
const ENTRY_BYTES = 8;
const PRESENT = 0x80;
/** Unit of st_blocks: inode(7). */
const BLOCK = 512;

/** Bytes that the ranges of a process hold; of a memfile's range, what the file has allocated. */
export function accountOf(pid: number, ranges: readonly AddressRange[]): number {
  process.kill(pid, 'SIGSTOP');
  try {
    waitStopped(pid);
    let inFiles = 0;
    for (const { file } of ranges) {
      if (file !== undefined) inFiles += statSync(`/proc/${pid}/fd/${file}`).blocks * BLOCK;
    }
    const mapped = ranges.filter(({ file }) => file === undefined);
    return inFiles + sumResident(readFileSync(`/proc/${pid}/smaps`, 'latin1'), mapped, (range) => present(pid, range));
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** Every thread of it: a thread that is in the kernel runs until it would return. */
function waitStopped(pid: number): void {
  const until = performance.now() + allowed(5000);
  while (!/^State:\s+[tT]/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))) {
    if (performance.now() > until) throw new Error(`process ${pid} does not stop`);
  }
}

function present(pid: number, { start, end }: AddressRange): number {
  const entries = Buffer.alloc(Number((end - start) / BigInt(PAGE)) * ENTRY_BYTES);
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  let count = 0;
  try {
    const read = readSync(pagemap, entries, 0, entries.length, Number(start / BigInt(PAGE)) * ENTRY_BYTES);
    for (let at = ENTRY_BYTES - 1; at < read; at += ENTRY_BYTES) if (((entries[at] ?? 0) & PRESENT) !== 0) count++;
  } finally {
    closeSync(pagemap);
  }
  return count * PAGE;
}
