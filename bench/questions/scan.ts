// Question: how fast is a first sequential scan of a file?
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fillPage, PAGE_BYTES, PAGE_WORDS } from '../data.js';
import { type Answer, type Context, middle, type Question, row } from '../harness.js';

const CHUNK_PAGES = 512;

export function writePattern(path: string, pages: number): string {
  const file = openSync(path, 'wx', 0o600);
  const words = new Int32Array(CHUNK_PAGES * PAGE_WORDS);
  for (let page = 0; page < pages; page += CHUNK_PAGES) {
    for (let i = 0; i < CHUNK_PAGES; i++) fillPage(words, i * PAGE_WORDS, page + i, false);
    writeSync(file, words);
  }
  closeSync(file);
  return path;
}

async function run(context: Context): Promise<Answer> {
  const pages = context.quick ? 32768 : 131072;
  const file = writePattern(join(context.folder, 'scan.bin'), pages);
  readFileSync(file).fill(0); // it is in the page cache from now on, for both sides
  const args = { pages, file };
  const { cpu } = context;
  const runs = await context.inTurn({
    loop: context.subject('scan', args),
    inline: context.subject('scan', { ...args, faults: 'inline' }),
    'C UFFDIO_COPY': context.peer('uffd_bulk', args),
    'loop, one CPU': context.subject('scan', args, cpu),
    'inline, one CPU': context.subject('scan', { ...args, faults: 'inline' }, cpu),
    'C UFFDIO_COPY, one CPU': context.peer('uffd_bulk', args, cpu),
  });
  const of = (name: string) => middle(runs[name], 'mibPerSecond');
  const against = (name: string) => ({ name, value: of(name) });
  const target = { compare: '>=', value: 0.85 } as const;
  const rows = (['loop', 'inline'] as const).flatMap((faults) => [
    row(`${faults}, default placement`, 'MiB/s', of(faults), against('C UFFDIO_COPY'), target),
    row(`${faults}, one CPU`, 'MiB/s', of(`${faults}, one CPU`), against('C UFFDIO_COPY, one CPU'), target),
  ]);
  const size = (pages * PAGE_BYTES) / 2 ** 20;
  const notes = [
    `a ${size} MiB file in the page cache, one word of every page read in order, all of it verified afterwards`,
    `the peer copies ${CHUNK_PAGES} pages a call straight from the file's mapping and has no faults at all: a bound, not a pager`,
  ];
  return { rows, notes, runs };
}

export const scan: Question = {
  name: 'scan',
  minutes: 0.6,
  title: 'a first sequential scan of a file, readahead on',
  target: '≥ 0.85 of the throughput of UFFDIO_COPY of 512 pages at a time',
  run,
};
