// A process that was dumped by CRIU, and what restores it: for the question `criu`.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PagerError } from '../src/errors.js';
import { COMMAND, type Process, startProcess } from './farpage.js';
import { type Context, type Run, Skip } from './harness.js';

const CRIU = process.env['FARPAGE_CRIU'] || 'criu';
/** Milliseconds between two looks, and until something that should come counts as failed. */
const LOOK = 10;
const PATIENCE = 60_000;
/** Seconds until a daemon has ended after its last task. */
const ENDS_IN = 60;

export type Daemon = 'farpage criu' | 'criu lazy-pages';

/** @throws Skip where no CRIU can be used */
function needCriu(): void {
  const { stdout, error } = spawnSync(CRIU, ['--version'], { encoding: 'utf8' });
  const version = /Version: ((\d+)\S*)/.exec(stdout ?? '');
  if (error !== undefined || version === null) throw new Skip(`no ${CRIU}: name a criu in FARPAGE_CRIU`);
  if (Number(version[2]) < 4) throw new Skip(`${CRIU} is CRIU ${version[1]}, and 4 or later is needed: FARPAGE_CRIU`);
  const check = spawnSync(CRIU, ['check'], { encoding: 'utf8' });
  if (check.status !== 0) throw new Skip(`criu check: ${check.stderr.trim().split('\n').at(-1) ?? ''}`);
}

export class CriuStand {
  readonly #context: Context;
  readonly images: string;
  readonly #work: string;
  readonly #go: string;
  readonly #result: string;
  #pid = 0;

  constructor(context: Context) {
    needCriu();
    this.#context = context;
    this.images = join(context.folder, 'images');
    this.#work = join(context.folder, 'work');
    this.#go = join(context.folder, 'go');
    this.#result = join(context.folder, 'result');
    mkdirSync(this.images);
    mkdirSync(this.#work);
  }

  /** Starts the process, and dumps it. */
  async dump(mib: number): Promise<void> {
    const ready = join(this.#context.folder, 'ready');
    const options = { mib, ready, go: this.#go, result: this.#result };
    const { program, args } = this.#context.peer('restored', options);
    const words = Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const dumped: ChildProcess = spawn(program, words, {
      detached: true,
      stdio: 'ignore',
      cwd: this.#context.folder,
    });
    this.#pid = dumped.pid ?? 0;
    this.#context.onCleanup(() => this.#killTask());
    const gone = new Promise((resolve) => dumped.once('close', resolve));
    await until(() => existsSync(ready), 'the process to dump');
    const dump = ['dump', '-t', String(this.#pid), '-D', this.images, '-o', 'dump.log'];
    const { status, stderr } = spawnSync(CRIU, dump, { encoding: 'utf8' });
    if (status !== 0) throw new PagerError('INTERNAL', `criu dump: ${stderr}${read(join(this.images, 'dump.log'))}`);
    await gone;
  }

  /** A daemon that listens. */
  async daemon(kind: Daemon, options: readonly string[], cpu?: number): Promise<Process> {
    const socket = join(this.#work, 'lazy-pages.socket');
    rmSync(socket, { force: true });
    const words =
      kind === 'farpage criu'
        ? [...COMMAND, 'criu', '--images', this.images, '--work-dir', this.#work, ...options]
        : [CRIU, 'lazy-pages', '-D', this.images, '-W', this.#work, '-o', 'lazy.log', ...options];
    const daemon = startProcess(this.#context, words, cpu);
    await daemon.during(until(() => existsSync(socket), kind));
    return daemon;
  }

  /** The pages of the images by TCP: CRIU's own page server, which serves one client. */
  async pageServer(port: number, cpu?: number): Promise<Process> {
    const listen = ['--lazy-pages', '--address', '127.0.0.1', '--port', String(port)];
    const words = ['page-server', '-D', this.images, '-W', this.#work, '-o', 'server.log', ...listen];
    const preload = `LD_PRELOAD=${this.#context.addon('small_pipes')}`;
    const server = startProcess(this.#context, ['env', preload, CRIU, ...words], cpu);
    await server.during(until(() => isListening(port), 'the page server'));
    return server;
  }

  /** Restores the process once, which touches all of its pages; resolves when it and the daemon have ended. */
  async restore(daemon: Process, cpu?: number): Promise<Run> {
    this.#empty();
    writeFileSync(this.#go, '');
    const args = cpu === undefined ? {} : { cpu };
    const adopt = { ...this.#context.peer('adopt', {}), ...args, words: this.#words(['--restore-detached'], '') };
    const begun = await daemon.during(this.#context.once(adopt));
    await daemon.ended(ENDS_IN);
    const [run] = this.#results();
    if (run === undefined) throw new PagerError('INTERNAL', 'the restored process has ended without a result');
    return { ...run, ...begun, whole: Number(run['end']) - Number(begun['begin']) };
  }

  /** Restores the process `count` times at once, each in a PID namespace of its own; all touch all of their pages. */
  async restoreMany(count: number): Promise<Run[]> {
    this.#empty();
    writeFileSync(this.#go, '');
    const restores = Array.from({ length: count }, (_, i) => {
      const words = ['unshare', '-pf', '--mount-proc', '--kill-child', ...this.#words([], `-${i}`)];
      return startProcess(this.#context, words);
    });
    await Promise.all(restores.map((restore) => restore.ended(ENDS_IN)));
    return this.#results();
  }

  /** Restores the process, which touches nothing, and resolves when all of its memory is there; then ends it. */
  async fill(mib: number): Promise<void> {
    this.#empty();
    const [program = '', ...words] = this.#words(['--restore-detached'], '');
    const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
    if (status !== 0) throw new PagerError('INTERNAL', `criu restore: ${stderr}`);
    await until(() => residentMib(this.#pid) >= mib, 'all of the memory');
    this.#killTask();
    await until(() => !existsSync(`/proc/${this.#pid}`), 'the end of the restored process');
  }

  #words(options: readonly string[], suffix: string): string[] {
    const log = `restore${suffix}.log`;
    return [CRIU, 'restore', '-D', this.images, '-W', this.#work, '--lazy-pages', '-o', log, ...options];
  }

  #empty(): void {
    rmSync(this.#result, { force: true });
    rmSync(this.#go, { force: true });
  }

  #results(): Run[] {
    const lines = read(this.#result).trim().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Run);
  }

  // The pid may be another process's by now.
  #killTask(): void {
    if (read(`/proc/${this.#pid}/comm`).trim() === 'restored') process.kill(this.#pid, 'SIGKILL');
  }
}

/** The peak of a process's memory, in MiB. */
export function peakMib(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

function residentMib(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!condition()) {
    if (performance.now() > end) throw new PagerError('INTERNAL', `${what} did not come in ${PATIENCE / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

function isListening(port: number): boolean {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`;
  return read('/proc/net/tcp').includes(local);
}

/** Empty if it cannot be read. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
