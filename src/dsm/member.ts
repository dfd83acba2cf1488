// A member of a region, as its home knows it.
import type { Connection } from '../migrate/packet.js';
import { Losses } from './losses.js';
import { Outbox } from './outbox.js';

export interface Member {
  node: number;
  session: string;
  connection: Connection | null;
  /** Of its connection, or of the last one. */
  outbox: Outbox;
  /** When it last renewed its lease. */
  renewedAt: number;
  readonly losses: Losses;
  /** False: it was a member of the home before, and has not said yet what it has. */
  reported: boolean;
}

export function memberOf(node: number, session: string, connection: Connection, reported: boolean): Member {
  const outbox = new Outbox(connection);
  return { node, session, connection, outbox, renewedAt: performance.now(), losses: new Losses(), reported };
}
