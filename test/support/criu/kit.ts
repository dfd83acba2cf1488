// `farpage criu` for tests, and a peer that plays criu restore at its socket.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CriuReport } from '../../../src/criu/index.js';
import { ROOT } from '../paths.js';
import { type Child, type ChildResult, startChild, startProgram } from '../process/child.js';
import { until } from '../servers/servers.js';

export const MAIN = path.join(ROOT, 'dist/src/bundle/main/cli.js');
const BUDGET = 90_000;
const HOST = process.env['FARPAGE_TEST_HOST'];

/** A folder of the test's own, and the peer as built there. */
export class CriuStage {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'farpage-criu-'));
  readonly peer = path.join(this.folder, 'restore-peer');
  readonly #peers: Peer[] = [];
  readonly #daemons: Daemon[] = [];
  #folders = 0;

  constructor() {
    const source = path.join(ROOT, 'test/support/criu/restore-peer.c');
    execFileSync('cc', ['-O2', '-Wall', '-Werror', '-pthread', '-o', this.peer, source]);
  }

  /** The path of a new folder. */
  images(): string {
    return path.join(this.folder, `images-${++this.#folders}`);
  }

  /** Starts `farpage criu`; resolves when it listens. */
  async daemon(images: string, args: readonly string[] = [], workDir = images): Promise<Daemon> {
    const host = HOST === undefined ? [] : ['--core', HOST];
    const words = ['criu', '--images', images, '--json', ...host, ...args];
    const child = startChild(MAIN, { args: words, budget: BUDGET });
    const daemon = new Daemon(child, path.join(workDir, 'lazy-pages.socket'));
    this.#daemons.push(daemon);
    let ended: ChildResult | undefined;
    void child.result.then(
      (result) => {
        ended = result;
      },
      () => undefined,
    );
    await until(() => existsSync(daemon.socket) || ended !== undefined, 'the socket of farpage criu');
    assert.equal(ended?.stderr, undefined);
    return daemon;
  }

  /** A peer that has connected. */
  async restore({ socket }: Pick<Daemon, 'socket'>): Promise<Peer> {
    const peer = new Peer(startProgram(this.peer, { args: [socket], budget: BUDGET }));
    this.#peers.push(peer);
    assert.equal(await peer.next(), 'connected');
    return peer;
  }

  close(): void {
    for (const { child } of [...this.#peers, ...this.#daemons]) child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class Daemon {
  constructor(
    readonly child: Child,
    readonly socket: string,
  ) {}

  /** Its report, when it has ended with this code. */
  async report(code = 0): Promise<CriuReport & { stderr: string }> {
    const result = await this.child.result;
    assert.equal(result.code, code, `${result.stdout}\n${result.stderr}`);
    return { ...JSON.parse(result.stdout), stderr: result.stderr };
  }
}

/** See restore-peer.c. */
export class Peer {
  #answers = 0;
  readonly #pids = new Map<number, number>();

  constructor(readonly child: Child) {}

  /** The next line that it prints. */
  async next(): Promise<string> {
    const found = await this.child.waitFor(new RegExp(`^(?:[^\\n]*\\n){${this.#answers++}}([^\\n]*)\\n`), BUDGET);
    return found[1] ?? '';
  }

  async say(line: string): Promise<string> {
    this.child.write(`${line}\n`);
    return this.next();
  }

  async task(pid: number, address: number, pages: number): Promise<void> {
    const answer = await this.say(`task ${pid} ${address.toString(16)} ${pages}`);
    assert.match(answer, /^task \d+$/);
    this.#pids.set(pid, Number(answer.slice('task '.length)));
  }

  /** The process of a task. */
  pidOf(pid: number): number {
    return this.#pids.get(pid) ?? 0;
  }

  async done(line: string): Promise<void> {
    assert.equal(await this.say(line), 'ok');
  }

  /** A task's command, which must find no page wrong. */
  async right(pid: number, command: string): Promise<void> {
    assert.equal(await this.say(`at ${pid} ${command}`), 'bad 0', command);
  }

  /** Begins a task's command without waiting for its answer. */
  begin(pid: number, command: string): void {
    this.child.write(`at ${pid} ${command}\n`);
  }
}
