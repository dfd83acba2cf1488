// `farpage bench` without the command line, for work on the benchmarks; the one way to --update-readme.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeError, PagerError } from '../src/errors.js';
import {
  drawPhases,
  formatPhases,
  formatQuestions,
  formatReport,
  questions,
  runBench,
  runPhases,
  updatePage,
} from './index.js';
import { packageRoot } from './package-root.js';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      json: { type: 'string' },
      cpu: { type: 'string' },
      'update-readme': { type: 'boolean' },
      list: { type: 'boolean' },
      phases: { type: 'boolean' },
      picture: { type: 'string' },
    },
  });
  if (values.list) {
    process.stdout.write(formatQuestions(questions));
    process.exit();
  }
  if (values['update-readme'] && positionals.length > 0) {
    throw new PagerError('OPTION', '--update-readme rewrites every table: name no question with it');
  }
  const options = {
    quick: values.quick,
    json: values.json,
    cpu: values.cpu === undefined ? undefined : Number(values.cpu),
    onProgress: (line: string) => void process.stderr.write(`${line}\n`),
  };
  if (values.phases) {
    const phases = await runPhases(positionals, options);
    process.stdout.write(formatPhases(phases));
    if (values.picture !== undefined) writeFileSync(values.picture, drawPhases(phases));
    process.exit();
  }
  const report = await runBench(positionals, options);
  process.stdout.write(formatReport(report));
  if (values['update-readme']) updatePage(join(packageRoot(), 'bench', 'README.md'), report);
  if (report.results.some((result) => result.failed !== undefined)) process.exitCode = 1;
} catch (error) {
  const hint = error instanceof PagerError && error.hint ? ` (${error.hint})` : '';
  process.stderr.write(`${describeError(error)}${hint}\n`);
  process.exitCode = 2;
}
