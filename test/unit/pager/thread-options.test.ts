import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import { packageOptions, threadOptions } from '../../../src/pager/thread-options.js';

const test = suite('thread options');

test('what would run the program’s own code, or stop the thread, is left out', () => {
  const flags = [
    '--import',
    './pre.mjs',
    '--require=./pre.cjs',
    '--input-type=module',
    '--test',
    '--inspect-brk',
    '-e',
  ];
  const { execArgv, env } = threadOptions(flags, {
    NODE_OPTIONS: '--import ./other.mjs --max-old-space-size=99',
    A: 'b',
  });
  assert.deepEqual(execArgv, []);
  assert.deepEqual(env, { A: 'b' });
});

test('what finds packages under Yarn’s Plug’n’Play is kept', () => {
  const env = {
    NODE_OPTIONS: '--require /app/.pnp.cjs --experimental-loader file:///app/.pnp.loader.mjs --require ./a.cjs',
  };
  const kept = ['--require', '/app/.pnp.cjs', '--experimental-loader', 'file:///app/.pnp.loader.mjs'];
  assert.deepEqual(threadOptions([], env).execArgv, kept);
  assert.deepEqual(packageOptions(env), kept);
  assert.deepEqual(threadOptions(['--import=/app/.pnp.loader.mjs'], {}).execArgv, ['--import=/app/.pnp.loader.mjs']);
});

test('what connections and modules of a store depend on is kept, from both places', () => {
  const flags = ['-C', 'custom', '--dns-result-order=ipv4first', '--conditions=other', '--tls-min-v1.3'];
  const { execArgv } = threadOptions(flags, { NODE_OPTIONS: ' --dns-result-order verbatim  --no-warnings ' });
  assert.deepEqual(execArgv, ['--dns-result-order', 'verbatim', '--no-warnings', ...flags]);
});

test('Node.js takes every flag that is kept, for a Worker', async () => {
  const all = ['--enable-source-maps', '--insecure-http-parser', '--network-family-autoselection', '--no-deprecation'];
  all.push('--no-warnings', '--preserve-symlinks', '--tls-min-v1.0', '--tls-min-v1.3', '--tls-max-v1.3');
  all.push('-C', 'a', '--disable-warning=DEP0040', '--dns-result-order=verbatim', '--max-http-header-size=20000');
  all.push('--no-network-family-autoselection', '--network-family-autoselection-attempt-timeout=500');
  const { execArgv } = threadOptions(all, {});
  assert.deepEqual(execArgv, all);
  new Worker('0', { eval: true, execArgv: ['--tls-max-v1.2'] });
  const worker = new Worker('0', { eval: true, execArgv: all });
  const code = await new Promise<number>((resolve) => worker.once('exit', resolve));
  assert.equal(code, 0);
});

test.run();
