// StoreError, and which errors are permanent.
import { describeError, PagerError, type PagerErrorDetails } from '../errors.js';

export type StoreErrorCode = 'STORE_READ' | 'STORE_WRITE';

/** A store's failure, transient or permanent. */
export class StoreError extends PagerError {
  /** True if a retry may succeed: a lost connection, a server that is loading, a full disk. */
  readonly transient: boolean;

  constructor(code: StoreErrorCode, transient: boolean, message: string, details: PagerErrorDetails = {}) {
    super(code, message, details);
    this.transient = transient;
  }
}

/** Errnos that every retry would get again. */
const LASTING_ERRNOS: ReadonlySet<string> = new Set([
  ...['EACCES', 'EBADF', 'EFBIG', 'EINVAL', 'EIO', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENODEV', 'ENOENT', 'ENOTDIR'],
  ...['ENOTSUP', 'ENXIO', 'EOPNOTSUPP', 'EPERM', 'EROFS', 'ESPIPE'],
]);

/** OpenSSL's and Node's codes for a failed check of the peer's certificate. */
const TLS_REFUSAL = /^(CERT_|ERR_TLS_CERT|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO$)/;

/** The `code` that Node puts on system, TLS and undici errors; of an AggregateError's parts, the first. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return error instanceof Error && error.cause !== undefined ? errorCode(error.cause) : undefined;
}

/** The errno's name, if the error has one; Node's other codes are not errnos. */
export function errnoOf(error: unknown): string | undefined {
  const code = errorCode(error);
  if (code !== undefined && /^E(?!RR_)[A-Z0-9]+$/.test(code)) return code;
  // Errors of native code, and a PagerError, have the name there.
  return typeof error === 'object' && error !== null && 'errno' in error && typeof error.errno === 'string'
    ? error.errno
    : undefined;
}

/** The system call that Node names on a system error. */
export function errorSyscall(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('syscall' in error && typeof error.syscall === 'string') return error.syscall;
  return error instanceof AggregateError ? errorSyscall(error.errors[0]) : undefined;
}

export function isTlsRefusal(error: unknown): boolean {
  return TLS_REFUSAL.test(errorCode(error) ?? '');
}

/**
 * Whether a retry is useless. A StoreError says so itself; any other PagerError is permanent; an error of a user's own
 * Store is transient unless it has `permanent: true` or a permanent errno.
 */
export function isPermanent(error: unknown): boolean {
  if (error instanceof StoreError) return !error.transient;
  if (error instanceof PagerError) return true;
  if (typeof error !== 'object' || error === null) return false;
  if ('permanent' in error && error.permanent === true) return true;
  return LASTING_ERRNOS.has(errorCode(error) ?? '') || isTlsRefusal(error);
}

/** Wraps the error of a system call or a library; a StoreError passes through unchanged. */
export function toStoreError(
  code: StoreErrorCode,
  what: string,
  error: unknown,
  hint?: string,
  path?: string,
): PagerError {
  if (error instanceof PagerError) return error;
  return new StoreError(code, !isPermanent(error), `${what}: ${describeError(error)}`, {
    errno: errnoOf(error),
    syscall: errorSyscall(error),
    hint,
    path,
    cause: error,
  });
}

/** The error of every built-in store after its close. */
export function closedError(name: string): PagerError {
  return new PagerError('CLOSED', `${name}: the store is closed`);
}

/**
 * Waits for all before it throws the first failure: while one part of a batch still copies, the batch's buffers are in
 * use.
 */
export async function settleAll(parts: ReadonlyArray<Promise<unknown>>): Promise<void> {
  const outcomes = await Promise.allSettled(parts);
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason);
  // A permanent failure decides the batch: retrying a transient one beside it would be useless.
  if (failures.length > 0) throw failures.find(isPermanent) ?? failures[0];
}
