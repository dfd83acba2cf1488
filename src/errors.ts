import { redact } from './redact.js';

/** The stable names of what can go wrong; see each call's documentation for which of them it uses. */
export type PagerErrorCode =
  | 'UNSUPPORTED'
  | 'PERMISSION'
  | 'OPTION'
  | 'REGION'
  | 'STORE_READ'
  | 'STORE_WRITE'
  | 'PROTOCOL'
  | 'CLOSED'
  | 'LAYOUT'
  | 'INTERNAL';

export interface PagerErrorDetails {
  /** The errno's name, 'EPERM'. */
  errno?: string | undefined;
  /** The system call that gave it, 'ioctl(UFFDIO_REGISTER)'. */
  syscall?: string | undefined;
  /** What to do about it, a sentence. */
  hint?: string | undefined;
  cause?: unknown;
}

/** What helps where there is no descriptor left, whoever asked for one. */
const DESCRIPTOR_HINTS: Readonly<Record<string, string>> = {
  EMFILE:
    'raise the limit of open files: ulimit -n, or LimitNOFILE= of a service (docs/limits.md has the numbers needed)',
  ENFILE: "raise the system's limit of open files: sysctl fs.file-max",
};

function codeOf(error: unknown): string | undefined {
  const { errno, code } = (error ?? {}) as { errno?: unknown; code?: unknown };
  return typeof errno === 'string' ? errno : typeof code === 'string' ? code : undefined;
}

/** The one error type that farpage throws and rejects with. What it says holds no secret of a URL, whoever wrote it. */
export class PagerError extends Error {
  readonly code: PagerErrorCode;
  readonly errno?: string;
  readonly syscall?: string;
  readonly hint?: string;

  constructor(code: PagerErrorCode, message: string, details: PagerErrorDetails = {}) {
    super(redact(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'PagerError';
    this.code = code;
    const given = details.errno ?? codeOf(details.cause);
    const descriptors = given === undefined ? undefined : DESCRIPTOR_HINTS[given];
    const errno = descriptors === undefined ? details.errno : given;
    const hint = details.hint ?? descriptors;
    if (errno !== undefined) this.errno = errno;
    if (details.syscall !== undefined) this.syscall = details.syscall;
    if (hint !== undefined) this.hint = redact(hint);
  }
}

/** The shape in which a PagerError crosses a thread boundary: structured clone keeps no subclass. */
export interface PagerErrorMessage {
  code: PagerErrorCode;
  message: string;
  errno: string | undefined;
  syscall: string | undefined;
  hint: string | undefined;
  cause: string | undefined;
}

/** The text of any thrown value, with its cause where it has one. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return redact(String(error));
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(describeError).join('; ');
  }
  return redact(error.message || error.name);
}

export function packError(error: unknown): PagerErrorMessage {
  if (error instanceof PagerError) {
    const { code, message, errno, syscall, hint } = error;
    const cause = error.cause === undefined ? undefined : describeError(error.cause);
    return { code, message, errno, syscall, hint, cause };
  }
  const stack = error instanceof Error ? error.stack : undefined;
  const { errno, syscall, hint } = new PagerError('INTERNAL', '', { cause: error });
  return { code: 'INTERNAL', message: describeError(error), errno, syscall, hint, cause: stack };
}

export function unpackError(packed: PagerErrorMessage): PagerError {
  const { code, message, errno, syscall, hint, cause } = packed;
  return new PagerError(code, message, {
    errno,
    syscall,
    hint,
    cause: cause === undefined ? undefined : new Error(cause),
  });
}
