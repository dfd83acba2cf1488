import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { httpStore } from '../../../src/store/http.js';
import { describeSpec, openStore } from '../../../src/store/open.js';
import { redisStore } from '../../../src/store/redis.js';
import { parseRedisUrl } from '../../../src/store/redis-url.js';
import { type BuiltInStore, SPEC } from '../../../src/store/store.js';

const test = suite('open');

function isOption(error: unknown): boolean {
  return error instanceof PagerError && error.code === 'OPTION' && (error.hint ?? '') !== '';
}

test('understands each form of URL', () => {
  const specOf = (url: string) => openStore(url)[SPEC];
  assert.deepEqual(specOf('memory:'), { kind: 'memory', compress: true, limit: null });
  assert.deepEqual(specOf('memory:?compress=off&limit=1GiB'), { kind: 'memory', compress: false, limit: 2 ** 30 });
  assert.deepEqual(specOf('file:/a/b%20c'), { kind: 'file', path: '/a/b c', readOnly: false });
  assert.deepEqual(specOf('file:///a/b?readonly'), { kind: 'file', path: '/a/b', readOnly: true });
  assert.deepEqual(specOf('file:b'), { kind: 'file', path: `${process.cwd()}/b`, readOnly: false });
  assert.equal(specOf('https://host/a').kind, 'http');
  for (const url of ['redis://h', 'rediss://h:1', 'redis-cluster://h:1,i:2', 'valkey://h', 'valkey-cluster://h']) {
    assert.equal(specOf(url).kind, 'redis', url);
  }
});

test('refuses the rest with advice, and repeats no secret', () => {
  const wrong = ['', 'x', 'ftp://h/x', 'memory:x', 'memory:?size=1', 'memory:?limit=1GB', 'memory:?compress=maybe'];
  wrong.push('file:', 'file:?readonly', 'file://host/x', 'file:/x?write', 'file:/%zz', 'redis:', 'redis://', 'http://');
  wrong.push(
    'redis://h:0',
    'redis://h:99999',
    'redis://h,i',
    'redis://h/x',
    'redis-cluster://h/1',
    'redis://h?prefix=',
  );
  for (const url of wrong) assert.throws(() => openStore(url), isOption, url);
  for (const url of ['redis://u:hidden@h:x', 'http://u:hidden@ho st/', 'ftp://u:hidden@h', 'redis://u:hidden@h,i']) {
    assert.throws(
      () => openStore(url),
      (error: Error) => isOption(error) && !`${error.stack}`.includes('hidden'),
    );
  }
});

test('reads a Redis URL', () => {
  const { name, ...rest } = parseRedisUrl('rediss://us%40er:p%3Ass@host:7000/2?prefix=a:');
  assert.equal(name, 'rediss://host:7000/2');
  const nodes = [{ host: 'host', port: 7000 }];
  const credentials = { username: 'us@er', password: 'p:ss' };
  const wanted = { cluster: false, tls: true, nodes, ...credentials, database: 2, prefix: 'a:', lane: true };
  assert.deepEqual(rest, wanted);
  const cluster = parseRedisUrl('redis-cluster://:secret@a:1,b,[::1]:3');
  assert.deepEqual(cluster.nodes, [
    { host: 'a', port: 1 },
    { host: 'b', port: 6379 },
    { host: '::1', port: 3 },
  ]);
  assert.equal(cluster.password, 'secret');
  assert.equal(cluster.name, 'redis-cluster://a:1,b:6379,[::1]:3');
});

test('names a store without its credentials', () => {
  const name = (store: BuiltInStore) => describeSpec(store[SPEC]);
  assert.equal(name(openStore('redis://u:p@127.0.0.1:6379')), 'redis://127.0.0.1:6379');
  assert.equal(name(openStore('https://u:p@host/a/b?token=t#x')), 'https://host/a/b');
  assert.equal(name(openStore('file:/a')), 'file:/a');
  assert.equal(name(openStore('memory:')), 'memory:');
});

test('a temporary prefix is new each time; a given one is kept', () => {
  const specs = [redisStore('redis://h'), redisStore('redis://h')].map((store) => store[SPEC]);
  const prefixes = specs.map((spec) => (spec.kind === 'redis' && spec.temporary ? spec.prefix : ''));
  assert.match(prefixes[0] ?? '', /^farpage:[0-9a-f-]{36}:$/);
  assert.notEqual(prefixes[0], prefixes[1]);
  const url = 'redis://h?prefix=b:';
  const kept = { kind: 'redis', prefix: 'a:', temporary: false, lane: true, url };
  assert.deepEqual(redisStore(url, { prefix: 'a:' })[SPEC], kept);
});

test('headers that the HTTP store sends itself are refused', () => {
  for (const headers of [{ Range: 'x' }, { 'IF-Match': 'x' }, { 'a b': 'x' }, { a: 'x\r\ny: z' }]) {
    assert.throws(() => httpStore('http://h/', { headers }), isOption);
  }
  assert.deepEqual(httpStore('http://h/', { headers: { Authorization: 'x' } })[SPEC], {
    kind: 'http',
    url: 'http://h/',
    headers: { authorization: 'x' },
  });
});

test.run();
