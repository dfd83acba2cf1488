import { join } from 'node:path';
import { operations, PAGE_BYTES, writeList } from '../data.js';
import { type Answer, type Context, middle, type Question, row, values } from '../harness.js';
import { makeCgroup, startZramSwap } from '../kernel-swap.js';

async function run(context: Context): Promise<Answer> {
  const pages = context.quick ? 32768 : 131072;
  const limit = (pages * PAGE_BYTES) / 4;
  const swapDevice = startZramSwap(context, pages * PAGE_BYTES * 2);
  const cgroup = makeCgroup(context);
  // Random: a warm-up that brings the resident set to its steady state, then as many ops again as pages.
  const randomWarm = pages / 2;
  const randomOps = operations(randomWarm + pages, pages, false, 70_30);
  // Sequential: one pass to settle, two measured.
  const sequentialOps = operations(pages * 3, pages, true, 30_70);
  const lists = {
    random: { ops: writeList(join(context.folder, 'random'), randomOps), warm: randomWarm },
    sequential: { ops: writeList(join(context.folder, 'sequential'), sequentialOps), warm: pages },
  };
  const kernel = (list: { ops: string; warm: number }) =>
    context.peer('swap', { pages, limit, ...list, cgroup: cgroup.path, version: cgroup.version });
  const ours = (list: { ops: string; warm: number }) => context.subject('swap', { pages, limit, ...list });
  const runs = await context.inTurn({
    'farpage, random': ours(lists.random),
    'kernel swap, random': kernel(lists.random),
    'farpage, sequential': ours(lists.sequential),
    'kernel swap, sequential': kernel(lists.sequential),
  });

  const of = (name: string, field: string) => middle(runs[name], field);
  const rows = (['random', 'sequential'] as const).flatMap((kind) => {
    const peer = `kernel swap, ${kind}`;
    const against = (field: string) => ({ name: 'kernel swap', value: of(peer, field) });
    const value = kind === 'random' ? 1.1 : 0.6;
    const own = `farpage, ${kind}`;
    return [
      row(`${kind}, per op`, 'µs', of(own, 'usPerOp'), against('usPerOp'), { compare: '<=', value }),
      row(`${kind}, p99`, 'µs', of(own, 'p99'), against('p99'), null),
      row(`${kind}, p99.9`, 'µs', of(own, 'p999'), against('p999'), null),
    ];
  });
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const peak = (name: string) => mib(Math.max(...values(runs[name], 'groupPeak')));
  const notes = [
    `${mib(pages * PAGE_BYTES)} MiB region, ${mib(limit)} MiB of it resident at most, 70 % reads, data that LZ4 halves; same access list, every read checked`,
    `kernel: ${swapDevice} (lz4), cgroup v${cgroup.version}, swappiness 100; limit in force ${mib(of('kernel swap, random', 'limitInForce'))} MiB (with what the process itself holds), peak of the group ${peak('kernel swap, random')} MiB, ${of('kernel swap, random', 'swapIns')} pages swapped in and ${of('kernel swap, random', 'swapOuts')} out in a run`,
    `farpage: resident peak ${mib(Math.max(...values(runs['farpage, random'], 'residentPeak')))} MiB by its own account`,
  ];
  return { rows, notes, runs };
}

export const swap: Question = {
  name: 'swap',
  title: 'a region four times its limit, against the kernel swapping to zram',
  target: 'random 70/30 ≤ 1.10 × its time per operation, sequential ≤ 0.60 ×',
  run,
};
