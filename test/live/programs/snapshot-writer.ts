// A thread that writes to its part of a region, in an order that shows in any image whether it is of one instant.
import { parentPort, workerData } from 'node:worker_threads';

/** Words that the threads share outside the region. */
export type Board = Int32Array;
export const STOP = 0;
/** From here on: rounds each thread has finished. */
export const FIRST_DONE = 8;
/** In the last page of a thread, from this word on: what it had seen of the others when its round ended. */
export const SEEN = 16;

export interface CounterJob {
  buffer: SharedArrayBuffer;
  board: Board;
  id: number;
  threads: number;
  /** Its pages. */
  first: number;
  pages: number;
}

if (parentPort !== null) count(workerData as CounterJob);

function count({ buffer, board, id, threads, first, pages }: CounterJob): void {
  const words = new Int32Array(buffer);
  const start = first * 1024;
  const end = (first + pages - 1) * 1024;
  let state = id + 1;
  for (let round = 1; Atomics.load(board, STOP) === 0; round++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    Atomics.store(words, start, round);
    words[start + (2 + ((state >>> 8) % (pages - 3))) * 1024 + (state % 1000)] = round;
    Atomics.store(words, start + 1024, round);
    Atomics.store(words, end, round);
    for (let other = 0; other < threads; other++) {
      Atomics.store(words, end + SEEN + other, Atomics.load(board, FIRST_DONE + other));
    }
    Atomics.store(board, FIRST_DONE + id, round);
  }
}
