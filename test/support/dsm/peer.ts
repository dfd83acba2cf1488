// One end of a shared region's connection of which a test writes each packet: a node, or a home.
import net from 'node:net';
import { FLAG_BYTES } from '../../../assembly/dsm/layout.js';
import { DSM_VERSION, type Head, type Message, readMessages, writeMessages } from '../../../src/dsm/message.js';
import { Connection, PACKET, type PacketType } from '../../../src/migrate/packet.js';
import { within } from '../budget.js';

const BUDGET = 20_000;

interface Heard {
  type: number;
  body: Buffer;
  head: Message | null;
}

export class Peer {
  readonly connection: Connection;
  readonly #heard: Heard[] = [];
  #arrived: () => void = () => {};

  /** A node's connection to the home at `url`; it says nothing yet. */
  static dial(url: string): Peer {
    return new Peer(net.connect(Number(url.split(':').at(-1)), '127.0.0.1'));
  }

  /** A node that has greeted the home. */
  static greet(url: string, greeting: object = {}): Peer {
    const peer = Peer.dial(url);
    const whole = { dsm: DSM_VERSION, name: 'region', pages: 1, token: '', rollBack: false, ...greeting };
    peer.connection.writeJson(PACKET.hello, whole);
    return peer;
  }

  constructor(socket: net.Socket) {
    this.connection = new Connection(socket, (type, body) => {
      const kept = Buffer.from(body);
      if (type !== PACKET.dsm) this.#heard.push({ type, body: kept, head: null });
      else for (const head of readMessages(kept)) this.#heard.push({ type, body: kept, head });
      this.#arrived();
    });
  }

  /** Resolves when the other end has ended the connection. */
  get closed(): Promise<unknown> {
    return within(BUDGET, this.connection.closed, 'the connection ends');
  }

  end(): void {
    this.connection.end();
  }

  send(head: Partial<Head> & { message: number }, bytes?: Uint8Array): void {
    const flags = bytes === undefined ? 0 : FLAG_BYTES;
    const whole = { flags, page: 0, txn: 0, req: 0, version: 0n, ...head };
    this.connection.write(PACKET.dsm, [writeMessages([whole], bytes === undefined ? [] : [bytes])]);
  }

  /** The next message of this kind; earlier ones are dropped. */
  async hear(message: number): Promise<Message> {
    const { head } = await this.#next(({ head }) => head?.message === message, `message ${message}`);
    if (head === null) throw new Error('a message without its head');
    return head;
  }

  /** How many messages of this kind have arrived that `hear` has not returned or dropped. */
  count(message: number): number {
    return this.#heard.filter(({ head }) => head?.message === message).length;
  }

  /** The body of the next packet of this kind. */
  async packet(type: PacketType): Promise<Buffer> {
    return (await this.#next((heard) => heard.type === type, `packet ${type}`)).body;
  }

  async #next(is: (heard: Heard) => boolean, what: string): Promise<Heard> {
    for (;;) {
      const at = this.#heard.findIndex(is);
      const [found] = at < 0 ? [] : this.#heard.splice(0, at + 1).slice(-1);
      if (found !== undefined) return found;
      await within(BUDGET, new Promise<void>((resolve) => (this.#arrived = resolve)), what);
    }
  }
}
