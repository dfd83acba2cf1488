// A thread of the userfaultfd tests that touches memory and changes mappings on request, because it may block.
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { advise, anonymous, remap, Userfaultfd, unmap, viewOf } from '../../../src/userfaultfd/index.js';
import type { Deed } from './userfaultfd-kit.js';

const { address, byteLength } = workerData as { address: bigint; byteLength: number };
const bytes = () => new Uint8Array(viewOf(address, byteLength));

function act(deed: Deed): unknown {
  switch (deed.do) {
    case 'read':
      return bytes()[deed.at];
    case 'write':
      bytes()[deed.at] = deed.value;
      return deed.value;
    case 'advise':
      return advise({ start: deed.start, byteLength: deed.byteLength }, deed.advice);
    case 'unmap':
      return unmap({ start: deed.start, byteLength: deed.byteLength });
    case 'remap':
      return remap({ start: deed.start, byteLength: deed.byteLength }, deed.newByteLength);
    case 'read(2)': {
      const fd = openSync('/dev/zero', 'r');
      try {
        return readSync(fd, bytes(), deed.at, 8, null);
      } catch (error) {
        return (error as NodeJS.ErrnoException).code;
      } finally {
        closeSync(fd);
      }
    }
    case 'iterate':
      void iterate();
      return 'iterating';
  }
}

/** Serves nobody, until the thread is ended. */
async function iterate(): Promise<void> {
  const uffd = new Userfaultfd();
  const memory = anonymous(4096);
  uffd.register({ start: memory.address, byteLength: 4096 }, { missing: true });
  for await (const message of uffd) throw new Error(message.event);
}

parentPort?.on('message', (deed: Deed) => {
  parentPort?.postMessage('begun');
  let answer: unknown;
  try {
    answer = { value: act(deed) };
  } catch (error) {
    const { code, errno } = error as { code?: string; errno?: string };
    answer = { code, errno };
  }
  parentPort?.postMessage(answer);
});
