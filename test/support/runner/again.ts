// A second run, by itself, for a file that failed on a slow machine.
import { runFiles, type TestFile } from './runner.js';
import type { Tally } from './tally.js';

/** With more failures than this the machine is not the reason, and none runs again. */
export const MAX_AGAIN = 2;

/**
 * Runs all files, then those that failed once more, one at a time. Both outcomes are said, and the second one counts: on a
 * machine where each page table costs seven times as much, one test in some thousands loses a race that it was not meant to have.
 *
 * @returns what counts, and the files whose two outcomes differ: each has a fault, of the test or of the product, to be mended
 */
export async function runWithAgain(
  files: readonly TestFile[],
  width: number,
  say: (text: string) => void,
  ended: (file: TestFile, seconds: number) => void = () => {},
): Promise<{ tallies: Tally[]; unsteady: string[] }> {
  const results = new Map<TestFile, Tally>();
  const note = (file: TestFile, seconds: number, tally: Tally) => {
    results.set(file, tally);
    ended(file, seconds);
  };
  await runFiles(files, width, say, note);
  const failed = [...results].filter(([, tally]) => tally.failed > 0).map(([file]) => file);
  if (failed.length > MAX_AGAIN) return { tallies: [...results.values()], unsteady: [] };
  if (failed.length > 0) say('\nwhat failed runs once more, by itself:');
  await runFiles(failed, 1, say, note);
  const unsteady = failed.filter((file) => results.get(file)?.failed === 0).map(({ name }) => name);
  return { tallies: [...results.values()], unsteady };
}
