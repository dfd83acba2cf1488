// Accepts connections as long as the server is open, and retries what the kernel refuses for a while.
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError, PagerError } from '../errors.js';
import type { DescriptorServer, DescriptorSocket } from './descriptors.js';

/** Milliseconds until the next attempt. */
const PAUSE = { min: 50, max: 1000 } as const;
/** Milliseconds within which the same error is reported once. */
const SAID = 60_000;

/** Accepts connections for as long as its server is open: what the kernel refuses now it may grant later. */
export class Acceptor {
  readonly #server: DescriptorServer;
  readonly #say: (line: string) => void;
  readonly #said = new Map<string, number>();

  /** @param say takes a line for people, once for each error */
  constructor(server: DescriptorServer, say: (line: string) => void) {
    this.#server = server;
    this.#say = say;
  }

  /** The next connection; null: the server is closed. */
  async next(): Promise<DescriptorSocket | null> {
    for (let pause: number = PAUSE.min; ; pause = Math.min(pause * 2, PAUSE.max)) {
      try {
        return await this.#server.accept();
      } catch (error) {
        if (this.#server.closed) return null;
        this.#tell(error);
        await sleep(pause);
        if (this.#server.closed) return null;
      }
    }
  }

  #tell(error: unknown): void {
    const { errno, hint } = error instanceof PagerError ? error : {};
    const what = `${describeError(error)}${errno === undefined ? '' : ` (${errno})`}`;
    const now = performance.now();
    if (now - (this.#said.get(what) ?? Number.NEGATIVE_INFINITY) < SAID) return;
    this.#said.set(what, now);
    this.#say(
      `${what}; those that are served are served, and it is tried again${hint === undefined ? '' : `; ${hint}`}`,
    );
  }
}
