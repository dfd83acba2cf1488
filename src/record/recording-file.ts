// The file of a record, mapped one window at a time: a write needs no system call, and survives a kill of the process. A
// window's blocks are reserved before it is mapped: on a full disk a touch would otherwise end the process.
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { PagerError } from '../errors.js';
import type { Native } from '../native/native.js';

const WINDOW_BYTES = 4 * 2 ** 20;
const PAGE_BYTES = 4096;
/** Names that are tried: FILE, FILE.1, … */
const NAMES = 1000;

export class RecordingFile {
  /** The window, and the next word to be written in it. */
  words = new Uint32Array(0);
  at = 0;
  readonly path: string;
  readonly #fd: number;
  readonly #native: Native;
  #address = 0n;
  /** The window's offset in the file. */
  #from = 0;

  /**
   * Creates a file of mode 0600; if it exists already, `path` with a number appended.
   * @throws PagerError 'OPTION'
   */
  constructor(path: string, native: Native) {
    this.#native = native;
    [this.path, this.#fd] = openNew(path);
    this.#map(0);
  }

  /** Ensures room for so many words in the window. @throws PagerError if the file has no room for them */
  makeRoom(words: number): void {
    if (this.at + words <= this.words.length) return;
    const position = this.#from + this.at * 4;
    const from = position - (position % PAGE_BYTES);
    this.#unmap();
    this.#map(from);
    this.at = (position - from) >> 2;
  }

  /** Truncates the file to the words used. */
  close(): void {
    const length = this.#from + this.at * 4;
    this.#unmap();
    ftruncateSync(this.#fd, length);
    closeSync(this.#fd);
  }

  #map(from: number): void {
    const failed = this.#native.reserve(this.#fd, from + WINDOW_BYTES);
    if (failed !== null) {
      throw new PagerError('OPTION', `FARPAGE_RECORD: ${this.path}: its file system has no room for the record`, {
        errno: failed,
        syscall: 'fallocate',
        hint: 'give a file on a local disk with room',
      });
    }
    this.#address = this.#native.mapFile(this.#fd, WINDOW_BYTES, 0n, from);
    this.#from = from;
    this.words = new Uint32Array(this.#native.viewOf(this.#address, WINDOW_BYTES));
  }

  #unmap(): void {
    this.words = new Uint32Array(0);
    this.#native.unmapMemory(this.#address, WINDOW_BYTES);
  }
}

// Never overwrite a file: it may be another process's record, or one to be kept.
function openNew(path: string): [string, number] {
  for (let number = 0; number < NAMES; number++) {
    const name = number === 0 ? path : `${path}.${number}`;
    try {
      return [name, openSync(name, 'wx+', 0o600)];
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      throw new PagerError('OPTION', `FARPAGE_RECORD: ${name} cannot be created`, {
        errno: code,
        syscall: 'open',
        hint: 'give a path in a folder that this user may write to',
        cause,
      });
    }
  }
  throw new PagerError('OPTION', `FARPAGE_RECORD: ${path} and ${NAMES - 1} numbered files beside it exist`, {
    errno: 'EEXIST',
    hint: 'remove old records',
  });
}
