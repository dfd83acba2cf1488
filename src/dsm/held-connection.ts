// A home's connection to a node: what the home says leaves when its journal has confirmed what it had recorded before.
import type { Socket } from 'node:net';
import { Connection, PACKET, type PacketType } from '../migrate/packet.js';
import type { Silence } from '../migrate/silence.js';
import type { JournalPlace } from './journal-place.js';

export class HeldConnection extends Connection {
  readonly #place: JournalPlace;

  constructor(place: JournalPlace, socket: Socket, take: (type: number, body: Buffer) => void, silence: Silence) {
    super(socket, take, silence, true);
    this.#place = place;
  }

  override write(type: PacketType, parts: readonly Uint8Array[] = [], sent?: () => void): void {
    if (type === PACKET.alive) super.write(type, parts, sent);
    else this.#place.whenSafe(() => super.write(type, parts, sent));
  }

  override end(error?: unknown): void {
    if (error === undefined) this.#place.whenSafe(() => super.end());
    else super.end(error);
  }
}
