import { writeReport } from '../report/write.js';
import { EXIT, type ExitCode } from './exit.js';
import { runExperiment } from './experiment.js';
import { type ExperimentFlags, planExperiment } from './experiment-options.js';
import { Interrupt } from './interrupt.js';
import { print, printJson } from './output.js';
import { makeProgress } from './progress.js';
import { reportData } from './report-data.js';
import { summarize } from './summary.js';

export async function experiment(flags: ExperimentFlags & { json?: boolean }): Promise<ExitCode> {
  const plan = planExperiment(flags);
  const interrupt = new Interrupt();
  const outcome = await runExperiment(plan, makeProgress(), interrupt);
  const { result, stuck } = outcome;
  if (flags.report !== undefined) await writeReport(flags.report, reportData(outcome));
  await (flags.json ? printJson(result) : print(summarize(result)));
  interrupt.close();
  // A thread that waits for a page can be joined by nobody: only a signal ends the process.
  if (stuck) process.kill(process.pid, 'SIGINT');
  return result.verified ? EXIT.done : EXIT.failed;
}
