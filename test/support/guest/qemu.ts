// A real QEMU (software emulation) with a real kernel, whose only program checks its own memory.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { within } from '../budget.js';
import { ROOT } from '../paths.js';
import { type Child, startProgram } from '../process/child.js';
import { find, needsOf, unpack } from '../process/packages.js';
import { until } from '../servers/servers.js';

const PRELOAD = path.join(ROOT, 'build/Release/farpage-preload.so');
const BLOCK = 512;
const QMP_BUDGET = 20_000;
const BOOT_BUDGET = 60_000;

export interface GuestFiles {
  kernel: string;
  initramfs: string;
}

/** The kernel comes from the system's packages, once: it is kept in the user's cache folder. */
export function makeGuest(folder: string): GuestFiles {
  const init = path.join(folder, 'init');
  execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-static', '-o', init, path.join(ROOT, 'test/support/guest/init.c')]);
  const initramfs = path.join(folder, 'initramfs');
  writeFileSync(initramfs, gzipSync(archive('init', readFileSync(init))));
  return { kernel: findKernel(), initramfs };
}

function findKernel(): string {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'farpage-tests');
  const kernel = path.join(cache, 'vmlinuz');
  if (existsSync(kernel)) return kernel;
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'unpack-'));
  try {
    const packageName = needsOf('linux-image-amd64').find((name) => name.startsWith('linux-image-'));
    assert.ok(packageName !== undefined, 'the package linux-image-amd64 is unknown: apt-get update');
    const [name] = unpack(packageName, './boot/vmlinuz-*', folder);
    assert.ok(name !== undefined, `${packageName} has no kernel`);
    renameSync(path.join(folder, name), kernel);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return kernel;
}

/** An archive of one program, as the kernel unpacks it (cpio, "newc"). */
function archive(name: string, content: Buffer): Buffer {
  const PROGRAM = 0o100755;
  const entry = (title: string, mode: number, data: Buffer) => {
    const fields = [0, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, title.length + 1, 0];
    const head = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${title}\0`;
    return Buffer.concat([padded(Buffer.from(head, 'latin1')), padded(data)]);
  };
  return Buffer.concat([entry(name, PROGRAM, content), entry('TRAILER!!!', 0, Buffer.alloc(0))]);
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
}

export interface QemuOptions {
  guest: GuestFiles;
  /** Its own, for sockets. */
  folder: string;
  name: string;
  /** MiB: the guest's memory, and what its program fills of it. */
  memory: number;
  filled: number;
  /** The socket of a server that its memory is handed to. */
  handOff?: string;
  /** A file of the guest's memory, in place of a memfd. */
  file?: string;
  incoming?: boolean;
}

interface Tick {
  number: number;
  bad: number;
  /** Milliseconds, of this process's clock. */
  at: number;
}

export class Qemu {
  readonly child: Child;
  readonly ticks: Tick[] = [];
  readonly #qmpPath: string;
  #qmp: Qmp | undefined;

  constructor({ guest, folder, name, memory, filled, handOff, file, incoming = false }: QemuOptions) {
    this.#qmpPath = path.join(folder, `${name}.qmp`);
    const backend = file === undefined ? 'memory-backend-memfd' : `memory-backend-file,mem-path=${file}`;
    const args = ['-accel', 'tcg', '-cpu', 'qemu64', '-M', 'q35', '-nodefaults', '-no-user-config', '-smp', '1'];
    args.push('-display', 'none', '-monitor', 'none', '-serial', 'stdio', '-no-reboot', '-m', String(memory));
    args.push('-kernel', guest.kernel, '-initrd', guest.initramfs);
    args.push('-append', `console=ttyS0 quiet panic=1 tsc=unstable MB=${filled}`);
    args.push('-object', `${backend},id=ram0,size=${memory}M,share=on`, '-machine', 'memory-backend=ram0');
    args.push('-qmp', `unix:${this.#qmpPath},server=on,wait=off`);
    // It talks to one client at a time: this one is for a program under test.
    args.push('-qmp', `unix:${this.movePath},server=on,wait=off`);
    if (incoming) args.push('-incoming', 'defer');
    const env = {
      ...(handOff === undefined ? {} : { LD_PRELOAD: PRELOAD, FARPAGE_HANDOFF: handOff }),
      ...(handOff === undefined || file === undefined ? {} : { FARPAGE_HANDOFF_FILE: file }),
    };
    this.child = startProgram(find('qemu-system-x86_64'), { args, env, budget: 90_000 });
  }

  /** Waits for so many ticks; a word that is not as it was written fails. */
  async tick(count: number): Promise<void> {
    for (const goal = this.ticks.length + count; this.ticks.length < goal; ) {
      const last = this.ticks.at(-1);
      const which = last === undefined ? '\\d+' : last.number + 1;
      const [line, number, bad] = await this.child.waitFor(
        new RegExp(`TICK (${which}) bad=(\\d+)\\r?\\n`),
        BOOT_BUDGET,
      );
      this.ticks.push({ number: Number(number), bad: Number(bad), at: performance.now() });
      assert.equal(bad, '0', line);
    }
  }

  /** What the times between its ticks were, for people. */
  describeGaps(since = 0): string {
    const times = this.ticks.slice(since);
    const gaps = times.slice(1).map(({ at }, i) => at - (times[i]?.at ?? at));
    const sorted = gaps.toSorted((a, b) => a - b);
    const half = sorted[sorted.length >> 1] ?? 0;
    const longest = sorted.slice(-3).reverse();
    return `${gaps.length} gaps: half within ${half.toFixed(0)} ms, the longest ${longest.map((gap) => gap.toFixed(0)).join(', ')} ms`;
  }

  /** Takes every tick from now on as it comes; the last that does not come is not a failure. */
  async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.tick(1);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        // It is stopped on request, or slow; or it has ended.
        if (!existsSync(`/proc/${this.child.pid}/exe`)) return;
      }
    }
  }

  /** A second control socket. */
  get movePath(): string {
    return `${this.#qmpPath}.move`;
  }

  /** When its clock says that it said so, in milliseconds since 1970; of the newest such event. */
  async event(name: string): Promise<number> {
    this.#qmp ??= await Qmp.open(this.#qmpPath);
    const { events } = this.#qmp;
    await until(() => events.has(name), name, QMP_BUDGET);
    return events.get(name) ?? 0;
  }

  async qmp(command: string, input: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    this.#qmp ??= await Qmp.open(this.#qmpPath);
    return this.#qmp.execute(command, input);
  }

  /** What its guest has printed. */
  async output(): Promise<string> {
    return (await this.child.waitFor(/^.*$/s)).input;
  }

  /** Saves the state of its devices; memory that others share is left out. It stands still afterwards. */
  async saveDevices(file: string): Promise<void> {
    await this.#ignoreShared();
    await this.qmp('migrate', { uri: `exec:cat > '${file}'` });
    await this.migrated();
  }

  async loadDevices(file: string): Promise<void> {
    await this.#ignoreShared();
    await this.qmp('migrate-incoming', { uri: `exec:cat '${file}'` });
    await this.migrated();
  }

  async #ignoreShared(): Promise<void> {
    await this.allow('x-ignore-shared');
  }

  /** Capabilities of its migration. */
  async allow(...names: string[]): Promise<void> {
    await this.qmp('migrate-set-capabilities', {
      capabilities: names.map((capability) => ({ capability, state: true })),
    });
  }

  /** Waits until its migration has ended well. */
  async migrated(): Promise<void> {
    const status = async () => JSON.stringify(await this.qmp('query-migrate'));
    await until(async () => /"status":"(completed|failed)"/.test(await status()), 'the migration', QMP_BUDGET);
    assert.match(await status(), /"status":"completed"/);
  }

  /** The guest's memory, as a path that can be opened while it runs; undefined while there is none. */
  memoryFile(): string | undefined {
    const folder = `/proc/${this.child.pid}/fd`;
    const isMemory = (fd: string) => {
      try {
        return readlinkSync(path.join(folder, fd)).includes('memory-backend-memfd');
      } catch {
        return false; // it has been closed
      }
    };
    const name = readdirSync(folder).find(isMemory);
    return name === undefined ? undefined : path.join(folder, name);
  }

  /** Bytes of the guest's memory that are resident, by the kernel's account. */
  residentBytes(): number {
    const file = this.memoryFile();
    return file === undefined ? 0 : statSync(file).blocks * BLOCK;
  }

  async end(): Promise<void> {
    this.#qmp?.close();
    this.child.kill();
    await this.child.result;
  }
}

interface QmpLine {
  id?: number;
  return?: unknown;
  error?: { desc: string };
  event?: string;
  timestamp?: { seconds: number; microseconds: number };
}

/** QEMU's control socket: a line of JSON each way. */
class Qmp {
  readonly #socket: Socket;
  /** Milliseconds, of the newest event of each name. */
  readonly events = new Map<string, number>();
  readonly #waiting = new Map<number, (answer: { return?: unknown; error?: { desc: string } }) => void>();
  #numbers = 0;

  static async open(file: string): Promise<Qmp> {
    await until(() => existsSync(file), file);
    const qmp = new Qmp(createConnection(file));
    await qmp.execute('qmp_capabilities', {});
    return qmp;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    // What ends it ends what waits for an answer, by its budget.
    socket.on('error', () => {});
    createInterface(socket).on('line', (line) => {
      const answer: QmpLine = JSON.parse(line);
      if (answer.event !== undefined && answer.timestamp !== undefined) {
        this.events.set(answer.event, answer.timestamp.seconds * 1000 + answer.timestamp.microseconds / 1000);
      }
      if (answer.id === undefined) return; // a greeting, an event
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  async execute(command: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
    const id = ++this.#numbers;
    const answer = new Promise<{ return?: unknown; error?: { desc: string } }>((resolve) => {
      this.#waiting.set(id, resolve);
    });
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: input, id })}\n`);
    const { return: value, error } = await within(QMP_BUDGET, answer, command);
    if (error !== undefined) throw new Error(`${command}: ${error.desc}`);
    return value;
  }

  close(): void {
    this.#socket.destroy();
  }
}
