// budget: 180 s
// covers: src/terminal/screen.ts, src/cli/top.ts
// `farpage top` on a real terminal: it redraws within its size, and leaves the terminal as it was, however it ends.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { type Child, runProgram, startProgram } from '../support/process/child.js';
import { skipUnless } from '../support/skip.js';

const BUDGET = 60_000;
const ESCAPE = '\u001b[';
const ENTER = `${ESCAPE}?1049h${ESCAPE}?25l`;
const LEAVE = `${ESCAPE}?25h${ESCAPE}?1049l`;
const TOP = `'${process.execPath}' '${path.join(ROOT, 'bin/farpage.js')}' top`;
const test = suite('top on a terminal');

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const onTerminal = skipUnless(test, has('script') && has('stty'), 'needs script and stty');

/** `farpage top` on a terminal of its own, 70 columns wide; its modes are printed before and after. */
function top(options: string, env: Readonly<Record<string, string | undefined>> = {}): Child {
  const run = `sh -c 'echo "pid $$"; exec "$@"' sh ${TOP} ${options}`;
  const shell = `stty rows 12 cols 70; echo "on $(tty)"; echo "before $(stty -g)"; ${run}; echo "code $?"; echo "after $(stty -g)"`;
  return startProgram('script', {
    args: ['-qefc', shell, '/dev/null'],
    budget: BUDGET,
    env: { TERM: 'xterm', NO_COLOR: undefined, SHELL: '/bin/sh', ...env },
  });
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

/** The screen was left, its modes are as before, and the exit code is 0. */
function checkLeft(text: string): void {
  assert.equal(times(text, ENTER), times(text, LEAVE), JSON.stringify(text));
  assert.ok(text.lastIndexOf(LEAVE) > text.lastIndexOf(ENTER));
  const modes = [...text.matchAll(/^(?:before|after) (\S+)\r?$/gm)].map(([, mode]) => mode);
  assert.equal(modes.length, 2, JSON.stringify(text));
  assert.equal(modes[0], modes[1]);
  assert.equal(numberIn(text, /(?:^|l)code (\d+)/m), 0);
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
  const { code, stderr } = await runProgram('stty', { args: ['-F', terminal, 'cols', '24', 'rows', '6'] });
  assert.equal(code, 0, stderr);
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
  process.kill(Number(pid), 'SIGSTOP');
  process.kill(Number(pid), 'SIGCONT');
  await child.waitFor(/1049h[\s\S]*1049h[\s\S]*\[J/);
  // Nobody could continue a process of this terminal: Ctrl-Z does not stop it for good.
  child.write('\u001a');
  await child.waitFor(/1049l[\s\S]*1049h[\s\S]*\[J/);
  child.write('q');
  const { stdout } = await child.result;
  assert.equal(numberIn(stdout, /(?:^|l)code (\d+)/m), 0);
  assert.ok(stdout.lastIndexOf(LEAVE) > stdout.lastIndexOf(ENTER));
});

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
