// Question: what do volatile pages save, against writing them to a file?
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_BYTES } from '../data.js';
import { type Answer, type Context, middle, type Question, row } from '../harness.js';

/** A region in its limits. */
const TIMES = 4;

async function run(context: Context): Promise<Answer> {
  const limitMib = context.quick ? 32 : 256;
  const limit = (limitMib * 2 ** 20) / PAGE_BYTES;
  const pages = TIMES * limit;
  const file = join(context.folder, 'pages');
  const side = (marked: number) => context.subject('volatile', { pages, limit, file, volatile: marked });
  const before = async () => {
    rmSync(file, { force: true });
    spawnSync('sync');
  };
  const runs = await context.inTurn({ volatile: side(1), kept: side(0) }, { before });
  const of = (name: string, field: string) => middle(runs[name], field);
  const speed = (name: string, field: string) => pages / of(name, field) / 1000;
  const against = (field: string) => ({ name: 'written to a file', value: speed('kept', field) });
  const rows = [
    row(
      'written once, evicted meanwhile',
      'thousand pages/s',
      speed('volatile', 'writeSeconds'),
      against('writeSeconds'),
      null,
    ),
    row(
      'loaded and read, evicted meanwhile',
      'thousand pages/s',
      speed('volatile', 'readSeconds'),
      against('readSeconds'),
      null,
    ),
    row(
      'writes to the store (0 is right)',
      'pages',
      of('volatile', 'storeWrites'),
      { name: 'written to a file', value: of('kept', 'storeWrites') },
      null,
    ),
  ];
  const notes = [
    `${TIMES * limitMib} MiB under a limit of ${limitMib} MiB, nothing compressible; one thread writes all of it page by page, then loads (pinned) and verifies 256 pages at a time; how its bytes are made and looked at is in both times, and the same on both sides`,
    `regenerated: ${of('volatile', 'regenerated')} pages of ${of('volatile', 'reclaimed')} that were dropped, by a function of the thread that reads, word by word: what that costs is the user's affair, the other side reads its file from the page cache`,
    'the file is not flushed to disk; the scheduler places all threads',
  ];
  return { rows, notes, runs };
}

export const volatilePages: Question = {
  name: 'volatile',
  minutes: 0.4,
  title: 'pages that may be dropped, against the same written to a file',
  target: 'reported',
  run,
};
