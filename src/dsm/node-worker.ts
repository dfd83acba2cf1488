// The entry point of a node's thread: joins, then answers the user's thread until it is asked to close.
import { parentPort } from 'node:worker_threads';
import type { Handlers } from '../call/contract.js';
import { Wire } from '../call/wire.js';
import { PagerError } from '../errors.js';
import { DsmNode } from './node.js';
import type { NodeSide, UserSide } from './requests.js';

if (parentPort === null) throw new Error('node-worker.js is the entry point of a worker');

let joined: DsmNode | undefined;

function node(): DsmNode {
  if (joined === undefined) throw new PagerError('CLOSED', 'the node has not joined');
  return joined;
}

// Its pages are removed then, and `fenced` says which had been written.
process.on('uncaughtException', (error) => {
  if (joined === undefined) throw error;
  joined.abandon(error);
});

const requests: Handlers<NodeSide>['requests'] = {
  join: async (ask) => {
    joined = await DsmNode.join(ask, {
      lost: (runs) => wire.notify('lost', { runs }),
      fenced: (runs, why) => wire.notify('fenced', { runs, why }),
    });
    return { node: joined.number, kernelFaults: joined.kernelFaults };
  },
  load: ({ first, end, write }) => node().load(first, end, write),
  flush: () => node().flush(),
  evict: ({ first, end }) => node().evict(first, end),
  discard: ({ first, end }) => node().discard(first, end),
  attach: async (ask) => node().attach(ask),
  changed: ({ byteOffset, old }, call) => call.unlessEnded(node().changed(byteOffset, old, call.signal)),
  snapshot: (ask, call) => node().snapshots.take(ask, call),
  close: async () => {
    joined?.snapshots.end(new PagerError('CLOSED', 'the shared region is closed'));
    await joined?.close();
    // This thread ends then: an image that is not whole has to be removed first.
    await joined?.snapshots.idle;
  },
};

const wire = new Wire<NodeSide, UserSide>(parentPort, {
  requests,
  notices: { prefetch: ({ first, end }) => joined?.prefetch(first, end) },
});
