// `farpage experiment`: runs one checked workload, prints its summary or JSON, and writes its report.
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExperiment } from '../experiment/experiment.js';
import { whatItShowed, whatNext } from '../experiment/next.js';
import { type ExperimentFlags, planExperiment } from '../experiment/options.js';
import { reportData } from '../experiment/report-data.js';
import type { ExperimentResult } from '../experiment/result.js';
import { summarize } from '../experiment/summary.js';
import { MetricsServer } from '../metrics/server.js';
import { writeReport } from '../report/write.js';
import { Interrupt } from '../terminal/interrupt.js';
import { say, sayLast } from '../terminal/messages.js';
import { print, printJson } from '../terminal/output.js';
import { makeProgress } from '../terminal/progress.js';
import { parseLive, parseMetrics } from '../web/listen.js';
import { EXIT, type ExitCode } from './exit.js';

/** The options as the command line gives them; `report` is true if no file is named. */
export type ExperimentWords = Omit<ExperimentFlags, 'report'> & {
  report?: string | true;
  json?: boolean;
  live?: string | true;
  metrics?: string;
};

export async function experiment({ json, report, live, metrics, ...words }: ExperimentWords): Promise<ExitCode> {
  const file = report === true ? ownReport() : report;
  const plan = planExperiment({ ...words, report: file });
  const listen = parseMetrics(metrics);
  const watch = parseLive(live);
  const interrupt = new Interrupt();
  const outcome = await runExperiment(plan, makeProgress(), interrupt, async (pager) => {
    if (watch !== null) say(`live view at ${(await pager.live(watch)).url}`);
    if (listen === null) return async () => undefined;
    const server = await MetricsServer.listen(listen, '--metrics', () => pager.metrics());
    say(`metrics at ${server.url}`);
    return () => server.close();
  });
  const { result } = outcome;
  // The figures first: a disk that is full must not cost them.
  await (json ? printJson(result) : print(summarize(result)));
  if (file !== undefined) await writeReport(file, reportData(outcome));
  if (report === true && file !== undefined) sayLast(describeReport(file, result));
  interrupt.close();
  return result.verified ? EXIT.done : EXIT.failed;
}

/** A new file in the working folder, or in the system's for temporary files if this user may not write there. */
function ownReport(): string {
  const name = `farpage-${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}.html`;
  try {
    accessSync('.', constants.W_OK);
    return join(process.cwd(), name);
  } catch {
    return join(tmpdir(), name);
  }
}

function describeReport(file: string, result: ExperimentResult): string {
  const { why, command } = whatNext(result);
  return [
    `farpage: the report is ${file}`,
    `  it shows: ${whatItShowed(result)}`,
    `  try next (${why}): ${command}`,
  ].join('\n');
}
