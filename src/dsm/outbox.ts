// The messages that one end of a shared region's connection sends: those of one turn of the loop leave together, in few packets.
import { type Connection, PACKET } from '../migrate/packet.js';
import { type Head, MAX_BODY_BYTES, MAX_MESSAGES, writeMessages } from './message.js';

/** Buffers that are kept to be used again: a new one a packet would be most of the garbage. */
const MAX_SPARE = 4;

export class Outbox {
  readonly #connection: Connection;
  #heads: Head[] = [];
  #bytes: Uint8Array[] = [];
  readonly #spare: Buffer[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @param bytes the page's, exactly if the head says that they follow; they must not change before the end of the turn */
  send(head: Head, bytes: Uint8Array | null = null): void {
    if (this.#heads.length === 0) process.nextTick(() => this.flush());
    this.#heads.push(head);
    if (bytes !== null) this.#bytes.push(bytes);
    if (this.#heads.length === MAX_MESSAGES) this.flush();
  }

  /** What waits for the end of the turn leaves now. Call it before the connection is ended. */
  flush(): void {
    if (this.#heads.length === 0) return;
    const [heads, bytes] = [this.#heads, this.#bytes];
    this.#heads = [];
    this.#bytes = [];
    if (bytes.length < 2) {
      this.#connection.write(PACKET.dsm, [writeMessages(heads, bytes)]);
      return;
    }
    const into = this.#spare.pop() ?? Buffer.allocUnsafe(MAX_BODY_BYTES);
    this.#connection.write(PACKET.dsm, [writeMessages(heads, bytes, into)], () => {
      if (this.#spare.length < MAX_SPARE) this.#spare.push(into);
    });
  }
}
