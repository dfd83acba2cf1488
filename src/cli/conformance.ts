// `farpage conformance`: tests the kernel's userfaultfd and prints a row per test, a column per kind of memory.
import type { ConformanceReport, Outcome } from '../conformance/index.js';
import { PagerError } from '../errors.js';
import { Interrupt } from '../terminal/interrupt.js';
import { columns, paint, print, printJson } from '../terminal/output.js';
import { makeProgress } from '../terminal/progress.js';
import { EXIT, type ExitCode } from './exit.js';

/** Columns of the table, in the kernel's order. */
const KINDS = ['anon', 'shmem', 'shmem-private', 'hugetlb', 'hugetlb-private'];
const MARKS: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', skipped: '–' };
const COLOURS = { passed: 'green', failed: 'red', skipped: 'yellow' } as const;

/** @throws PagerError 'OPTION' for an unknown test; 'PERMISSION', 'UNSUPPORTED' without userfaultfd */
export async function conformance(tests: string[], flags: { json?: boolean }): Promise<ExitCode> {
  const { runConformance, TESTS } = await import('../conformance/index.js');
  const unknown = tests.find((name) => !TESTS.some((test) => test.name === name));
  if (unknown !== undefined) {
    throw new PagerError('OPTION', `there is no test '${unknown}'`, {
      hint: `the tests are ${TESTS.map(({ name }) => name).join(', ')}`,
    });
  }
  await checkAvailable();
  const interrupt = new Interrupt();
  const abort = new AbortController();
  void interrupt.heard.then(() => abort.abort());
  const progress = makeProgress();
  let begun = false;
  const report = await runConformance({
    tests,
    signal: abort.signal,
    onRow: (row, done, total) => {
      if (!begun) progress.begin('rows', total);
      begun = true;
      if (row.outcome === 'failed') progress.say(`${row.test} ${row.memory}: ${row.reason}`);
      progress.update(done);
    },
    onTrouble: (line) => progress.say(`farpage: ${line}`),
  });
  progress.end();
  interrupt.close();
  await (flags.json === true ? printJson(report) : print(describeReport(report)));
  return report.failed === 0 ? EXIT.done : EXIT.failed;
}

async function checkAvailable(): Promise<void> {
  const { probe } = await import('../index.js');
  const { userfaultfd, advice } = await probe();
  if (userfaultfd.via !== null) return;
  throw new PagerError('UNSUPPORTED', 'there is no userfaultfd here', { hint: advice.join('; ') });
}

/** The table for people: a line a test, a column a kind of memory, and reasons below. */
export function describeReport({ kernel, rows, passed, failed, skipped, interrupted }: ConformanceReport): string {
  const colour = paint();
  const mark = (outcome: Outcome): string => colour(MARKS[outcome], COLOURS[outcome]);
  const lines: string[][] = [['', ...KINDS]];
  const ways: string[][] = [];
  for (const name of new Set(rows.map(({ test }) => test))) {
    const its = rows.filter(({ test }) => test === name);
    const found = (memory: string): string =>
      its
        .filter((row) => row.memory === memory)
        .map(markOf)
        .join('');
    if (its.some(({ memory }) => KINDS.includes(memory))) lines.push([name, ...KINDS.map(found)]);
    else ways.push([name, ...its.flatMap((row) => [row.memory, markOf(row)])]);
  }
  function markOf({ outcome }: { outcome: Outcome }): string {
    return mark(outcome);
  }
  const remarks = rows.flatMap(({ test, memory, outcome, reason, note }) => {
    if (reason === undefined && note === undefined) return [];
    const text = reason === undefined ? note : outcome === 'skipped' ? `skipped [${reason}]` : reason;
    return [[mark(outcome), test, memory, text ?? '']];
  });
  const parts = [`Linux ${kernel}`];
  if (ways.length > 0) parts.push(columns(ways));
  if (lines.length > 1) parts.push(columns(lines));
  if (remarks.length > 0) parts.push(columns(remarks));
  parts.push(`${passed} passed, ${failed} failed, ${skipped} skipped${interrupted ? ' (interrupted)' : ''}`);
  return parts.join('\n\n');
}
