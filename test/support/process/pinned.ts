// Memory of a program that the kernel writes to through a pin: see pinned.c.
import { openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildPreloaded } from './preloaded.js';

const ASKED = { register: 1, read: 2, unregister: 3 } as const;

/** Builds the library into a folder. Returns what a program needs in its environment. */
export function makePinning(folder: string): Record<string, string> {
  const { library, words } = buildPreloaded(folder, 'pinned', '-pthread');
  const file = path.join(folder, 'pinned-bytes');
  return { LD_PRELOAD: library, FARPAGE_TEST_PINNED: words, FARPAGE_TEST_PINNED_FILE: file };
}

/** The other side, in the program that runs with the library. */
export class Pinning {
  readonly #fd = openSync(process.env.FARPAGE_TEST_PINNED ?? '', 'r+');
  #number = 0;

  /** @returns a negative errno, or 0 */
  async ask(what: keyof typeof ASKED, address: bigint, byteLength: number): Promise<number> {
    const words = [ASKED[what], Number(address & 0xffffffffn), Number(address >> 32n), byteLength];
    writeSync(this.#fd, new Uint8Array(new Uint32Array(words).buffer), 0, 16, 4);
    writeSync(this.#fd, new Uint8Array(new Uint32Array([++this.#number]).buffer), 0, 4, 0);
    for (;;) {
      const answer = new Int32Array(2);
      readSync(this.#fd, new Uint8Array(answer.buffer), 0, 8, 20);
      if (answer[0] === this.#number) return answer[1] ?? 0;
      await sleep(1);
    }
  }

  /** What the kernel reads into the pinned memory next. */
  give(bytes: Uint8Array): void {
    writeFileSync(process.env.FARPAGE_TEST_PINNED_FILE ?? '', bytes);
  }
}
