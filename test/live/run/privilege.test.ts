// budget: 400 s
// parts: 3
// covers: native/programs/preload/, native/others/, src/run/
// What a program does to its credentials, namespaces and system calls, and what the agent has of them; programs of other
// kinds that a paged program starts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { suite } from '../../support/parts.js';
import { until } from '../../support/servers/servers.js';
import { skipUnless } from '../../support/skip.js';
import { Bench, isRunning, type Run, tell } from './kit.js';

const test = suite('privilege under run');
const bench = new Bench();
/** Room for what several processes with 24 MiB each have elsewhere. */
const LIMIT = ['--resident', '8MiB', '--store', 'memory:?limit=512MiB'];
/** What the run says at its end. A killed child may end a moment after its parent; forks share pages that count twice. */
const ENDED =
  /^(farpage: the program has ended; one process [^\n]*\n)?(farpage: the resident limit was passed by [^\n]*\n)?farpage: code 0 after /;
const NOBODY = 65534;
/** CAP_KILL, alone. */
const KILL_ONLY = 0x20n;
const SECCOMP_FILTERS = '2';
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, to give it up');
const withMusl = skipUnless(test, has('musl-gcc'), 'needs musl-gcc');
let program = '';
/** A pipe with a name, at which a shell waits until the test writes a line. */
const gate = path.join(bench.folder, 'gate');

test.before(() => {
  program = bench.compile('privilege');
  execFileSync('mkfifo', ['-m', '600', gate]);
});
test.after(() => bench.remove());

function has(tool: string): boolean {
  try {
    execFileSync('which', [tool], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

for (const scene of [
  'another user',
  'another user, unseen by libc',
  'a child as another user',
  'forks of another user',
  'no capabilities',
  'namespaces of its own',
  'a namespace of a child’s',
  'init of a namespace',
  'no children',
  'a filter that refuses',
  'a filter that kills',
  'a filter of all threads that refuses',
  'a filter of all threads that kills',
  'a child that is stopped',
]) {
  asRoot(`${scene}: the program continues, its memory is paged and right`, async () => {
    const run = bench.start(LIMIT, [program, scene.replace('’', "'")]);
    const result = await run.child.result;
    assert.equal(result.code, 0, tell(result));
    assert.equal(result.stdout, 'fine\n');
    assert.match(result.stderr, ENDED, tell(result));
    const { processes, stats } = run.report();
    assert.ok(stats.evictions > 0, 'nothing was evicted');
    for (const { unregistered, ended } of processes)
      assert.deepEqual([unregistered.mappings, ended !== null], [0, true]);
  });
}

for (const what of ['refuses', 'kills']) {
  asRoot(`a fork under a filter that ${what}: a line, and the child keeps its memory`, async () => {
    const result = await bench.start(LIMIT, [program, `a fork where a filter ${what}`]).child.result;
    assert.equal(result.code, 0, tell(result));
    assert.equal(result.stdout, 'fine\n');
    assert.match(
      result.stderr,
      /^farpage: process \d+: a seccomp filter keeps the agent [^\n]*; this child [^\n]* runs on/,
    );
  });
}

function processes(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** Agents of this test's programs. */
function agents(): number[] {
  return processes().filter((pid) => {
    try {
      const name = readFileSync(`/proc/${pid}/comm`, 'latin1');
      return name === 'farpage\n' && readlinkSync(`/proc/${pid}/exe`) === program;
    } catch {
      // It has ended.
      return false;
    }
  });
}

/** Descriptors of files that a pager of this test shares with agents. */
function shared(pid: number): string[] {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(`${bench.folder}/report`)) return [];
    return readdirSync(`/proc/${pid}/fd`)
      .map((fd) => `/proc/${pid}/fd/${fd}`)
      .filter((file) => /memfd:farpage-(window|control)/.test(targetOf(file)));
  } catch {
    // It has ended.
    return [];
  }
}

/** Of a descriptor's link; a pager closes some at any time. */
function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

/** A program that holds memory; `beside`: a shell's words, run beside it once the gate is opened. */
async function holding(scene: string, beside = ''): Promise<{ run: Run; pid: number; agent: number }> {
  const words =
    beside === ''
      ? [program, scene]
      : ['sh', '-c', `'${program}' '${scene}' & read line < '${gate}'; ${beside}; wait; exit 0`];
  const run = bench.start(LIMIT, words);
  const [, pid] = await run.child.waitFor(/holding (\d+)\n/);
  const [agent, ...others] = agents();
  assert.ok(agent !== undefined && others.length === 0);
  return { run, pid: Number(pid), agent };
}

/** Whether the agent waits in poll(2), which it does between two requests alone. */
function isAtItsSocket(agent: number): boolean {
  return readFileSync(`/proc/${agent}/syscall`, 'latin1').startsWith('7 ');
}

function wordOf(status: string, name: string): string {
  return new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
}

asRoot('the agent is not a thread of the program, and has no privilege but to end it', async () => {
  const { run, pid, agent } = await holding('hold');
  assert.deepEqual(readdirSync(`/proc/${pid}/task`), [`${pid}`]);
  const tasks = readdirSync(`/proc/${agent}/task`);
  assert.equal(tasks.length, 2);
  for (const task of tasks) {
    const status = readFileSync(`/proc/${agent}/task/${task}/status`, 'latin1');
    for (const set of ['CapPrm', 'CapEff']) assert.equal(BigInt(`0x${wordOf(status, set)}`) & ~KILL_ONLY, 0n, set);
    for (const set of ['CapInh', 'CapAmb']) assert.equal(BigInt(`0x${wordOf(status, set)}`), 0n, set);
    assert.deepEqual([wordOf(status, 'NoNewPrivs'), wordOf(status, 'Seccomp')], ['1', SECCOMP_FILTERS]);
    // All but SIGKILL and SIGSTOP, which cannot be.
    assert.equal(BigInt(`0x${wordOf(status, 'SigBlk')}`) | (1n << 8n) | (1n << 18n), 2n ** 64n - 1n);
  }
  assert.equal(readlinkSync(`/proc/${agent}/cwd`), '/');
  const open = readdirSync(`/proc/${agent}/fd`).map((fd) =>
    readlinkSync(`/proc/${agent}/fd/${fd}`).replace(/\d+/g, ''),
  );
  assert.deepEqual(
    open.filter((name) => !/^(socket:|anon_inode:|pipe:|\/proc\/\/maps)/.test(name)),
    [],
  );
  process.kill(pid, 'SIGTERM');
  const result = await run.child.result;
  assert.equal(result.signal, 'SIGTERM', tell(result));
  assert.deepEqual(agents(), []);
});

asRoot('each process has a window of its own, which nobody else may open', async () => {
  const run = bench.start(LIMIT, ['sh', '-c', `'${program}' hold & '${program}' hold & wait`]);
  await run.child.waitFor(/holding \d+\nholding \d+\n/);
  const windows = agents().map((agent) => {
    const maps = readFileSync(`/proc/${agent}/maps`, 'latin1');
    return [...maps.matchAll(/ (\d+) +\/memfd:farpage-(window|control) /g)].map(([, inode]) => inode);
  });
  assert.deepEqual(
    windows.map((each) => each.length),
    [2, 2],
  );
  assert.equal(new Set(windows.flat()).size, 4);
  const ours = processes().flatMap(shared);
  // The shell's as well.
  assert.ok(ours.length >= 6, `${ours.length} files`);
  for (const file of ours) assert.equal(statSync(file).mode & 0o777, 0o600);
  for (const agent of agents()) process.kill(agent, 'SIGKILL');
  await run.child.result;
});

asRoot('an agent that is killed: a line, and its program with it', async () => {
  const { run, agent } = await holding('hold');
  process.kill(agent, 'SIGKILL');
  const result = await run.child.result;
  assert.equal(result.signal, 'SIGKILL', tell(result));
  assert.match(
    result.stderr,
    /^farpage: the agent of process \d+ was killed from outside, and so the process is killed/,
  );
  assert.doesNotMatch(result.stderr, /bad_pages/);
});

asRoot('an agent that is stopped holds up nobody but its own program', async () => {
  const { run, pid, agent } = await holding('hold still', `'${program}' 'another user'; echo done`);
  // With a request in hand it would hold up all (docs/run.md).
  let looks = 0;
  const isIdle = () => {
    looks = isAtItsSocket(agent) ? looks + 1 : 0;
    return looks === 10;
  };
  await until(isIdle, 'the agent has nothing to do');
  process.kill(agent, 'SIGSTOP');
  writeFileSync(gate, 'open\n');
  await run.child.waitFor(/fine\ndone\n/);
  process.kill(agent, 'SIGCONT');
  process.kill(pid, 'SIGTERM');
  const result = await run.child.result;
  assert.equal(result.code, 0, tell(result));
  assert.doesNotMatch(result.stderr, /bad_pages|killed/);
});

asRoot('the pager is killed: a program that is another user by now is gone too, and reads no zeros', async () => {
  const { run, pid } = await holding('hold as another user');
  for (const pager of processes()) if (shared(pager).length > 0) process.kill(pager, 'SIGKILL');
  await until(() => !isRunning(pid), 'the program ends', 2000);
  const { stderr } = await run.child.result;
  assert.match(stderr, /^farpage: the pager has ended[^\n]*\n/);
  assert.doesNotMatch(stderr, /bad_pages/);
});

asRoot('the pager is killed: a fork without an agent ends with a line too, and reads no zeros', async () => {
  const { run, pid } = await holding('hold a fork');
  const isKeeper = (each: number) => readFileSync(`/proc/${each}/comm`, 'latin1') === 'farpage-keeper\n';
  const [pager] = processes().filter((each) => shared(each).length > 0 && !isKeeper(each));
  assert.ok(pager !== undefined);
  process.kill(pager, 'SIGKILL');
  const { stdout, stderr } = await run.child.result;
  await until(() => !isRunning(pid), 'the fork ends');
  assert.equal(stdout, `holding ${pid}\n`);
  assert.match(
    stderr,
    new RegExp(`^farpage: the pager has ended, and the memory of process ${pid} with it: .*SIGKILL`, 'm'),
  );
});

/** Started by a paged shell, and in its place: as without farpage. */
async function starts(binary: string): Promise<void> {
  const text = `'${binary}' a; echo "$?"; exec '${binary}' b`;
  const bare = execFileSync('sh', ['-c', text], { encoding: 'utf8' });
  const result = await bench.start(LIMIT, ['sh', '-c', text]).child.result;
  assert.equal(result.stdout, bare, tell(result));
  assert.equal(result.code, 0, tell(result));
  assert.match(result.stderr, ENDED, tell(result));
}

withMusl('a program of another C library starts under a paged one', () =>
  starts(bench.compile('children', 'musl-gcc')),
);
test('a static program starts under a paged one', () => starts(bench.compile('children', 'cc', '-static')));
test('a program under AddressSanitizer starts under a paged one', () =>
  starts(bench.compile('children', 'cc', '-fsanitize=address')));
test('a program under ThreadSanitizer starts under a paged one', () =>
  starts(bench.compile('children', 'cc', '-fsanitize=thread')));

asRoot('a setuid program starts under a paged one', async () => {
  const binary = path.join(bench.folder, 'setuid');
  copyFileSync(bench.compile('children', 'cc'), binary);
  chownSync(binary, NOBODY, NOBODY);
  chmodSync(binary, 0o4755);
  chmodSync(bench.folder, 0o755);
  await starts(binary);
});

test('AddressSanitizer finds under run what it finds without', async () => {
  const binary = bench.compile('children', 'cc', '-fsanitize=address');
  const result = await bench.start(LIMIT, [binary, 'overflow']).child.result;
  assert.equal(result.code, 1, tell(result));
  assert.match(result.stderr, /ERROR: AddressSanitizer: heap-buffer-overflow/);
});

test('nothing is left behind', () => {
  assert.deepEqual(bench.leftovers(), []);
  assert.deepEqual(agents(), []);
});

test.run();
