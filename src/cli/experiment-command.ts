// `farpage experiment`: runs one checked workload, prints its summary or JSON, and writes its report.
import { runExperiment } from '../experiment/experiment.js';
import { type ExperimentFlags, planExperiment } from '../experiment/options.js';
import { reportData } from '../experiment/report-data.js';
import { summarize } from '../experiment/summary.js';
import { writeReport } from '../report/write.js';
import { Interrupt } from '../terminal/interrupt.js';
import { print, printJson } from '../terminal/output.js';
import { makeProgress } from '../terminal/progress.js';
import { EXIT, type ExitCode } from './exit.js';

export async function experiment(flags: ExperimentFlags & { json?: boolean }): Promise<ExitCode> {
  const plan = planExperiment(flags);
  const interrupt = new Interrupt();
  const outcome = await runExperiment(plan, makeProgress(), interrupt);
  const { result } = outcome;
  // The figures first: a disk that is full must not cost them.
  await (flags.json ? printJson(result) : print(summarize(result)));
  if (flags.report !== undefined) await writeReport(flags.report, reportData(outcome));
  interrupt.close();
  return result.verified ? EXIT.done : EXIT.failed;
}
