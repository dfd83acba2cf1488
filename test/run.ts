/** Runs every test file in a process of its own: `npm test`, or `npm test -- store` for those with 'store' in their path. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './support/paths.js';
import { killRunning, runFiles, type TestFile } from './support/process/runner.js';
import { closingLine } from './support/tally.js';

const DEFAULT_BUDGET_SECONDS = 120;
/** How many files that share the machine run at once. */
const WIDTH = 2;

/** A file's budget in seconds; it asks for another in a comment on a line of its own: `budget: 300 s`. */
function budgetOf(text: string): number {
  const asked = /^\/\/ budget: (\d+) s$/m.exec(text)?.[1];
  return asked === undefined ? DEFAULT_BUDGET_SECONDS : Number(asked);
}

/** A file whose tests change what others rely on says so on such a line: `alone: it takes the huge pages`. */
function isAlone(text: string): boolean {
  return /^\/\/ alone: /m.test(text);
}

/** A file that is run once more for each variant says so on such a line: `variants: engine trap, memory shared`. */
function variantsOf(text: string): string[] {
  return /^\/\/ variants: (.+)$/m.exec(text)?.[1]?.split(', ') ?? [];
}

/** 'engine trap' is FARPAGE_TEST_ENGINE=trap. */
function environmentOf(variant: string): Record<string, string> {
  const [name = '', value = ''] = variant.split(' ');
  return { [`FARPAGE_TEST_${name.toUpperCase()}`]: value };
}

function findTests(filters: readonly string[]): TestFile[] {
  const built = path.join(ROOT, 'dist');
  const found: TestFile[] = [];
  for (const entry of readdirSync(path.join(built, 'test'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (!entry.endsWith('.test.js')) continue;
    const script = path.join(built, 'test', entry);
    const source = `test/${entry.slice(0, -'.js'.length)}.ts`;
    // The compiler leaves what it built from sources that are gone.
    if (!existsSync(path.join(ROOT, source))) continue;
    const text = readFileSync(path.join(ROOT, source), 'utf8');
    for (const variant of ['', ...variantsOf(text)]) {
      const name = variant === '' ? source : `${source} (${variant})`;
      if (filters.length > 0 && !filters.some((filter) => name.includes(filter))) continue;
      const env = variant === '' ? {} : environmentOf(variant);
      found.push({ name, script, budget: budgetOf(text), alone: isAlone(text), env });
    }
  }
  return found;
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    killRunning();
    process.exit(code);
  });
}

const filters = process.argv.slice(2);
const files = findTests(filters);
if (files.length === 0)
  console.log(`no test file${filters.length > 0 ? ` has '${filters.join("' or '")}' in its path` : ''}`);
const tallies = await runFiles(files, WIDTH, (text) => console.log(text));
const failed = tallies.reduce((sum, { failed }) => sum + failed, 0);
const passed = tallies.reduce((sum, { passed }) => sum + passed, 0);
console.log(`\n${closingLine(tallies)}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
