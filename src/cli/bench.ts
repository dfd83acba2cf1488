// `farpage bench`: runs the benchmark questions and prints their tables, or JSON.
import { formatReport, runBench } from '../../bench/index.js';
import { print, printJson } from '../terminal/output.js';
import { makeProgress } from '../terminal/progress.js';
import { EXIT, type ExitCode } from './exit.js';

export async function bench(questions: string[], flags: { json?: string | true; quick?: boolean }): Promise<ExitCode> {
  const progress = makeProgress();
  const report = await runBench(questions, {
    quick: flags.quick,
    json: typeof flags.json === 'string' ? flags.json : undefined,
    onProgress: (line) => progress.say(line),
  });
  await (flags.json === true ? printJson(report) : print(formatReport(report)));
  return report.results.some((result) => result.failed !== undefined) ? EXIT.failed : EXIT.done;
}
