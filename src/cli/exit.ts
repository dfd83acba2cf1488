// Turns every error of a command into an exit code and at most a few lines on standard error.
import { CommanderError } from 'commander';
import { describeError, PagerError } from '../errors.js';

/** Exit codes of the command line. */
export const EXIT = { done: 0, failed: 1, usage: 2, unable: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code that an error ends the command with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (!(error instanceof PagerError)) return EXIT.failed;
  switch (error.code) {
    case 'OPTION':
      return EXIT.usage;
    case 'UNSUPPORTED':
    case 'PERMISSION':
      return EXIT.unable;
    default:
      return EXIT.failed;
  }
}

/** An error in a line or two: what happened, its code and the system call, and what to do. Commander prints its own errors. */
export function errorLines(error: unknown): string[] {
  if (error instanceof CommanderError) return [];
  const line = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
  if (!(error instanceof PagerError)) return [`farpage: ${line(describeError(error))}`];
  const { code, errno, syscall, hint } = error;
  const system = [errno, syscall].filter((part) => part !== undefined).join(' ');
  const details = system === '' ? code : `${code}, ${system}`;
  const lines = [`farpage: ${line(error.message)} (${details})`];
  const advice = hint ?? (exitCodeOf(error) === EXIT.unable ? "see what is missing with 'farpage doctor'" : undefined);
  if (advice !== undefined) lines.push(`hint: ${line(advice)}`);
  return lines;
}
