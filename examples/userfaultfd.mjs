// A demand pager in your own code: a thread touches memory, and its pages are made when they are touched.
//   node examples/userfaultfd.mjs
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { anonymous, Userfaultfd, viewOf } from 'farpage/userfaultfd';

const PAGE = 4096;
const PAGES = 1000;

if (!isMainThread) {
  // This thread touches memory as usual. A Worker gets it by its address.
  const words = new Uint32Array(viewOf(workerData.address, PAGES * PAGE));
  for (let page = 0; page < PAGES; page += 3) {
    assert.equal(words[(page * PAGE) / 4], page * page);
    words[(page * PAGE) / 4 + 1] = 1;
  }
} else {
  const { available, errno } = Userfaultfd.probe();
  if (!available) throw new Error(`no userfaultfd here: ${errno}`);

  const uffd = new Userfaultfd();
  const memory = anonymous(PAGES * PAGE);
  uffd.register({ start: memory.address, byteLength: memory.byteLength }, { missing: true });

  // A page is prepared here, then copied in at once.
  const staging = anonymous(PAGE);
  const words = new Uint32Array(staging.buffer);

  const toucher = new Worker(new URL(import.meta.url), { workerData: { address: memory.address } });
  const ended = once(toucher, 'exit').finally(() => uffd.close()); // which ends the iteration

  let faults = 0;
  for await (const messages of uffd.batches()) {
    for (const message of messages) {
      if (message.event !== 'pagefault') continue;
      const page = Number(message.address - memory.address) / PAGE;
      words.fill(page * page);
      const { outcome, errno } = uffd.copy(message.address, staging.address, PAGE, { wake: false });
      // 'present': two threads touched the same page, and the first message has filled it.
      if (outcome !== 'done' && outcome !== 'present') throw new Error(`page ${page}: ${errno}`);
      faults++;
    }
    uffd.wake(memory.address, memory.byteLength); // all of the batch at once
  }

  const [status] = await ended;
  assert.equal(status, 0);
  assert.equal(faults, Math.ceil(PAGES / 3));
  assert.equal(new Uint32Array(memory.buffer)[1], 1); // page 0 is present: this touch does not fault
  console.log(`${faults} pages made when they were touched, of ${PAGES}`);
  memory.close();
  staging.close();
}
