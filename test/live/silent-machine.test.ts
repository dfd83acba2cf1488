// budget: 120 s
// covers: src/migrate/, native/kernel/sockets.cc
// A migration's connection between hosts that a broken network separates.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { type Child, startProgram } from '../support/process/child.js';
import { type Direction, Partition } from '../support/servers/partition.js';
import { skipUnless } from '../support/skip.js';
import { program } from './play.js';

const test = suite('a machine that is silent');
const missing = Partition.missing();
const partitioned = skipUnless(test, missing === undefined, missing ?? '');
const BUDGET = 60_000;

function startEnd(host: readonly string[], ...words: string[]): Child {
  const [command = '', ...args] = [...host, process.execPath, program('line'), ...words];
  return startProgram(command, { args, budget: BUDGET });
}

for (const direction of ['both', 'to the first', 'from the first'] as const satisfies readonly Direction[]) {
  partitioned(
    `the wire is cut, ${direction}: both ends learn it, though a busy process would be waited for`,
    async () => {
      const network = new Partition(1);
      try {
        const [host = ''] = Partition.addresses(1);
        const first = startEnd(network.first, host);
        const [, port = ''] = await first.waitFor(/port (\d+)/);
        const other = startEnd(network.others[0] ?? [], host, port);
        await Promise.all([first.waitFor(/heard/), other.waitFor(/heard/)]);
        network.cut(0, direction);
        const told = /silent|closed|ECONNRESET|ETIMEDOUT/;
        const [one, two] = await Promise.all([first.waitFor(told), other.waitFor(told)]);
        assert.ok(
          [one, two].some(([word]) => word === 'silent'),
          `${one}, ${two}`,
        );
      } finally {
        network.close();
      }
    },
  );
}

test.run();
