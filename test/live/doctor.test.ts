// budget: 300 s
// parts: 2
// What doctor says is so, and each of its hints helps when it is followed.
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Uses } from '../../src/cli/doctor-uses.js';
import type { Capabilities } from '../../src/index.js';
import { suite } from '../support/parts.js';
import { ROOT } from '../support/paths.js';
import { type ChildResult, runProgram } from '../support/process/child.js';
import { elsewhere } from '../support/process/seccomp.js';
import { skipUnless } from '../support/skip.js';

const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-doctor-test-'));
const test = suite('doctor');
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, to become somebody else');
const made = process.getuid?.() === 0 ? elsewhere(folder) : { folder: ROOT };
const COMMAND = path.join(made.folder, 'bin/farpage.js');

test.after(() => rmSync(folder, { recursive: true, force: true }));

const env = { XDG_RUNTIME_DIR: undefined, TMPDIR: undefined };

function start(words: readonly string[], budget = 60_000): Promise<ChildResult> {
  const [program = '', ...args] = words;
  return runProgram(program, { args, env, cwd: '/', budget });
}

async function ask(...before: string[]): Promise<Capabilities & { uses: Uses }> {
  const { stdout, stderr } = await start([...before, COMMAND, 'doctor', '--json']);
  assert.ok(stdout.startsWith('{'), stderr);
  return JSON.parse(stdout);
}

const told = ({ code, stdout, stderr }: ChildResult) => `code ${code}\n${stdout}\n${stderr}`;

asRoot('as root all uses work, and so does run', async () => {
  const { uses } = await ask();
  for (const [name, use] of Object.entries(uses)) assert.deepEqual(use, { works: true, why: null, hint: null }, name);
});

/** Gives the command of doctor as it is pasted, `…` filled in. The tests are root already: sudo is left out. */
function paste(line: string | undefined, words: string): Promise<ChildResult> {
  assert.match(line ?? '', /^sudo .*…$/);
  const command = (line ?? '').replace(/^sudo /, '').replace(/…$/, '"$@"');
  return start(['sh', '-c', command, 'sh', 'sh', '-c', words]);
}

asRoot('the user nobody lacks run; the command for the host permits it, still as nobody', async () => {
  const { userfaultfd, uses } = await ask(...NOBODY);
  assert.equal(userfaultfd.kernelFaults, false);
  const works = Object.entries(uses).filter(([, use]) => use.works);
  assert.deepEqual(
    works.map(([name]) => name),
    ['code', 'systemCalls', 'serve', 'migrate', 'trap'],
  );
  const { ways } = uses.run;
  assert.match(
    ways?.docker ?? '',
    /^docker run --cap-add SYS_PTRACE --device \/dev\/userfaultfd IMAGE farpage run -- …$/,
  );
  assert.match(
    ways?.systemd ?? '',
    /^sudo systemd-run .*--uid=65534 -p AmbientCapabilities=CAP_SYS_PTRACE .* run -- …$/,
  );
  const result = await paste(ways?.host, 'id -u; grep -c farpage-preload /proc/self/maps');
  assert.equal(result.code, 0, told(result));
  assert.match(result.stdout, /^65534\n[1-9]/);
});

asRoot('so does the command that run itself names', async () => {
  const refused = await start([...NOBODY, COMMAND, 'run', '--', 'true']);
  const [, words] = /sudo (setpriv .*) farpage run -- …/.exec(refused.stderr) ?? [];
  assert.ok(words !== undefined, told(refused));
  assert.ok(refused.stderr.length < 300, told(refused));
  const result = await start([...words.split(' '), COMMAND, 'run', '--', 'id', '-u']);
  assert.equal(result.code, 0, told(result));
  assert.equal(result.stdout, '65534\n');
});

asRoot('what doctor says of run, run says', async () => {
  const { uses } = await ask(...NOBODY);
  const refused = await start([...NOBODY, COMMAND, 'run', '--', 'true']);
  assert.equal(refused.code, 3, told(refused));
  assert.equal(refused.stderr, `farpage: ${uses.run.why?.replace(/ \(UNSUPPORTED\)$/, '')}\nhint: ${uses.run.hint}\n`);
});

asRoot('a device that all may open, as the hint has it, serves faults in the kernel', async () => {
  const { advice } = await ask(...NOBODY);
  assert.ok(
    advice.some((line) => line.includes('sudo chmod 666 /dev/userfaultfd')),
    advice.join('\n'),
  );
  // In a place of its own: the machine's device stays as it is.
  const place = `mount --make-rprivate / && mount -t tmpfs tmpfs /mnt && mknod /mnt/device c $(stat -c '0x%t 0x%T' /dev/userfaultfd) &&
    chmod 666 /mnt/device && mount --bind /mnt/device /dev/userfaultfd && exec "$@"`;
  const { userfaultfd } = await ask('unshare', '-m', 'sh', '-c', place, 'sh', ...NOBODY);
  assert.equal(userfaultfd.kernelFaults, true);
  assert.equal(userfaultfd.via, 'device');
});

asRoot('in a user namespace root learns that run must be outside of it; outside it works', async () => {
  const { uses } = await ask('unshare', '-r');
  assert.equal(uses.code.works, true);
  assert.equal(uses.run.works, false);
  assert.match(uses.run.hint ?? '', /outside of user namespaces/);
  assert.match(uses.run.ways?.note ?? '', /outside of it/);
  const outside = await start([COMMAND, 'run', '--', 'true']);
  assert.equal(outside.code, 0, told(outside));
});

asRoot('a root without the capability learns which it lacks, and with it run works', async () => {
  const without = ['setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace'];
  const { uses } = await ask(...without);
  assert.equal(uses.run.works, false);
  assert.match(uses.run.hint ?? '', /lacks CAP_SYS_PTRACE.*--cap-add SYS_PTRACE --device \/dev\/userfaultfd/);
});

asRoot('without its addon doctor says so, asks nothing of the kernel, and the hint’s command builds it', async () => {
  const bare = path.join(folder, 'bare');
  cpSync(made.folder, bare, { recursive: true, filter: (from) => from !== path.join(made.folder, 'build') });
  for (const name of ['native', 'node_modules/node-addon-api']) {
    cpSync(path.join(ROOT, name), path.join(bare, name), { recursive: true });
  }
  chmodSync(bare, 0o755);
  const command = path.join(bare, 'bin/farpage.js');
  const ill = await start([command, 'doctor']);
  assert.equal(ill.code, 3, told(ill));
  assert.match(ill.stdout, /your own code +no {2}the native part of farpage is not built/);
  assert.match(ill.stdout, /→ run: npx farpage build/);
  assert.doesNotMatch(ill.stdout, /MOVE +6\.8 +no/);
  const refused = await start([command, 'run', '--', 'true']);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /^farpage: [^\n]+ is not built[^\n]*\nhint: run: npx farpage build[^\n]*\n$/);
  const built = await start([command, 'build'], 200_000);
  assert.equal(built.code, 0, told(built).slice(-2000));
  const well = await start([command, 'run', '--', 'true']);
  assert.equal(well.code, 0, told(well));
});

test.run();
