// Two ends of a migration in one process, over plain memory.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PagerError } from '../../../src/errors.js';
import { Receiver } from '../../../src/migrate/receiver.js';
import type { Offer, ReceiveReport, ReceiveSpec, SendSpec } from '../../../src/migrate/types.js';

export class Destination {
  readonly lines: string[] = [];
  readonly offered: Promise<Offer>;
  readonly switched: Promise<Uint8Array>;
  readonly completed: Promise<ReceiveReport>;
  readonly failed: Promise<PagerError>;
  closed = 0;
  /** What is done when the receiver asks for all that the memory needs. */
  ready = (ready: () => void): void => ready();
  receiver!: Receiver;
  #offer: (offer: Offer) => void = () => {};
  #switch: (state: Uint8Array) => void = () => {};
  #complete: (report: ReceiveReport) => void = () => {};
  #fail: (error: PagerError) => void = () => {};

  /** @param lateTimeout see Receiver.listen */
  static async listen(spec: ReceiveSpec, lateTimeout?: number): Promise<Destination> {
    const made = new Destination();
    const events = {
      offered: (offer: Offer, ready: () => void) => {
        made.#offer(offer);
        made.ready(ready);
      },
      switched: (state: Uint8Array) => made.#switch(state),
      completed: (report: ReceiveReport) => made.#complete(report),
      failed: (error: PagerError) => made.#fail(error),
      say: (line: string) => void made.lines.push(line),
      closed: () => void made.closed++,
    };
    made.receiver = await Receiver.listen(spec, events, lateTimeout);
    return made;
  }

  private constructor() {
    this.offered = new Promise((resolve) => {
      this.#offer = resolve;
    });
    this.switched = new Promise((resolve) => {
      this.#switch = resolve;
    });
    this.completed = new Promise((resolve) => {
      this.#complete = resolve;
    });
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  async read(page: number, pageSize = 4096): Promise<Uint8Array> {
    const into = new Uint8Array(pageSize).fill(0xee);
    await this.receiver.store.read([{ page, into }]);
    return into;
  }
}

export class Folder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'farpage-move-'));
  #names = 0;

  socket(): string {
    return path.join(this.path, `s${this.#names++}`);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

export function sendSpec(socket: string, more: Partial<SendSpec> = {}): SendSpec {
  return { url: `unix:${socket}`, tls: null, patience: 3000, rounds: 0, bandwidth: null, ...more };
}

export function receiveSpec(socket: string, more: Partial<ReceiveSpec> = {}): ReceiveSpec {
  return { url: `unix:${socket}`, tls: null, patience: 3000, ...more };
}
