// Question: what does an incremental snapshot cost, against a full one?
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PAGE_BYTES } from '../data.js';
import { type Answer, type Context, middle, type Question, row } from '../harness.js';

async function run(context: Context): Promise<Answer> {
  const bytes = (context.quick ? 256 : 1024) * 2 ** 20;
  const pages = bytes / PAGE_BYTES;
  const dirty = Math.floor(pages / 100);
  const args = { pages, dirty, file: join(context.folder, 'image'), addon: context.addon('writers') };
  const sides = { incremental: context.subject('incremental', args) };
  const runs = await context.inTurn(sides, { before: async () => void spawnSync('sync') });
  const of = (field: string) => middle(runs.incremental, field);
  const full = { name: 'full', value: of('fullSeconds') * 1000 };
  const rows = [
    row('1 % of the pages written to since', 'ms', of('seconds') * 1000, full, { compare: '<=', value: 0.05 }),
  ];
  const notes = [
    `${bytes / 2 ** 20} MiB, all resident; ${dirty} pages spread evenly, each with one word written; in every run one full snapshot and three incremental ones, of which the middle one counts; nobody writes meanwhile; fdatasync is in all times`,
    'every chain is read back through a region of its own and compared with the memory, after the clock has stopped',
  ];
  return { rows, notes, runs };
}

export const incremental: Question = {
  name: 'incremental',
  minutes: 0.4,
  title: 'an incremental snapshot against a full one',
  target: '1 % written to of 1 GiB: ≤ 0.05 × the time of a full snapshot',
  run,
};
