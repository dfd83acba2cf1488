// A server and the guests of the serve tests: see vm.c.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServeReport } from '../../../src/serve/index.js';
import { allowed, within } from '../budget.js';
import { ROOT } from '../paths.js';
import { type Child, type ChildResult, startChild, startProgram } from '../process/child.js';

/** The variant of the test run (test/run.ts). */
const HOST = process.env.FARPAGE_TEST_HOST;
export const PAGE = 4096;
const MAIN = path.join(ROOT, 'dist', 'src', 'bundle', 'main', 'cli.js');

export class Stage {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'farpage-serve-'));
  readonly #program = path.join(this.folder, 'vm');
  #sockets = 0;

  constructor() {
    execFileSync('cc', ['-O2', '-o', this.#program, path.join(ROOT, 'test/support/guest/vm.c')]);
  }

  path(name: string): string {
    return path.join(this.folder, name);
  }

  /** A file of so many pages that vm.c knows the content of. */
  image(name: string, pages: number): string {
    const file = this.path(name);
    writeFileSync(file, imageBytes(pages));
    return file;
  }

  /** `farpage serve`, or another command that guests' memory is handed to. */
  async serve(args: readonly string[], options: { budget?: number; command?: string[] } = {}): Promise<Serve> {
    const socket = this.path(`${++this.#sockets}.sock`);
    const { command = ['serve', ...(HOST === undefined ? [] : ['--core', HOST])] } = options;
    const child = startChild(MAIN, {
      args: [...command, '--json', '--socket', socket, ...args],
      budget: options.budget ?? 60_000,
    });
    for (let tries = 0; !isListenedAt(socket); tries++) {
      if (tries > allowed(1000)) throw new Error('the server does not listen');
      await Promise.race([sleep(10), child.result.then((result) => assert.fail(`it ended: ${result.stderr}`))]);
    }
    return new Serve(socket, child);
  }

  /** A guest; its memory is `regions`, "offset:size" in pages. */
  guest(socket: string, regions: string, args: readonly string[] = []): Guest {
    return new Guest(
      startProgram(this.#program, { args: ['--socket', socket, '--regions', regions, ...args], budget: 60_000 }),
    );
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

export class Serve {
  constructor(
    readonly socket: string,
    readonly child: Child,
  ) {}

  /** Ends it, and gives its report. */
  async stop(): Promise<{ report: ServeReport; result: ChildResult }> {
    this.child.kill('SIGTERM');
    return this.ended();
  }

  async ended(): Promise<{ report: ServeReport; result: ChildResult }> {
    const result = await this.child.result;
    try {
      return { report: JSON.parse(result.stdout) as ServeReport, result };
    } catch {
      throw new Error(`no report: ${result.code ?? result.signal}\n${result.stdout}\n${result.stderr}`);
    }
  }
}

export class Guest {
  #answers = 1;

  constructor(readonly child: Child) {}

  /** What it answers to a command. */
  async ask(command: string, ms = 30_000): Promise<string> {
    this.child.write(`${command}\n`);
    const lines = new RegExp(`^(?:[^\\n]*\\n){${this.#answers}}([^\\n]*)\\n`);
    this.#answers++;
    const [, answer = ''] = await this.child.waitFor(lines, ms);
    return answer;
  }

  async right(command: string): Promise<void> {
    assert.equal(await this.ask(command), `${command.split(' ')[0]} bad=0`, command);
  }

  async exit(): Promise<void> {
    this.child.write('exit 0\n');
    const { code, stderr } = await this.child.result;
    assert.equal(code, 0, stderr);
  }

  /** The signal that ended it. */
  async killed(ms: number): Promise<NodeJS.Signals | null> {
    return (await within(ms, this.child.result, 'the guest’s end')).signal;
  }
}

/** Its file is there a moment before that. */
function isListenedAt(socket: string): boolean {
  // Num RefCount Protocol Flags …: __SO_ACCEPTCON is all that a listening socket has.
  const lines = readFileSync('/proc/net/unix', 'latin1').split('\n');
  return lines.some((line) => line.endsWith(` ${socket}`) && line.split(' ')[3] === '00010000');
}

/** Whether there is such a process, and it is not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

export function imageBytes(pages: number, first = 0): Buffer {
  const words = new Uint32Array(pages * 1024);
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(first * 1024 + at + 1, 2654435761);
  return Buffer.from(words.buffer);
}

export interface Web {
  readonly url: string;
  /** Every range that was asked for: first byte and end. */
  readonly ranges: Array<[number, number]>;
  /** While set, answers are this status. */
  status: number;
  close(): Promise<void>;
}

/** A web server of one file, whose every answer comes `delay` ms late. */
export async function serveFile(bytes: Buffer, delay: number): Promise<Web> {
  const ranges: Array<[number, number]> = [];
  const server: Server = createServer((request, response) => {
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const end = Math.min(Number(to) + 1, bytes.byteLength);
    if (end - Number(from) > 1) ranges.push([Number(from), end]);
    setTimeout(() => {
      if (web.status !== 206 && end - Number(from) > 1) return response.writeHead(web.status).end();
      const headers = { etag: '"1"', 'content-range': `bytes ${from}-${end - 1}/${bytes.byteLength}` };
      response.writeHead(206, { ...headers, 'content-length': end - Number(from) });
      return response.end(bytes.subarray(Number(from), end));
    }, delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const web: Web = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/image`,
    ranges,
    status: 206,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return web;
}
