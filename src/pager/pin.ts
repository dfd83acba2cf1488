// Pins as callers hold them, and the turn that keeps loaded pages resident until their caller's next await.
import type { PageRange } from '../loop/requests.js';
import type { Channel } from './channel.js';

/** A range that stays in memory until it is released, also by `using`. */
export interface Pin extends Disposable, AsyncDisposable {
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Releases this pin; other pins of the same pages stay. Idempotent. */
  release(): void;
}

export function makePin(byteOffset: number, byteLength: number, unpin: () => void): Pin {
  let pinned = true;
  const release = () => {
    if (pinned) unpin();
    pinned = false;
  };
  return {
    byteOffset,
    byteLength,
    release,
    [Symbol.dispose]: release,
    async [Symbol.asyncDispose]() {
      release();
    },
  };
}

/**
 * Releases the pages that loads keep once their callers have had their turn: callers that await a load run before the event
 * loop continues, so an immediate runs after all of them.
 */
export class Turns {
  readonly #channel: Channel;
  readonly #region: number;
  #ranges: PageRange[] = [];
  #turn: Promise<void> | undefined;
  #ended = false;

  constructor(channel: Channel, region: number) {
    this.#channel = channel;
    this.#region = region;
  }

  /** A load of the range has ended; its caller runs now. */
  begin(range: PageRange): void {
    this.#ranges.push(range);
    this.#turn ??= new Promise((resolve) => setImmediate(() => this.#over(resolve)));
  }

  /** Resolves when no caller has its turn any more. */
  async over(): Promise<void> {
    await this.#turn;
  }

  /** The region is closed: another region may get its number. */
  end(): void {
    this.#ended = true;
  }

  #over(resolve: () => void): void {
    const ranges = this.#ranges;
    this.#ranges = [];
    this.#turn = undefined;
    if (!this.#ended) this.#channel.notify('release', { region: this.#region, ranges });
    resolve();
  }
}
