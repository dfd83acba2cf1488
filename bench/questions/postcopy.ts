// Question: how long does a touch after the switch of a migration take, against a bare round trip?
import { join } from 'node:path';
import { PAGE_BYTES } from '../data.js';
import {
  type Answer,
  type Context,
  lessClock,
  middle,
  type Question,
  type Row,
  type Run,
  row,
  values,
} from '../harness.js';
import { freePort } from '../redis-server.js';

const KINDS = ['tcp', 'unix'] as const;
/** MiB a second of a push that leaves both ends time. */
const CAP = 32;
/** Touches that do not count: until both ends' code is compiled. */
const UNMEASURED = 2000;

async function run(context: Context): Promise<Answer> {
  const { cpu, otherCpu, quick } = context;
  const mib = 512;
  const count = quick ? 400 : 1200;
  const pages = (mib * 2 ** 20) / PAGE_BYTES;
  const urls = { tcp: `tcp://127.0.0.1:${await freePort()}`, unix: `unix:${join(context.folder, 'line')}` };
  const ours = { addon: context.addon('writers'), spool: context.folder, rounds: 0, 'source-cpu': otherCpu };
  const sides = Object.fromEntries(
    KINDS.flatMap((kind) => {
      const side = (cap: number) => {
        const args = { ...ours, url: urls[kind], pages, unmeasured: UNMEASURED, count, bandwidth: cap * 2 ** 20 };
        return context.subject('postcopy', args, cpu);
      };
      const peer = (stream: number) => context.peer('round_trip', { kind, stream, 'server-cpu': otherCpu }, cpu);
      return [
        [`farpage, ${kind}`, side(0)],
        [`farpage, ${kind}, capped`, side(CAP)],
        [`round trip, ${kind}, stream`, peer(1)],
        [`round trip, ${kind}`, peer(0)],
      ];
    }),
  );
  const runs = await context.inTurn(sides);
  const of = (name: string, field: string) => lessClock(runs[name], field);
  const against = (what: string, name: string, peer: string, field: string, target: Row['target']) =>
    row(what, 'µs', of(name, field), { name: peer.replace(/, (tcp|unix)/, ''), value: of(peer, field) }, target);
  const rows = KINDS.flatMap((kind) => [
    against(
      `urgent p50, ${kind}, push running`,
      `farpage, ${kind}`,
      `round trip, ${kind}, stream`,
      'p50',
      kind === 'tcp' ? { compare: '<=', value: 1.6 } : null,
    ),
    against(`urgent p99, ${kind}, push running`, `farpage, ${kind}`, `round trip, ${kind}, stream`, 'p99', null),
    against(`urgent p50, ${kind}, push running`, `farpage, ${kind}`, `round trip, ${kind}`, 'p50', null),
    against(`urgent p50, ${kind}, push capped`, `farpage, ${kind}, capped`, `round trip, ${kind}`, 'p50', null),
    row(
      `pushed meanwhile, ${kind}`,
      'MiB/s',
      middle(runs[`farpage, ${kind}`], 'pushMiBps'),
      { name: 'stream', value: middle(runs[`round trip, ${kind}, stream`], 'streamMiBps') },
      null,
    ),
  ]);
  const notes = [
    `${mib} MiB, the push not capped, and capped at ${CAP} MiB/s; rounds 0, compress off; from the switch on one thread touches a page of every block of ${BLOCK} at random in the last quarter, which the push comes to last: ${count} touches with a clock around each, after ${UNMEASURED} that do not count (with 150 before, and code that is not compiled yet, p50 is two to three times as long)`,
    `touches that went to the source: ${shares(runs)} (urgentPages of the destination's report / ${BLOCK}, as that many pages come with one that is asked for); with less than 95 % the run counts as failed`,
    `the destination (the thread that touches, its loop, its pages' file on disk) is pinned to CPU ${cpu}, the source to ${otherCpu}; so are the peer's asker with the thread that takes the stream, and its server with the thread that sends it`,
    'the peer sends 16 bytes and gets 16 and the page from memory that is mapped; no fault, no file, and its stream is not capped',
    `connections that were lost and made again: ${reconnects(runs)}; every page is verified afterwards`,
  ];
  return { rows, notes, runs };
}

/** As the sender has it: see RIDE_ALONG in src/migrate/sender.ts. */
const BLOCK = 8;

function shares(runs: Record<string, Run[]>): string {
  return Object.keys(runs)
    .filter((name) => name.startsWith('farpage'))
    .map((name) => {
      const sum = (field: string) => values(runs[name], field).reduce((total, value) => total + value, 0);
      return `${name.replace('farpage, ', '')} ${sum('asked')} of ${sum('touches')}`;
    })
    .join(', ');
}

function reconnects(runs: Record<string, Run[]>): number {
  const reports = Object.values(runs).flatMap((all) =>
    all.map(({ report }) => report as { reconnects: number } | undefined),
  );
  return reports.reduce((sum, report) => sum + (report?.reconnects ?? 0), 0);
}

export const postcopy: Question = {
  name: 'postcopy',
  minutes: 3.2,
  title: 'a page that a thread blocks on after the switch of a migration',
  target: 'p50 on loopback, push running, ≤ 1.6 × the round trip of 4 KiB over the same bare socket',
  run,
};
