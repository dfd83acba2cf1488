// Question: what does a missing fault cost, against a C handler?
import { join } from 'node:path';
import { permutation, writeList } from '../data.js';
import { type Answer, type Context, lessClock, type Question, row } from '../harness.js';

async function run(context: Context): Promise<Answer> {
  // Random order splits the mapping of the SIGSEGV peer: N stays under vm.max_map_count (65530).
  const pages = context.quick ? 8192 : 32768;
  const order = writeList(join(context.folder, 'order'), permutation(pages, 20_240_607));
  const args = { pages, order };
  const { cpu } = context;
  const runs = await context.inTurn({
    'farpage, one CPU': context.subject('missing', args, cpu),
    'C thread, one CPU': context.peer('uffd_thread', args, cpu),
    'farpage, default': context.subject('missing', args),
    'C thread, default': context.peer('uffd_thread', args),
    'C SIGSEGV, one CPU': context.peer('sigsegv', args, cpu),
    'inline, one CPU': context.subject('missing', { ...args, faults: 'inline' }, cpu),
    'inline, default': context.subject('missing', { ...args, faults: 'inline' }),
    'C SIGBUS, one CPU': context.peer('uffd_sigbus', args, cpu),
    'C SIGBUS, default': context.peer('uffd_sigbus', args),
  });
  const of = (name: string, field: string) => lessClock(runs[name], field);
  const against = (name: string, field: string) => ({ name, value: of(name, field) });
  const rows = [
    row('p50, one CPU', 'µs', of('farpage, one CPU', 'p50'), against('C thread, one CPU', 'p50'), {
      compare: '<=',
      value: 1.1,
    }),
    row('p99.9, one CPU', 'µs', of('farpage, one CPU', 'p999'), against('C thread, one CPU', 'p999'), {
      compare: '<=',
      value: 1.5,
    }),
    row('p50, default placement', 'µs', of('farpage, default', 'p50'), against('C thread, default', 'p50'), {
      compare: '<=',
      value: 1.15,
    }),
    row('p99.9, default placement', 'µs', of('farpage, default', 'p999'), against('C thread, default', 'p999'), null),
    row('mean, one CPU', 'µs', of('farpage, one CPU', 'mean'), against('C thread, one CPU', 'mean'), null),
    row('p50, one CPU', 'µs', of('farpage, one CPU', 'p50'), against('C SIGSEGV, one CPU', 'p50'), null),
    row('p99.9, one CPU', 'µs', of('farpage, one CPU', 'p999'), against('C SIGSEGV, one CPU', 'p999'), null),
    ...[
      { peer: 'C SIGBUS, default', target: 1.1 },
      { peer: 'C SIGBUS, one CPU', target: 1.1 },
      { peer: 'C thread, one CPU', target: 0.8 },
      { peer: 'C SIGSEGV, one CPU', target: 0.75 },
    ].map(({ peer, target }) => {
      const where = peer.endsWith('default') ? 'default placement' : 'one CPU';
      const ours = peer.endsWith('default') ? 'inline, default' : 'inline, one CPU';
      return row(`inline p50, ${where}`, 'µs', of(ours, 'p50'), against(peer, 'p50'), { compare: '<=', value: target });
    }),
    row(
      'inline p99.9, default placement',
      'µs',
      of('inline, default', 'p999'),
      against('C SIGBUS, default', 'p999'),
      null,
    ),
  ];
  const notes = [
    `${pages} pages of 4 KiB in random order, each touched once and verified; the clock's own cost is taken off both sides`,
  ];
  return { rows, notes, runs };
}

export const missing: Question = {
  name: 'missing',
  title: 'a missing fault, the page at hand',
  target: 'p50 ≤ 1.10 and p99.9 ≤ 1.5 of a C handler thread on the same CPU; p50 ≤ 1.15 of it unpinned',
  run,
};
