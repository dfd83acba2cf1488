// `farpage bench`: runs the benchmark questions and prints their tables, or JSON.
import {
  formatPhases,
  formatQuestions,
  formatReport,
  questions as known,
  runBench,
  runPhases,
} from '../../bench/index.js';
import { print, printJson } from '../terminal/output.js';
import { makeProgress } from '../terminal/progress.js';
import { EXIT, type ExitCode } from './exit.js';

export interface BenchFlags {
  json?: string | true;
  quick?: boolean;
  list?: boolean;
  phases?: boolean;
}

export async function bench(questions: string[], flags: BenchFlags): Promise<ExitCode> {
  if (flags.list) {
    await print(formatQuestions(known));
    return EXIT.done;
  }
  const progress = makeProgress();
  const options = {
    quick: flags.quick,
    json: typeof flags.json === 'string' ? flags.json : undefined,
    onProgress: (line: string) => progress.say(line),
  };
  if (flags.phases) {
    const phases = await runPhases(questions, options);
    await (flags.json === true ? printJson(phases) : print(formatPhases(phases)));
    return EXIT.done;
  }
  const report = await runBench(questions, options);
  await (flags.json === true ? printJson(report) : print(formatReport(report)));
  return report.results.some((result) => result.failed !== undefined) ? EXIT.failed : EXIT.done;
}
