// Reads a record, an entry at a time.

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { LAYOUT_HASH } from '../../assembly/layout-hash.js';
import { coreWasm } from '../core/core.js';
import { PagerError } from '../errors.js';
import * as format from './format.js';

/** Words that are read at a time; an entry is shorter. */
const CHUNK_WORDS = 2 ** 20;
const PROGRAM_BYTES = 32;

/** An entry's kind, and the range of its words in `words`. */
export interface Entry {
  kind: number;
  words: Uint32Array;
  from: number;
  to: number;
}

/** 'end': the record ends here; 'damaged': the next words are not an entry. */
export type Next = Entry | 'end' | 'damaged';

export class RecordReader {
  /** Pages of 64 KiB that the core's memory had. */
  readonly memoryPages: number;
  readonly #fd: number;
  readonly #words = new Uint32Array(CHUNK_WORDS);
  /** Words read and not taken: [at, end). */
  #at = 0;
  #end = 0;
  #position = 0;
  #entries = 0;

  /** @throws PagerError 'OPTION' if it is not a record, 'LAYOUT' for a record of another core */
  constructor(path: string) {
    try {
      this.#fd = openSync(path, 'r');
    } catch (cause) {
      throw new PagerError('OPTION', `${path} cannot be read`, {
        errno: (cause as NodeJS.ErrnoException).code,
        syscall: 'open',
        hint: 'give a file that FARPAGE_RECORD=FILE has written, and that you may read',
        cause,
      });
    }
    try {
      if (!fstatSync(this.#fd).isFile()) throw noRecord(path);
      this.memoryPages = this.#readHead(path);
    } catch (error) {
      closeSync(this.#fd);
      throw error;
    }
  }

  #readHead(path: string): number {
    this.#fill();
    const words = this.#words;
    const magic = new TextDecoder('latin1').decode(new Uint8Array(words.buffer, 0, format.MAGIC.length));
    if (this.#end < format.HEAD_WORDS || magic !== format.MAGIC) throw noRecord(path);
    const version = words[format.HEAD_VERSION];
    if (version !== format.VERSION) {
      throw new PagerError('LAYOUT', `${path}: the record has format ${version}, not ${format.VERSION}`, {
        hint: SAME,
      });
    }
    if (format.sumOf(words, 0, format.HEAD_SUM, 0) !== words[format.HEAD_SUM]) {
      throw new PagerError('OPTION', `${path}: the record is damaged at its head`);
    }
    const program = new Uint8Array(words.buffer, format.HEAD_PROGRAM * 4, PROGRAM_BYTES);
    const ours = createHash('sha256').update(coreWasm()).digest();
    if (words[format.HEAD_LAYOUT] !== LAYOUT_HASH || !ours.equals(program)) {
      const short = (hash: Uint8Array) => Buffer.from(hash).toString('hex').slice(0, 12);
      throw new PagerError('LAYOUT', `${path}: the record is of core ${short(program)}, not of ${short(ours)}`, {
        hint: SAME,
      });
    }
    this.#at = format.HEAD_WORDS;
    return words[format.HEAD_PAGES] ?? 0;
  }

  next(): Next {
    if (this.#end - this.#at < format.ENTRY_LIMIT) this.#fill();
    const words = this.#words;
    const from = this.#at;
    const first = from < this.#end ? (words[from] ?? 0) : 0;
    if (first === 0) return 'end';
    const length = first >>> 8;
    const kind = first & 0xff;
    if (length < format.FRAMING || from + length > this.#end || kind > format.KIND_END) return 'damaged';
    const sum = format.mix(format.sumOf(words, from + 1, from + length - 1, this.#entries), first) >>> 0;
    if (sum !== words[from + length - 1]) return 'damaged';
    this.#entries++;
    this.#at += length;
    return { kind, words, from: from + 1, to: from + length - 1 };
  }

  close(): void {
    closeSync(this.#fd);
  }

  // Move words not taken to the front, and read as many as fit after them.
  #fill(): void {
    this.#words.copyWithin(0, this.#at, this.#end);
    this.#end -= this.#at;
    this.#at = 0;
    const bytes = new Uint8Array(this.#words.buffer);
    let filled = this.#end * 4;
    for (;;) {
      const got = filled < bytes.length ? readSync(this.#fd, bytes, filled, bytes.length - filled, this.#position) : 0;
      if (got === 0) break;
      filled += got;
      this.#position += got;
    }
    // A partial word is read again, in case the file grows.
    this.#position -= filled % 4;
    this.#end = filled >> 2;
  }
}

const SAME = 'replay it with the build of farpage that has written it';

function noRecord(path: string): PagerError {
  return new PagerError('OPTION', `${path} is not a record of a loop`, {
    hint: 'give a file that FARPAGE_RECORD=FILE has written',
  });
}
