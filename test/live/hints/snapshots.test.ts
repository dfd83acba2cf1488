// budget: 240 s
// covers: src/control/, src/migrate/spool.ts, src/migrate/receiver.ts, native/programs/preload/
// Hints of snapshots that stop a program, of moves, and of programs that cannot be paged: each is followed as it is written.
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { follow, refused, works } from '../../support/hints.js';
import { attempt } from '../../support/process/attempt.js';
import { type ChildResult, runProgram } from '../../support/process/child.js';
import { skipUnless } from '../../support/skip.js';
import { Bench, COMMAND, MAIN, tell } from '../run/kit.js';

const NOBODY = 65534;
/** What a user without root has who may run paged programs. */
const AS_NOBODY = [
  ...['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
  ...['--inh-caps=+sys_ptrace', '--ambient-caps=+sys_ptrace'],
];
const MIB = 2 ** 20;
const test = suite('hints of snapshots and moves');
const asRoot = skipUnless(
  test,
  process.getuid?.() === 0,
  'needs root, as farpage run does, for a user or a folder of its own',
);
const bench = new Bench();
let counters = '';
let owner = '';

test.before(() => {
  counters = bench.compile('counters');
  owner = bench.compile('owner');
});
test.after(() => bench.remove());

function hintOf({ stderr }: ChildResult): { message: string; hint: string } {
  const [, message = stderr, hint = ''] = /^farpage: (.*)\nhint: (.*)$/m.exec(stderr) ?? [];
  return { message, hint };
}

function snapshot(pid: string, flags: readonly string[], before: readonly string[] = []): Promise<ChildResult> {
  const output = path.join(bench.folder, 'shared', `${pid}.img`);
  const [program = '', ...args] = [...before, process.execPath, MAIN, 'snapshot', '--pid', pid, '--output', output];
  return runProgram(program, { args: [...args, ...flags], env: { XDG_RUNTIME_DIR: shared() }, budget: 60_000 });
}

/** A folder of the user who runs the pagers. */
function shared(): string {
  return path.join(bench.folder, 'shared');
}

asRoot('a process of the program belongs to another user: without --stop', async () => {
  mkdirSync(shared(), { mode: 0o700 });
  chownSync(shared(), NOBODY, NOBODY);
  chmodSync(bench.folder, 0o755);
  chmodSync(owner, 0o4755);
  const program = `env -u LD_PRELOAD -u FARPAGE_RUN '${owner}' & exec '${counters}' 1 20`;
  const args = [process.execPath, MAIN, 'run', '--resident', '8MiB', '--', 'sh', '-c', program];
  const run = bench.launch([...AS_NOBODY, ...args], { env: { XDG_RUNTIME_DIR: shared() } });
  const [, pid = ''] = await run.waitFor(/memory 0x[0-9a-f]+ \d+ (\d+)/);
  const [, other = ''] = await run.waitFor(/waits (\d+)/);
  const stopped = await snapshot(pid, ['--stop'], AS_NOBODY);
  assert.notEqual(stopped.code, 0, tell(stopped));
  const [flag = ''] = follow(hintOf(stopped), /^it is another user’s: take the snapshot without (--\w+)$/);
  const taken = await snapshot(
    pid,
    ['--stop'].filter((each) => each !== flag),
    AS_NOBODY,
  );
  assert.equal(taken.code, 0, tell(taken));
  process.kill(Number(other), 'SIGKILL');
  run.write('end\n');
  await run.result;
});

asRoot('no room for what is received: a folder with room, by the option that the hint names', async () => {
  const small = path.join(bench.folder, 'small');
  mkdirSync(small);
  const inSmall = {
    before: ['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o size=2m tmpfs ${small} && exec "$0" "$@"`],
  };
  const receive = (options: string) => `
    const url = 'unix:${path.join(bench.folder, 'move.sock')}';
    const ending = new AbortController();
    let listens;
    const listening = new Promise((resolve) => (listens = resolve));
    const receiving = farpage.receiveRegion(url, {
      residentLimit: '8MiB', signal: ending.signal, onListening: listens, onNotice: () => {}, ${options}
    });
    receiving.catch(listens);
    await listening;
    const pager = await farpage.createPager({ residentLimit: '8MiB' });
    const region = await pager.map({ byteLength: '6MiB' });
    await region.use(0, ${6 * MIB}, (bytes) => void bytes.fill(7));
    try {
      await region.migrate(url, { rounds: 0, patience: 20_000 });
      return (await receiving).region.byteLength;
    } catch (error) {
      // The sender's line repeats the receiver's hint.
      throw Object.assign(new Error(error.message), { hint: error.message });
    } finally {
      ending.abort();
    }`;
  const told = await attempt(receive(`spool: ${JSON.stringify(small)}`), inSmall);
  const [option = ''] = refused(told, /; name a folder on a file system with room [^;]* \(option (\w+), --\w+\)$/);
  const roomy = path.join(bench.folder, 'roomy');
  mkdirSync(roomy);
  assert.equal(works(await attempt(receive(`${option}: ${JSON.stringify(roomy)}`), inSmall)), 6 * MIB);
});

asRoot('a program that cannot reach its pager: the option with which it runs unpaged', async () => {
  const program = ['setpriv', `--reuid=${NOBODY}`, '--clear-groups', 'true'];
  const run = (options: readonly string[]) =>
    runProgram(COMMAND, { args: ['run', ...options, '--', ...program], input: '', budget: 60_000 });
  const without = await run([]);
  assert.notEqual(without.code, 0, tell(without));
  const [option = ''] = follow(
    { message: 'run', hint: without.stderr },
    /; it is ended; to run it unpaged give (--[\w-]+)$/m,
  );
  const allowed = await run([option]);
  assert.equal(allowed.code, 0, tell(allowed));
  assert.match(allowed.stderr, /; it runs unpaged$/m);
});

test.run();
