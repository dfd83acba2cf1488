// Turns errors of the addon into PagerErrors.
import { PagerError, type PagerErrorCode } from '../errors.js';
import { PERMISSION_HINT } from '../native/native.js';
import { door } from './native.js';

const names = new Map<number, string>();

/** 17 → 'EEXIST'. */
export function errnoName(errno: number): string {
  let name = names.get(errno);
  if (name === undefined) {
    name = door.errorName(errno);
    names.set(errno, name);
  }
  return name;
}

const CODES: Readonly<Record<string, PagerErrorCode>> = {
  EPERM: 'PERMISSION',
  EACCES: 'PERMISSION',
  ENOSYS: 'UNSUPPORTED',
  ENOTTY: 'UNSUPPORTED',
  ENODEV: 'UNSUPPORTED',
  EOPNOTSUPP: 'UNSUPPORTED',
  EBADF: 'CLOSED',
};

/** The errno of an error that the addon threw, if it has one. */
export function errnoOf(error: unknown): string | undefined {
  const { errno } = (error ?? {}) as { errno?: unknown };
  return typeof errno === 'string' ? errno : undefined;
}

/** A PagerError of an error that the addon threw: its code by the errno, else `code`; `hints` by errno. */
export function failure(
  error: unknown,
  what: string,
  code: PagerErrorCode,
  hints: Readonly<Record<string, string>> = {},
  path?: string,
): PagerError {
  if (error instanceof PagerError) return error;
  const errno = errnoOf(error);
  const { syscall } = (error ?? {}) as { syscall?: unknown };
  const call = typeof syscall === 'string' ? syscall : undefined;
  const because = errno === undefined ? '' : `: ${call ?? ''} ${errno}`;
  return new PagerError((errno === undefined ? undefined : CODES[errno]) ?? code, `${what}${because}`, {
    errno,
    syscall: call,
    hint: errno === undefined ? undefined : hints[errno],
    path,
    cause: error,
  });
}

/** Does `work`, and throws what the addon throws as a PagerError. */
export function attempt<T>(
  what: string,
  code: PagerErrorCode,
  work: () => T,
  hints: Readonly<Record<string, string>> = {},
  path?: string,
): T {
  try {
    return work();
  } catch (error) {
    throw failure(error, what, code, hints, path);
  }
}

export const OPEN_HINTS = {
  EPERM: PERMISSION_HINT,
  EACCES: PERMISSION_HINT,
  ENOSYS: 'this kernel has no userfaultfd (CONFIG_USERFAULTFD), or a seccomp profile hides it',
  ENOENT: 'there is no /dev/userfaultfd (Linux 6.1 or newer has it): open it with via: "syscall"',
  EMFILE: 'this process has too many open files: ulimit -n',
} as const;

export const REGISTER_HINTS = {
  EINVAL:
    'start and length must be multiples of the page size, all of it mapped with memory that takes these modes ' +
    '(minor: shared memory and huge pages alone), and the feature asked for in the handshake',
  EPERM: 'the mapping may never be written (VM_MAYWRITE): a file opened for reading, or sealed with F_SEAL_WRITE',
  EBUSY: 'another userfaultfd has this range',
  ENOMEM: 'nothing is mapped there, or its process has exited',
} as const;
