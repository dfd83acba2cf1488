// budget: 300 s
// covers: native/inline/, native/engine/, native/calls/
// Eight threads and every operation at once for a minute, each value verified. test/live/programs/stress.ts says how to run it for longer.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { play } from './play.js';

const test = suite('stress');

test('eight threads that serve themselves, with all that a pager does beside them', async () => {
  const counts = await play<Record<string, number>>('stress', 'everything', { seconds: 60 }, { budget: 240_000 });
  for (const [name, count] of Object.entries(counts)) assert.ok(count > 0, `${name}: ${JSON.stringify(counts)}`);
});

test.run();
