// Where a home's journal lies: in a file of its host, or in Redis.
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';

export interface JournalPlace {
  readonly size: number;
  /** Beyond the end there are zeros. */
  read(at: number, length: number): Buffer;
  write(at: number, bytes: Buffer): void;
  /** This process cannot know at the moment whether it is still the home. */
  readonly isAway: boolean;
  /** When that begins. */
  onAway: (() => void) | undefined;
  /** What the home sends after this call leaves when the place has said, later, that no other process has become the home. */
  confirm(): void;
  /** Calls back, in the order of the calls, when all that was written or is to be confirmed is confirmed; never, if another process is the home. */
  whenSafe(then: () => void): void;
  /** Idempotent. */
  close(): Promise<void> | undefined;
}

/** A file under a lock: it survives the end of the process, not a loss of power. */
export class JournalFile implements JournalPlace {
  readonly isAway = false;
  onAway: (() => void) | undefined;
  readonly #fd: number;
  #closed = false;

  /** @throws PagerError 'OPTION': it cannot be opened, or another home uses it */
  constructor(path: string) {
    try {
      this.#fd = openSync(path, 'as+', 0o600);
      closeSync(this.#fd);
      this.#fd = openSync(path, 'r+', 0o600);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new PagerError('OPTION', `--journal: ${path} cannot be opened`, { errno: code, cause, path });
    }
    // A stopped home keeps its lock: there are never two.
    if (native().lockFile(this.#fd, 'exclusive')) return;
    closeSync(this.#fd);
    const hint = 'end the other home; one that is stopped has the file too';
    throw new PagerError('OPTION', `--journal: another home uses ${path}`, { hint, path });
  }

  get size(): number {
    return fstatSync(this.#fd).size;
  }

  read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    readSync(this.#fd, bytes, 0, length, at);
    return bytes;
  }

  write(at: number, bytes: Buffer): void {
    writeSync(this.#fd, bytes, 0, bytes.length, at);
  }

  confirm(): void {
    // The kernel's lock is held until the process ends.
  }

  whenSafe(then: () => void): void {
    then();
  }

  close(): undefined {
    if (!this.#closed) closeSync(this.#fd);
    this.#closed = true;
  }
}
