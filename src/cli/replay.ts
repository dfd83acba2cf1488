// `farpage replay`: runs the core of a record once more and reports the first difference.
import { Replay, type ReplayReport } from '../record/replay.js';
import { formatCount as count } from '../report/format.js';
import { columns, print, printJson } from '../terminal/output.js';
import { EXIT, type ExitCode } from './exit.js';

const ENDS: Readonly<Record<ReplayReport['end'], string>> = {
  closed: 'the pager was closed',
  cut: 'the process ended before the pager was closed',
  stopped: 'the core stopped itself, in the recording too',
};

export async function replayCommand(file: string, json: boolean): Promise<ExitCode> {
  const report = new Replay(file).run();
  if (json) await printJson({ same: report.difference === null, ...report });
  else await print(describe(report));
  return report.difference === null ? EXIT.done : EXIT.failed;
}

function describe(report: ReplayReport): string {
  const { difference, reason } = report;
  const rows = [
    ['steps', `${count(report.steps)} calls of the core`],
    ['issued', `${count(report.commands)} commands, ${count(report.requests)} requests`],
    ['clock', `${(report.nanoseconds / 1e9).toFixed(3)} s`],
    ['memory', `${report.memory}, compared ${count(report.marks)} times`],
  ];
  if (difference === null) rows.push(['end', reason === null ? ENDS[report.end] : `${ENDS[report.end]}: ${reason}`]);
  return `${difference === null ? 'the same' : differenceLine(difference)}\n${columns(rows)}`;
}

/** Where a replay leaves its record, in a line. */
export function differenceLine({ step, call, what }: NonNullable<ReplayReport['difference']>): string {
  return `different at step ${step}${call === '' ? '' : ` (${call})`}: ${what}`;
}
