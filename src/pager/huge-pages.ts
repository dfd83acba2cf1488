// Reads how many huge pages the machine has and how many are free.
import { readFileSync } from 'node:fs';
import { PagerError } from '../errors.js';

/** The kernel's counters of its reserve of 2 MiB pages: Documentation/admin-guide/mm/hugetlbpage.rst. */
const POOL = '/sys/kernel/mm/hugepages/hugepages-2048kB';

/** Pages of 2 MiB: `total` in reserve, and how many more the kernel could provide now, surplus pages included. */
export function hugePages(): { total: number; free: number } {
  const [total, free, reserved, overcommit, surplus] = [
    'nr_hugepages',
    'free_hugepages',
    'resv_hugepages',
    'nr_overcommit_hugepages',
    'surplus_hugepages',
  ].map(read) as [number, number, number, number, number];
  return { total, free: Math.max(0, free - reserved + overcommit - surplus) };
}

function read(name: string): number {
  try {
    return Number.parseInt(readFileSync(`${POOL}/${name}`, 'latin1'), 10);
  } catch {
    return 0; // this kernel has none
  }
}

/** Without this check a lack of huge pages would be noticed only at a touch, as SIGBUS. */
export function requireHugePages(pages: number, limitPages: number | null): void {
  const wanted = Math.min(pages, limitPages ?? pages);
  const { free, total } = hugePages();
  if (free >= wanted) return;
  throw new PagerError('REGION', `memory: 'huge' needs ${wanted} pages of 2 MiB, the system has ${free} to give`, {
    errno: 'ENOMEM',
    hint: `reserve more as root: sysctl vm.nr_hugepages=${total + wanted - free}`,
  });
}
