// budget: 300 s
// covers: native/inline/, native/engine/, native/kernel/parking.cc, native/core/
// The lock, the turns in faulting threads and the futexes by page, over the compiled core and a fake kernel, under a thread
// sanitizer. No Node.js is in that program: test/support/turns/stand.cc.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { skipUnless } from '../support/skip.js';
import { type Edit, hasThreadSanitizer, Turns } from '../support/turns/turns.js';

const THREADS = 6;
/** Of each thread. */
const TOUCHES = 3000;
/** Seconds without a touch; of a program in which a thread has to wait for good, few. */
const PATIENCE = 60;
const SHORT_PATIENCE = 4;
const LOST_WAKE = /a wake is lost/;
/** What a program says that fails in the first place. */
const RACE = /WARNING: ThreadSanitizer: data race/;

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-turns-'));
const test = suite('turns of several threads, under a thread sanitizer');
test.after(() => rmSync(folder, { recursive: true }));
const watched = skipUnless(test, await hasThreadSanitizer(folder), 'needs g++ with -fsanitize=thread');

const turns = new Turns(folder);

let built: Promise<string> | undefined;

watched('no race, no page lost, no thread waits in vain', async () => {
  built ??= turns.build();
  const { code, stdout, stderr } = await turns.run(await built, THREADS, TOUCHES, PATIENCE);
  assert.equal(code, 0, stderr.slice(0, 4000));
  const { touched, turns: taken = 0, fetched = 0 } = JSON.parse(stdout) as Record<string, number>;
  assert.equal(touched, THREADS * TOUCHES);
  assert.ok(taken > 0 && fetched > 0, stdout);
});

const planted: ReadonlyArray<Edit & { what: string; found: RegExp }> = [
  {
    what: 'a lock that is taken without a barrier',
    file: 'inline/lock.cc',
    find: /memory_order_acquire/,
    replace: 'memory_order_relaxed',
    found: RACE,
  },
  {
    what: 'a lock that is given back without a barrier',
    file: 'inline/lock.cc',
    find: /memory_order_release/,
    replace: 'memory_order_relaxed',
    found: RACE,
  },
  {
    what: 'a loop that takes its turns without the lock',
    file: 'engine/fault-turns.cc',
    find: /server_->lock\.take\(thread_\);/,
    replace: '',
    // Two turns at once: what they find broken may come before what the sanitizer says.
    found: /data race|assertion of the core|does not hold/,
  },
  {
    what: 'a page that changes, and not the word that its threads wait for',
    file: 'kernel/parking.cc',
    find: /parking\.word\.fetch_add\(1\);/,
    replace: '',
    found: LOST_WAKE,
  },
  {
    what: 'a bell that is not rung',
    file: 'engine/fault-turns.cc',
    find: /if \(write\(bell_, &one, sizeof one\) != sizeof one\) return;/,
    replace: '',
    found: LOST_WAKE,
  },
];
for (const [number, { what, found, ...edit }] of planted.entries()) {
  watched(`a mistake is found: ${what}`, async () => {
    built ??= turns.build();
    await built;
    const patience = found === LOST_WAKE ? SHORT_PATIENCE : PATIENCE;
    const program = await turns.edited(`edited-${number}`, edit);
    const { code, stderr } = await turns.run(program, THREADS, TOUCHES, patience);
    assert.notEqual(code, 0);
    assert.match(stderr, found);
  });
}

test.run();
