// Migrations, as the loop's thread receives them: the pages are where the faults are.
import type { MessagePort } from 'node:worker_threads';
import { type PagerErrorMessage, packError } from '../errors.js';
import { Receiver } from '../migrate/receiver.js';
import type { Offer, ReceiveReport, ReceiveSpec } from '../migrate/types.js';

/** What a receiver says to who asked for it, on a port of its own. */
export type ReceiverNews =
  | ({ type: 'offered' } & Offer)
  | { type: 'switched'; state: Uint8Array }
  | { type: 'completed'; report: ReceiveReport }
  | { type: 'failed'; error: PagerErrorMessage }
  | { type: 'said'; line: string };

export interface ReceiveRequest {
  spec: ReceiveSpec;
  /** Says `ReceiverNews`; anything that is said to it closes the receiver. */
  port: MessagePort;
}

const receivers = new Map<number, Receiver>();
let numbers = 0;

/** Resolves to its number, once it listens. @throws PagerError 'OPTION', 'PROTOCOL' */
export async function receive({ spec, port }: ReceiveRequest): Promise<number> {
  const tell = (news: ReceiverNews) => port.postMessage(news);
  const receiver = await Receiver.listen(spec, {
    offered: (offer) => tell({ type: 'offered', ...offer }),
    switched: (state) => tell({ type: 'switched', state }),
    completed: (report) => tell({ type: 'completed', report }),
    failed: (error) => tell({ type: 'failed', error: packError(error) }),
    say: (line) => tell({ type: 'said', line }),
  });
  port.on('message', () => {
    receiver.close();
    port.close();
  });
  receivers.set(++numbers, receiver);
  return numbers;
}

export function receiverOf(number: number): Receiver | undefined {
  return receivers.get(number);
}
