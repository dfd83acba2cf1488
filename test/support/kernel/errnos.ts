// The errors that the kernel gives, and what the shim makes of each: the outcome of a command.
import * as layout from '../../../assembly/layout.js';

export const ENOENT = 2;
export const EIO = 5;
export const EAGAIN = 11;
export const ENOMEM = 12;
export const EFAULT = 14;
export const EBUSY = 16;
export const EEXIST = 17;
export const EINVAL = 22;
export const ENOSYS = 38;
export const ENODATA = 61;
export const EILSEQ = 84;

export function outcomeOf(errno: number): number {
  switch (errno) {
    case EEXIST:
      return layout.OUTCOME_PRESENT;
    case EAGAIN:
      return layout.OUTCOME_CHANGING;
    case ENOENT:
      return layout.OUTCOME_GONE;
    case EBUSY:
      return layout.OUTCOME_BUSY;
    default:
      return layout.OUTCOME_FAILED;
  }
}
