// budget: 400 s
// parts: 2
// covers: native/trap/
// Engine trap, with guard pages and with mprotect(2), served by the faulting threads and by the loop: what it costs in mappings, and
// what it does where native code has unmapped, covered, locked or protected a part of a region.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { probe } from '../../src/index.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { skipUnless } from '../support/skip.js';
import { describe, play as playScene, run } from './play.js';

const test = suite('the trap');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-trap-'));
test.after(() => rmSync(folder, { recursive: true }));
const addon = path.join(folder, 'calls.node');
const budget = 60_000;
const { trap } = await probe();
const withGuards = skipUnless(test, trap.guardPages, 'needs guard pages for memfiles (Linux 6.15)');

test.before(() => {
  const source = path.join(ROOT, 'test/live/programs/trap-calls.c');
  execFileSync('cc', ['-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-o', addon, source]);
});

for (const guards of [true, false]) {
  for (const faults of ['inline', 'loop'] as const) {
    const name = `${guards ? 'guard pages' : 'mprotect'}, ${faults}`;
    const on = guards ? withGuards : test;
    const env = { FARPAGE_GUARD_PAGES: guards ? '1' : '0' };
    const play = <T>(scene: string, input: object = {}) =>
      playScene<T>('trap', scene, { faults, addon, ...input }, { budget, env });

    on(`${name}: scattered pages cost ${guards ? 'no' : 'two'} mappings each`, async () => {
      const { more, pages, guardPages } = await play<{ more: number; pages: number; guardPages: boolean }>(
        'scattered pages',
      );
      assert.equal(guardPages, guards);
      assert.ok(guards ? more < pages / 8 : more > pages, `${more} mappings for ${pages} pages`);
    });

    on(`${name}: more blocks than may be marked at once keep their bytes`, async () => {
      const [first = 0, second = 0] = await play<number[]>('many blocks');
      // 1536 blocks with a page each, of which 1024 may be marked; the others' pages cost two mappings each.
      const most = 2 * 1536 + 500;
      assert.ok(first < most && second < most + 500, `${first} mappings, then ${second}`);
    });

    on(`${name}: threads that meet on absent pages read what was written`, () => play('threads on the same pages'));

    for (const evicted of [false, true]) {
      const what = evicted ? 'absent' : 'present';
      on(`${name}: a page that was unmapped while it was ${what} is a SIGSEGV`, async () => {
        const input = { faults, addon, evicted };
        const result = await run('trap', 'a touch of a hole', input, { budget, env });
        assert.equal(result.signal, 'SIGSEGV', describe(result));
        assert.equal(result.stdout, 'now\n');
      });

      on(`${name}: memory mapped over a page that was ${what} keeps its bytes`, () =>
        play('memory mapped over a page', { evicted }),
      );
    }

    for (const readable of [0, 1]) {
      on(
        `${name}: ${readable ? 'a write to a page made read-only' : 'a touch of a page made inaccessible'} is a SIGSEGV`,
        async () => {
          const input = { faults, addon, readable };
          const result = await run('trap', 'a touch of a forbidden page', input, { budget, env });
          assert.equal(result.signal, 'SIGSEGV', describe(result));
          assert.equal(result.stdout, 'now\n');
        },
      );
    }

    on(`${name}: pages around one that was unmapped while it was present are evicted and come back`, async () => {
      const result = await run('trap', 'around a hole that was present', { faults, addon }, { budget, env });
      assert.equal(result.code, 0, describe(result));
      assert.match(result.stdout, /^told [1-9]/m);
    });

    on(`${name}: pages beside an unmapped one go on, and to load that one fails`, async () => {
      const input = { faults, addon };
      const result = await run('trap', 'beside a hole', input, { budget, env });
      assert.equal(result.code, 0, describe(result));
      assert.match(result.stdout, /^told "STORE_READ"$/m);
    });

    on(`${name}: a region that mlock(2) has locked is evicted as before`, async () => {
      assert.equal(await play('a locked region'), 0);
    });
  }
}

test.run();
