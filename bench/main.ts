// `farpage bench` without the command line, for work on the benchmarks; the one way to --update-readme.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeError, PagerError } from '../src/errors.js';
import { formatReport, runBench, updatePage } from './index.js';
import { packageRoot } from './package-root.js';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      json: { type: 'string' },
      cpu: { type: 'string' },
      'update-readme': { type: 'boolean' },
    },
  });
  if (values['update-readme'] && positionals.length > 0) {
    throw new PagerError('OPTION', '--update-readme rewrites every table: name no question with it');
  }
  const report = await runBench(positionals, {
    quick: values.quick,
    json: values.json,
    cpu: values.cpu === undefined ? undefined : Number(values.cpu),
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(formatReport(report));
  if (values['update-readme']) updatePage(join(packageRoot(), 'bench', 'README.md'), report);
  if (report.results.some((result) => result.failed !== undefined)) process.exitCode = 1;
} catch (error) {
  const hint = error instanceof PagerError && error.hint ? ` (${error.hint})` : '';
  process.stderr.write(`${describeError(error)}${hint}\n`);
  process.exitCode = 2;
}
