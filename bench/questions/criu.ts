// Question: how fast is a process restored lazily, against CRIU's own daemon?
import { readdirSync, readFileSync } from 'node:fs';
import { PagerError } from '../../src/errors.js';
import { CriuStand, type Daemon, peakMib } from '../criu-stand.js';
import { median } from '../data.js';
import { type Answer, type Context, middle, type Question, type Row, type Run, row } from '../harness.js';
import { freePort } from '../redis-server.js';

const DAEMONS: readonly Daemon[] = ['farpage criu', 'criu lazy-pages'];

interface Found {
  rows: Row[];
  runs: Record<string, Run[]>;
}

/** One restore at a time whose process touches all of its pages, by each daemon in turn. */
async function single(context: Context, stand: CriuStand, remote: boolean, cpu: number | undefined): Promise<Found> {
  const where = `${remote ? 'remote' : 'local'}, ${cpu === undefined ? 'default placement' : 'one CPU'}`;
  const runs: Record<string, Run[]> = Object.fromEntries(DAEMONS.map((kind) => [`${kind}, ${where}`, []]));
  // On one CPU CRIU's daemon takes many seconds.
  const rounds = context.quick ? 2 : remote ? 3 : 5;
  for (let round = 0; round < rounds; round++) {
    for (const kind of round % 2 === 0 ? DAEMONS : DAEMONS.toReversed()) {
      context.progress(`round ${round + 1} of ${rounds}: ${kind}, ${where}`);
      const run = await (remote ? fromServer(context, stand, kind, cpu) : restore(stand, kind, [], cpu));
      if (run['wrong'] !== 0) throw new PagerError('INTERNAL', `${kind}: the process read wrong data`);
      runs[`${kind}, ${where}`]?.push(run);
    }
  }
  const line = (what: string, unit: string, field: string, target: number | null): Row => {
    const [ours, theirs] = DAEMONS.map((kind) => middle(runs[`${kind}, ${where}`], field));
    const reach = target === null ? null : ({ compare: '<=', value: target } as const);
    return row(`${what}, ${where}`, unit, ours ?? 0, { name: 'criu lazy-pages', value: theirs ?? 0 }, reach);
  };
  const rows = [
    line('criu restore returns', 's', 'returned', remote ? null : 1),
    line('all pages touched', 's', 'whole', 0.5),
    line('fault, p50', 'µs', 'p50', remote ? null : 0.4),
    line('fault, p99', 'µs', 'p99', null),
    line('touches that were faults', '', 'faults', null),
  ];
  return { rows, runs };
}

async function restore(stand: CriuStand, kind: Daemon, options: readonly string[], cpu?: number): Promise<Run> {
  return stand.restore(await stand.daemon(kind, options, cpu), cpu);
}

async function fromServer(context: Context, stand: CriuStand, kind: Daemon, cpu?: number): Promise<Run> {
  const port = await freePort();
  const server = await stand.pageServer(port, cpu === undefined ? undefined : context.otherCpu);
  const theirs = ['--page-server', '--address', '127.0.0.1', '--port', String(port)];
  const options = kind === 'farpage criu' ? ['--page-server', `127.0.0.1:${port}`] : theirs;
  const run = await restore(stand, kind, options, cpu);
  await server.ended(20);
  return run;
}

/** The peak memory of a daemon with many restores at once, against one with one. */
async function many(context: Context, stand: CriuStand): Promise<Found> {
  const count = context.quick ? 8 : 20;
  const runs: Record<string, Run[]> = { one: [], many: [] };
  for (const [name, restores] of [
    ['one', 1],
    ['many', count],
  ] as const) {
    context.progress(`${restores} restores of one image`);
    const daemon = await stand.daemon('farpage criu', ['--keep']);
    const began = performance.now();
    const found = await daemon.during(stand.restoreMany(restores));
    const seconds = (performance.now() - began) / 1000;
    if (found.length !== restores || found.some(({ wrong }) => wrong !== 0)) {
      throw new PagerError('INTERNAL', `of ${restores} restored processes ${found.length} have ended well`);
    }
    runs[name]?.push({ restores, seconds, peakMib: peakMib(daemon.pid), wrong: 0 });
    await daemon.end();
  }
  const peak = (name: string) => middle(runs[name], 'peakMib');
  const against = { name: 'one restore', value: peak('one') };
  const rows = [
    row(`memory of the daemon, ${count} restores at once`, 'MiB', peak('many'), against, { compare: '<=', value: 1.2 }),
    row(`${count} restores at once, all touched`, 's', middle(runs['many'], 'seconds'), null, null),
  ];
  return { rows, runs };
}

/** What the daemon's threads take for a process that touches nothing. */
async function fill(context: Context, stand: CriuStand, mib: number): Promise<Found> {
  const runs: Record<string, Run[]> = { fill: [] };
  for (let round = 0; round < context.rounds; round++) {
    context.progress(`round ${round + 1} of ${context.rounds}: background fill`);
    await context.once(context.peer('warm', { mib: 1024 }));
    const daemon = await stand.daemon('farpage criu', ['--keep'], context.cpu);
    const before = cpuSeconds(daemon.pid);
    await daemon.during(stand.fill(mib));
    const seconds = cpuSeconds(daemon.pid) - before;
    runs['fill']?.push({ seconds, rate: (mib * 2 ** 20) / 1e9 / seconds, wrong: 0 });
    await daemon.end();
  }
  const rate = median((runs['fill'] ?? []).map((run) => Number(run['rate'])));
  return { rows: [row('background fill, a core', 'GB/s', rate, null, { compare: '>=', value: 2 })], runs };
}

/** Of all threads; what has ended meanwhile is not in it. */
function cpuSeconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const each = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'latin1').split(' ')[0]));
  return each.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e9;
}

async function run(context: Context): Promise<Answer> {
  const mib = context.quick ? 64 : 200;
  const stand = new CriuStand(context);
  await stand.dump(mib);
  const parts = [
    await single(context, stand, false, context.cpu),
    await single(context, stand, false, undefined),
    await single(context, stand, true, context.cpu),
    await single(context, stand, true, undefined),
    await many(context, stand),
    await fill(context, stand, mib),
  ];
  const notes = [
    `${mib} MiB that CRIU has dumped (\`peers/restored.c\`), the images in the page cache; each run has a new daemon and a new \`criu restore\` of the same criu; the restored process touches every page once in shuffled order as soon as it runs, and compares all of them afterwards`,
    'criu restore returns: from fork to wait; all pages touched: from that fork to the last touch; a fault is a touch of more than 2 µs (a page that is there takes less)',
    'one CPU: the daemon, criu restore and the process are pinned; remote: `criu page-server --lazy-pages` has the pages, for both daemons, on another CPU in the rows of one CPU',
    'memory: VmHWM of the daemon; fill: bytes by the CPU time of all of the daemon’s threads, the hand-off of the process and its end included',
  ];
  return { rows: parts.flatMap(({ rows }) => rows), notes, runs: Object.assign({}, ...parts.map(({ runs }) => runs)) };
}

export const criu: Question = {
  name: 'criu',
  minutes: 1.6,
  title: '`farpage criu`: a process restored lazily by CRIU',
  target:
    'against criu lazy-pages in the same run: restore returns ≤ 1.0 ×, all pages touched ≤ 0.5 × (local and remote), p50 of a fault ≤ 0.4 ×; memory with 20 restores ≤ 1.2 × that with one; fill ≥ 2 GB/s a core',
  run,
};
