// budget: 200 s
// parts: 2
// Runs in pid namespaces of their own that share the folder of sockets, as containers with one volume or one /tmp do: each
// run is process 1, and the numbers of their programs are equal.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nameOf } from '../../../src/linux/proc.js';
import { bytesAt } from '../../support/image/snapshot.js';
import { suite } from '../../support/parts.js';
import { type Child, runProgram, startProgram } from '../../support/process/child.js';
import { skipUnless } from '../../support/skip.js';
import { Bench, MAIN, tell } from './kit.js';

const test = suite('runs in containers');
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root for pid namespaces');
const bench = new Bench();
const MIB = 2 ** 20;
/** Others on this machine may run pagers meanwhile: neither of the places where sockets are is shared with them. */
const env = { XDG_RUNTIME_DIR: bench.folder, TMPDIR: bench.folder };
let program = '';

test.before(() => {
  program = bench.compile('container');
});
test.after(() => bench.remove());

interface Container {
  child: Child;
  /** Of its run, as this test's pid namespace numbers it. */
  init: number;
  address: bigint;
  /** As its own pid namespace numbers the program. */
  inner: number;
  /** As this test's does. */
  outer: number;
  seed: number;
}

async function begin(seed: number): Promise<Container> {
  const args = [
    '--pid',
    '--fork',
    '--mount-proc',
    '--kill-child',
    process.execPath,
    MAIN,
    'run',
    '--',
    program,
    `${seed}`,
  ];
  const child = startProgram('unshare', { args, env, budget: 100_000 });
  const [, address = '', inner = ''] = await child.waitFor(/memory (0x[0-9a-f]+) (\d+)/);
  const [init = 0] = await childrenOf(child.pid);
  const [outer = 0] = await childrenOf(init, 'container');
  return { child, init, address: BigInt(address), inner: Number(inner), outer, seed };
}

async function childrenOf(pid: number, name?: string): Promise<number[]> {
  const args = ['-P', String(pid), ...(name === undefined ? [] : ['-x', name])];
  const { stdout } = await runProgram('pgrep', { args });
  return stdout.trim().split('\n').map(Number);
}

/** The seed that the memory of an image was filled by; every page of it is looked at. */
async function seedIn(image: string, { address }: Container): Promise<number> {
  const bytes = await bytesAt(image, address, 4 * MIB);
  const seeds = new Set<bigint>();
  for (let at = 8; at < bytes.length; at += 16) seeds.add(bytes.readBigUInt64LE(at));
  assert.equal(seeds.size, 1);
  return Number([...seeds][0]);
}

const snapshot = (pid: number, image: string) => [MAIN, 'snapshot', '--pid', String(pid), '--output', image];

async function end({ child }: Container): Promise<void> {
  child.write('end\n');
  const result = await child.result;
  assert.equal(result.code, 0, tell(result));
  assert.match(result.stdout, /fine\n$/, tell(result));
}

asRoot('each command gets the memory of the process that its number means where it is given', async () => {
  const containers = [await begin(11), await begin(22)];
  assert.equal(containers[0]?.inner, containers[1]?.inner, 'the programs have one number');
  for (const container of containers) {
    const { init, inner, outer, seed } = container;
    const inside = path.join(bench.folder, `${seed}-inside.img`);
    const enter = ['--target', String(init), '--pid', '--mount', process.execPath];
    const taken = await runProgram('nsenter', { args: [...enter, ...snapshot(inner, inside)], env });
    assert.equal(taken.code, 0, tell(taken));
    assert.equal(await seedIn(inside, container), seed);
    // From outside it has another number, and is found by that.
    const outside = path.join(bench.folder, `${seed}-outside.img`);
    const seen = await runProgram(process.execPath, { args: snapshot(outer, outside), env });
    assert.equal(seen.code, 0, tell(seen));
    assert.equal(await seedIn(outside, container), seed);
  }
  // A number that means nothing here says so, and names no numbers of elsewhere.
  const other = startProgram('sleep', { args: ['60'] });
  const none = await runProgram(process.execPath, { args: snapshot(other.pid, path.join(bench.folder, 'none')), env });
  other.kill();
  assert.equal(none.code, 2, tell(none));
  assert.match(none.stderr, /no pager of this user has the memory of process \d+/);
  assert.match(none.stderr, /there are 2 in other pid namespaces/);
  for (const container of containers) await end(container);
});

asRoot('a run leaves others’ folders alone while they run, and removes those of runs that were killed', async () => {
  const first = await begin(33);
  const second = await begin(44);
  assert.equal(bench.leftovers().length, 2);
  for (const { child } of [first, second]) {
    child.write('fork\n');
    await child.waitFor(/child 0/);
  }
  process.kill(first.init, 'SIGKILL');
  await first.child.result;
  assert.equal(bench.leftovers().length, 2, 'its run could remove nothing');
  const third = await begin(55);
  assert.equal(bench.leftovers().length, 2, 'what the killed one left is removed, and what is in use is not');
  for (const container of [second, third]) {
    container.child.write('fork\n');
    await container.child.waitFor(/child 0/);
    await end(container);
  }
  await sleep(100);
  assert.deepEqual(bench.leftovers(), []);
  // The socket of the killed one stays until a command finds that nobody answers there.
  const { code } = await runProgram(process.execPath, { args: snapshot(1, path.join(bench.folder, 'x')), env });
  assert.equal(code, 2);
  assert.deepEqual(readdirSync(path.join(bench.folder, 'farpage-control')), []);
});

asRoot('two children of one number that begin at the same moment are not taken for each other', async () => {
  const twins = bench.compile('twins');
  const { result } = bench.start(['--resident', '6MiB'], [twins, '20'], { budget: 120_000 }).child;
  const told = await result;
  assert.equal(told.code, 0, tell(told));
  assert.equal(told.stdout, 'done\n', tell(told));
});

/** Processes below this one, children of children too. */
async function below(pid: number): Promise<number[]> {
  const { stdout } = await runProgram('pgrep', { args: ['-P', String(pid)] });
  const children = stdout.split('\n').filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(below))).flat()];
}

for (const stopped of [false, true]) {
  const name = `process 1 of a container ends${stopped ? ' while its agents have requests in hand' : ''}`;
  asRoot(`${name}: its programs end with it, and nobody is blamed`, async () => {
    for (let round = 0; round < 3; round++) {
      const scans = [1, 2].map((seed) => `'${program}' ${seed} scan &`).join(' ');
      const inside = ['unshare', '--pid', '--fork', '--mount-proc', 'sh', '-c', `echo begun; ${scans} wait`];
      const run = bench.start(['--resident', '6MiB', '--store', 'memory:?limit=512MiB'], inside);
      await run.child.waitFor(/scans\n(.*\n)*scans\n/);
      const all = await below(run.child.pid);
      const names = new Map(all.map((pid) => [pid, { ...nameOf(pid), inner: innerOf(pid) }]));
      const agents = all.filter((pid) => names.get(pid)?.name === 'farpage');
      const [init] = all.filter((pid) => names.get(pid)?.inner === 1);
      assert.ok(init !== undefined && agents.length >= 2, JSON.stringify([...names]));
      // A stopped agent takes no request up: one that is posted to it is in its hand.
      if (stopped) for (const agent of agents) process.kill(agent, 'SIGSTOP');
      process.kill(init, 'SIGKILL');
      const result = await run.child.result;
      // What unshare says of it differs between its versions.
      assert.equal(result.signal, null, tell(result));
      assert.doesNotMatch(result.stderr, /was killed|is killed|agent/, tell(result));
    }
  });
}

/** Its number in the innermost PID namespace that it is in, if that is not this test's. */
function innerOf(pid: number): number | null {
  try {
    const [, ...inner] =
      /^NSpid:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]?.split(/\s+/) ?? [];
    return inner.length === 0 ? null : Number(inner.at(-1));
  } catch {
    return null;
  }
}

test.run();
