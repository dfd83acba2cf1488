// Parses the option --pid.
import { PagerError } from '../errors.js';

const PID_LIMIT = 2 ** 22;

/** @throws PagerError 'OPTION' */
export function pidOf(text: string): number {
  const pid = Number(text);
  if (Number.isInteger(pid) && pid > 0 && pid < PID_LIMIT && text.trim() !== '') return pid;
  throw new PagerError('OPTION', `--pid: '${text}' is not a pid`, { hint: 'give the number of a process' });
}
