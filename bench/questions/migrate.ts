// Question: how fast does a region move between two processes?
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_BYTES } from '../data.js';
import { type Answer, type Context, middle, type Question, row } from '../harness.js';
import { freePort } from '../redis-server.js';

const KINDS = ['tcp', 'unix'] as const;
/** A file system without a disk. */
const MEMORY = '/dev/shm';

async function run(context: Context): Promise<Answer> {
  const mib = context.quick ? 256 : 1024;
  const pages = (mib * 2 ** 20) / PAGE_BYTES;
  const urls = { tcp: `tcp://127.0.0.1:${await freePort()}`, unix: `unix:${join(context.folder, 'line')}` };
  const addon = context.addon('writers');
  const ours = (kind: (typeof KINDS)[number], rounds: number, spool: string) =>
    context.subject('migrate', { pages, rounds, url: urls[kind], spool, addon, bandwidth: 0 });
  const inMemory = existsSync(MEMORY);
  const sides = {
    ...Object.fromEntries(
      KINDS.flatMap((kind) => [
        [`${kind}, rounds 0`, ours(kind, 0, context.folder)],
        [`${kind}, rounds 1`, ours(kind, 1, context.folder)],
        [`socket, ${kind}`, context.peer('socket_stream', { kind, pages })],
      ]),
    ),
    ...(inMemory && { 'tcp, rounds 0, kept in memory': ours('tcp', 0, memoryFolder(context)) }),
  };
  // The source, the destination's file and its region: more memory than is warmed for the others.
  const before = async () => void (await context.once(context.peer('warm', { mib: 3 * mib })));
  const runs = await context.inTurn(sides, { before });
  const speed = (name: string) => mib / middle(runs[name], 'seconds');
  const names = Object.keys(sides).filter((name) => !name.startsWith('socket'));
  const rows = names.map((name) => {
    const kind = name.startsWith('tcp') ? 'tcp' : 'unix';
    const peer = { name: `bare socket, ${kind}`, value: speed(`socket, ${kind}`) };
    return row(name, 'MiB/s', speed(name), peer, name === 'tcp, rounds 0' ? { compare: '>=', value: 0.6 } : null);
  });
  const notes = [
    `${mib} MiB, all resident and none of it compressible or zeros; nobody uses it; compress off; the time is that of migrate(), to dial and to end included; a smaller region moved before has compiled the code`,
    'the destination has all of it then in the file that it keeps received pages in, on the disk of temporary files unless the row says otherwise; the region reads its pages from there, which is how every word is verified after the clock has stopped',
    'the peer copies into a buffer, sends, receives, and copies to memory that is mapped; nothing is pinned on either side',
  ];
  return { rows, notes, runs };
}

function memoryFolder(context: Context): string {
  const folder = mkdtempSync(join(MEMORY, 'farpage-bench-'));
  context.onCleanup(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const migrate: Question = {
  name: 'migrate',
  minutes: 2.9,
  title: 'a region that nobody uses moves to another process',
  target: 'postcopy alone, over TCP on loopback: ≥ 0.6 × the speed of the same bytes over a bare socket',
  run,
};
