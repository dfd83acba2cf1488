// Question: how does a region with compressed eviction compare with the kernel's swap on zram?
import { join } from 'node:path';
import { operations, PAGE_BYTES, writeList } from '../data.js';
import { type Answer, type Context, middle, type Question, type Row, type Run, row, values } from '../harness.js';
import { makeCgroup, startZramSwap } from '../kernel-swap.js';

const PAGES = (512 * 2 ** 20) / PAGE_BYTES;
const LIMIT = 128 * 2 ** 20;
const KINDS = ['random', 'sequential'] as const;
const TARGETS = { random: 1.1, sequential: 0.6 } as const;

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

  const at = async (where: string, cpu: number | undefined, rounds: number): Promise<Record<string, Run[]>> => {
    const common = { pages: PAGES, limit: LIMIT };
    const kernel = { ...common, cgroup: cgroup.path, version: cgroup.version };
    const sides = KINDS.flatMap((kind) => [
      [`farpage, ${kind}, ${where}`, context.subject('swap', { ...common, ...lists[kind] }, cpu)] as const,
      [
        `inline, ${kind}, ${where}`,
        context.subject('swap', { ...common, ...lists[kind], faults: 'inline' }, cpu),
      ] as const,
      [`kernel swap, ${kind}, ${where}`, context.peer('swap', { ...kernel, ...lists[kind] }, cpu)] as const,
    ]);
    return context.inTurn(Object.fromEntries(sides), { rounds });
  };
  const runs = {
    ...(await at('one CPU', context.cpu, context.quick ? 2 : 5)),
    ...(await at('default placement', undefined, context.quick ? 1 : 3)),
  };

  const of = (name: string, field: string) => middle(runs[name], field);
  const compare = (kind: (typeof KINDS)[number], where: string): Row[] => {
    const [ours, peer, inline] = ['farpage', 'kernel swap', 'inline'].map((who) => `${who}, ${kind}, ${where}`) as [
      string,
      string,
      string,
    ];
    const against = (field: string) => ({ name: 'kernel swap', value: of(peer, field) });
    const target = where === 'one CPU' ? ({ compare: '<=', value: TARGETS[kind] } as const) : null;
    const most = where === 'one CPU' ? 0.8 : 0.75;
    const inlineTarget = kind === 'random' ? ({ compare: '<=', value: most } as const) : null;
    return [
      row(`${kind}, per op (${where})`, 'µs', of(ours, 'usPerOp'), against('usPerOp'), target),
      row(`${kind}, p99 (${where})`, 'µs', of(ours, 'p99'), against('p99'), null),
      row(`${kind}, p99.9 (${where})`, 'µs', of(ours, 'p999'), against('p999'), null),
      row(`inline, ${kind}, per op (${where})`, 'µs', of(inline, 'usPerOp'), against('usPerOp'), inlineTarget),
      row(`inline, ${kind}, p99 (${where})`, 'µs', of(inline, 'p99'), against('p99'), null),
    ];
  };
  const rows = ['one CPU', 'default placement'].flatMap((where) => KINDS.flatMap((kind) => compare(kind, where)));

  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const peer = 'kernel swap, random, one CPU';
  const most = (prefix: string, field: string) => {
    const found = Object.entries(runs).filter(([name]) => name.startsWith(prefix));
    return mib(Math.max(...found.flatMap(([, list]) => values(list, field))));
  };
  const notes = [
    `${mib(PAGES * PAGE_BYTES)} MiB region, ${mib(LIMIT)} MiB of it resident at most, 70 % reads, data that LZ4 halves; same access list, every read checked`,
    `kernel: ${swapDevice} (lz4), cgroup v${cgroup.version}, swappiness 100; limit in force ${mib(of(peer, 'limitInForce'))} MiB (with what the process itself holds), peak of the group ${most('kernel swap', 'groupPeak')} MiB, ${of(peer, 'swapIns')} pages swapped in and ${of(peer, 'swapOuts')} out in a random run`,
    `farpage: resident peak ${most('farpage', 'kernelPeak')} MiB by the kernel's account of regions and frames (${of('farpage, random, one CPU', 'kernelSamples')} looks a run, all while nothing is touched), ${most('farpage', 'residentPeak')} MiB by its own`,
    'one CPU: the kernel compresses and reclaims in the faulting thread or in kswapd, farpage in its loop; with both CPUs either may do part of it beside the toucher',
  ];
  return { rows, notes, runs };
}

export const swap: Question = {
  name: 'swap',
  title: 'a region four times its limit, against the kernel swapping to zram',
  target: 'random 70/30 ≤ 1.10 × its time per operation, sequential ≤ 0.60 ×, on one CPU',
  run,
};
