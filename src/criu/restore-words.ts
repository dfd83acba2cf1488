// What criu restore says at lazy-pages.socket: for each task its pid and its userfaultfd, and at the end that it has finished.
//
//   task      │ i32 pid │ 1 byte, with a descriptor (SCM_RIGHTS) │
//   zombie    │ i32 -pid │
//   the end   │ u32 0x52535446 │
import { PagerError } from '../errors.js';
import type { Received } from '../userfaultfd/index.js';

const FINISHED = 0x52535446;
/** PID_MAX_LIMIT. */
const MAX_PID = 2 ** 22;
const WORD = 4;

export type Word =
  | { kind: 'task'; pid: number; userfaultfd: number }
  | { kind: 'zombie'; pid: number }
  | { kind: 'end' };

/** Takes the socket's bytes as they come: the kernel may join what was sent apart, but a descriptor ends what is joined. */
export class RestoreWords {
  readonly #bytes: number[] = [];
  /** A task whose descriptor has not come yet. */
  #pid: number | null = null;
  #ended = false;

  /** Whether a word has begun and not ended. */
  get open(): boolean {
    return this.#bytes.length > 0 || this.#pid !== null;
  }

  /**
   * The words that are whole by now. The caller owns the descriptors, also if this throws.
   * @throws PagerError 'PROTOCOL' if criu restore does not speak so
   */
  add({ data, descriptors }: Received): Word[] {
    const words: Word[] = [];
    const left = [...descriptors];
    for (const byte of data) {
      if (this.#ended) throw refused('it sent more after its end');
      if (this.#pid !== null) {
        const userfaultfd = left.shift();
        if (userfaultfd === undefined) throw refused(`it sent no descriptor for task ${this.#pid}`);
        words.push({ kind: 'task', pid: this.#pid, userfaultfd });
        this.#pid = null;
        continue;
      }
      this.#bytes.push(byte);
      if (this.#bytes.length < WORD) continue;
      const word = Buffer.from(this.#bytes.splice(0)).readInt32LE();
      if (word === FINISHED) {
        this.#ended = true;
        words.push({ kind: 'end' });
      } else if (word > 0 && word <= MAX_PID) this.#pid = word;
      else if (word < 0 && word >= -MAX_PID) words.push({ kind: 'zombie', pid: -word });
      else throw refused(`${word} is not a task's pid`);
    }
    if (left.length > 0) throw refused('it sent a descriptor without a task');
    return words;
  }
}

function refused(why: string): PagerError {
  return new PagerError('PROTOCOL', `the restore is refused: ${why}`, {
    hint: 'connect with criu restore --lazy-pages, of CRIU 3.17 to 4.2',
  });
}
