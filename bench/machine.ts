// Describes the machine that a figure was measured on.
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  virtual: boolean;
  kernel: string;
  node: string;
  thp: string;
}

/** The chosen one of a kernel list such as `always [madvise] never`. */
function chosen(path: string): string {
  try {
    return /\[(.+)\]/.exec(readFileSync(path, 'utf8'))?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

export function describeMachine(): Machine {
  const all = cpus();
  let info = '';
  try {
    info = readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    // Only the "virtual" flag is lost.
  }
  return {
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    virtual: /^flags.*\bhypervisor\b/m.test(info),
    kernel: release(),
    node: process.version,
    thp: chosen('/sys/kernel/mm/transparent_hugepage/enabled'),
  };
}

export function machineLine(machine: Machine): string {
  const kind = machine.virtual ? ' (virtual machine)' : '';
  return `${machine.cpu}, ${machine.cores} cores${kind}, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, Node ${machine.node}, THP ${machine.thp}`;
}
