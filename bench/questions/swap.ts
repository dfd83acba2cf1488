// Question: how does a region with compressed eviction compare with the kernel's swap on zram?
import { join } from 'node:path';
import { operations, PAGE_BYTES, writeList } from '../data.js';
import {
  type Answer,
  type Context,
  middle,
  type Question,
  type Row,
  type Run,
  row,
  type Side,
  type Target,
  values,
} from '../harness.js';
import { makeCgroup, startZramSwap } from '../kernel-swap.js';

const PAGES = (512 * 2 ** 20) / PAGE_BYTES;
const LIMIT = 128 * 2 ** 20;
const KINDS = ['random', 'sequential'] as const;
const PLACES = ['one CPU', 'default placement'] as const;
type Place = (typeof PLACES)[number];
/** To reach, of the kernel's time an operation: [one CPU, default placement]; null: reported. */
const TARGETS = {
  loop: {
    random: { 'one CPU': 1, 'default placement': 1.15 },
    sequential: { 'one CPU': 0.6, 'default placement': null },
  },
  inline: {
    random: { 'one CPU': 0.8, 'default placement': 0.75 },
    sequential: { 'one CPU': null, 'default placement': null },
  },
} as const;
const INLINE_P99 = 0.15;
/** How the small pager in C is served: the loop's counterpart, and that of inline. */
const FLOORS = { loop: 'thread', inline: 'sigbus' } as const;
const most = (value: number | null): Target | null => (value === null ? null : { compare: '<=', value });

async function run(context: Context): Promise<Answer> {
  const swapDevice = startZramSwap(context, PAGES * PAGE_BYTES * 2);
  const cgroup = makeCgroup(context);
  // Random: a warm-up that brings the resident set to its steady state, then as many ops again as pages.
  const randomWarm = PAGES / 2;
  const randomOps = operations(randomWarm + PAGES, PAGES, false, 70_30);
  // Sequential: one pass to settle, two measured.
  const sequentialOps = operations(PAGES * 3, PAGES, true, 30_70);
  const lists = {
    random: { ops: writeList(join(context.folder, 'random'), randomOps), warm: randomWarm },
    sequential: { ops: writeList(join(context.folder, 'sequential'), sequentialOps), warm: PAGES },
  };

  const at = async (where: Place, cpu: number | undefined, rounds: number): Promise<Record<string, Run[]>> => {
    const common = { pages: PAGES, limit: LIMIT };
    const kernel = { ...common, cgroup: cgroup.path, version: cgroup.version };
    const sides = KINDS.flatMap(
      (kind): Array<[string, Side]> => [
        [`loop, ${kind}, ${where}`, context.subject('swap', { ...common, ...lists[kind] }, cpu)],
        [`inline, ${kind}, ${where}`, context.subject('swap', { ...common, ...lists[kind], faults: 'inline' }, cpu)],
        [`kernel swap, ${kind}, ${where}`, context.peer('swap', { ...kernel, ...lists[kind] }, cpu)],
      ],
    );
    // It reads nothing ahead: only random accesses are the same work.
    const floors = Object.values(FLOORS).map((pager): [string, Side] => [
      `C pager, ${pager}, ${where}`,
      context.peer('swap', { ...common, ...lists.random, pager }, cpu),
    ]);
    return context.inTurn(Object.fromEntries([...sides, ...floors]), { rounds });
  };
  const runs = {
    ...(await at('one CPU', context.cpu, context.quick ? 1 : 3)),
    ...(await at('default placement', undefined, context.quick ? 1 : 3)),
  };

  const of = (name: string, field: string) => middle(runs[name], field);
  const compare = (faults: keyof typeof TARGETS, kind: (typeof KINDS)[number], where: Place): Row[] => {
    const line = (
      what: string,
      field: string,
      target: Target | null,
      peer = `kernel swap, ${kind}`,
      name = 'kernel swap',
    ) =>
      row(
        `${faults}, ${kind}, ${what} (${where})`,
        'µs',
        of(`${faults}, ${kind}, ${where}`, field),
        { name, value: of(`${peer}, ${where}`, field) },
        target,
      );
    const tail = faults === 'inline' && kind === 'random' ? INLINE_P99 : null;
    const rows = [
      line('per op', 'usPerOp', most(TARGETS[faults][kind][where])),
      line('p99', 'p99', most(tail)),
      line('p99.9', 'p999', null),
    ];
    if (kind === 'sequential') return rows;
    const by = FLOORS[faults];
    const name = by === 'sigbus' ? 'C pager, in the faulting thread' : 'C pager, by a thread';
    return [
      ...rows,
      line('per op', 'usPerOp', null, `C pager, ${by}`, name),
      line('p50', 'p50', null, `C pager, ${by}`, name),
    ];
  };
  const floorRow = (pager: string, where: Place): Row =>
    row(
      `a small pager in C (${pager}), random, per op (${where})`,
      'µs',
      of(`C pager, ${pager}, ${where}`, 'usPerOp'),
      { name: 'kernel swap', value: of(`kernel swap, random, ${where}`, 'usPerOp') },
      null,
    );
  const rows = PLACES.flatMap((where) => [
    ...(['loop', 'inline'] as const).flatMap((faults) => KINDS.flatMap((kind) => compare(faults, kind, where))),
    ...Object.values(FLOORS).map((pager) => floorRow(pager, where)),
  ]);

  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const peer = 'kernel swap, random, one CPU';
  const largest = (prefix: string, field: string) => {
    const found = Object.entries(runs).filter(([name]) => name.startsWith(prefix));
    return mib(Math.max(...found.flatMap(([, list]) => values(list, field))));
  };
  const notes = [
    `${mib(PAGES * PAGE_BYTES)} MiB region, ${mib(LIMIT)} MiB of it resident at most, 70 % reads, data that LZ4 halves; same access list, every read checked`,
    `kernel: ${swapDevice} (lz4), cgroup v${cgroup.version}, swappiness 100; limit in force ${mib(of(peer, 'limitInForce'))} MiB (with what the process itself holds), peak of the group ${largest('kernel swap', 'groupPeak')} MiB, ${of(peer, 'swapIns')} pages swapped in and ${of(peer, 'swapOuts')} out in a random run`,
    `farpage: resident peak ${largest('loop', 'kernelPeak')} MiB by the kernel's account of regions and frames (${of('loop, random, one CPU', 'kernelSamples')} looks a run, all while nothing is touched), ${largest('loop', 'residentPeak')} MiB by its own`,
    'the C pager (`peers/pager.h`) does the same work for the same list, with nothing around it: UFFDIO_MOVE out, digest, LZ4 if the page was written to, LZ4 back into the same frame, UFFDIO_MOVE in; victims in the order of arrival, no readahead, one region, nothing that can fail: a floor',
    'one CPU: the kernel compresses and reclaims in the faulting thread or in kswapd, farpage in its loop; with both CPUs either may do part of it beside the toucher',
  ];
  return { rows, notes, runs };
}

export const swap: Question = {
  name: 'swap',
  minutes: 4.9,
  title: 'a region four times its limit, against the kernel swapping to zram',
  target:
    'random 70/30, of its time per operation: loop ≤ 1.0 × on one CPU and ≤ 1.15 × unpinned, inline ≤ 0.8 × and ≤ 0.75 ×',
  run,
};
