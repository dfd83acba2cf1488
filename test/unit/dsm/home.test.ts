// A home ends the connection of a node that breaks the rules.
import net from 'node:net';
import { suite } from 'uvu';
import {
  FLAG_BYTES,
  MESSAGE_DATA,
  MESSAGE_GET,
  MESSAGE_GRANT,
  MESSAGE_OWN,
  MESSAGE_PUT,
  MESSAGE_RECALL,
  MESSAGE_TOOK,
} from '../../../assembly/dsm/layout.js';
import { Home } from '../../../src/dsm/home.js';
import { type Head, PAGE_BYTES, readMessage, writeHead } from '../../../src/dsm/message.js';
import { Connection, PACKET } from '../../../src/migrate/packet.js';
import { within } from '../../support/budget.js';

const BUDGET = 5000;
const test = suite('the home of shared regions');
let home: Home;

test.before.each(async () => {
  home = await Home.start({ listen: 'tcp://127.0.0.1:0', leaseMs: 600_000 });
});
test.after.each(() => home.close());

/** A node of which a test writes each message. */
class Peer {
  readonly #connection: Connection;
  readonly #heard: Array<{ type: number; head: Head | null }> = [];
  #arrived: () => void = () => {};

  constructor() {
    const socket = net.connect(Number(home.url.split(':').at(-1)), '127.0.0.1');
    this.#connection = new Connection(socket, (type, body) => {
      this.#heard.push({ type, head: type === PACKET.dsm ? readMessage(body) : null });
      this.#arrived();
    });
    this.#connection.writeJson(PACKET.hello, { dsm: 1, name: 'region', pages: 1, token: '', rollBack: false });
  }

  get closed(): Promise<unknown> {
    return within(BUDGET, this.#connection.closed, 'the home ends the connection');
  }

  end(): void {
    this.#connection.end();
  }

  send(head: Partial<Head> & { message: number }, bytes?: Uint8Array): void {
    const flags = bytes === undefined ? 0 : FLAG_BYTES;
    const whole = writeHead({ flags, page: 0, txn: 0, req: 0, version: 0n, ...head });
    this.#connection.write(PACKET.dsm, bytes === undefined ? [whole] : [whole, bytes]);
  }

  async hear(message: number): Promise<Head> {
    for (;;) {
      const at = this.#heard.findIndex(({ head }) => head?.message === message);
      const [found] = at < 0 ? [] : this.#heard.splice(0, at + 1).slice(-1);
      if (found?.head) return found.head;
      await within(BUDGET, new Promise<void>((resolve) => (this.#arrived = resolve)), `message ${message}`);
    }
  }
}

for (const message of [MESSAGE_DATA, MESSAGE_PUT]) {
  test(`message ${message} without its page's bytes is refused`, async () => {
    const [owner, other] = [new Peer(), new Peer()];
    owner.send({ message: MESSAGE_OWN, req: 1 });
    const granted = await owner.hear(MESSAGE_GRANT);
    owner.send({ message: MESSAGE_TOOK, txn: granted.txn, version: granted.version });
    if (message === MESSAGE_DATA) other.send({ message: MESSAGE_GET, req: 1 });
    const { txn } = message === MESSAGE_DATA ? await owner.hear(MESSAGE_RECALL) : { txn: 0 };
    owner.send({ message, txn, version: granted.version });
    await owner.closed;
    other.end();
  });
}

test('a page’s bytes with a message that has none are refused', async () => {
  const peer = new Peer();
  peer.send({ message: MESSAGE_GET, req: 1 }, Buffer.alloc(PAGE_BYTES));
  await peer.closed;
});

test.run();
