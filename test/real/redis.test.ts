// budget: 200 s
// parts: 2
// redis-server with its data set paged, loaded by a client and compared with an unpaged twin by DEBUG DIGEST; a BGSAVE
// (a fork) in the middle of writes, whose file an unpaged server loads.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createClient, type RedisClientType } from 'redis';
import { Bench, type Run, tell } from '../live/run/kit.js';
import { suite } from '../support/parts.js';
import { type Child, startProgram } from '../support/process/child.js';
import { find } from '../support/process/packages.js';
import { finish, quarter, Stores, watchMemory } from '../support/process/real.js';
import { freePort, until } from '../support/servers/servers.js';

const test = suite('redis-server under run');
const bench = new Bench();
const stores = new Stores();
const KEYS = 35_000;
const BATCH = 1000;

/** Whether two servers can run at one place. */
type Load = ReadonlyArray<readonly string[]>;

class Subject {
  readonly client: RedisClientType;
  readonly child: Child;

  constructor(child: Child, port: number) {
    this.child = child;
    this.client = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: 20 } });
    // Until it listens there are refusals; what a command meets is the command's.
    this.client.on('error', () => {});
  }

  async open(): Promise<this> {
    await this.client.connect();
    // While it loads a dump it answers with an error.
    const isReady = () =>
      this.ask('PING').then(
        () => true,
        () => false,
      );
    await until(isReady, 'PONG');
    return this;
  }

  async tell(load: Load): Promise<void> {
    for (let at = 0; at < load.length; at += BATCH) {
      await Promise.all(load.slice(at, at + BATCH).map((command) => this.client.sendCommand([...command])));
    }
  }

  async ask(...command: string[]): Promise<string> {
    return String(await this.client.sendCommand(command));
  }

  digest(): Promise<string> {
    return this.ask('DEBUG', 'DIGEST');
  }

  async end(): Promise<void> {
    // It closes the connection instead of an answer.
    await this.ask('SHUTDOWN', 'NOSAVE').catch(() => undefined);
    this.client.destroy();
  }
}

function command(folder: string, port: number): string[] {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  return [find('redis-server'), ...args, '--enable-debug-command', 'local', '--rdbchecksum', 'yes'];
}

function folderFor(name: string): string {
  const folder = path.join(bench.folder, name);
  mkdirSync(folder);
  return folder;
}

async function startTwin(name: string, dump?: string): Promise<Subject> {
  const folder = folderFor(name);
  if (dump !== undefined) copyFileSync(dump, path.join(folder, 'dump.rdb'));
  const port = await freePort();
  const [program = '', ...args] = command(folder, port);
  return new Subject(startProgram(program, { args, budget: 100_000 }), port).open();
}

function value(seed: number): string {
  let state = seed >>> 0;
  let text = '';
  while (text.length < 1000) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(36).repeat(1 + (state % 3));
  }
  return text;
}

const first: Load = Array.from({ length: KEYS }, (_, i) => ['SET', `key:${i}`, value(i)]);
/** Overwrites, deletions, and other kinds of values. */
const second: Load = Array.from({ length: 8000 }, (_, i) => {
  const key = (i * 7919) % KEYS;
  if (i % 4 === 0) return ['DEL', `key:${key}`];
  if (i % 4 === 1) return ['HSET', `hash:${key % 50}`, `field:${i}`, value(i).slice(0, 300)];
  if (i % 4 === 2) return ['APPEND', `key:${key}`, 'more'];
  return ['SET', `key:${key}`, value(i + 1e6)];
});
/** Of the twin: bytes, and digests after `first` and after `second`. */
const twin = { use: 0, before: '', after: '' };

test.before(async () => {
  await stores.open();
  const subject = await startTwin('twin');
  const watch = watchMemory(subject.child);
  await subject.tell(first);
  twin.before = await subject.digest();
  twin.use = watch.use();
  await subject.tell(second);
  twin.after = await subject.digest();
  await subject.end();
  assert.notEqual(twin.before, twin.after);
});
test.after(async () => {
  await stores.close();
  bench.remove();
});

/** From an empty server to one that has saved, and is empty again. */
async function exercise(subject: Subject, folder: string, other: string): Promise<void> {
  await subject.open();
  await subject.tell(first);
  assert.equal(await subject.digest(), twin.before);

  assert.match(await subject.ask('BGSAVE'), /started/);
  const saving = /rdb_bgsave_in_progress:1/;
  assert.match(await subject.ask('INFO', 'persistence'), saving, 'it was over before anything was written');
  await subject.tell(second);
  await until(async () => !saving.test(await subject.ask('INFO', 'persistence')), 'the save', 60_000);
  assert.match(await subject.ask('INFO', 'persistence'), /rdb_last_bgsave_status:ok/);
  assert.equal(await subject.digest(), twin.after);

  const loaded = await startTwin(other, path.join(folder, 'dump.rdb'));
  assert.equal(await loaded.digest(), twin.before);
  await loaded.end();

  await subject.tell([['FLUSHALL']]);
  assert.equal(await subject.ask('DBSIZE'), '0');
}

for (const store of Stores.NAMES) {
  test(`the same data set, before, in and after a BGSAVE, store ${store}`, async () => {
    const folder = folderFor(store);
    const port = await freePort();
    const run: Run = bench.start(quarter(twin.use, stores.url(store)), command(folder, port));
    const subject = new Subject(run.child, port);
    const ended = run.child.result.then((result) => {
      throw new Error(`it ended on its own: ${tell(result)}`);
    });
    ended.catch(() => {});
    try {
      await Promise.race([exercise(subject, folder, `${store}-loaded`), ended]);
      await subject.end();
    } catch (error) {
      subject.client.destroy();
      run.child.kill('SIGTERM');
      throw error;
    }
    const { report } = await finish(run, twin.use);
    assert.ok(report.processes.length >= 2, 'the child that saves was paged');
  });
}

test.run();
