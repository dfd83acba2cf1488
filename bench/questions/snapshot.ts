// Question: how much does a snapshot slow writers down, and what memory does it take, against fork()?
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_BYTES } from '../data.js';
import { type Answer, type Context, middle, type Question, row, values } from '../harness.js';

/** The writers: threads, writes between two sleeps, and how long these are (µs). */
export const WRITERS = { threads: 3, burst: 64, pause: 1000 };
/** A file system without a disk. */
const MEMORY = '/dev/shm';
/** MiB: a snapshot's default buffer limit. */
const BUFFER_LIMIT = 16;

async function run(context: Context): Promise<Answer> {
  const { cpu, otherCpu, quick } = context;
  const bytes = (quick ? 256 : 1024) * 2 ** 20;
  const pages = bytes / PAGE_BYTES;
  const addon = context.addon('writers');
  const before = async () => void spawnSync('sync');
  const folders = { disk: context.folder, ...(existsSync(MEMORY) ? { memory: memoryFolder(context) } : {}) };

  const writing = { pages, file: join(context.folder, 'image'), ...WRITERS, 'writer-cpu': otherCpu };
  const runs = await context.inTurn(
    {
      'farpage, written': context.subject('snapshot', { ...writing, addon, 'loop-cpu': cpu }),
      fork: context.peer('fork_snapshot', { ...writing, cpu }),
    },
    { before },
  );
  for (const [where, folder] of Object.entries(folders)) {
    const file = join(folder, 'image');
    const sides = {
      [`farpage, ${where}`]: context.subject('snapshot', { pages, file, addon }),
      [`write, ${where}`]: context.peer('write_file', { pages, file }),
    };
    Object.assign(runs, await context.inTurn(sides, { before }));
  }

  const of = (name: string, field: string) => middle(runs[name], field);
  const against = (field: string) => ({ name: 'fork', value: of('fork', field) });
  const mib = (name: string) => of(name, 'extraBytes') / 2 ** 20;
  const speed = (name: string) => bytes / 2 ** 20 / of(name, 'seconds');
  const rows = [
    row(
      'longest stop of a writer',
      'ms',
      of('farpage, written', 'stop') / 1000,
      { name: 'fork: its stop + worst write', value: of('fork', 'stop') / 1000 },
      { compare: '<=', value: 0.25 },
    ),
    row(
      'the same, writes alone',
      'ms',
      of('farpage, written', 'stop') / 1000,
      { name: 'fork: worst write after it', value: of('fork', 'saveWorst') / 1000 },
      null,
    ),
    row('p99.9 of a write meanwhile', 'µs', of('farpage, written', 'saveP999'), against('saveP999'), null),
    row('p99.99 of a write meanwhile', 'µs', of('farpage, written', 'saveP9999'), against('saveP9999'), null),
    row('extra memory at the worst moment', 'MiB', mib('farpage, written'), null, {
      compare: '<=',
      value: BUFFER_LIMIT,
    }),
    row('the same, beside fork', 'MiB', mib('farpage, written'), { name: 'fork', value: mib('fork') }, null),
    row('seconds, written to meanwhile', 's', of('farpage, written', 'seconds'), against('seconds'), null),
    ...Object.keys(folders).map((where) =>
      row(
        where === 'disk' ? 'nobody writes: to a file' : 'nobody writes: to a file in memory',
        'MiB/s',
        speed(`farpage, ${where}`),
        { name: 'C write(2)', value: speed(`write, ${where}`) },
        where === 'disk' ? { compare: '>=', value: 0.6 } : null,
      ),
    ),
  ];
  const share = (name: string) => ((of(name, 'saveWrites') / 10 ** 3) | 0).toString();
  const buffered = Math.max(...(runs['farpage, written'] ?? []).map((one) => peakOf(one.report)));
  const notes = [
    `${bytes / 2 ** 20} MiB, all resident; ${WRITERS.threads} threads in C, the same code on both sides, write ${WRITERS.burst} times and sleep ${WRITERS.pause} µs, to one page of every two at random, with the clock around every write: ${share('farpage, written')} thousand writes during farpage's snapshot, ${share('fork')} thousand during the fork's`,
    'the writers are pinned to one CPU, the loop and the child of the fork to the other; farpage’s other threads, and those that write the file, are not pinned',
    `a write's time has what the scheduler takes in it, on both sides: with no snapshot the worst were ${(of('farpage, written', 'calmWorst') / 1000).toFixed(2)} and ${(of('fork', 'calmWorst') / 1000).toFixed(2)} ms`,
    `the fork itself stopped its process for ${(of('fork', 'fork') / 1000).toFixed(1)} ms (median); extra memory of the fork: what both processes have of their own (Pss_Anon of smaps_rollup, page tables) when the child has written all; farpage's: the peak of the process (VmHWM, set back before; page tables), of it pages in the buffer at most ${(buffered / 2 ** 20).toFixed(1)} MiB`,
    `fdatasync is in all times; longest stop of each round: farpage ${each(values(runs['farpage, written'], 'stop'))} ms, fork ${each(values(runs.fork, 'stop'))} ms`,
  ];
  return { rows, notes, runs };
}

function each(microseconds: readonly number[]): string {
  return microseconds.map((value) => (value / 1000).toFixed(1)).join(' / ');
}

function peakOf(report: unknown): number {
  return (report as { bufferPeakBytes: number }).bufferPeakBytes;
}

function memoryFolder(context: Context): string {
  const folder = mkdtempSync(join(MEMORY, 'farpage-bench-'));
  context.onCleanup(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const snapshot: Question = {
  name: 'snapshot',
  minutes: 2,
  title: 'a snapshot while threads write, against fork()',
  target: "longest stop of a writer ≤ 0.25 × the fork's; extra memory ≤ bufferLimit; ≥ 0.6 × the speed of write(2)",
  run,
};
