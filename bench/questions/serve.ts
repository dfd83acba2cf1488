// Question: how fast are the faults of a guest under `farpage serve`, and what does a replayed working set save?
import { join } from 'node:path';
import { permutation, writeList } from '../data.js';
import { type Process, startServe, startSubject } from '../farpage.js';
import { type Answer, type Context, lessClock, middle, type Question, type Row, type Run, row } from '../harness.js';
import { writeImage } from '../image.js';

/** Milliseconds that the HTTP server adds to a request. */
const DELAY = 1;
/** Seconds in which a server ends once its one session has. */
const ENDS_IN = 30;

interface Found {
  rows: Row[];
  runs: Record<string, Run[]>;
  notes: string[];
}

/** A fault, the image in the page cache: `farpage serve`, against a C process that does pread and UFFDIO_COPY. */
async function faults(context: Context): Promise<Found> {
  const pages = context.quick ? 8192 : 32768;
  const image = writeImage(join(context.folder, 'cached-image'), pages);
  const order = writeList(join(context.folder, 'fault-order'), permutation(pages, 515));
  const list = { pages, order, warm: pages / 4 };
  const rows: Row[] = [];
  const runs: Record<string, Run[]> = {};
  for (const [where, cpu] of [
    ['one CPU', context.cpu],
    ['default placement', undefined],
  ] as const) {
    const socket = join(context.folder, cpu === undefined ? 'default.sock' : 'pinned.sock');
    const server = startServe(context, socket, { image }, cpu);
    const [ours, peer] = [`farpage serve, ${where}`, `C process, ${where}`];
    Object.assign(
      runs,
      await server.during(
        context.inTurn({
          [ours]: context.peer('vm', { ...list, socket }, cpu),
          [peer]: context.peer('vm', { ...list, image }, cpu),
        }),
      ),
    );
    await server.end();
    const line = (name: 'p50' | 'p99' | 'p999' | 'mean', target: Row['target']): Row => {
      const against = { name: 'C process', value: lessClock(runs[peer], name) };
      return row(`fault, ${name.replace('999', '99.9')}, ${where}`, 'µs', lessClock(runs[ours], name), against, target);
    };
    rows.push(line('p50', { compare: '<=', value: cpu === undefined ? 0.3 : 1.05 }));
    rows.push(
      line('p99', null),
      line('p999', cpu === undefined ? null : { compare: '<=', value: 1.3 }),
      line('mean', null),
    );
  }
  const notes = [
    `faults: ${(pages * 3) / 4} pages of 4 KiB in random order, timed in the process that touches (\`peers/vm.c\`), behind a quarter that is not; it hands its userfaultfd to \`farpage serve\` as Firecracker does, or to a C process of its own: poll + read + pread + UFFDIO_COPY`,
  ];
  return { rows, runs, notes };
}

/** Time to touch a working set whose image is behind a slow HTTP server: on demand, and with --replay of a record. */
async function replay(context: Context): Promise<Found> {
  const pages = context.quick ? 16384 : 65536;
  const touched = context.quick ? 4000 : 10_000;
  const { cpu, otherCpu } = context;
  const image = writeImage(join(context.folder, 'remote-image'), pages);
  const order = writeList(join(context.folder, 'touch-order'), permutation(pages, 616).subarray(0, touched));
  const record = join(context.folder, 'record');
  const http = startSubject(context, 'slow-http', { image, delay: DELAY }, otherCpu);
  const { port } = JSON.parse(await http.line()) as { port: number };
  const url = `http://127.0.0.1:${port}/image`;
  const requests = async () => Number(await (await fetch(`http://127.0.0.1:${port}/requests`)).text());
  let number = 0;

  // A new server for every run: a running one would have the pages already.
  const once = async (options: Record<string, string>): Promise<Run> => {
    const socket = join(context.folder, `replay-${number++}.sock`);
    const server: Process = startServe(context, socket, { image: url, once: true, ...options }, cpu);
    await requests();
    const run = await server.during(context.once(context.peer('vm', { pages, order, socket }, cpu)));
    await server.ended(ENDS_IN);
    return { ...run, requests: await requests() };
  };
  context.progress('replay: recording');
  await once({ record });
  const runs: Record<string, Run[]> = { 'on demand': [], replay: [] };
  const rounds = context.quick ? 2 : 3;
  for (let round = 0; round < rounds; round++) {
    const names = ['on demand', 'replay'] as const;
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      context.progress(`round ${round + 1} of ${rounds}: ${name}`);
      runs[name]?.push(await once(name === 'replay' ? { replay: record } : {}));
    }
  }
  await http.end();
  const of = (name: string, field: string) => middle(runs[name], field);
  const rows = [
    row(
      `${touched.toLocaleString('en')} pages over HTTP, --replay, to the last`,
      's',
      of('replay', 'secondsWhole'),
      { name: 'on demand', value: of('on demand', 'secondsWhole') },
      { compare: '<=', value: 0.2 },
    ),
  ];
  const notes = [
    `replay: ${touched} pages of ${pages} in random order, from the hand-off to the last; an HTTP server on another CPU holds back each answer by ${DELAY} ms; ${of('on demand', 'requests')} requests on demand, ${of('replay', 'requests')} with --replay; a new server for every run`,
  ];
  return { rows, runs, notes };
}

async function run(context: Context): Promise<Answer> {
  const parts = [await faults(context), await replay(context)];
  const notes = [
    ...parts.flatMap((part) => part.notes),
    'memory warmed before every run; one CPU: both ends are pinned',
  ];
  return { rows: parts.flatMap(({ rows }) => rows), notes, runs: Object.assign({}, ...parts.map(({ runs }) => runs)) };
}

export const serve: Question = {
  name: 'serve',
  minutes: 1.5,
  title: '`farpage serve`: the memory of another process from an image',
  target:
    'p50 of a fault ≤ 1.05 × a C process that does pread + UFFDIO_COPY on one CPU, p99.9 ≤ 1.3 ×, p50 ≤ 0.3 × unpinned; --replay ≤ 0.20 × the time on demand',
  run,
};
