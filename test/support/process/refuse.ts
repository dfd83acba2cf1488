// A kernel that refuses, at a program's own will: see refuse.c.
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { buildPreloaded } from './preloaded.js';

/** What can be refused, as refuse.c has it. */
export const CALLS = {
  copy: 1,
  zeropage: 2,
  move: 4,
  poison: 8,
  protect: 16,
  pwrite: 32,
  pread: 64,
  mprotect: 128,
  fdatasync: 256,
  guard: 512,
} as const;

export type Call = keyof typeof CALLS;

/** Builds the library into a folder. Returns what a program needs in its environment. */
export function makeRefusal(folder: string): Record<string, string> {
  const { library, words } = buildPreloaded(folder, 'refuse', '-ldl');
  return { LD_PRELOAD: library, FARPAGE_TEST_REFUSE: words };
}

/** Takes back what a program left refused that ended in the middle: the next one begins with nothing refused. */
export function takeBack(env: Record<string, string>): void {
  const fd = openSync(env['FARPAGE_TEST_REFUSE'] ?? '', 'r+');
  writeSync(fd, new Uint8Array(4));
  closeSync(fd);
}

/** The switch, in the program that runs with the library. */
export class Refusal {
  readonly #path = process.env.FARPAGE_TEST_REFUSE ?? '';

  /** @param range of mprotect and guard, the addresses that they are refused for */
  refuse(errno: number, calls: readonly Call[], range?: { start: bigint; byteLength: number }): void {
    const mask = calls.reduce((sum, call) => sum | CALLS[call], 0);
    const { start, byteLength } = range ?? { start: 0n, byteLength: 0 };
    this.#write([errno, mask, 0, Number(start >> 32n), Number(start & 0xffffffffn), byteLength]);
  }

  takeAll(): void {
    this.#write([0]);
  }

  /** Calls refused since `refuse`. */
  get refused(): number {
    const fd = openSync(this.#path, 'r');
    const words = new Uint32Array(3);
    readSync(fd, new Uint8Array(words.buffer));
    closeSync(fd);
    return words[2] ?? 0;
  }

  // By write(2): pwrite(2) may be what is refused.
  #write(words: readonly number[]): void {
    const fd = openSync(this.#path, 'r+');
    writeSync(fd, new Uint8Array(new Uint32Array(words).buffer));
    closeSync(fd);
  }
}
