// The help of each command shows examples that are commands of farpage, with options that they take, in 80 columns.
import assert from 'node:assert/strict';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';
import { runProgram } from '../../support/process/child.js';

const COMMAND = path.join(ROOT, 'bin/farpage.js');
const test = suite('help');

async function helpOf(names: readonly string[]): Promise<string> {
  const { code, stdout } = await runProgram(COMMAND, { args: [...names, '--help'], input: '' });
  assert.equal(code, 0, names.join(' '));
  return stdout;
}

function commandsIn(help: string): string[] {
  const [, list = ''] = /^Commands:\n((?: {2}.*\n?)+)/m.exec(help) ?? [];
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help');
}

/** The help of each command that does something itself, by its names. */
async function collect(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of commandsIn(await helpOf([]))) {
    const help = await helpOf([name]);
    const inner = commandsIn(help);
    if (inner.length === 0 || /^Arguments:$/m.test(help)) found.set(name, help);
    for (const second of inner) found.set(`${name} ${second}`, await helpOf([name, second]));
  }
  return found;
}

const all = await collect();

test('each command shows one or two examples, with options that it takes', () => {
  assert.ok(all.size > 12, `only ${all.size} commands were found`);
  for (const [names, help] of all) {
    const [, block = ''] = /^Examples:\n((?: {2}.*\n?)+)/m.exec(help) ?? [];
    const lines = block.split('\n').filter((line) => line !== '');
    assert.ok(lines.length === 1 || lines.length === 2, `${names}: ${lines.length} examples`);
    for (const line of lines) {
      assert.match(line, new RegExp(`\\bfarpage ${names}\\b`));
      const [, own = ''] = /farpage (.*?)(?: -- |$)/.exec(line) ?? [];
      for (const [, option = ''] of own.matchAll(/(--[a-z-]+)/g)) {
        assert.ok(help.includes(`  ${option}`), `${names}: no ${option}`);
      }
    }
  }
});

test('no line of a help is over 80 columns wide', () => {
  const wide = [...all].flatMap(([names, help]) =>
    help.split('\n').flatMap((line) => (line.length > 80 ? [`${names}: ${line}`] : [])),
  );
  assert.deepEqual(wide, []);
});

test.run();
