// Reads how many huge pages the machine has and how many are free.
import { readFileSync } from 'node:fs';

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
