// covers: native/inline/, native/trap/, native/endings/
// Native code of others beside inline faults: its threads touch pages, on small stacks for signals too, and its signal handlers lie
// below and above the pager's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { describe, play, run } from './play.js';

const test = suite('native code beside inline faults');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-threads-'));
test.after(() => rmSync(folder, { recursive: true }));
const addon = path.join(folder, 'threads.node');
const budget = 60_000;
/** A stack for signals that is too small for the handler ends the process. docs/paging.md says about 8 KiB, registers of 3.4 KiB among them. */
const STACK_BYTES = 5 * 1024;
/** AT_MINSIGSTKSZ of getauxval(3): what the kernel itself puts on such a stack, the processor's registers. */
const REGISTERS = registers();

function registers(): number {
  const auxiliary = readFileSync('/proc/self/auxv');
  for (let at = 0; at < auxiliary.length; at += 16) {
    if (auxiliary.readBigUInt64LE(at) === 51n) return Number(auxiliary.readBigUInt64LE(at + 8));
  }
  return 12 * 1024;
}

test.before(() => {
  const source = path.join(ROOT, 'test/live/programs/native-threads.c');
  execFileSync('cc', ['-O1', '-Wall', '-Wextra', '-Werror', '-pthread', '-shared', '-fPIC', '-o', addon, source]);
});

for (const engine of ['userfaultfd', 'trap'] as const) {
  test(`${engine}: threads of an addon fault, evict and compress on small stacks for signals`, async () => {
    for (const file of [undefined, path.join(folder, `${engine}.bin`)]) {
      const input = { addon, engine, file, stackBytes: STACK_BYTES + REGISTERS };
      const found = await play<Record<string, number>>('native-threads', 'threads with a stack for signals', input, {
        budget,
      });
      // userfaultfd's handler runs on the thread's own stack: of the other one only the addon's handlers use some.
      assert.ok((found['used'] ?? -1) >= (engine === 'trap' ? 1 : 0), JSON.stringify(found));
      assert.equal(found['evicted'], true);
    }
  });

  test(`${engine}: the kernel ends a process whose thread faults with all signals blocked`, async () => {
    const result = await run('native-threads', 'a thread that blocks all signals', { addon, engine }, { budget });
    assert.equal(result.signal, engine === 'trap' ? 'SIGSEGV' : 'SIGBUS', describe(result));
    // Before that it read a page that was present. What it would have got of the other one, it did not see.
    assert.equal(result.stdout, 'read 77\n');
  });

  test(`${engine}: handlers installed before and after the pager's own get what is theirs`, async () => {
    // A handler that is installed later comes below the pager's, unless the wrappers of calls are off: then it comes above.
    for (const above of [false, true]) {
      const env = { FARPAGE_DIRECT_CALLS: above ? '1' : undefined };
      const found = await play('native-threads', 'handlers of others', { addon, engine }, { budget, env });
      assert.deepEqual(found, { right: true, mended: 2, passedFaults: above, passedWild: 2 });
    }
  });
}

test.run();
