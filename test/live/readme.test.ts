// budget: 300 s
// covers: README.md
// The first example of README.md, as it stands there: its lines are typed in an empty folder, and its output compared.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../support/paths.js';
import { runChild } from '../support/process/child.js';

const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const test = suite('the first example of README.md');

/** The first block of code in the language. */
function block(language: string): string {
  const [, text] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(README) ?? [];
  assert.ok(text !== undefined, language);
  return text;
}

test('it reads 1 GiB within 32 MiB in eight lines, and prints what README.md says', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-readme-'));
  try {
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(ROOT, path.join(folder, 'node_modules/farpage'));
    const [, make = ''] = /^(seq .*?) +#/m.exec(block('sh')) ?? [];
    execFileSync('sh', ['-c', make], { cwd: folder });
    assert.equal(statSync(path.join(folder, 'records.txt')).size, 2 ** 30);

    const program = block('js');
    const lines = program.split('\n').filter((line) => line !== '' && !line.startsWith('//'));
    assert.equal(lines.length, 8, program);
    writeFileSync(path.join(folder, 'sum.mjs'), program);

    const [command = '', ...output] = block('console').split('\n');
    assert.equal(command, '$ node sum.mjs');
    const { code, stdout, stderr } = await runChild(path.join(folder, 'sum.mjs'), { cwd: folder, budget: 240_000 });
    assert.equal(code, 0, stderr);
    assert.equal(stdout, output.join('\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.run();
