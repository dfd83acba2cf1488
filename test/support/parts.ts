// Suites of which a slow machine runs one part of the tests, as the head line `// parts:` asks (runner/choose.ts).
import { suite as whole } from 'uvu';

/** 'K of N': this process runs each Nth test, from the Kth on, counted from 0. Without it: all. */
const [, part = '0', parts = '1'] = /^(\d+) of (\d+)$/.exec(process.env['FARPAGE_TEST_PART'] ?? '') ?? [];
let seen = 0;

/** As uvu's, for tests that do not build on each other. */
export const suite: typeof whole = (...words) => {
  const test = whole(...words);
  return new Proxy(test, {
    apply: (_, self, given) => {
      if (seen++ % Number(parts) === Number(part)) Reflect.apply(test, self, given);
    },
  });
};
