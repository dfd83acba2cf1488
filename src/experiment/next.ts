// What an experiment showed in a line, and the next one worth trying.

import { faultCount } from '../core/stats.js';
import { formatSize } from '../units.js';
import type { ExperimentResult } from './result.js';
import { formatMicroseconds } from './summary.js';

/** Pages loaded ahead below which their share that was used says little. */
const ENOUGH_AHEAD = 1000;
const USEFUL_SHARE = 0.5;
const MIB = 2 ** 20;

export interface Next {
  why: string;
  /** To paste. */
  command: string;
}

export function whatItShowed(result: ExperimentResult): string {
  const { access, resident, stats } = result;
  const right = result.verified ? 'every byte read was right' : 'a byte read was wrong, or a page did not come';
  const waits =
    access.faults === 0
      ? 'no access of the workload waited for a page'
      : `half of the accesses that faulted took up to ${formatMicroseconds(access.p50)}, 99% up to ${formatMicroseconds(access.p99)}`;
  const pool = stats.poolBytesPeak > 0 ? `, and evicted pages ${formatSize(stats.poolBytesPeak)} beside it` : '';
  return `${right}; ${formatSize(resident.peak)} were resident${pool}; ${waits}`;
}

/** One change to the experiment that shows most, by its figures. */
export function whatNext({ workload: plan, stats, engine, verified }: ExperimentResult): Next {
  const { region, resident, workload } = plan;
  const experiment = (why: string, options: string, limit = resident): Next => ({
    why,
    command: `farpage experiment --region ${exact(region)} --resident ${exact(limit)} ${options} --report`,
  });
  if (!verified) return { why: 'to see what this machine can do', command: 'farpage doctor' };
  if (engine === 'trap') return { why: 'userfaultfd is not used here', command: 'farpage doctor' };
  if (faultCount(stats) === 0) return experiment('nothing faulted', `--workload ${workload}`, region / 4);
  const { issued, used } = stats.readahead;
  if (plan.readahead !== 'off' && issued >= ENOUGH_AHEAD && used < issued * USEFUL_SHARE) {
    const share = Math.round((used / issued) * 100);
    return experiment(`only ${share}% of the pages loaded ahead were used`, `--workload ${workload} --readahead off`);
  }
  if (workload === 'random') return experiment('most programs use some pages often', '--workload zipf');
  if (stats.poolBytesPeak > 0) {
    return experiment('evicted pages then take no memory', `--workload ${workload} --store file:farpage-pages.bin`);
  }
  return experiment('with twice the limit', `--workload ${workload}`, resident * 2);
}

/** A size as an option takes it, without rounding. */
function exact(bytes: number): string {
  return Number.isInteger(bytes / MIB) ? `${bytes / MIB}MiB` : String(Math.round(bytes));
}
