// How often the page tables of a run's processes are walked.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { Account } from '../../../src/run/account.js';
import { startChild, startProgram } from '../../support/process/child.js';
import { until } from '../../support/servers/servers.js';

const test = suite('the account of a run');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-account-'));
const program = path.join(folder, 'grow.mjs');
/** Grows by 16 MiB for each line. */
writeFileSync(
  program,
  "const kept = []; process.stdin.on('data', () => { kept.push(Buffer.alloc(2 ** 24, 1)); console.log('grown'); }); console.log('there');",
);
test.after(() => rmSync(folder, { recursive: true }));

test('a process that does not grow is walked once, and again when another comes, or one has grown', async () => {
  const still = startProgram('sleep', { args: ['1000'] });
  const growing = startChild(program);
  await growing.waitFor(/there/);
  const account = new Account(0);
  account.add(still.pid, { peak: 0, immovablePeak: 0 });
  await until(() => account.looks === 1, 'the first walk');
  // Several pauses between two looks.
  await sleep(1500);
  assert.equal(account.looks, 1);
  account.add(growing.pid, { peak: 0, immovablePeak: 0 });
  await until(() => account.looks > 1, 'the walk of both');
  await sleep(1000);
  const before = account.looks;
  growing.write('more\n');
  await growing.waitFor(/grown/);
  await until(() => account.looks > before, 'the walk after it has grown');
  await account.close();
  for (const child of [still, growing]) child.kill();
});

test.run();
