// Each command that README.md and docs/ show is one that `farpage` has, with options that it takes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { projectFiles, ROOT } from '../../support/paths.js';
import { runProgram } from '../../support/process/child.js';

const COMMAND = path.join(ROOT, 'bin/farpage.js');
const test = suite('documented commands');

interface Shown {
  where: string;
  /** The words that name the command: ['image', 'info']. */
  names: string[];
  options: string[];
}

/** The commands in the fenced blocks of a page, and in code of its text that begins with farpage. */
function commandsOf(page: string, text: string): Shown[] {
  const blocks = text.split(/^```/m).filter((block, index) => index % 2 === 1 && /^(?:sh)?\n/.test(block));
  const fenced = blocks.map((block) => block.replace(/\\\n\s*/g, ' '));
  const inline = [...text.matchAll(/`((?:npx )?farpage [^`\n]+)`/g)].map(([, code = '']) => code);
  const lines = [...fenced.flatMap((block) => block.split('\n')), ...inline];
  return lines.flatMap((line) => {
    // A line may have several, and what runs farpage before its name.
    const parts = line.replace(/\s#.*$/, '').split(/&&|\||;|\$\(/);
    return parts.flatMap((part) => {
      const [, words = ''] = /(?:^|\s)farpage\s+(.*)$/.exec(part) ?? [];
      const own = (words.split(/\s--(?:\s|$)/)[0] ?? '').split(/\s+/);
      const names = own.slice(0, own.findIndex((word) => !/^[a-z][a-z-]*$/.test(word)) >>> 0);
      const options = own.filter((word) => /^--[a-z]/.test(word)).map((word) => word.replace(/[=…,.)].*$/, ''));
      const isCommand = /^[a-z]+$/.test(own[0] ?? '') && !/^(?:is|has|and|or|does)$/.test(own[0] ?? '');
      return isCommand ? [{ where: `${page}: ${part.trim()}`, names, options }] : [];
    });
  });
}

const helps = new Map<string, Promise<string>>();
function helpOf(names: readonly string[]): Promise<string> {
  const key = names.join(' ');
  const known = helps.get(key) ?? runProgram(COMMAND, { args: [...names, '--help'], input: '' }).then((r) => r.stdout);
  helps.set(key, known);
  return known;
}

/** The help of the command that the words begin with, and of those before it. */
async function helpFor(names: readonly string[]): Promise<string | undefined> {
  const [first = '', second = ''] = names;
  const top = await helpOf([]);
  if (!new RegExp(`^  ${first}\\b`, 'm').test(top)) return undefined;
  const help = await helpOf([first]);
  const isGroup = new RegExp(`^  ${second}\\b`, 'm').test(help.split(/^Commands:$/m)[1] ?? '');
  return second !== '' && isGroup ? `${help}\n${await helpOf([first, second])}` : help;
}

test('each is there, and takes the options that it is shown with', async () => {
  const pages = projectFiles().filter((file) => /^(?:README\.md|docs\/.*\.md)$/.test(file));
  const shown = pages.flatMap((page) => commandsOf(page, readFileSync(path.join(ROOT, page), 'utf8')));
  assert.ok(shown.length > 60, `only ${shown.length} commands were found`);
  const wrong: string[] = [];
  for (const { where, names, options } of shown) {
    const help = await helpFor(names);
    if (help === undefined) wrong.push(`${where}: there is no such command`);
    else for (const option of options) if (!new RegExp(`${option}\\b`).test(help)) wrong.push(`${where}: no ${option}`);
  }
  assert.deepEqual(wrong, []);
});

test('a command and its options are found however they are written', () => {
  const text = [
    '```sh',
    'X=1 npx farpage run --resident 1GiB --json \\',
    '  --output a -- sort --size 1  # farpage nothing',
    'farpage image info a && farpage serve --once',
    '```',
    'and `farpage dump --pid`.',
  ].join('\n');
  assert.deepEqual(
    commandsOf('x', text).map(({ names, options }) => [...names, ...options]),
    [
      ['run', '--resident', '--json', '--output'],
      ['image', 'info', 'a'],
      ['serve', '--once'],
      ['dump', '--pid'],
    ],
  );
});

test.run();
