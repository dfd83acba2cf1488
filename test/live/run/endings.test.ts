// budget: 200 s
// parts: 2
// covers: native/programs/, src/run/
// What passes through a run unchanged, what is refused, and how each process ends. Pitfalls 9 (peeks at evicted pages), 11 (the
// pager's death) and 14 (an end with faults under way) are here.
import assert from 'node:assert/strict';
import { chmodSync, chownSync, copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from '../../support/parts.js';
import { runProgram, startProgram } from '../../support/process/child.js';
import { until } from '../../support/servers/servers.js';
import { skipUnless } from '../../support/skip.js';
import { Bench, BUDGET, isRunning, MAIN, tell } from './kit.js';

const test = suite('endings of run');
const bench = new Bench();
const LIMIT = ['--resident', '8MiB'];
const NOBODY = 65534;
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, to make a file that is somebody else’s');
let kernel = '';

test.before(() => {
  kernel = bench.compile('kernel');
});
test.after(() => bench.remove());

const shell = (text: string) => ['sh', '-c', text];

for (const code of [0, 1, 3, 42, 255]) {
  test(`exit code ${code} is the run's`, async () => {
    const result = await bench.start([], shell(`exit ${code}`)).child.result;
    assert.equal(result.code, code, tell(result));
  });
}

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGUSR1'] as const) {
  test(`a program that ${signal} ends: the run ends by it too, and reports`, async () => {
    const run = bench.start([], shell(`kill -${signal.slice(3)} $$; sleep 5`));
    const result = await run.child.result;
    assert.equal(result.signal, signal, tell(result));
    assert.deepEqual(run.report().exit, { code: null, signal });
  });
}

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGINT', 'SIGQUIT', 'SIGWINCH'] as const) {
  test(`${signal} is passed on`, async () => {
    const run = bench.start(
      [],
      shell(`trap 'echo got; exit 9' ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`),
    );
    await run.child.waitFor(/ready/);
    run.child.kill(signal);
    const result = await run.child.result;
    assert.equal(result.code, 9, tell(result));
    assert.match(result.stdout, /got/);
  });
}

test('a program that stops itself stops the run; both continue together', async () => {
  const run = bench.start([], shell('echo ready; kill -STOP $$; echo on; exit 4'));
  await run.child.waitFor(/ready/);
  const stopped = () => /\) T /.test(readFileSync(`/proc/${run.child.pid}/stat`, 'latin1'));
  await until(stopped, 'the run stops');
  run.child.kill('SIGCONT');
  const result = await run.child.result;
  assert.equal(result.code, 4, tell(result));
});

test('input, output, folder, arguments and environment are the program’s own', async () => {
  const text = 'pwd; echo "$0|$1|$2|$OWN"; cat; echo aside >&2';
  const child = { input: 'what came in\n'.repeat(10_000), cwd: bench.folder, env: { OWN: 'mine' } };
  const result = await bench.start([], [...shell(text), '--json', 'a b'], child).child.result;
  const [folder, args, ...lines] = result.stdout.split('\n');
  assert.equal(folder, bench.folder);
  assert.equal(args, '--json|a b||mine', tell(result));
  assert.equal(lines.length, 10_001);
  assert.match(result.stderr, /^aside\nfarpage: code 0 after /);
});

test('a library of the user’s own rides along', async () => {
  const result = await bench.start([], shell('echo $LD_PRELOAD'), { env: { LD_PRELOAD: 'libm.so.6' } }).child.result;
  assert.match(result.stdout, /^\S+farpage-preload\.so:libm\.so\.6\n$/, tell(result));
});

for (const [what, make] of [
  ['static', () => bench.compile('kernel', '-static')],
  ['static, position independent', () => bench.compile('kernel', '-static-pie')],
] as const) {
  test(`a ${what} program is refused, and runs unpaged where that is allowed`, async () => {
    const program = make();
    const refused = await bench.start([], [program, 'own handler']).child.result;
    assert.equal(refused.code, 3, tell(refused));
    assert.match(refused.stderr, /^farpage: .* is statically linked[^\n]*\nhint: give --allow-unpaged[^\n]*\n$/);
    const allowed = await bench.start(['--allow-unpaged'], [program, 'own handler']).child.result;
    assert.equal(allowed.code, 0, tell(allowed));
    assert.equal(allowed.stdout, 'fine\n');
    assert.match(allowed.stderr, /^farpage: .* is statically linked[^\n]*; it runs unpaged\n/);
  });
}

asRoot('a setuid program is refused', async () => {
  const program = path.join(bench.folder, 'privileged');
  copyFileSync('/bin/true', program);
  chownSync(program, NOBODY, NOBODY);
  chmodSync(program, 0o4755);
  const refused = await bench.start([], [program]).child.result;
  assert.equal(refused.code, 3, tell(refused));
  assert.match(refused.stderr, /is setuid 65534/);
});

test('bad usage is reported before anything starts', async () => {
  const code = async (...args: string[]) => (await runProgram(process.execPath, { args: [MAIN, 'run', ...args] })).code;
  assert.equal(await code('--', 'no-such-program'), 2);
  assert.equal(await code(), 2);
  assert.equal(await code('--resident', 'much', '--', 'true'), 2);
  assert.equal(await code('--resident', '4KiB', '--', 'true'), 2);
  assert.equal(await code('--store', 'nowhere:', '--', 'true'), 2);
  assert.equal(await code('--core', 'fast', '--', 'true'), 2);
  assert.equal(await code('--faults', 'inline', '--', 'true'), 2);
  assert.equal(await code('--cpu', 'x', '--', 'true'), 2);
  assert.equal(await code('--json', '/nowhere/at/all', '--', 'true'), 2);
});

test('a program that is killed in the middle of faults leaves a report', async () => {
  const run = bench.start(LIMIT, [kernel, 'hold']);
  const [, pid] = await run.child.waitFor(/holding (\d+)\n/);
  await sleep(300);
  process.kill(Number(pid), 'SIGKILL');
  const result = await run.child.result;
  assert.equal(result.signal, 'SIGKILL', tell(result));
  assert.ok(run.report().stats.evictions > 0);
});

test('a stopped program does not hang the pager: it continues where it was', async () => {
  const run = bench.start(LIMIT, shell(`'${kernel}' hold & echo child $!; wait $!`));
  const [, pid] = await run.child.waitFor(/holding (\d+)\n/);
  process.kill(Number(pid), 'SIGSTOP');
  await sleep(500);
  process.kill(Number(pid), 'SIGCONT');
  await sleep(200);
  process.kill(Number(pid), 'SIGTERM');
  const result = await run.child.result;
  assert.equal(result.code, 143, tell(result));
});

/** The launcher's children: the pager, and the program. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
}

test('the pager is killed: the program is gone within a second, with a line, and reads no zeros', async () => {
  const run = bench.start(LIMIT, [kernel, 'hold']);
  const [, pid] = await run.child.waitFor(/holding (\d+)\n/);
  await sleep(200);
  for (const child of childrenOf(run.child.pid)) if (child !== Number(pid)) process.kill(child, 'SIGKILL');
  await until(() => !isRunning(Number(pid)), 'the program ends', 1000);
  const result = await run.child.result;
  assert.match(result.stderr, /^farpage: [^\n]*\n/, tell(result));
  assert.doesNotMatch(result.stderr, /bad_pages/);
  // The next run clears what the killed one could not.
  await bench.start([], shell('exit 0')).child.result;
});

for (const [how, script] of [
  ['a socket', 'exec "$@"'],
  ['a pipe', 'exec 3>&1; "$@" 2>&1 >&3 3>&- | cat >&2'],
] as const) {
  test(`the launcher is killed, standard error is ${how}: the program ends with a line and reads no zeros`, async () => {
    const run = [process.execPath, MAIN, 'run', ...LIMIT, '--', kernel, 'hold'];
    const env = { FOLDER: bench.folder, XDG_RUNTIME_DIR: bench.folder };
    const child = startProgram('sh', { args: ['-c', script, 'sh', ...run], env, cwd: bench.folder, budget: BUDGET });
    const [, pid] = await child.waitFor(/holding (\d+)\n/);
    const [, launcher] = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    process.kill(Number(launcher), 'SIGKILL');
    const result = await child.result;
    await until(() => !isRunning(Number(pid)), 'the program ends');
    assert.match(result.stderr, /^farpage: the pager has ended, .* is killed \(SIGKILL\)$/m, tell(result));
    assert.doesNotMatch(result.stderr, /bad_pages/);
  });
}

test('the pager is stopped and killed while it is asked to read an event: the program is gone, and reads no zeros', async () => {
  const run = bench.start(LIMIT, [bench.compile('protected'), 'rests']);
  const [, pid] = await run.child.waitFor(/resting (\d+)\n/);
  await sleep(500);
  const others = childrenOf(run.child.pid).filter((child) => child !== Number(pid));
  for (const child of others) process.kill(child, 'SIGSTOP');
  await sleep(100);
  for (const child of others) process.kill(child, 'SIGKILL');
  await until(() => !isRunning(Number(pid)), 'the program ends');
  const result = await run.child.result;
  assert.doesNotMatch(result.stderr, /bad_pages/);
  await bench.start([], shell('exit 0')).child.result;
});

test('a debugger that peeks at an evicted page gets an error, and the program its page', async () => {
  const run = bench.start(LIMIT, [kernel, 'hold']);
  const [, pid] = await run.child.waitFor(/holding (\d+)\n/);
  const maps = readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n');
  const big = maps.map((line) => /^(\w+)-(\w+) rw-p 00000000 00:00 0 *$/.exec(line)).filter((found) => found !== null);
  assert.ok(big.length > 0);
  const { openSync, readSync, closeSync } = await import('node:fs');
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  let refusals = 0;
  for (const [, from, to] of big) {
    for (let at = BigInt(`0x${from}`); at < BigInt(`0x${to}`); at += 65536n) {
      try {
        readSync(memory, Buffer.alloc(8), 0, 8, at as unknown as number);
      } catch {
        refusals++;
      }
    }
  }
  closeSync(memory);
  assert.ok(refusals > 0, 'no page was elsewhere');
  await sleep(200);
  process.kill(Number(pid), 'SIGTERM');
  const result = await run.child.result;
  assert.equal(result.signal, 'SIGTERM', tell(result));
});

test('nothing is left behind', () => {
  assert.deepEqual(bench.leftovers(), []);
});

test.run();
