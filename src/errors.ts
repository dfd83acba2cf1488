// PagerError, the only error type that farpage throws: code, errno, cause and hint, no secret and no control character in its text.
import { printableLines } from './printable.js';
import { redact } from './redact.js';

/** The stable error codes; each call's documentation says which of them it uses. */
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
  /** The system call that failed, 'ioctl(UFFDIO_REGISTER)'. */
  syscall?: string | undefined;
  /** What to do about it, in one sentence. */
  hint?: string | undefined;
  cause?: unknown;
  /** The page concerned, and its region's number, if the error concerns one page. */
  page?: number | undefined;
  region?: number | undefined;
  /** The file or socket concerned. */
  path?: string | undefined;
  /** The address of the page or memory concerned. */
  address?: bigint | undefined;
}

/** The hint for every error EMFILE or ENFILE. */
const DESCRIPTOR_HINTS: Readonly<Record<string, string>> = {
  EMFILE:
    'raise the limit of open files: ulimit -n, or LimitNOFILE= of a service (docs/limits.md has the numbers needed)',
  ENFILE: "raise the system's limit of open files: sysctl fs.file-max",
};

function codeOf(error: unknown): string | undefined {
  const { errno, code, message } = (error ?? {}) as { errno?: unknown; code?: unknown; message?: unknown };
  // Of a thread that could not be started Node.js gives the errno in its message alone.
  if (code === 'ERR_WORKER_INIT_FAILED') return /: (E[A-Z]+)$/.exec(String(message))?.[1];
  return typeof errno === 'string' ? errno : typeof code === 'string' ? code : undefined;
}

/** Text that may hold a server's or another program's words: without secrets, and without control characters. */
function shown(text: string): string {
  return printableLines(redact(text));
}

/** The brand that every PagerError carries, from any copy of the package. */
const BRAND = Symbol.for('farpage.PagerError');

/** The only error type that farpage throws and rejects with. Secrets of URLs and control characters are removed from its texts. */
export class PagerError extends Error {
  readonly code: PagerErrorCode;
  // Only declared: a field that does not apply is absent, and is not printed.
  declare readonly errno?: string;
  declare readonly syscall?: string;
  declare readonly hint?: string;
  declare readonly page?: number;
  declare readonly region?: number;
  declare readonly path?: string;
  declare readonly address?: bigint;

  /** Whether a value is a PagerError, of this or another copy of the package (two versions, or ESM and a bundle). */
  static is(value: unknown): value is PagerError {
    return typeof value === 'object' && value !== null && (value as { [BRAND]?: unknown })[BRAND] === true;
  }

  constructor(code: PagerErrorCode, message: string, details: PagerErrorDetails = {}) {
    super(shown(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'PagerError';
    this.code = code;
    const given = details.errno ?? codeOf(details.cause);
    const descriptors = given === undefined ? undefined : DESCRIPTOR_HINTS[given];
    const errno = descriptors === undefined ? details.errno : given;
    const hint = details.hint ?? descriptors;
    if (errno !== undefined) this.errno = errno;
    if (details.syscall !== undefined) this.syscall = details.syscall;
    if (hint !== undefined) this.hint = shown(hint);
    const { page, region, path, address } = details;
    if (page !== undefined) this.page = page;
    if (region !== undefined) this.region = region;
    if (path !== undefined) this.path = path;
    if (address !== undefined) this.address = address;
    Object.defineProperty(this, BRAND, { value: true });
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
  page?: number | undefined;
  region?: number | undefined;
  path?: string | undefined;
  address?: bigint | undefined;
}

/** The text of any thrown value, with its cause where it has one. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return shown(String(error));
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.map(describeError).join('; ');
  }
  return shown(error.message || error.name);
}

/** One line about a failure with its errno and its hint, and without a stack. `text` may say more than the error's own. */
export function failureLine(error: unknown, text = describeError(error)): string {
  const { errno, hint } = (error ?? {}) as Partial<PagerError>;
  const name = errno === undefined || text.includes(errno) ? '' : ` (${errno})`;
  return `${text}${name}${hint === undefined ? '' : `; ${hint}`}`;
}

export function packError(error: unknown): PagerErrorMessage {
  if (error instanceof PagerError) {
    const { code, message, errno, syscall, hint, page, region, path, address } = error;
    const cause = error.cause === undefined ? undefined : describeError(error.cause);
    return { code, message, errno, syscall, hint, cause, page, region, path, address };
  }
  const stack = error instanceof Error ? error.stack : undefined;
  const { errno, syscall, hint } = new PagerError('INTERNAL', '', { cause: error });
  return { code: 'INTERNAL', message: describeError(error), errno, syscall, hint, cause: stack };
}

export function unpackError(packed: PagerErrorMessage): PagerError {
  const { code, message, cause, ...details } = packed;
  return new PagerError(code, message, {
    ...details,
    cause: cause === undefined ? undefined : new Error(cause),
  });
}
