// The report's tables of `--stacks`: the code and the threads that waited for pages.
import type { TrackedFaults } from '../index.js';
import type { Grid } from '../report/data.js';
import { formatCount, formatTime } from '../report/format.js';

/** Rows of a table, and frames of a stack. */
const ROWS = 30;
const FRAMES = 6;

export function stackGrids({ loads, sampled, stacks, threads }: TrackedFaults): Grid[] {
  const time = (milliseconds: number) => formatTime(milliseconds * 1e6);
  const places: Grid = {
    title: 'Code that waits for pages',
    text:
      `${formatCount(loads)} loads of the workload, ${formatCount(sampled)} of them looked at, by their stack. ` +
      'Load or prefetch earlier what the first rows are of.',
    head: ['stack', 'loads', 'pages absent', 'waited', 'longest', 'bytes'],
    rows: stacks
      .slice(0, ROWS)
      .map((row) => [
        row.stack.slice(0, FRAMES),
        formatCount(row.loads),
        `${formatCount(row.absentPages)} of ${formatCount(row.pages)}`,
        time(row.milliseconds),
        time(row.longest),
        `${row.byteOffset} to ${row.byteOffset + row.byteLength}`,
      ]),
  };
  if (threads === null || threads.length === 0) return [places];
  const touches: Grid = {
    title: 'Threads that touch without a load',
    text: 'Faults of the workload that the faulting thread served itself.',
    head: ['thread', 'faults', 'waited', 'longest'],
    rows: threads
      .slice(0, ROWS)
      .map((row) => [
        [row.thread === 0 ? 'others' : `${row.thread} ${row.name}`.trim()],
        formatCount(row.faults),
        time(row.milliseconds),
        time(row.longest),
      ]),
  };
  return [places, touches];
}
