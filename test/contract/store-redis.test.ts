/** What can go wrong between the Redis store and its server. */
// budget: 180 s
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { createClient } from 'redis';
import { suite } from 'uvu';
import { PagerError } from '../../src/errors.js';
import { checkRedis, evictionNotice, redisStore } from '../../src/store/redis.js';
import { RedisLease } from '../../src/store/redis-lease.js';
import { openLink } from '../../src/store/redis-link.js';
import { parseRedisUrl, redisCli } from '../../src/store/redis-url.js';
import { retry } from '../../src/store/retry.js';
import { isBuiltIn, SPEC, type Store } from '../../src/store/store.js';
import { isPermanent } from '../../src/store/store-error.js';
import { within } from '../support/budget.js';
import { follow } from '../support/hints.js';
import { freePort, type Server, startRedis, startRedisCluster, until } from '../support/servers/servers.js';

const PAGE = 4096;
const BUDGET = 30_000;
const test = suite('redis store');

let redis: Server;
test.before(async () => {
  redis = await startRedis();
});
test.after(() => redis?.stop());

function page(byte: number, bytes = PAGE): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(bytes)).fill(byte);
}

/** Runs one test against a store of its own, within a budget, and closes it. */
function withStore(what: string, url: () => string, body: (store: Store, prefix: string) => Promise<void>): void {
  test(what, async () => {
    const prefix = `test:${Math.random()}:`;
    const store = redisStore(url(), { prefix });
    try {
      await within(BUDGET, body(store, prefix), what);
    } finally {
      await within(BUDGET, store.close(), 'closing');
    }
  });
}

/** One command from a client beside the store. */
async function command(url: string, args: string[]): Promise<string> {
  const client = createClient({ url, RESP: 2 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return String(await client.sendCommand(args));
  } finally {
    client.destroy();
  }
}

async function rejection(promise: Promise<unknown> | undefined): Promise<PagerError> {
  const error = await (promise ?? Promise.resolve()).then(
    () => assert.fail('it should have been rejected'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PagerError, String(error));
  return error;
}

withStore(
  'a server killed and restarted with its data: rejections at once, then the retried read succeeds',
  () => redis.url,
  async (store) => {
    await store.write?.(Array.from({ length: 100 }, (_, at) => ({ page: at, from: page(at + 1) })));
    await redis.kill('SIGKILL');
    const first = await rejection(store.read([{ page: 1, into: page(0) }]));
    assert.equal(first.code, 'STORE_READ');
    assert.equal(isPermanent(first), false);
    assert.equal((await rejection(store.write?.([{ page: 1, from: page(0) }]))).code, 'STORE_WRITE');

    const into = page(0);
    let retries = 0;
    const reading = retry(() => store.read([{ page: 42, into }]), {
      onRetry: () => {
        retries++;
      },
    });
    await until(() => retries > 2, 'three retries');
    await redis.restart();
    await reading;
    assert.deepEqual(into, page(43));
    await retry(async () => store.write?.([{ page: 42, from: page(99) }]));
    await retry(() => store.read([{ page: 42, into }]));
    assert.deepEqual(into, page(99));
  },
);

withStore(
  'a batch in flight when the server dies is rejected as transient, and nothing of it is lost by trying again',
  () => redis.url,
  async (store) => {
    const batch = Array.from({ length: 500 }, (_, at) => ({ page: at, from: page(at) }));
    const writing = retry(async () => store.write?.(batch));
    await redis.kill('SIGKILL');
    await redis.restart();
    await writing;
    const into = batch.map(({ page: number }) => ({ page: number, into: page(0xee) }));
    await retry(() => store.read(into));
    for (const { page: number, into: got } of into) assert.deepEqual(got, page(number));
  },
);

withStore(
  'pages are read over a connection of their own, which comes back after a restart',
  () => redis.url,
  async (store, prefix) => {
    // The store's two and the one that asks; GET was the last command of that connection only, PING of the client.
    const hasConnection = async () => {
      const lines = (await command(redis.url, ['CLIENT', 'LIST'])).trim().split('\n');
      return lines.length === 3 && lines.filter((line) => line.includes('cmd=get')).length === 1;
    };
    await store.write?.([{ page: 1, from: page(1) }]);
    await store.read([{ page: 1, into: page(0) }]);
    await until(hasConnection, 'the connection');
    await command(redis.url, ['CONFIG', 'RESETSTAT']);
    await store.read([{ page: 1, into: page(0) }]);
    await store.read([1, 1].map((number) => ({ page: number, into: page(0) })));
    // Once each: that connection's answers were taken, and the client was not asked.
    const stats = await command(redis.url, ['INFO', 'commandstats']);
    assert.deepEqual(stats.match(/cmdstat_m?get:calls=\d+/g)?.sort(), ['cmdstat_get:calls=1', 'cmdstat_mget:calls=1']);
    await redis.kill('SIGKILL');
    await redis.restart();
    await command(redis.url, ['SET', `${prefix}2`, 'x'.repeat(PAGE)]);
    await until(async () => {
      await retry(() => store.read([{ page: 2, into: page(0) }]));
      return hasConnection();
    }, 'the connection again');
  },
);

withStore(
  'a page that Redis does not have is a permanent error',
  () => redis.url,
  async (store) => {
    await store.write?.([{ page: 1, from: page(1) }]);
    for (const batch of [[2], [1, 2]]) {
      const error = await rejection(store.read(batch.map((number) => ({ page: number, into: page(0) }))));
      assert.equal(error.code, 'STORE_READ');
      assert.match(error.message, /no longer has page 2/);
      assert.match(error.hint ?? '', /maxmemory-policy/);
      assert.equal(isPermanent(error), true);
    }
  },
);

withStore(
  'a value of the wrong length is a permanent error, and never half a page',
  () => redis.url,
  async (store, prefix) => {
    await store.write?.([{ page: 2, from: page(2) }]);
    for (const length of [0, 1, PAGE - 1, PAGE + 1, 200_000]) {
      await command(redis.url, ['SET', `${prefix}1`, 'x'.repeat(length)]);
      const into = page(7);
      const error = await rejection(store.read([{ page: 1, into }]));
      assert.match(error.message, new RegExp(`page 1 has ${length} bytes`));
      assert.equal(isPermanent(error), true);
      assert.deepEqual(into, page(7));
      assert.equal(isPermanent(await rejection(store.read([1, 2].map((n) => ({ page: n, into: page(0) }))))), true);
    }
    const into = page(0);
    await store.read([{ page: 2, into }]);
    assert.deepEqual(into, page(2));
  },
);

withStore(
  'a key of another type is a permanent error',
  () => redis.url,
  async (store, prefix) => {
    await command(redis.url, ['LPUSH', `${prefix}1`, 'x']);
    assert.equal(isPermanent(await rejection(store.read([{ page: 1, into: page(0) }]))), true);
  },
);

test('a full server refuses writes as transient with a hint, and takes them again', async () => {
  const small = await startRedis({ args: ['--maxmemory', '8mb'] });
  const store = redisStore(small.url);
  const batch = Array.from({ length: 4096 }, (_, at) => ({ page: at, from: page(at) }));
  try {
    const error = await rejection(within(BUDGET, store.write?.(batch) ?? Promise.resolve(), 'writing'));
    assert.equal(error.code, 'STORE_WRITE');
    assert.equal(isPermanent(error), false);
    assert.match(error.message, /OOM/);
    assert.match(error.hint ?? '', /maxmemory/);
    await command(small.url, ['CONFIG', 'SET', 'maxmemory', '0']);
    await within(
      BUDGET,
      retry(async () => store.write?.(batch)),
      'writing again',
    );
    await within(BUDGET, store.close(), 'closing');
    assert.equal(await command(small.url, ['DBSIZE']), '0');
  } finally {
    await small.stop();
  }
});

test('a password: right, wrong, missing; none of them is ever shown', async () => {
  const guarded = await startRedis({ args: ['--requirepass', 'sec ret'] });
  const { port } = guarded;
  try {
    const right = redisStore(`redis://:sec%20ret@127.0.0.1:${port}/3`);
    await within(BUDGET, right.write?.([{ page: 1, from: page(1) }]) ?? Promise.resolve(), 'writing');
    const into = page(0);
    await within(BUDGET, right.read([{ page: 1, into }]), 'reading');
    assert.deepEqual(into, page(1));
    await within(BUDGET, right.close(), 'closing');
    for (const url of [`redis://:wr0ng@127.0.0.1:${port}`, `redis://127.0.0.1:${port}`]) {
      const store = redisStore(url);
      const error = await rejection(within(BUDGET, store.read([{ page: 1, into }]), 'reading'));
      assert.equal(isPermanent(error), true);
      assert.match(error.hint ?? '', /password/);
      assert.ok(!`${error.stack}${error.cause}`.includes('wr0ng'));
      await store.close();
    }
  } finally {
    await guarded.stop();
  }
});

test('close says which keys it could not remove', async () => {
  const server = await startRedis();
  const store = redisStore(server.url);
  try {
    await within(BUDGET, store.write?.([{ page: 1, from: page(1) }]) ?? Promise.resolve(), 'writing');
    await server.kill('SIGKILL');
    const error = await rejection(within(BUDGET, store.close(), 'closing'));
    assert.equal(error.code, 'STORE_WRITE');
    assert.match(error.hint ?? '', /--pattern 'farpage:/);
    await within(BUDGET, store.close(), 'closing again');
  } finally {
    await server.stop();
  }
});

test('the command of a close that could not remove its keys removes them, at that server', async () => {
  const server = await startRedis();
  const store = redisStore(server.url);
  try {
    await within(
      BUDGET,
      store.write?.([1, 2].map((at) => ({ page: at, from: page(1) }))) ?? Promise.resolve(),
      'writing',
    );
    await command(server.url, ['SET', 'another', 'stays']);
    await command(server.url, ['ACL', 'SETUSER', 'default', '-unlink']);
    const error = await rejection(within(BUDGET, store.close(), 'closing'));
    await command(server.url, ['ACL', 'SETUSER', 'default', '+unlink']);
    assert.equal(await command(server.url, ['DBSIZE']), '3');
    const [line = ''] = follow(error, /^remove them: (redis-cli .*)$/);
    execFileSync('sh', ['-c', line], { timeout: BUDGET });
    assert.equal(await command(server.url, ['KEYS', '*']), 'another');
  } finally {
    await server.stop();
  }
});

test('what a hint says of redis-cli reaches the server of the store, with its port, database and TLS', () => {
  const said = (url: string) => redisCli(parseRedisUrl(url).name);
  assert.deepEqual(said('redis://u:p@h:7/2'), { command: 'redis-cli -u redis://h:7/2', where: '' });
  assert.deepEqual(said('valkeys://h'), { command: 'redis-cli -u rediss://h:6379', where: '' });
  assert.deepEqual(said('redis-cluster://[::1]:3,b'), {
    command: 'redis-cli -c -u redis://[::1]:3',
    where: 'at each master, as [::1]:3: ',
  });
});

test('a user who lacks a command: those that the hint names are enough', async () => {
  const server = await startRedis();
  const url = `redis://someone:word@127.0.0.1:${server.port}`;
  const use = async (prefix: Record<string, string>) => {
    const store = redisStore(url, prefix);
    try {
      await within(
        BUDGET,
        store.write?.([1, 2].map((at) => ({ page: at, from: page(at) }))) ?? Promise.resolve(),
        'writing',
      );
      const [one, two] = [page(0), page(0)];
      await within(
        BUDGET,
        store.read([
          { page: 1, into: one },
          { page: 2, into: two },
        ]),
        'reading',
      );
      assert.deepEqual([one, two], [page(1), page(2)]);
      await within(BUDGET, store.discard?.([1]) ?? Promise.resolve(), 'discarding');
    } catch (error) {
      await store.close().catch(() => undefined);
      throw error;
    }
    await within(BUDGET, store.close(), 'closing');
  };
  try {
    for (const prefix of [{}, { prefix: 'its:' }]) {
      await command(server.url, ['ACL', 'SETUSER', 'someone', 'reset', 'on', '>word', '~*', '+hello', '+ping']);
      const error = await rejection(use(prefix));
      const [names = ''] = follow(error, /^let this user (.*) the keys of the prefix \(ACL SETUSER\)$/);
      const rules = names.toLowerCase().split(/, | and /);
      await command(server.url, ['ACL', 'SETUSER', 'someone', ...rules.map((name) => `+${name}`)]);
      await use(prefix);
    }
  } finally {
    await server.stop();
  }
});

test('checkRedis: quiet where a server answers, a PagerError with a hint where none does', async () => {
  const specOf = (url: string) => {
    const store = redisStore(url);
    const spec = isBuiltIn(store) ? store[SPEC] : undefined;
    assert.ok(spec?.kind === 'redis');
    return spec;
  };
  await within(BUDGET, checkRedis(specOf(redis.url)), 'the check');
  const port = await freePort();
  for (const scheme of ['redis', 'redis-cluster']) {
    const error = await rejection(within(BUDGET, checkRedis(specOf(`${scheme}://127.0.0.1:${port}`)), 'the check'));
    assert.equal(error.errno, 'ECONNREFUSED');
    assert.match(error.hint ?? '', /start the server/);
  }
  // TLS towards a server that speaks none.
  await rejection(within(BUDGET, checkRedis(specOf(`rediss://127.0.0.1:${redis.port}`)), 'the check'));
});

test('a cluster: one node down is transient for its pages, and heals', async () => {
  const cluster = await startRedisCluster(3);
  const store = redisStore(cluster.url);
  try {
    const batch = Array.from({ length: 200 }, (_, at) => ({ page: at, from: page(at) }));
    await within(BUDGET, store.write?.(batch) ?? Promise.resolve(), 'writing');
    const [, second] = cluster.nodes;
    assert.ok(second);
    await second.kill('SIGKILL');
    const reads = batch.map(({ page: number }) => ({ page: number, into: page(0xee) }));
    const error = await rejection(within(BUDGET, store.read(reads), 'reading'));
    assert.equal(isPermanent(error), false, error.message);
    const reading = retry(() => store.read(reads));
    await second.restart();
    await within(60_000, reading, 'reading again');
    for (const { page: number, into } of reads) assert.deepEqual(into, page(number));
    await within(BUDGET, store.close(), 'closing');

    const single = redisStore(cluster.nodes[0]?.url ?? '');
    const advice = await rejection(within(BUDGET, single.read(reads), 'reading'));
    assert.match(advice.hint ?? '', /redis-cluster:/);
    await single.close();
  } finally {
    await cluster.stop();
  }
});

/** A server of this process: for answers that no real one gives. */
async function fakeServer(answer: (socket: Socket, text: string) => void): Promise<NetServer> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => answer(socket, bytes.toString('latin1')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: NetServer): string {
  const address = server.address();
  return `redis://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

/** Answers what a client says before its first page. */
function greet(text: string): string {
  return (text.match(/\*\d+\r\n/g) ?? []).map(() => '+OK\r\n').join('');
}

test('a reply that ends in the middle is transient, and what came of it is not taken for a page', async () => {
  const server = await fakeServer((socket, text) => {
    if (text.includes('GET')) socket.end(`$${PAGE}\r\nhalf a page`);
    else socket.write(greet(text));
  });
  const store = redisStore(urlOf(server));
  const error = await rejection(within(BUDGET, store.read([{ page: 1, into: page(0) }]), 'reading'));
  assert.equal(isPermanent(error), false);
  await store.close();
  server.close();
});

test('a new connection has the server drop the old one before it writes', async () => {
  let all = '';
  const server = await fakeServer((socket, text) => {
    all += text;
    if (text.includes('first')) socket.destroy();
    for (const one of text.split(/(?=\*\d+\r\n)/)) {
      if (!socket.destroyed)
        socket.write(/CLIENT\r\n\$4\r\nINFO/.test(one) ? '$21\r\nid=7 addr=192.0.2.1:5\r\n' : '+OK\r\n');
    }
  });
  const store = redisStore(urlOf(server), { prefix: 'fence:' });
  const write = (text: string) => store.write?.([{ page: 1, from: Buffer.from(text) }]);
  assert.equal(isPermanent(await rejection(within(BUDGET, write('first') ?? Promise.resolve(), 'writing'))), false);
  await within(
    BUDGET,
    retry(async () => write('second')),
    'writing again',
  );
  const words = all.replace(/[*$]\d+\r\n/g, '').replaceAll('\r\n', ' ');
  assert.match(words, /first.* KILL ID 7 ADDR 192\.0\.2\.1:5 .*second/);
  await store.close();
  server.close();
});

test('a server that speaks another protocol is a permanent error', async () => {
  const server = await fakeServer((socket, text) => {
    socket.write(text.includes('GET') ? 'HTTP/1.1 400 Bad Request\r\n\r\n' : greet(text));
  });
  const store = redisStore(urlOf(server));
  const error = await rejection(within(BUDGET, store.read([{ page: 1, into: page(0) }]), 'reading'));
  assert.equal(error.code, 'PROTOCOL');
  assert.equal(isPermanent(error), true);
  await store.close();
  server.close();
});

test('a server that may evict pages is reported, and its hint helps', async () => {
  const server = await startRedis({ args: ['--maxmemory-policy', 'allkeys-lru'] });
  const notice = async () => {
    const address = parseRedisUrl(server.url);
    const link = await openLink(address);
    const said = await evictionNotice(address.name, link, 'a:');
    link.close();
    return said;
  };
  try {
    const said = (await notice()) ?? assert.fail('nothing is said');
    assert.match(said, /may throw pages away \(maxmemory-policy allkeys-lru\)/);
    const [line = ''] = follow({ message: 'the notice', hint: said }, /: (redis-cli .*)$/);
    execFileSync('sh', ['-c', line], { timeout: BUDGET });
    assert.equal(await notice(), undefined);
    // Pages have no time to live: these policies leave them alone.
    await command(server.url, ['config', 'set', 'maxmemory-policy', 'volatile-lru']);
    assert.equal(await notice(), undefined);
  } finally {
    await server.stop();
  }
});

test('one store writes under a prefix: another is refused with the first one’s name, which continues', async () => {
  const first = redisStore(redis.url, { prefix: 'leased:' });
  const second = redisStore(redis.url, { prefix: 'leased:' });
  await first.write?.([{ page: 0, from: page(1) }]);
  const error = await within(BUDGET, rejection(second.write?.([{ page: 0, from: page(2) }])), 'a refusal');
  assert.deepEqual([error.code, error.errno], ['OPTION', 'EBUSY']);
  assert.match(error.message, new RegExp(`process ${process.pid} of host .* writes there already`));
  const into = page(0);
  await first.read([{ page: 0, into }]);
  assert.deepEqual(into, page(1));
  await first.close();
  // Given back, it is free at once.
  await second.write?.([{ page: 0, from: page(2) }]);
  await second.close();
  assert.equal(await command(redis.url, ['GET', 'leased:owner']), 'null');
});

test('in a cluster too one store writes under a prefix, whichever nodes have its pages and its lease', async () => {
  const cluster = await startRedisCluster();
  try {
    const url = cluster.url;
    const [first, second] = [redisStore(url, { prefix: 'leased:' }), redisStore(url, { prefix: 'leased:' })];
    const pages = Array.from({ length: 32 }, (_, at) => at);
    await first.write?.(pages.map((at) => ({ page: at, from: page(at) })));
    const error = await within(BUDGET, rejection(second.write?.([{ page: 0, from: page(99) }])), 'a refusal');
    assert.deepEqual([error.code, error.errno], ['OPTION', 'EBUSY']);
    assert.match(error.message, new RegExp(`process ${process.pid} of host .* writes there already`));
    const into = pages.map((at) => ({ page: at, into: page(0) }));
    await first.read(into);
    assert.deepEqual(
      into.map((each) => each.into),
      pages.map((at) => page(at)),
    );
    await first.close();
    await second.write?.([{ page: 0, from: page(99) }]);
    await second.close();
    const third = redisStore(url, { prefix: 'leased:' });
    await third.write?.([{ page: 1, from: page(7) }]);
    await third.close();
  } finally {
    await cluster.stop();
  }
});

test('a lease ends with its owner: the next store waits for that, and gets the prefix', async () => {
  const module = new URL('../../src/store/redis.js', import.meta.url).href;
  const program = `
    const { redisStore } = await import(${JSON.stringify(module)});
    const store = redisStore(${JSON.stringify(redis.url)}, { prefix: 'orphan:' });
    await store.write([{ page: 0, from: new Uint8Array(4096) }]);
    console.log('held');
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await within(BUDGET, once(owner.stdout, 'data'), 'the owner writes');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const heir = redisStore(redis.url, { prefix: 'orphan:' });
  await within(BUDGET, heir.write?.([{ page: 0, from: page(7) }]) ?? Promise.resolve(), 'the prefix');
  await heir.close();
});

test('a store that has lost its lease writes no more', async () => {
  const lost = new RedisLease('a server', 'lost:', async (_key, _isReadOnly, args) => {
    const said = await command(redis.url, args);
    return said === 'null' ? null : said;
  });
  await lost.acquire();
  assert.equal(lost.holds, true);
  await command(redis.url, ['SET', 'lost:owner', 'another 1 4711 elsewhere']);
  const error = await rejection(lost.acquire());
  assert.match(error.message, /process 4711 of host elsewhere has taken it meanwhile/);
  assert.deepEqual([lost.holds, isPermanent(error)], [false, true]);
  await lost.release();
  assert.equal(await command(redis.url, ['GET', 'lost:owner']), 'another 1 4711 elsewhere');
});

test.run();
