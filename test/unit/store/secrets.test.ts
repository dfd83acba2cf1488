// Where secrets come from, and where they must not show.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { suite } from 'uvu';
import { describeError, PagerError, packError } from '../../../src/errors.js';
import { redact, withoutSecrets } from '../../../src/redact.js';
import { describeSpec, openStore } from '../../../src/store/open.js';
import { completeUrl, secretVariables, withSecretsOf } from '../../../src/store/secrets.js';
import { SPEC } from '../../../src/store/store.js';

const test = suite('secrets');
const directory = mkdtempSync(path.join(tmpdir(), 'farpage-secrets-'));
const variables = ['FARPAGE_REDIS_PASSWORD', 'REDISCLI_AUTH', 'PAGES_URL'];
const before = variables.map((name) => process.env[name]);
test.before.each(() => {
  for (const name of variables) delete process.env[name];
});
test.after(() => {
  rmSync(directory, { recursive: true, force: true });
  for (const [at, name] of variables.entries()) {
    const value = before[at];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

test('a Redis URL without a password gets one of the environment, its own first', () => {
  assert.equal(completeUrl('redis://h'), 'redis://h');
  process.env['REDISCLI_AUTH'] = 'ambient';
  assert.equal(completeUrl('redis://h/2?prefix=a:'), 'redis://:ambient@h/2?prefix=a:');
  process.env['FARPAGE_REDIS_PASSWORD'] = 'a/b@c?#';
  assert.equal(completeUrl('redis-cluster://u@h:1,i:2'), `redis-cluster://u:${encodeURIComponent('a/b@c?#')}@h:1,i:2`);
  assert.equal(completeUrl('redis://:given@h'), 'redis://:given@h');
  for (const url of ['memory:', 'file:/x', 'http://h/', '/a/path', 'none']) assert.equal(completeUrl(url), url);
});

test('a file holds it as well', () => {
  const file = path.join(directory, 'password');
  writeFileSync(file, 'of the file\n');
  process.env['FARPAGE_REDIS_PASSWORD'] = 'of the variable';
  const url = `redis://h?prefix=a%3A&password-file=${encodeURIComponent(file)}`;
  assert.equal(completeUrl(url), 'redis://:of%20the%20file@h?prefix=a%3A');
  const spec = openStore(url)[SPEC];
  assert.equal(spec.kind === 'redis' && spec.prefix, 'a:');
  for (const content of ['', '\n', 'two\nlines\n', 'x'.repeat(5000)]) {
    writeFileSync(file, content);
    assert.throws(() => completeUrl(url), { code: 'OPTION' });
  }
  assert.throws(() => completeUrl('redis://h?password-file=/no/such'), { code: 'OPTION', errno: 'ENOENT' });
  assert.throws(() => completeUrl(`redis://:x@h?password-file=${file}`), { code: 'OPTION' });
});

test('env:NAME is the URL in that variable', () => {
  process.env['PAGES_URL'] = 'https://h/f?signature=s';
  assert.equal(openStore('env:PAGES_URL')[SPEC].kind, 'http');
  assert.ok(secretVariables().includes('PAGES_URL') && secretVariables().includes('FARPAGE_REDIS_PASSWORD'));
  process.env['PAGES_URL'] = 'env:PAGES_URL';
  assert.throws(() => openStore('env:PAGES_URL'), { code: 'OPTION' });
  assert.throws(() => openStore('env:NO_SUCH_VARIABLE'), { code: 'OPTION' });
});

test('no error of any origin holds a URL’s secret', () => {
  const urls = [
    'redis://u:hidden@h:1/2',
    'rediss-cluster://:hid/den#@h',
    'https://u:hidden@h/f',
    'https://h/f?hidden=1',
  ];
  for (const url of urls) {
    const message = `cannot open '${url}', nor "${url}"`;
    const error = new PagerError('OPTION', message, { hint: `write ${url}`, cause: new Error(message) });
    const shown = [error.message, error.stack, error.hint, JSON.stringify(packError(error)), describeError(Error(url))];
    assert.ok(!/hidden|hid\/den/.test(shown.join()), shown.join());
  }
  const plain = ['redis://h:1?prefix=a@b:', 'https://h/npm/@scope/f', 'tcp://h:1', 'file:/a?overwrite', 'a@b'];
  for (const text of plain) assert.equal(redact(text), text);
});

test('nor does a store that is printed', () => {
  process.env['FARPAGE_REDIS_PASSWORD'] = 'hidden';
  for (const url of ['redis://h', 'https://u:hidden@h/f?t=hidden']) {
    const store = openStore(url);
    assert.ok(!inspect(store, { depth: 9 }).includes('hidden') && !JSON.stringify(store).includes('hidden'));
    assert.ok(!describeSpec(store[SPEC]).includes('hidden'));
  }
});

test('a place that is written down gets its secrets back from one of the same servers', () => {
  assert.equal(withoutSecrets('redis://u:p@h:1?prefix=a@b:'), 'redis://h:1?prefix=a@b:');
  assert.equal(withoutSecrets('https://u:p@h/f?token=t'), 'https://h/f');
  assert.equal(withSecretsOf('redis://h:1?prefix=a:', 'redis://u:p@h:1?prefix=b:'), 'redis://u:p@h:1?prefix=a:');
  for (const like of ['redis://u:p@other:1', 'rediss://u:p@h:1', '/a/file', 'redis://h:1']) {
    assert.equal(withSecretsOf('redis://h:1?prefix=a:', like), 'redis://h:1?prefix=a:');
  }
});

test.run();
