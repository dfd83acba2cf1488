// budget: 180 s
// parts: 2
// A program under run is started as it is without: with the same bytes, signals, descriptors and limits, as exec(2) hands
// them on. Stops, continues and orphans too are as without.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from '../../support/parts.js';
import { type ChildResult, runProgram, startProgram } from '../../support/process/child.js';
import { until } from '../../support/servers/servers.js';
import { skipUnless } from '../../support/skip.js';
import { Bench, COMMAND, isRunning, MAIN, tell } from './kit.js';

const test = suite('run as exec');
const bench = new Bench();
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, for a PID namespace');
let exec = '';

test.before(() => {
  exec = bench.compile('exec');
});
test.after(() => bench.remove());

const env = { XDG_RUNTIME_DIR: bench.folder };
const run = (...args: string[]) => runProgram(COMMAND, { args: ['run', '--', ...args], env });

/** Under what `exec with` sets. */
function withState(command: readonly string[], variables: Record<string, string> = {}): Promise<ChildResult> {
  const kept = {
    ...variables,
    KEPT_PATH: `PATH=${process.env['PATH'] ?? ''}`,
    KEPT_FOLDER: `XDG_RUNTIME_DIR=${bench.folder}`,
  };
  return runProgram(exec, { args: ['with', ...command], env: kept });
}

function sameLines(found: string, expected: string): void {
  assert.ok(expected.includes('descriptor 290'), expected);
  assert.deepEqual(found.split('\n'), expected.split('\n'));
}

test('bytes, signals, mask, limits, descriptors and flags are those of a program that is started directly', async () => {
  const words = [exec, 'caf@', '', 'a b'];
  // What is meant for a Node.js that the program is does not reach the pager's.
  const options = { KEPT_OPTIONS: 'NODE_OPTIONS=--no-such-option' };
  const direct = await withState(words, options);
  const paged = await withState([COMMAND, 'run', '--', ...words], options);
  assert.equal(paged.code, 0, tell(paged));
  sameLines(paged.stdout, direct.stdout);
  assert.match(direct.stdout, /activated: this process/);
  assert.match(direct.stdout, /argument caf<e9>/);
});

test('a program whose path is not UTF-8 is found: by its path, in its folder, in PATH', async () => {
  const name = Buffer.from('t\xe9l', 'latin1');
  const folder = Buffer.concat([Buffer.from(`${bench.folder}/f`), name]);
  mkdirSync(folder);
  writeFileSync(Buffer.concat([folder, Buffer.from('/'), name]), '#!/bin/sh\nprintf %s "$0"\n', { mode: 0o755 });
  const script = `cd "$1" && ./"$2"; echo; "$3" run -- ./"$2"; echo; PATH="$1:$PATH" "$3" run -- "$2"; echo; "$3" run -- "$1/$2"`;
  const { stdout, ...rest } = await withState(['sh', '-c', script, 'sh', `${bench.folder}/ft@l`, 't@l', COMMAND]);
  const lines = Buffer.from(stdout).toString().split('\n');
  assert.equal(lines[1], lines[0], tell({ stdout, ...rest }));
  assert.ok(
    lines[2]?.endsWith(`${bench.folder}/f${lines[0]?.slice(2)}/${lines[0]?.slice(2)}`),
    tell({ stdout, ...rest }),
  );
  assert.equal(lines[3], lines[2]);
});

test('Node.js that is given the command’s file hands on bytes and descriptors too', async () => {
  const shown = async (...words: string[]) => {
    const { stdout } = await withState([...words, exec, 'caf@']);
    return stdout.split('\n').filter((line) => /^(argument|variable|descriptor|umask)/.test(line));
  };
  assert.deepEqual(await shown(process.execPath, MAIN, 'run', '--'), await shown());
});

test('what the program closes is closed: the reader of a pipe sees its end while the run still lasts', async () => {
  // The reader ends at the ends of both pipes; only then does the program.
  const inner = 'exec 3>&- >&-; while ! [ -e mark ]; do sleep 0.1; done';
  const outer = `mkfifo a b; { cat b & cat a; wait; touch mark; } & (exec "$1" run -- sh -c '${inner}' 3>a >b); echo "code $?"`;
  const result = await runProgram('sh', { args: ['-c', outer, 'sh', COMMAND], env, cwd: bench.folder });
  assert.equal(result.stdout, 'code 0\n', tell(result));
});

test('ignored signals stay ignored by the run itself: a job under nohup outlives its terminal', async () => {
  const mark = path.join(bench.folder, 'outlived');
  const text = 'trap "" HUP; setsid "$@" & echo $!; wait';
  const child = startProgram('sh', {
    args: [
      '-c',
      text,
      'sh',
      COMMAND,
      'run',
      '--',
      'sh',
      '-c',
      'echo begun; while ! [ -e "$0" ]; do sleep 0.1; done',
      mark,
    ],
    env,
  });
  await child.waitFor(/begun/);
  const [, leader] = await child.waitFor(/^(\d+)\n/);
  process.kill(-Number(leader), 'SIGHUP');
  await sleep(300);
  assert.ok(isRunning(Number(leader)), 'the run ended');
  writeFileSync(mark, '');
  assert.equal((await child.result).code, 0);
});

test('a command other than run keeps ignoring too', async () => {
  const socket = path.join(bench.folder, 'socket');
  const args = ['-c', 'trap "" HUP INT TERM; exec "$@"', 'sh', COMMAND, 'serve', '--socket', socket, '--image', 'none'];
  const child = startProgram('sh', { args, env });
  await until(() => existsSync(socket), 'the server listens');
  for (const signal of ['SIGHUP', 'SIGTERM', 'SIGINT'] as const) child.kill(signal);
  await sleep(500);
  assert.ok(isRunning(child.pid), 'the server ended');
  child.kill();
  await child.result.catch(() => {});
});

test('an alarm that was set before the run goes off in the program', async () => {
  const result = await runProgram(exec, { args: ['alarm', '1', COMMAND, 'run', '--', 'sleep', '20'], env });
  assert.equal(result.signal, 'SIGALRM', tell(result));
});

test('a value that is sent along with a signal arrives', async () => {
  const text = 'trap "echo got; exit 5" USR1; echo ready; while :; do sleep 0.05; done';
  const child = startProgram(COMMAND, { args: ['run', '--', 'sh', '-c', text], env });
  await child.waitFor(/ready/);
  const sent = await runProgram('kill', { args: ['-USR1', '-q', '7', String(child.pid)] });
  assert.equal(sent.code, 0, tell(sent));
  assert.equal((await child.result).code, 5);
});

test('a signal to the whole group, as timeout sends it, reaches the program once; one to the run alone too', async () => {
  const text = "trap 'n=x$n; echo one' USR1; trap 'echo $n; exit' USR2; echo ready; while :; do sleep 0.05; done";
  const shell = startProgram(exec, {
    args: ['job', COMMAND, 'run', '--', 'sh', '-c', text],
    env,
  });
  const [, run] = await shell.waitFor(/run (\d+)\n/);
  await shell.waitFor(/ready/);
  process.kill(-Number(run), 'SIGUSR1');
  await shell.waitFor(/one\n/);
  // The kernel keeps one pending signal of a number: the run must have taken the first one.
  await until(() => pendingOf(Number(run)) === 0n, 'the run takes the signal');
  process.kill(Number(run), 'SIGUSR1');
  await shell.waitFor(/one\none\n/);
  process.kill(Number(run), 'SIGUSR2');
  const { stdout } = await shell.result;
  assert.match(stdout, /\nxx\n$/);
});

const pendingOf = (pid: number) =>
  BigInt(`0x${/^ShdPnd:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]}`);

const stateOf = (pid: number) => /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

for (const stop of ['STOP', 'TSTP', 'TTIN'] as const) {
  test(`a program that SIG${stop} stops: the run stops and continues with it, whichever is continued`, async () => {
    const loop = ['run', '--', 'sh', '-c', 'echo "program $$"; while :; do sleep 0.1; done'];
    // Only in a job do the terminal's signals stop a process.
    const shell = startProgram(exec, { args: ['job', COMMAND, ...loop], env });
    const [, run] = await shell.waitFor(/run (\d+)\n/);
    const [, program] = await shell.waitFor(/program (\d+)\n/);
    for (const continued of [program, run, program]) {
      process.kill(Number(program), `SIG${stop}`);
      await until(() => stateOf(Number(run)) === 'T', 'the run stops');
      process.kill(Number(continued), 'SIGCONT');
      await until(() => [run, program].every((pid) => stateOf(Number(pid)) !== 'T'), 'both run again');
    }
    process.kill(Number(run), 'SIGTERM');
    assert.equal((await shell.result).code, 128 + 15);
  });
}

test('while the program is stopped, others that it has started are served', async () => {
  const memory = bench.compile('kernel');
  const text = `'${memory}' 'own handler' && echo served; kill -CONT $$; wait`;
  const child = startProgram(COMMAND, {
    args: ['run', '--resident', '8MiB', '--', 'sh', '-c', `(sleep 1; ${text}) & kill -STOP $$; wait; exit 4`],
    env,
    budget: 60_000,
  });
  const result = await child.result;
  assert.equal(result.code, 4, tell(result));
  assert.match(result.stdout, /served/);
});

asRoot('as the first process of a container it buries what others leave, and ends as the program does', async () => {
  const text = 'for i in 1 2 3; do (sleep 0.2 & ) ; done; sleep 1; grep -l "^State:.Z" /proc/[0-9]*/status; exit 6';
  const result = await runProgram(exec, { args: ['first', COMMAND, 'run', '--', 'sh', '-c', text], env });
  assert.equal(result.code, 6, tell(result));
  assert.equal(result.stdout, '');
  const killed = await runProgram(exec, { args: ['first', COMMAND, 'run', '--', 'sh', '-c', 'kill -TERM $$'], env });
  assert.equal(killed.code, 128 + 15, tell(killed));
});

test('a run that is asked to end before its program starts ends', async () => {
  const fifo = path.join(bench.folder, 'fifo');
  await runProgram('mkfifo', { args: [fifo] });
  const started = path.join(bench.folder, 'started');
  const child = startProgram(COMMAND, { args: ['run', '--store', `file:${fifo}`, '--', 'touch', started], env });
  await sleep(500);
  child.kill('SIGTERM');
  const { code, signal } = await child.result;
  assert.ok(code !== 0 || signal !== null);
  assert.ok(!existsSync(started));
});

test('the command works through links, from any folder', async () => {
  const link = path.join(bench.folder, 'linked');
  symlinkSync(path.relative(bench.folder, COMMAND), link);
  const result = await runProgram('./linked', { args: ['run', '--', 'echo', 'fine'], cwd: bench.folder, env });
  assert.equal(result.stdout, 'fine\n', tell(result));
  const copied = path.join(bench.folder, 'copied');
  copyFileSync('/bin/true', copied);
  assert.equal((await run(copied)).code, 0);
});

test('--json is a flag, --output names a file, and the old form means that', async () => {
  const document = (text: string) => JSON.parse(text.slice(text.indexOf('{'))) as { exit: { code: number } };
  const farpage = (...args: string[]) => runProgram(COMMAND, { args: ['run', ...args], env, cwd: bench.folder });
  for (const words of [['--json', '--'], ['--json'], ['--output', '-', '--']]) {
    const { stdout } = await farpage(...words, 'sh', '-c', 'echo first; exit 3');
    assert.match(stdout, /^first\n\{/);
    assert.equal(document(stdout).exit.code, 3);
  }
  for (const words of [
    ['--json', 'a.json', '--'],
    ['--output', 'a.json'],
    ['--json=a.json', '--'],
  ]) {
    const file = path.join(bench.folder, 'a.json');
    const { stdout, stderr } = await farpage('--no-summary', ...words, 'sh', '-c', 'echo first; exit 4');
    assert.deepEqual([stdout, stderr], ['first\n', '']);
    assert.equal(document(readFileSync(file, 'utf8')).exit.code, 4);
    rmSync(file);
  }
});

test('--core chooses the host that runs the core, and the report names it', async () => {
  for (const core of ['v8', 'native']) {
    const words = ['run', '--json', '--core', core, '--faults', 'loop', '--', 'true'];
    const { stdout, stderr } = await runProgram(COMMAND, { args: words, env, cwd: bench.folder });
    const report = JSON.parse(stdout || stderr) as { core: string; options: { core: string } };
    assert.deepEqual([report.core, report.options.core], [core, core]);
  }
});

test('nothing is left behind', () => {
  assert.deepEqual(bench.leftovers(), []);
});

test.run();
