// Opens the files of a chain ahead of its reader: many in one job, as a job for each would take longer than its work.
import path from 'node:path';
import { type HeldFile, native } from '../native/native.js';
import { makeRoom } from './file-pool.js';

/** Files that one job opens. Twice as many at most are open ahead. */
const JOB = 32;

/** An image whose file is open. */
export interface Head {
  fd: number;
  file: HeldFile;
  /** Its device and inode. */
  place: string;
  /** Bytes of the file. */
  size: number;
  /** The header and the map, not checked. */
  bytes: Buffer;
}

export class ChainAhead {
  readonly #maps: boolean;
  /** Files that the reader may still want. */
  #left: number;
  /** Open files by path that nobody has taken yet. */
  readonly #heads = new Map<string, Head>();
  #job: Promise<void> | undefined;
  /** Where the next job begins; '': nothing is known to follow. */
  #next = '';

  /**
   * @param most files that the reader wants
   * @param maps whether it wants their maps
   */
  constructor(most: number, maps: boolean) {
    this.#left = most;
    this.#maps = maps;
  }

  /** The open file, which is the caller's then; undefined if it cannot be opened so. @param file an absolute path */
  async take(file: string): Promise<Head | undefined> {
    if (!this.#heads.has(file)) await this.#job;
    if (!this.#heads.has(file)) {
      // The newest alone: while its index is read, the next job opens files.
      this.#begin(file, this.#maps ? 1 : JOB);
      await this.#job;
    }
    const head = this.#heads.get(file);
    this.#heads.delete(file);
    if (this.#job === undefined && this.#next !== '' && this.#heads.size < JOB) this.#begin(this.#next, JOB);
    return head;
  }

  /** Closes what nobody has taken. */
  async close(): Promise<void> {
    // A job that failed opened nothing; the reader has its error if it needed one of those files.
    await this.#job?.catch(() => {});
    for (const { file } of this.#heads.values()) native().closeHead(file);
    this.#heads.clear();
  }

  #begin(file: string, files: number): void {
    const most = Math.min(files, this.#left);
    if (most <= 0) return;
    this.#job = this.#open(file, most);
    // It is awaited in its turn.
    this.#job.catch(() => {});
  }

  async #open(file: string, most: number): Promise<void> {
    this.#next = '';
    try {
      await makeRoom(most);
      const { heads, bytes, next } = await native().openHeads(file, most, this.#maps);
      for (const { path, fd, file, place, size, start, length } of heads) {
        this.#add(path, { fd, file, place, size, bytes: bytes.subarray(start, start + length) });
      }
      this.#left -= heads.length;
      this.#next = next;
    } finally {
      this.#job = undefined;
    }
  }

  #add(where: string, head: Head): void {
    const file = path.normalize(where);
    // A chain that leads back to itself comes to a file twice.
    if (this.#heads.has(file)) native().closeHead(head.file);
    else this.#heads.set(file, head);
  }
}
