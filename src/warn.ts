// Emits process warnings with a code, for `process.on('warning')` and --disable-warning.
// Standard error gets only last words: those of a process, or a thread, that is about to end.
import { printableLines } from './printable.js';
import { redact } from './redact.js';

/** See docs/api-rules.md. */
export type WarningCode =
  /** A store takes no pages: they stay in memory, and writers wait. */
  | 'FARPAGE_STORE_WRITE'
  /** A store that was closed could not tidy up. */
  | 'FARPAGE_STORE_CLOSE'
  /** The kernel takes no pages: their bytes are kept, and it is tried again. */
  | 'FARPAGE_PAGES_REFUSED'
  /** A process could not attach to a shared region. */
  | 'FARPAGE_SHARE'
  /** Engine 'trap' serves in place of userfaultfd. */
  | 'FARPAGE_TRAP'
  /** Engine 'trap' has less room than the resident limit asks for. */
  | 'FARPAGE_LIMIT_LOWERED'
  /** A Redis server may throw pages away. */
  | 'FARPAGE_REDIS_EVICTION';

/** A warning on its way to `process.emitWarning`. */
export interface WarningMessage {
  type: string;
  message: string;
  code: string | undefined;
  detail: string | undefined;
}

export function emitWarning({ type, message, code, detail }: WarningMessage): void {
  process.emitWarning(message, { type, ...(code !== undefined && { code }), ...(detail !== undefined && { detail }) });
}

let send = emitWarning;

/**
 * Of the loop's thread: its warnings are emitted in the user's. They are sent at once, so that none comes after the answer to
 * the call that caused it: that may be the thread's last.
 */
export function sendWarnings(to: (warning: WarningMessage) => void): void {
  send = to;
}

/** @param detail what to do about it */
export function warn(code: WarningCode, message: string, detail?: string): void {
  send({ type: 'FarpageWarning', message: printableLines(redact(message)), code, detail });
}
