// A node's thread that ends when it is asked to: 'exit', 'throw', 'memory' (more than its limit), 'close' (its userfaultfd, as other code would).
import { readdirSync, readlinkSync } from 'node:fs';
import { type MessagePort, workerData } from 'node:worker_threads';
import '../../../src/dsm/node-worker.js';
import { native } from '../../../src/native/native.js';

const GUARDS_FROM = 512;
const { port } = workerData as { port: MessagePort };

const WAYS: Readonly<Record<string, () => void>> = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('thrown by the test');
  },
  memory: () => {
    for (const list: number[][] = []; ; ) list.push(new Array(1000).fill(list.length));
  },
  close: () => {
    for (const fd of userfaultfds()) native().closeFile(fd);
  },
};

/** All but the guard's (native/door/guard.cc). */
function userfaultfds(): number[] {
  const numbers = readdirSync('/proc/self/fd').map(Number);
  return numbers.filter((fd) => fd < GUARDS_FROM && targetOf(fd) === 'anon_inode:[userfaultfd]');
}

function targetOf(fd: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    // The one that listed them.
    return '';
  }
}

port.on('message', (how: string) => WAYS[how]?.());
port.unref();
