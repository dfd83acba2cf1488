// budget: 120 s
// covers: examples/dsm/, src/dsm/
// The programs of examples/dsm run as their first lines say, and check themselves.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { runChild } from '../support/process/child.js';

const test = suite('examples of shared regions');
const BUDGET = 60_000;

async function run(name: string): Promise<string> {
  const { code, stdout, stderr } = await runChild(path.join(ROOT, 'examples/dsm', name), { budget: BUDGET });
  assert.equal(code, 0, `${stdout}\n${stderr}`);
  return stdout;
}

test('a price table with one writer and three readers', async () => {
  const printed = await run('prices.mjs');
  assert.equal([...printed.matchAll(/^reader \d: saw \d+ rounds, each with its prices$/gm)].length, 3, printed);
});

test('a leader is killed, and its standby continues', async () => {
  assert.match(await run('standby.mjs'), /the standby found every confirmed order, and took 10 more/);
});

test.run();
