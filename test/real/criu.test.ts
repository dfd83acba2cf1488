// budget: 240 s
// covers: src/criu/
// Real programs, dumped and restored by a real CRIU, their memory served by farpage. FARPAGE_CRIU names the criu; else one in PATH.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import type { CriuReport, PageServingReport } from '../../src/criu/index.js';
import { describeError } from '../../src/errors.js';
import { CriuStage, MAIN } from '../support/criu/kit.js';
import { ROOT } from '../support/paths.js';
import {
  type Child,
  type ChildResult,
  runChild,
  runProgram,
  startChild,
  startProgram,
} from '../support/process/child.js';
import { find } from '../support/process/packages.js';
import { makeKeys } from '../support/servers/keys.js';
import { freePort, startNginx, startRedis, until } from '../support/servers/servers.js';
import { skipUnless } from '../support/skip.js';

const CRIU = process.env['FARPAGE_CRIU'] ?? 'criu';
const PROGRAMS = path.join(ROOT, 'test/real/programs');
const test = suite('a real CRIU');
const real = skipUnless(test, isUsable(), 'no CRIU of version 4 or later that works here (FARPAGE_CRIU)');
const secure = skipUnless(
  test,
  isUsable() && spawnSync(CRIU, ['--help'], { encoding: 'utf8' }).stdout.includes('--tls-cacert'),
  'no CRIU of version 4 or later with GnuTLS that works here (FARPAGE_CRIU)',
);
const stage = new CriuStage();
const running = new Set<number>();
test.after(() => {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended
    }
  }
  stage.close();
});

function isUsable(): boolean {
  const version = spawnSync(CRIU, ['--version'], { encoding: 'utf8' });
  const major = Number(/Version: (\d+)/.exec(version.stdout ?? '')?.[1] ?? 0);
  return major >= 4 && spawnSync(CRIU, ['check'], { encoding: 'utf8' }).status === 0;
}

/** A program in a session of its own that writes to a file. */
class Program {
  readonly output: string;
  pid = 0;
  readonly #reaper: Child;

  constructor(command: readonly string[], name: string) {
    this.output = path.join(stage.folder, name);
    this.#reaper = startProgram(compiled('test/support/criu/reaper.c'), {
      args: [this.output, ...command],
      budget: 90_000,
    });
  }

  get printed(): string {
    return existsSync(this.output) ? readFileSync(this.output, 'utf8') : '';
  }

  async begin(): Promise<void> {
    this.pid = Number((await this.#reaper.waitFor(/(\d+)\n/))[1]);
    running.add(this.pid);
  }

  async prints(words: string): Promise<void> {
    await until(() => this.printed.includes(words), `'${words}' of ${this.output}`, 60_000);
  }

  /** Dumps it, which ends it. */
  async dump(images: string): Promise<void> {
    mkdirSync(images, { recursive: true });
    const args = ['dump', '-t', String(this.pid), '-D', images, '-o', 'dump.log', '-v4'];
    const result = await runProgram(CRIU, { args, budget: 60_000 });
    assert.equal(result.code, 0, logOf(images, 'dump.log', result));
    await this.#reaper.result;
  }
}

function logOf(images: string, name: string, { stderr }: ChildResult): string {
  return `${stderr}\n${tailOf(images, name)}`;
}

function tailOf(images: string, name: string): string {
  const log = path.join(images, name);
  return existsSync(log) ? readFileSync(log, 'latin1').slice(-2000) : '';
}

async function restore(
  images: string,
  args: readonly string[],
  meanwhile: () => Promise<void>,
  place = images,
): Promise<CriuReport> {
  const command = [CRIU, 'restore', '-D', images, '--lazy-pages', '--restore-detached', '-o', 'restore.log', '-v4'];
  const serving = runChild(MAIN, {
    args: ['criu', '--images', place, '--work-dir', images, '--json', ...args, '--', ...command],
    budget: 90_000,
  });
  const finished = () => logged(images, 'restore.log', 'Restore finished');
  let ended = false;
  void serving.finally(() => {
    ended = true;
  });
  await until(() => ended || finished(), 'the restore', 60_000);
  if (finished()) await meanwhile();
  const result = await serving;
  assert.equal(result.code, 0, logOf(images, 'restore.log', result));
  return JSON.parse(result.stdout);
}

for (const push of [[], ['--no-push']]) {
  const how = push.length === 0 ? 'all pages brought in' : 'only touched pages';
  for (const [name, command] of [
    ['C with threads, forks and a zombie', () => [compiled('test/real/programs/restored.c')]],
    ['CPython with a large heap', () => [python(), path.join(PROGRAMS, 'restored.py')]],
  ] as const) {
    real(`${name}, ${how}`, async () => {
      const images = stage.images();
      const program = new Program(command(), `${path.basename(images)}.txt`);
      await program.begin();
      await program.prints('ready');
      await program.dump(images);
      const report = await restore(images, push, async () => {
        process.kill(program.pid, 'SIGUSR1');
        await program.prints('end');
      });
      assert.doesNotMatch(program.printed, /bad (?!0\n)/);
      assert.match(program.printed, /bad 0\n/);
      assert.ok(report.restores[0]?.finished);
      assert.ok(report.tasks.reduce((sum, { pages }) => sum + pages, 0) > 10_000);
    });
  }
}

real('redis-server has the same DEBUG DIGEST before and after', async () => {
  const images = stage.images();
  const socket = path.join(stage.folder, 'redis.sock');
  const server = new Program(
    [find('redis-server'), '--port', '0', '--unixsocket', socket, '--save', '', '--enable-debug-command', 'local'],
    'redis.txt',
  );
  const ask = (...words: string[]) => execFileSync(find('redis-cli'), ['-s', socket, ...words], { encoding: 'utf8' });
  await server.begin();
  await until(() => existsSync(socket), 'redis-server', 30_000);
  assert.match(ask('DEBUG', 'POPULATE', '100000', 'key', '300'), /OK/);
  const before = ask('DEBUG', 'DIGEST');
  await server.dump(images);
  rmSync(socket, { force: true });
  await restore(images, [], async () => {
    assert.equal(ask('DEBUG', 'DIGEST'), before);
  });
  assert.equal(ask('DEBUG', 'DIGEST'), before);
});

for (const kind of ['nginx', 'Redis'] as const) {
  real(`a thin copy of the folder is enough for criu restore: the lazy pages come from ${kind}`, async () => {
    const [images, thin] = [stage.images(), stage.images()];
    const program = new Program([compiled('test/real/programs/restored.c')], `thin-${kind}.txt`);
    await program.begin();
    await program.prints('ready');
    await program.dump(images);
    const server = kind === 'nginx' ? await startNginx({ root: images }) : await startRedis();
    try {
      const place = kind === 'nginx' ? server.url : `${server.url}?prefix=web:`;
      const copy = await runChild(MAIN, { args: ['criu', 'thin', '--images', images, '--to', thin], budget: 60_000 });
      assert.equal(copy.code, 0, copy.stderr);
      if (kind === 'Redis') {
        const args = ['criu', 'upload', '--images', images, '--to', place];
        const upload = await runChild(MAIN, { args, budget: 60_000 });
        assert.equal(upload.code, 0, upload.stderr);
      }
      const meanwhile = async () => {
        process.kill(program.pid, 'SIGUSR1');
        await program.prints('end');
      };
      const report = await restore(thin, [], meanwhile, place);
      assert.doesNotMatch(program.printed, /bad (?!0\n)/);
      assert.match(program.printed, /bad 0\n/);
      assert.deepEqual([report.restores[0]?.finished, report.lost], [true, null]);
    } finally {
      await server.stop();
    }
  });
}

for (const [kind, over] of [
  ['TCP', real],
  ['TLS', secure],
] as const) {
  over(
    `pages that criu dump --lazy-pages did not write come from its page server, and the dump ends with the restore: ${kind}`,
    async () => {
      const keys = keysFor(kind);
      const images = stage.images();
      mkdirSync(images);
      const program = new Program([compiled('test/real/programs/restored.c')], `lazy-${kind}.txt`);
      await program.begin();
      await program.prints('ready');
      const port = String(await freePort());
      const listen = ['--lazy-pages', '--address', '127.0.0.1', '--port', port, ...keys.criu];
      const dump = startProgram(CRIU, {
        args: ['dump', '-t', String(program.pid), '-D', images, '-o', 'dump.log', '-v4', ...listen],
        env: { LD_PRELOAD: smallPipes() },
        budget: 90_000,
      });
      await until(() => logged(images, 'dump.log', 'Running status-ready scripts'), 'the page server', 60_000);
      // The dumped task exists until the end: its pid is free in another PID namespace alone.
      const restore = [
        'unshare',
        '-pf',
        '--mount-proc',
        CRIU,
        'restore',
        '-D',
        images,
        '--lazy-pages',
        '-o',
        'restore.log',
        '-v4',
      ];
      const serving = runChild(MAIN, {
        args: [
          'criu',
          '--images',
          images,
          '--page-server',
          `127.0.0.1:${port}`,
          ...keys.farpage,
          '--json',
          '--',
          ...restore,
        ],
        budget: 90_000,
      });
      await until(() => logged(images, 'restore.log', 'Restore finished'), 'the restore', 60_000);
      process.kill(pidOutside(program.pid), 'SIGUSR1');
      await program.prints('end');
      const result = await serving;
      assert.equal(result.code, 0, logOf(images, 'restore.log', result));
      assert.doesNotMatch(program.printed, /bad (?!0\n)/);
      const { pageServer }: CriuReport = JSON.parse(result.stdout);
      assert.equal(pageServer?.reason, null);
      const dumped = await dump.result;
      assert.equal(dumped.code, 0, logOf(images, 'dump.log', dumped));
    },
  );

  over(`criu lazy-pages gets its pages from farpage criu page-server: ${kind}`, async () => {
    const keys = keysFor(kind);
    const images = stage.images();
    const program = new Program([compiled('test/real/programs/restored.c')], `served-${kind}.txt`);
    await program.begin();
    await program.prints('ready');
    await program.dump(images);
    const server = startChild(MAIN, {
      args: ['criu', 'page-server', '--images', images, ...keys.farpage, '--json'],
      budget: 90_000,
    });
    const [, port = ''] = await server.waitFor(/serving pages of .*:(\d+)/, 60_000, 'stderr');
    const from = ['--page-server', '--address', '127.0.0.1', '--port', port, ...keys.criu];
    const daemon = startProgram(CRIU, {
      args: ['lazy-pages', '-D', images, ...from, '-o', 'lazy.log', '-v4'],
      budget: 90_000,
    });
    // The socket's file is there before criu listens.
    await until(() => logged(images, 'lazy.log', 'Running status-ready scripts'), 'criu lazy-pages', 60_000);
    const args = ['restore', '-D', images, '--lazy-pages', '--restore-detached', '-o', 'restore.log', '-v4'];
    const restored = await runProgram(CRIU, { args, budget: 60_000 });
    assert.equal(restored.code, 0, logOf(images, 'restore.log', restored));
    process.kill(program.pid, 'SIGUSR1');
    await program.prints('end').catch((cause: unknown) => {
      const message = `${describeError(cause)}; printed: ${program.printed}\n${tailOf(images, 'lazy.log')}`;
      throw new Error(message, { cause });
    });
    assert.doesNotMatch(program.printed, /bad (?!0\n)/);
    const lazy = await daemon.result;
    assert.equal(lazy.code, 0, logOf(images, 'lazy.log', lazy));
    const { code, stdout, stderr } = await server.result;
    assert.equal(code, 0, stderr);
    const { pages }: PageServingReport = JSON.parse(stdout);
    assert.ok(pages > 10_000);
  });
}

/** TLS between criu and farpage: each end checks that the other's certificate names 127.0.0.1. */
function keysFor(kind: 'TCP' | 'TLS'): { criu: string[]; farpage: string[] } {
  if (kind === 'TCP') return { criu: [], farpage: [] };
  const { ca, cert, key } = makeKeys(stage.folder, 'criu');
  return {
    criu: ['--tls', '--tls-cacert', ca, '--tls-cert', cert, '--tls-key', key],
    farpage: ['--tls-ca', ca, '--tls-cert', cert, '--tls-key', key],
  };
}

function logged(images: string, name: string, words: string): boolean {
  const log = path.join(images, name);
  return existsSync(log) && readFileSync(log, 'latin1').includes(words);
}

/** Here, of the process that has a pid in the PID namespace below. */
function pidOutside(pid: number): number {
  const found = readdirSync('/proc').find((name) => {
    try {
      return new RegExp(`^NSpid:\\s+\\d+\\s+${pid}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'latin1'));
    } catch {
      return false;
    }
  });
  assert.ok(found !== undefined, `a process that is ${pid} in its namespace`);
  return Number(found);
}

/** A criu that is its own page server needs larger pipes than it may have here: see small_pipes.c. */
function smallPipes(): string {
  const library = path.join(stage.folder, 'pipes.so');
  const source = path.join(ROOT, 'bench/peers/small_pipes.c');
  execFileSync('cc', ['-O1', '-Wall', '-Werror', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  return library;
}

function compiled(source: string): string {
  const program = path.join(stage.folder, path.basename(source, '.c'));
  if (!existsSync(program)) {
    execFileSync('cc', ['-O1', '-Wall', '-Werror', '-pthread', '-o', program, path.join(ROOT, source)]);
  }
  return program;
}

function python(): string {
  return existsSync('/usr/bin/python3') ? '/usr/bin/python3' : find('python3');
}

test.run();
