// Whether loops stamp the phases of their turns (native/kernel/stamps.h), as FARPAGE_PHASES asks.
import { PagerError } from '../errors.js';

/** @throws PagerError 'OPTION' if FARPAGE_PHASES is something else than 1, 0 or nothing */
export function phasesWanted(): boolean {
  const value = process.env['FARPAGE_PHASES'] ?? '';
  if (value === '1') return true;
  if (value === '' || value === '0') return false;
  throw new PagerError('OPTION', `FARPAGE_PHASES: '${value}' is not 1 or 0`, {
    hint: 'set it to 1 to have the phases of faults timed, or unset it',
  });
}
