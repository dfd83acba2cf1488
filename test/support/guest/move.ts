// A guest moves from one QEMU to another, its memory by QEMU's own postcopy or by `farpage migrate`, over a slow line.
import assert from 'node:assert/strict';
import path from 'node:path';
import { allowed } from '../budget.js';
import { ROOT } from '../paths.js';
import { type Child, startChild } from '../process/child.js';
import { DelayedLine } from '../servers/delay.js';
import { freePort } from '../servers/servers.js';
import { type GuestFiles, Qemu } from './qemu.js';
import type { Serve, Stage } from './vm.js';

const MAIN = path.join(ROOT, 'dist', 'src', 'bundle', 'main', 'cli.js');

export interface MoveOptions {
  guest: GuestFiles;
  /** For sockets. */
  folder: string;
  name: string;
  /** MiB: the guest's memory, and what its program fills of it. */
  memory: number;
  filled: number;
  /** Milliseconds each way. */
  delay: number;
}

export interface Move {
  /** Milliseconds from the source's stop to the destination's first instruction, by the two QEMUs' own clocks. */
  downtime: number;
  /** Milliseconds: the longest time between two of the guest's ticks, the two around its move, and half of all before. */
  longestGap: number;
  moveGap: number;
  usualGap: number;
  /** Ticks at the destination. */
  ticks: number;
  bytes: number;
  /** Words that were not as the guest had written them. */
  wrong: number;
}

/** Ticks before it moves and after: its program has gone over all of its memory in 40. */
const BEFORE = 10;
const AFTER = 45;

/** The two QEMUs, their ticks taken as they come. */
export class Pair {
  readonly source: Qemu;
  readonly destination: Qemu;
  readonly #ending = new AbortController();
  readonly #watching: Promise<void>[];

  constructor({ guest, folder, name, memory, filled }: MoveOptions, handOff?: string) {
    const common = { guest, folder, memory, filled };
    this.source = new Qemu({ ...common, name: `${name} source` });
    const served = handOff === undefined ? {} : { handOff };
    this.destination = new Qemu({ ...common, name: `${name} destination`, incoming: true, ...served });
    this.#watching = [this.source, this.destination].map((qemu) => qemu.watch(this.#ending.signal));
    for (const watching of this.#watching) watching.catch(() => {});
  }

  async ticked(qemu: Qemu, count: number, ms = 80_000): Promise<void> {
    const failed = Promise.all(this.#watching).then(() => new Promise<never>(() => {}));
    const end = performance.now() + allowed(ms);
    while (qemu.ticks.length < count) {
      assert.ok(performance.now() < end, `${qemu.ticks.length} of ${count} ticks in ${ms} ms`);
      await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
  }

  /** The guest continued where it was, and every word was as it had been written. */
  async moved(bytes: number): Promise<Move> {
    const [source, destination] = [this.source, this.destination];
    await this.ticked(destination, AFTER);
    const last = source.ticks.at(-1)?.number ?? 0;
    // A line may be said half by the one and half by the other.
    const both = (await source.output()) + (await destination.output());
    assert.match(both, new RegExp(`TICK ${last + 1} bad=0\\r?\\n`), 'the guest continues where it was');
    const times = [...source.ticks, ...destination.ticks].map(({ at }) => at);
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at));
    const before = gaps.slice(0, source.ticks.length - 1).toSorted((a, b) => a - b);
    return {
      downtime: (await destination.event('RESUME')) - (await source.event('STOP')),
      longestGap: Math.max(...gaps.slice(1)),
      moveGap: gaps[source.ticks.length - 1] ?? 0,
      usualGap: before[before.length >> 1] ?? 0,
      ticks: destination.ticks.length,
      bytes,
      wrong: [...source.ticks, ...destination.ticks].reduce((sum, { bad }) => sum + bad, 0),
    };
  }

  async end(): Promise<void> {
    this.#ending.abort();
    await Promise.all([this.source.end(), this.destination.end()]);
    await Promise.all(this.#watching);
  }
}

/** A move by `farpage migrate`, up to where its two commands run. */
export class FarpageMove {
  readonly pair: Pair;
  /** What memory goes through. */
  readonly line: DelayedLine;
  /** What the devices' state goes through. */
  readonly devices: DelayedLine;
  readonly receiver: Serve;
  sender: Child | undefined;

  static async begin(stage: Stage, options: MoveOptions, receiveArgs: readonly string[] = []): Promise<FarpageMove> {
    const [port, devicesPort] = [await freePort(), await freePort()];
    const from = `tcp://127.0.0.1:${port}`;
    const command = ['migrate', 'receive'];
    const receiver = await stage.serve(['--from', from, ...receiveArgs], { command, budget: 90_000 });
    const line = await DelayedLine.open({ to: port, delay: options.delay });
    const devices = await DelayedLine.open({ to: devicesPort, delay: options.delay });
    const pair = new Pair(options, receiver.socket);
    await pair.destination.allow('x-ignore-shared', 'events');
    await pair.destination.qmp('migrate-incoming', { uri: `tcp:127.0.0.1:${devicesPort}` });
    // QEMU sends events only to connected clients.
    await pair.source.qmp('query-status');
    await pair.ticked(pair.source, BEFORE);
    return new FarpageMove(pair, line, devices, receiver);
  }

  private constructor(pair: Pair, line: DelayedLine, devices: DelayedLine, receiver: Serve) {
    this.pair = pair;
    this.line = line;
    this.devices = devices;
    this.receiver = receiver;
  }

  /** One command, and the guest is there. */
  send(args: readonly string[] = []): Child {
    const { source } = this.pair;
    const memory = source.memoryFile();
    assert.ok(memory !== undefined, 'it has no memfile');
    const devices = `tcp:127.0.0.1:${this.devices.port}`;
    const words = ['--memory', memory, '--to', `tcp://127.0.0.1:${this.line.port}`, '--qmp', source.movePath];
    this.sender = startChild(MAIN, {
      args: ['migrate', 'send', '--json', ...words, '--devices', devices, ...args],
      budget: 90_000,
    });
    return this.sender;
  }

  async end(): Promise<void> {
    await this.pair.end();
    this.sender?.kill();
    this.receiver.child.kill();
    await Promise.allSettled([this.sender?.result, this.receiver.child.result]);
    this.line.close();
    this.devices.close();
  }
}

/** By `farpage migrate`, undisturbed. */
export async function moveByFarpage(stage: Stage, options: MoveOptions): Promise<Move> {
  const move = await FarpageMove.begin(stage, options);
  try {
    const { code, stderr } = await move.send().result;
    assert.equal(code, 0, stderr);
    return await move.pair.moved(move.line.bytes);
  } finally {
    await move.end();
  }
}

/** By QEMU's own postcopy. */
export async function moveByQemu(options: MoveOptions, capabilities: readonly string[] = []): Promise<Move> {
  const port = await freePort();
  const line = await DelayedLine.open({ to: port, delay: options.delay });
  const pair = new Pair(options);
  try {
    const { source, destination } = pair;
    await pair.ticked(source, BEFORE);
    for (const qemu of [source, destination]) await qemu.allow('postcopy-ram', 'events', ...capabilities);
    // No cap: its default is for lines that others use as well.
    await source.qmp('migrate-set-parameters', { 'max-bandwidth': 2 ** 33 });
    await destination.qmp('migrate-incoming', { uri: `tcp:127.0.0.1:${port}` });
    await source.qmp('migrate', { uri: `tcp:127.0.0.1:${line.port}` });
    await source.qmp('migrate-start-postcopy');
    await source.migrated();
    return await pair.moved(line.bytes);
  } finally {
    await pair.end();
    line.close();
  }
}
