// Memory of a program that the kernel writes to through a pin: see pinned.c.
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../paths.js';

const ASKED = { register: 1, read: 2, unregister: 3 } as const;

/** Builds the library into a folder. Returns what a program needs in its environment. */
export function makePinning(folder: string): Record<string, string> {
  const library = path.join(folder, 'pinned.so');
  const source = path.join(ROOT, 'test/support/process/pinned.c');
  execFileSync('cc', ['-Wall', '-Werror', '-shared', '-fPIC', '-o', library, source, '-pthread']);
  const words = path.join(folder, 'pinned');
  const fd = openSync(words, 'w+');
  ftruncateSync(fd, 4096);
  closeSync(fd);
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
