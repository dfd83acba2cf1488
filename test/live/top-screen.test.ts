// budget: 180 s
// covers: src/terminal/screen.ts, src/cli/top.ts
// `farpage top` on a real terminal: it redraws within its size, and leaves the terminal as it was, however it ends.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { isStopped } from '../../src/linux/proc.js';
import { ROOT } from '../support/paths.js';
import { type Child, runProgram, startProgram } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';

const BUDGET = 60_000;
const ESCAPE = '\u001b[';
const ENTER = `${ESCAPE}?1049h${ESCAPE}?25l`;
const LEAVE = `${ESCAPE}?25h${ESCAPE}?1049l`;
const TOP = `'${process.execPath}' '${path.join(ROOT, 'bin/farpage.js')}' top`;
const test = suite('top on a terminal');

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const onTerminal = skipUnless(test, ['script', 'stty', 'setsid'].every(has), 'needs script, stty and setsid');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-top-'));
test.after(() => rmSync(folder, { recursive: true }));

const RUN = `sh -c 'echo "pid $$"; exec "$@"' sh ${TOP}`;

/**
 * `farpage top` on a terminal of its own, 70 columns wide; its modes are printed before and after.
 * @param isJob it is a job of a shell, which continues it once it has stopped
 */
function top(options: string, env: Readonly<Record<string, string | undefined>> = {}, isJob = false): Child {
  const run = isJob ? `set -m; ${RUN} ${options}; fg` : `${RUN} ${options}`;
  return onOwnTerminal(`echo "before $(stty -g)"; ${run}; echo "code $?"; echo "after $(stty -g)"`, env);
}

function onOwnTerminal(commands: string, env: Readonly<Record<string, string | undefined>> = {}): Child {
  return startProgram('script', {
    args: ['-qefc', `ulimit -c 0; stty rows 12 cols 70; echo "on $(tty)"; ${commands}`, '/dev/null'],
    budget: BUDGET,
    env: { TERM: 'xterm', NO_COLOR: undefined, SHELL: '/bin/sh', ...env },
  });
}

async function stty(terminal: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram('stty', { args: ['-F', terminal, ...args] });
  assert.equal(code, 0, stderr);
  return stdout;
}

/** How often `part` is in what was printed. */
const times = (text: string, part: string): number => text.split(part).length - 1;
const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]);

/** What was drawn, without escapes: the lines of each frame. */
function framesOf(text: string): string[][] {
  const screen = text.slice(text.indexOf(ENTER), text.lastIndexOf(LEAVE));
  const [, ...frames] = screen.split(`${ESCAPE}H`);
  return frames.map((frame) => {
    const [drawn = ''] = frame.split(`${ESCAPE}J`);
    const [first = '', ...parts] = drawn.split(ESCAPE);
    const plain = first + parts.map((part) => part.replace(/^\d*[A-Za-z]/, '')).join('');
    return plain.split(/\r*\n/);
  });
}

/** The screen was left, and its modes are as before. */
function checkLeft(text: string, code = 0): void {
  assert.equal(times(text, ENTER), times(text, LEAVE), JSON.stringify(text));
  assert.ok(text.lastIndexOf(LEAVE) > text.lastIndexOf(ENTER));
  const modes = [...text.matchAll(/^(?:before|after) (\S+)\r?$/gm)].map(([, mode]) => mode);
  assert.equal(modes.length, 2, JSON.stringify(text));
  assert.equal(modes[0], modes[1]);
  assert.equal(numberIn(text, /(?:^|l)code (\d+)/m), code);
}

onTerminal('it redraws in place within its width, and q ends it', async () => {
  const child = top('--interval 0.1');
  await child.waitFor(/(?:\[H[\s\S]*){4}/);
  child.write('q');
  const { stdout } = await child.result;
  checkLeft(stdout);
  const frames = framesOf(stdout);
  assert.ok(frames.length >= 4, JSON.stringify(stdout));
  assert.match(frames[0]?.[0] ?? '', /^farpage top: looking, every 0\.1 s; q ends$/);
  for (const frame of frames) {
    assert.match(frame[0] ?? '', /^farpage top: /);
    assert.match(frame[1] ?? '', /^pid /);
    assert.ok(frame.length <= 12, JSON.stringify(frame));
    for (const line of frame) assert.ok(line.length <= 70, line);
  }
  // The last table stays on the terminal.
  assert.match(stdout.slice(stdout.lastIndexOf(LEAVE)), /pid +program/);
});

onTerminal('Ctrl-C and SIGTERM end it at once, whatever the interval', async () => {
  const keyed = top('--interval 3600');
  await keyed.waitFor(/looking/);
  keyed.write('\u0003');
  checkLeft((await keyed.result).stdout);
  const killed = top('--interval 3600');
  await killed.waitFor(/looking/);
  const [, pid] = await killed.waitFor(/^pid (\d+)\r?$/m);
  process.kill(Number(pid), 'SIGTERM');
  checkLeft((await killed.result).stdout);
});

onTerminal('another size of the terminal is drawn at once', async () => {
  const child = top('--interval 3600');
  await child.waitFor(/looking/);
  const [, terminal = ''] = await child.waitFor(/^on (\S+)\r?$/m);
  await stty(terminal, 'cols', '24', 'rows', '6');
  await child.waitFor(/\[H[\s\S]*\[H[\s\S]*\[J/);
  child.write('q');
  const { stdout } = await child.result;
  const last = framesOf(stdout).at(-1) ?? [];
  assert.equal(last[0], 'farpage top: looking, ev');
  for (const line of last) assert.ok(line.length <= 24, line);
  assert.equal(numberIn(stdout, /(?:^|l)code (\d+)/m), 0);
});

onTerminal('stopped and continued it shows itself again', async () => {
  const child = top('--interval 3600');
  await child.waitFor(/looking/);
  const [, pid] = await child.waitFor(/^pid (\d+)\r?$/m);
  const [, terminal = ''] = await child.waitFor(/^on (\S+)\r?$/m);
  process.kill(Number(pid), 'SIGSTOP');
  await until(() => isStopped(Number(pid)), 'it is stopped');
  // As a shell does for the commands that are given meanwhile.
  await stty(terminal, 'sane');
  assert.match(await stty(terminal, '-a'), / icanon /);
  process.kill(Number(pid), 'SIGCONT');
  await child.waitFor(/1049h[\s\S]*1049h[\s\S]*\[J/);
  assert.match(await stty(terminal, '-a'), / -icanon /);
  // Nobody could continue a process of this terminal: Ctrl-Z does not stop it for good.
  child.write('\u001a');
  await child.waitFor(/1049l[\s\S]*1049h[\s\S]*\[J/);
  child.write('q');
  const { stdout } = await child.result;
  assert.equal(numberIn(stdout, /(?:^|l)code (\d+)/m), 0);
  assert.ok(stdout.lastIndexOf(LEAVE) > stdout.lastIndexOf(ENTER));
});

onTerminal('Ctrl-Z stops it in a shell that can continue it, and then it shows itself once', async () => {
  const child = top('--interval 3600', {}, true);
  await child.waitFor(/looking/);
  child.write('\u001a');
  await child.waitFor(/1049h[\s\S]*1049l[\s\S]*1049h[\s\S]*\[J/);
  child.write('q');
  const { stdout } = await child.result;
  checkLeft(stdout);
  assert.equal(times(stdout, ENTER), 2, JSON.stringify(stdout));
});

for (const [signal, number] of [
  ['SIGHUP', 1],
  ['SIGQUIT', 3],
] as const) {
  onTerminal(`${signal} ends it by that signal, and the terminal is as before`, async () => {
    const child = top('--interval 3600');
    await child.waitFor(/looking/);
    const [, pid] = await child.waitFor(/^pid (\d+)\r?$/m);
    process.kill(Number(pid), signal);
    checkLeft((await child.result).stdout, 128 + number);
  });
}

for (const [what, keys] of [
  ['whose keys it reads', ''],
  ['that it only draws on', '< /dev/null'],
] as const) {
  onTerminal(`a terminal ${what} goes: it ends as by SIGHUP`, async () => {
    const [told, code] = ['told', 'code'].map((name) => path.join(folder, `${name}${keys.length}`)) as [string, string];
    // A session of its own gets no SIGHUP from this terminal.
    const run = `${RUN} --interval 0.1 ${keys} 2> ${told}; echo $? > ${code}`;
    const child = onOwnTerminal(`setsid sh -c "$RUN"`, { RUN: run });
    const [, pid] = await child.waitFor(/^pid (\d+)\r?$/m);
    try {
      await child.waitFor(/program[\s\S]*\[J/);
      child.kill();
      const read = () => readFileSync(code, { encoding: 'utf8', flag: 'a+' });
      await until(() => read().endsWith('\n'), 'it has ended');
      assert.equal(read(), '129\n');
      // The shell's word for the signal, and nothing of Node.js.
      assert.match(readFileSync(told, 'utf8'), /^(?:Hangup\n)?$/);
    } finally {
      spawnSync('kill', ['-9', String(pid)]);
    }
  });
}

onTerminal('without colour it still redraws, and a terminal that cannot gets lines', async () => {
  const plain = await top('--interval 0.1 --count 2', { NO_COLOR: '1' }).result;
  checkLeft(plain.stdout);
  assert.equal(plain.stdout.includes(`${ESCAPE}1m`), false);
  const dumb = await top('--interval 0.1 --count 2', { TERM: 'dumb' }).result;
  assert.equal(dumb.stdout.includes('\u001b'), false, JSON.stringify(dumb.stdout));
  assert.equal(times(dumb.stdout, 'program'), 2);
  assert.equal(numberIn(dumb.stdout, /(?:^|l)code (\d+)/m), 0);
});

test.run();
