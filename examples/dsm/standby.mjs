// A leader with a warm standby. The leader counts orders in shared memory and flushes before it confirms one; the standby has the
// memory too. The leader is killed, and the standby continues with every confirmed order.
//   node examples/dsm/standby.mjs
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPager } from 'farpage';
import { startHome } from './home.mjs';

const ORDERS_BEFORE = 20;
const ORDERS_AFTER = 10;
/** Word 0 counts the orders, which follow. */
const book = { name: 'orders', byteLength: 64 * 1024, onLost: 'lastWritten' };

async function lead(url) {
  const pager = await createPager();
  const region = await pager.join(url, book);
  const words = new Int32Array(region.buffer);
  for (let order = 1; ; order++) {
    words[order] = order * 100;
    words[0] = order;
    await region.flush();
    console.log(order);
  }
}

async function standBy() {
  // The standby waits so long for the pages of a leader that is dead.
  const home = await startHome('--lease', '1000');
  const pager = await createPager();
  const region = await pager.join(home.url, book);
  const words = new Int32Array(region.buffer);
  const leader = spawn(process.execPath, [fileURLToPath(import.meta.url), home.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let confirmed = 0;
  for await (const line of createInterface({ input: leader.stdout })) {
    confirmed = Number(line);
    if (confirmed === ORDERS_BEFORE) {
      leader.kill('SIGKILL');
    }
  }
  console.log(`the leader is killed after order ${confirmed}`);
  // Resolves when the lease of the leader has ended, if it owned pages.
  await region.load(0, region.byteLength, { write: true });
  const found = words[0];
  if (found < confirmed) throw new Error(`order ${confirmed} was confirmed, and ${found} are left`);
  for (let order = 1; order <= found; order++) {
    if (words[order] !== order * 100) throw new Error(`order ${order} is ${words[order]}`);
  }
  for (let order = found + 1; order <= found + ORDERS_AFTER; order++) {
    words[order] = order * 100;
    words[0] = order;
    await region.flush();
  }
  console.log(`the standby found every confirmed order, and took ${words[0] - found} more`);
  await pager.close();
  home.stop();
}

const [url] = process.argv.slice(2);
await (url === undefined ? standBy() : lead(url));
