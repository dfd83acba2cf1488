// Tests that need what this machine may lack.
import type { Test } from 'uvu';

type AddTest<T> = (name: string, body: Parameters<Test<T>>[1]) => void;

/**
 * Adds tests to a suite where the machine has what they need, and says `skipped [reason]` where it does not:
 *
 *     const live = skipUnless(test, isRoot, 'needs root');
 *     live('faults in kernel mode', async () => { … });
 */
export function skipUnless<T>(test: Test<T>, condition: boolean, reason: string): AddTest<T> {
  if (condition) return test;
  const { skip } = test;
  return (name) => {
    // On a line of its own: uvu's marks carry no newline.
    process.stdout.write(`\nskipped [${reason}] ${name}\n`);
    skip();
  };
}
