// The other processes of `dsm`: the home, a bare answerer of GETs, or a node that does what its parent says.
import { Home } from '../../src/dsm/home.js';
import { createPager } from '../../src/index.js';
import { listen } from '../../src/migrate/connection.js';
import { Connection, PACKET } from '../../src/migrate/packet.js';
import { SHORT_SILENCE } from '../../src/migrate/silence.js';
import { PAGE_BYTES, PAGE_WORDS } from '../data.js';
import * as side from './common.js';

/** Pages that are filled and sent to the home together: the region may be larger than this node's memory. */
const CHUNK = 4096;

export type Order =
  | { do: 'write' | 'evict' | 'read'; from: number; pages: number }
  | { do: 'add'; ms: number }
  | { do: 'end' };

function say(message: unknown): void {
  process.send?.(message);
}

/** A page for each request of 24 bytes. */
async function answerGets(): Promise<void> {
  const head = Buffer.alloc(24);
  const page = Buffer.alloc(PAGE_BYTES, 1);
  const listener = await listen(
    { url: 'tcp://127.0.0.1:0', tls: null, patience: 0 },
    (socket) => {
      const answer = (): void => connection.write(PACKET.dsm, [head, page]);
      const connection: Connection = new Connection(socket, answer, SHORT_SILENCE, true);
    },
    true,
  );
  say(listener.url);
}

async function beHome(): Promise<void> {
  const home = await Home.start({ listen: 'tcp://127.0.0.1:0', leaseMs: 60_000 });
  say(home.url);
}

async function beNode(): Promise<void> {
  const pager = await createPager(side.placement());
  const options = { name: 'bench', byteLength: side.integer('pages') * PAGE_BYTES };
  const region = await pager.join(side.text('url'), { ...options, ...side.hold() });
  const words = new Int32Array(region.buffer);
  const obey = async (order: Order): Promise<void> => {
    if (order.do === 'add') side.adder().add(Number(region.address), order.ms);
    if (order.do === 'end') process.exit(0);
    if (order.do === 'add') return;
    for (let from = order.from; from < order.from + order.pages; from += CHUNK) {
      const to = Math.min(from + CHUNK, order.from + order.pages);
      const [offset, length] = [from * PAGE_BYTES, (to - from) * PAGE_BYTES];
      await region.load(offset, length, { write: order.do !== 'read' });
      if (order.do === 'read') continue;
      for (let page = from; page < to; page++) words.fill(page + 1, page * PAGE_WORDS, (page + 1) * PAGE_WORDS);
      if (order.do === 'evict') await region.evict(offset, length);
    }
  };
  process.on('message', (order: Order) => {
    obey(order).then(
      () => say('done'),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
  say('joined');
}

process.on('disconnect', () => process.exit(0));
const roles: Record<string, () => Promise<void>> = { get: answerGets, home: beHome, node: beNode };
await roles[side.text('role')]?.();
