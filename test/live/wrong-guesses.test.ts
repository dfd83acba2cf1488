// A wrong guess of somebody new gets one line that says what is wrong, and one that says what to do, and starts nothing.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { PagerError } from '../../src/errors.js';
import { moduleStore, type Store } from '../../src/index.js';
import { validateStore } from '../../src/store/module.js';
import { ROOT } from '../support/paths.js';
import { runProgram } from '../support/process/child.js';

const COMMAND = path.join(ROOT, 'bin/farpage.js');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-guesses-'));
const test = suite('wrong guesses');
test.after(() => rmSync(folder, { recursive: true, force: true }));

writeFileSync(path.join(folder, 'notes.txt'), 'not an image');
writeFileSync(path.join(folder, 'empty'), ' \n');
writeFileSync(path.join(folder, 'plain.mjs'), 'import "./nothing.mjs";');

/** The words, the exit code, what is wrong, what to do. */
const GUESSES: ReadonlyArray<readonly [string, number, RegExp, RegExp]> = [
  ['docter', 2, /unknown command 'docter'.*Did you mean doctor/, /--help/],
  [
    'run -- nosuchprogram',
    2,
    /cannot run 'nosuchprogram' in PATH: there is no such file/,
    /give the path of a program/,
  ],
  ['run -- ./notes.txt', 2, /cannot run '.\/notes.txt': it may not be run/, /chmod \+x\), or write its interpreter/],
  ['run --resident 1 -- true', 2, /--resident: '1' is less than 16 pages/, /give 64KiB or more/],
  ['run --store redis://127.0.0.1:1 -- true', 1, /no connection: connect ECONNREFUSED/, /start the server, or correct/],
  ['run --store file:/nosuch/x -- true', 2, /its directory does not exist/, /mkdir -p \/nosuch/],
  ['serve --socket /nosuch/s --image none', 2, /cannot listen at \/nosuch\/s/, /make its folder first/],
  ['serve --socket s --image nosuch.mem', 2, /nosuch\.mem: does not exist/, /check the path/],
  ['image info notes.txt', 1, /notes\.txt: it is not an image of farpage/, /region\.snapshot or farpage snapshot/],
  ['image verify nosuch.img', 1, /nosuch\.img: does not exist/, /check the path of the image/],
  ['replay nosuch.rec', 2, /nosuch\.rec cannot be read/, /FARPAGE_RECORD=FILE has written/],
  ['image info', 2, /missing required argument 'image'/, /^hint: see 'farpage image info --help'$/],
  ['run --resident', 2, /option '--resident <size>' argument missing/, /^hint: see 'farpage run --help'$/],
  // A required option that is missing because it was mistyped.
  ['serve --sockt s --image x', 2, /unknown option '--sockt'.*Did you mean --socket/, /--help/],
  ['snapshot --pid 1 --ouput x', 2, /unknown option '--ouput'.*Did you mean --output/, /--help/],
  ['image merge x --outpt y', 2, /unknown option '--outpt'.*Did you mean --output/, /--help/],
  ['dump --pdi 1', 2, /unknown option '--pdi'.*Did you mean --pid/, /--help/],
  ['dump', 2, /required option '--pid <pid>' not specified/, /--help/],
  ['image info .', 1, /\.: is neither a file nor a block device/, /check the path of the image/],
  ['snapshot --pid 1 --output -', 2, /--output: '-' is not a file/, /give a path/],
  ['migrate send --memory nosuch --to tcp://127.0.0.1:1', 1, /nosuch: it cannot be opened/, /check the path/],
  ['home --listen tcp://127.0.0.1', 2, /--listen: 'tcp:\/\/127\.0\.0\.1' is not an address/, /tcp:\/\/host:port/],
  [
    'home --listen tcp://0.0.0.0:0',
    2,
    /0\.0\.0\.0:0 is not an address of this host alone/,
    /give --tls-ca, --tls-cert/,
  ],
  [
    'home --listen tcp://127.0.0.1:0 --token-file nosuch',
    2,
    /--token-file: nosuch cannot be read/,
    /a file that holds the secret/,
  ],
  [
    'home --listen tcp://127.0.0.1:0 --token-file empty',
    2,
    /--token-file: empty does not hold a token/,
    /put the secret into it/,
  ],
  ['home --listen tcp://127.0.0.1:0 --metrics x', 2, /--metrics: 'x' is not an address and a port/, /give HOST:PORT/],
  [
    'home --listen tcp://127.0.0.1:0 --store http://127.0.0.1/x',
    2,
    /--store: pages cannot be written to/,
    /memory:, file: or redis:/,
  ],
  ['experiment --report /nosuch/x.html', 2, /--report: cannot write into \/nosuch/, /a folder that exists/],
];

for (const [words, exit, wrong, hint] of GUESSES) {
  test(`farpage ${words}`, async () => {
    const { code, stdout, stderr } = await runProgram(COMMAND, { args: words.split(' '), cwd: folder, input: '' });
    assert.equal(code, exit, stderr);
    assert.equal(stdout, '');
    const lines = stderr.trimEnd().split('\n');
    assert.match(lines.slice(0, -1).join(' '), wrong);
    assert.match(lines.at(-1) ?? '', /^hint: /, stderr);
    assert.match(lines.at(-1) ?? '', hint);
    for (const line of lines) assert.ok(line.length <= 260, line);
  });
}

test('an object without the methods of a store gets the names of stores; a module that is not there names its path', async () => {
  const given: unknown = {};
  assert.throws(() => validateStore('source', given), {
    code: 'OPTION',
    message: /lacks the method read/,
    hint: /fileStore/,
  });
  const store: Store = moduleStore(path.join(folder, 'plain.mjs'));
  const error: unknown = await store.read([{ page: 0, into: new Uint8Array(4096) }]).catch((why: unknown) => why);
  assert.ok(error instanceof PagerError);
  assert.match(error.hint ?? '', /check its path, what it imports/);
});

test.run();
