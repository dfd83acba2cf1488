// Question: how fast are pages in Redis, against bare clients?
import { join } from 'node:path';
import { permutation, writeList } from '../data.js';
import { type Answer, type Context, lessClock, middle, type Question, type Row, type Run, row } from '../harness.js';
import { startRedis } from '../redis-server.js';

/** Every side loads its pages into the server first: fewer rounds than elsewhere. */
const roundsOf = (context: Context) => (context.quick ? 1 : 3);

interface Found {
  rows: Row[];
  runs: Record<string, Run[]>;
}

/** Random faults one at a time, against one GET at a time; every client pinned to `cpu`, the server to `serverCpu`. */
async function random(
  context: Context,
  where: string,
  cpu: number,
  serverCpu: number,
  targets: { p50: number; p99: number | null },
): Promise<Found> {
  const pages = context.quick ? 4096 : 8192;
  const order = writeList(join(context.folder, 'order'), permutation(pages, 4242));
  const server = await startRedis(context, serverCpu);
  const ours = `loop, ${where}`;
  const inline = `inline, ${where}`;
  const peer = `C socket, ${where}`;
  const nodePeer = `Node socket, ${where}`;
  const runs = await context.inTurn(
    {
      [ours]: context.subject('redis', { pages, order, mode: 'random', url: server.url }, cpu),
      [inline]: context.subject('redis', { pages, order, mode: 'random', url: server.url, faults: 'inline' }, cpu),
      [peer]: context.peer('resp_get', { pages, order, port: server.port }, cpu),
      [nodePeer]: context.subject('redis-socket', { pages, order, port: server.port }, cpu),
    },
    { rounds: roundsOf(context), before: server.flush },
  );
  server.stop();
  const of = (name: string, field: string) => lessClock(runs[name], field);
  const line = (faults: string, field: 'p50' | 'p99', name: string, target: number | null) => {
    const against = { name: `bare socket in ${name}`, value: of(name === 'C' ? peer : nodePeer, field) };
    const side = faults === 'loop' ? ours : inline;
    const reach = target === null ? null : ({ compare: '<=', value: target } as const);
    return row(`${faults}, random ${field}, ${where}`, 'µs', of(side, field), against, reach);
  };
  const rows = [
    line('loop', 'p50', 'C', targets.p50),
    line('loop', 'p99', 'C', targets.p99),
    line('loop', 'p50', 'Node', null),
    line('inline', 'p50', 'C', 1.35),
    line('inline', 'p99', 'C', null),
  ];
  return { rows, runs };
}

/** A scan with readahead, against pipelined GETs by the client that farpage connects with. */
async function sequential(context: Context): Promise<Found> {
  const pages = context.quick ? 16384 : 32768;
  // The scheduler places both clients; the server has a CPU to itself as far as it goes.
  const server = await startRedis(context, context.otherCpu);
  const runs = await context.inTurn(
    {
      'farpage, sequential': context.subject('redis', { pages, mode: 'sequential', url: server.url }),
      'pipelined GETs': context.subject('redis-pipeline', { pages, url: server.url }),
    },
    { rounds: roundsOf(context), before: server.flush },
  );
  server.stop();
  const peer = { name: 'pipelined GETs', value: middle(runs['pipelined GETs'], 'mibPerSecond') };
  const ours = middle(runs['farpage, sequential'], 'mibPerSecond');
  return { rows: [row('sequential, readahead on', 'MiB/s', ours, peer, { compare: '>=', value: 0.7 })], runs };
}

async function run(context: Context): Promise<Answer> {
  const { cpu, otherCpu } = context;
  const parts = [await random(context, 'all on one CPU', cpu, cpu, { p50: 1.5, p99: 2 })];
  if (otherCpu !== cpu) {
    parts.push(await random(context, 'server on another CPU', cpu, otherCpu, { p50: 1.3, p99: null }));
  }
  parts.push(await sequential(context));
  const notes = [
    'a Redis server of our own on loopback, no persistence; pages verified whole',
    'the peer of the rows with a figure to reach is a blocking socket in C that knows the length of the reply, its process and the server placed as farpage’s are; the bare socket in Node (no client library, one GET at a time) shows what the event loop alone costs',
    'the peer of the sequential row is the `redis` package with 2 batches of 128 GETs under way; farpage connects with that package too, but reads pages over a connection of its own, by MGET: a ratio over 1 is the price of the package',
  ];
  return { rows: parts.flatMap(({ rows }) => rows), notes, runs: Object.assign({}, ...parts.map(({ runs }) => runs)) };
}

export const redis: Question = {
  name: 'redis',
  minutes: 0.7,
  title: 'pages that live in Redis on loopback',
  target:
    'random p50 ≤ 1.5 × one GET over a bare socket in C (≤ 1.3 × with the server elsewhere), p99 ≤ 2 ×; inline p50 ≤ 1.35 ×; sequential ≥ 0.70 of pipelined GETs',
  run,
};
