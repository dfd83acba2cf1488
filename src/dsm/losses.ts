// What a home has told one node about lost pages, until the node says that it has heard it: a connection may break in between.
import { PagerError } from '../errors.js';
import { type Connection, PACKET, writeRuns } from '../migrate/packet.js';
import type { Runs } from './requests.js';

const RUNS_PER_PACKET = 2 ** 16;

export class Losses {
  /** How many packets the node has heard of all that were for it. */
  #heard = 0;
  readonly #waiting: Buffer[] = [];

  /** @param connection null: there is none at the moment */
  add(lost: Runs, connection: Connection | null): void {
    const runs = lost.map(([first, count]) => ({ first, count }));
    for (let at = 0; at < runs.length; at += RUNS_PER_PACKET) {
      const packet = writeRuns(runs.slice(at, at + RUNS_PER_PACKET));
      this.#waiting.push(packet);
      connection?.write(PACKET.lost, [packet]);
    }
  }

  /** The node has heard so many, since it joined. @throws PagerError 'PROTOCOL': there were fewer, or it has said before that it has heard more */
  hear(count: number): void {
    const more = count - this.#heard;
    if (!(more >= 0 && more <= this.#waiting.length))
      throw new PagerError(
        'PROTOCOL',
        `a node that has heard ${count} lists of lost pages: ${this.#heard} to ${this.#heard + this.#waiting.length} are possible`,
      );
    this.#waiting.splice(0, more);
    this.#heard = count;
  }

  /** On a new connection: all that the node has not heard. */
  sendAgain(connection: Connection): void {
    for (const packet of this.#waiting) connection.write(PACKET.lost, [packet]);
  }
}
