// What tests of shared regions do with two nodes.
import assert from 'node:assert/strict';
import type { SharedRegionStats } from '../../../src/index.js';
import { eventsOf, type NodeProcess, rangesIn, untilAnswer } from './nodes.js';

const PAGE = 4096;

/** What a node has counted. */
export const countsOf = (node: NodeProcess) => async () => (await node.ask<SharedRegionStats>({ do: 'stats' })).dsm;

export async function untilFrozen(node: NodeProcess): Promise<void> {
  await untilAnswer(countsOf(node), ({ freezes }) => freezes > 0, 'frozen');
}

/** `one` owns pages 2 and 4; page 1 is of `two`, and at the home. */
export async function ownPages(one: NodeProcess, two: NodeProcess): Promise<void> {
  await two.ask({ do: 'write', page: 1, pages: 2, value: 5 });
  await two.ask({ do: 'flush' });
  await one.ask({ do: 'write', page: 2, value: 6 });
  await one.ask({ do: 'write', page: 4, value: 7 });
}

/** After `ownPages`, and the end of `one`: exactly its pages are lost to `two`. */
export async function losesOwned(two: NodeProcess): Promise<void> {
  const events = await untilAnswer(eventsOf(two), (list) => list.length > 0, 'lost');
  assert.deepEqual(rangesIn(events, 'lost'), [
    { byteOffset: 2 * PAGE, byteLength: PAGE },
    { byteOffset: 4 * PAGE, byteLength: PAGE },
  ]);
  assert.deepEqual(await two.ask({ do: 'read', page: 1, pages: 1 }), [5]);
  await assert.rejects(two.ask({ do: 'load', page: 2 }), /page 2 .* lost/);
}
