// `farpage dump`: prints the present state of a running pager's core.
import { getSystemErrorName } from 'node:util';
import { dumpsOf } from '../control/dumps.js';
import type { CoreDump } from '../core/dump.js';
import { formatCount as count, formatTime } from '../report/format.js';
import { columns, print, printJson } from '../terminal/output.js';
import { formatSize } from '../units.js';
import { EXIT, type ExitCode } from './exit.js';
import { pidOf } from './pid.js';

const PASSES = ['none', 'under way', 'waits for a store or a cell'];

export async function dumpCommand(pid: string, json: boolean): Promise<ExitCode> {
  const { program, dumps, ...found } = await dumpsOf(pidOf(pid));
  const [first, ...others] = dumps;
  if (json) await printJson({ pid: found.pid, program, ...first, others });
  else await print(`${program} (${found.pid})\n${dumps.map(describe).join('\n\n')}`);
  return EXIT.done;
}

function phaseRows(phases: CoreDump['phases']): string[][] {
  if (phases === null) return [];
  const { faults, turns } = phases;
  const time = (microseconds: number) => formatTime(microseconds * 1000);
  const each = (name: string, { count: times, microseconds, longest }: typeof turns) => [
    'phase',
    `${name}: ${time(microseconds / Math.max(1, faults))} a fault, ${count(times)} times, longest ${time(longest)}`,
  ];
  return [
    ['phases', `of ${count(faults)} faults`],
    each('whole turns', turns),
    ...phases.phases.map((phase) => each(phase.name, phase)),
  ];
}

function describe(dump: CoreDump): string {
  const { rings, queues, frames, pageSize } = dump;
  const each = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, value]) => `${name} ${count(value)}`)
      .join(', ');
  const limit = dump.limitPages === null ? 'no limit' : `limit ${count(dump.limitPages)}`;
  const errno = (value: number) => (value === 0 ? 'none' : getSystemErrorName(-value));
  const rows = [
    [
      'pages',
      `of ${formatSize(pageSize)}: resident ${count(dump.residentPages)}, ${limit}, pinned ${count(dump.pinnedPages)}`,
    ],
    ['rings', each({ ...rings })],
    ['queues', each({ ...queues })],
    ['frames', each({ ...frames })],
    ['leaves', `in the core memory ${count(dump.leaves.inCore)}, in the annex ${count(dump.leaves.inAnnex)}`],
    ['pass', PASSES[dump.pass] ?? String(dump.pass)],
    ['failed', `last write ${errno(dump.writeErrno)}, last refused install ${errno(dump.refusedErrno)}`],
    ...dump.operations.map(({ kind, region, issue, cursor, end }) => [
      'operation',
      `${kind} of region ${region}: done up to page ${cursor}, begun up to ${issue}, to ${end}`,
    ]),
    ...dump.passes.map(({ region, phase, pending, taken }) => [
      'pass',
      `over region ${region}: ${phase}, ${count(taken)} pages taken, ${count(pending)} to be taken`,
    ]),
    ...dump.inFlight.map(({ frame, state, region, page, generation }) => [
      'request',
      `frame ${frame} is ${state}: page ${page} of region ${region}, generation ${generation}`,
    ]),
    ...dump.regions.map(({ region, address, pages, isProcess, resident, dirty, pinned, faults }) => [
      isProcess ? 'process' : 'region',
      `${region}${isProcess ? '' : ` at ${address}, ${count(pages)} pages`}: ${each({ resident, dirty, pinned, faults })}`,
    ]),
    ...phaseRows(dump.phases),
  ];
  return columns(rows);
}
