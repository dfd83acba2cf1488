// What the scenes of remotes share: an engine whose commands the scene writes itself, and the other processes.
import assert from 'node:assert/strict';
import { closeSync, readdirSync } from 'node:fs';
import * as layout from '../../../assembly/layout.js';
import { type Engine, type Native, native } from '../../../src/native/native.js';
import { DescriptorSocket } from '../../../src/userfaultfd/index.js';
import { type Child, startProgram } from '../../support/process/child.js';
import { CoreMachine } from '../../support/world/core-machine.js';
import { pause } from './kit.js';

export const PAGE = 4096;
export const FRAMES = 320;
/** native/programs/preload/agent.h, in words, and test/support/process/remote-peer.c's own word. */
const POSTED = 0;
const AGENT_WORD = 8000 / 4;
const CONTROL_BYTES = 8192;
const WINDOW_BYTES = 64 * PAGE;

export interface Setting {
  /** remote-peer.c, as built. */
  binary: string;
  folder: string;
}

export interface Command {
  op: number;
  region: number;
  target?: number;
  source?: number;
  pages?: number;
  /** First page in the region. */
  page?: number;
  frame?: number;
}

export interface Outcome {
  outcome: number;
  errno: number;
  pages: number;
}

export interface Told {
  event: number;
  space: number;
  /** Of a fault: flags; of a fork: the child's space. */
  flags: number;
  address: number;
  end: number;
}

export const done = (pages: number): Outcome => ({ outcome: layout.OUTCOME_DONE, errno: 0, pages });

export class Machine {
  readonly core = new CoreMachine(
    { pageShift: 12, limit: undefined, frames: FRAMES, scratch: 4, eviction: 0, readahead: 0 },
    0,
  );
  readonly addon: Native = native();
  readonly engine: Engine;
  /** Read, and not looked at yet. */
  readonly told: Told[] = [];

  constructor() {
    this.addon.checkLz4();
    this.engine = new this.addon.Engine(this.core.bytes, 0, false);
    this.core.put(layout.COPY_PAGES_AT, 16);
    this.engine.keepFrames(this.core.word(layout.FRAME_DATA_AT), FRAMES * PAGE);
  }

  frameAt(frame: number): number {
    return this.core.number(layout.CORE_ADDRESS_AT) + this.core.frameOffset(frame);
  }

  frame(frame: number): Uint8Array {
    return this.core.bytes.subarray(this.core.frameOffset(frame), this.core.frameOffset(frame) + PAGE);
  }

  /** The byte that fills the frame, -1 where there are several. */
  valueOf(frame: number): number {
    const [first = -1, ...rest] = this.frame(frame);
    return rest.every((byte) => byte === first) ? first : -1;
  }

  run(commands: readonly Command[]): Outcome[] {
    const { core } = this;
    const head = core.word(layout.COMMAND_HEAD_AT);
    const places = commands.map((command, index) => {
      const at = layout.COMMANDS_AT + ((head + index) & layout.COMMAND_MASK) * layout.COMMAND_BYTES;
      const pages = command.pages ?? 1;
      core.bytes.fill(0, at, at + layout.COMMAND_BYTES);
      core.put(at, command.op);
      core.u64[(at + layout.COMMAND_TARGET_AT) / 8] = BigInt(command.target ?? 0);
      core.u64[(at + layout.COMMAND_SOURCE_AT) / 8] = BigInt(command.source ?? 0);
      core.u64[(at + layout.COMMAND_LENGTH_AT) / 8] = BigInt(pages * PAGE);
      core.put(at + layout.COMMAND_PURPOSE_AT, layout.PURPOSE_NONE);
      core.put(at + layout.COMMAND_REGION_AT, command.region);
      core.put(at + layout.COMMAND_PAGE_AT, command.page ?? 0);
      core.put(at + layout.COMMAND_COUNT_AT, pages);
      core.put(at + layout.COMMAND_FRAME_AT, command.frame ?? 0);
      return at;
    });
    core.put(layout.COMMAND_HEAD_AT, head + commands.length);
    this.engine.execute();
    assert.equal(core.word(layout.COMMAND_DONE_AT), head + commands.length);
    core.put(layout.COMMAND_SETTLED_AT, head + commands.length);
    return places.map((at) => {
      const bytes = Number(BigInt.asIntN(64, core.long(at + layout.COMMAND_BYTES_DONE_AT)));
      assert.equal(bytes % PAGE, 0);
      return {
        outcome: core.word(at) >>> 16,
        errno: core.word(at + layout.COMMAND_ERRNO_AT),
        pages: bytes / PAGE,
      };
    });
  }

  one(command: Command): Outcome {
    return this.run([command])[0] ?? assert.fail('no outcome');
  }

  zeros(region: number, address: number, pages = 1): Outcome {
    return this.one({ op: layout.OP_ZEROPAGE, region, target: address, pages });
  }

  /** Takes what is in the ring out of it. */
  collect(): void {
    const { core } = this;
    const count = core.word(layout.MESSAGE_COUNT_AT);
    for (
      let at = layout.MESSAGES_AT;
      at < layout.MESSAGES_AT + count * layout.MESSAGE_BYTES;
      at += layout.MESSAGE_BYTES
    ) {
      this.told.push({
        event: core.bytes[at] ?? 0,
        space: core.word(at + layout.MESSAGE_SPACE_AT),
        flags: core.word(at + layout.MESSAGE_FLAGS_AT),
        address: core.number(at + layout.MESSAGE_ADDRESS_AT),
        end: core.number(at + layout.MESSAGE_END_AT),
      });
    }
    core.put(layout.MESSAGE_COUNT_AT, 0);
  }

  async next(): Promise<Told> {
    for (;;) {
      const told = this.told.shift();
      if (told !== undefined) return told;
      if (this.engine.read() > 0) this.collect();
      else await pause(1);
    }
  }

  /** Answers faults with zeros until `work` is done; gives the messages. */
  async serveUntil<T>(work: Promise<T>): Promise<Told[]> {
    const seen: Told[] = [];
    let over = false;
    const ended = work.finally(() => {
      over = true;
    });
    while (!over) {
      this.engine.read();
      this.collect();
      for (const told of this.told.splice(0)) {
        seen.push(told);
        if (told.event !== layout.EVENT_PAGEFAULT) continue;
        const filled = this.zeros(told.space, told.address);
        if (filled.outcome === layout.OUTCOME_CHANGING) this.told.push(told);
      }
      await pause(1);
    }
    await ended;
    return seen;
  }
}

/** Another process, and what it has handed over. */
export class Peer {
  #deeds = 0;

  private constructor(
    readonly child: Child,
    readonly socket: DescriptorSocket,
    readonly userfaultfd: number,
    /** Its memfile; -1: anonymous memory. */
    readonly file: number,
    readonly memory: number,
    readonly mailbox: bigint,
    readonly byteLength: number,
    readonly control: number,
    readonly window: number,
    readonly words: Int32Array,
  ) {}

  static async start(machine: Machine, { binary, folder }: Setting, pages: number, kind = 'anonymous'): Promise<Peer> {
    const path = `${folder}/${process.pid}-${sockets++}`;
    const server = await DescriptorSocket.listen(path);
    const child = startProgram(binary, { args: [path, `${pages}`, kind] });
    const socket = await Promise.race([server.accept(), child.result.then(({ stderr }) => assert.fail(stderr))]);
    server.close();
    const hello = (await socket.receive()) ?? assert.fail('no hello');
    const view = new DataView(hello.data.buffer, hello.data.byteOffset);
    const [memory, mailbox, length] = [0, 8, 16].map((at) => view.getBigUint64(at, true)) as [bigint, bigint, bigint];
    const [userfaultfd = -1, file = -1] = hello.descriptors;
    const { addon } = machine;
    const control = addon.createMemfd('control', CONTROL_BYTES, false);
    const window = addon.createMemfd('window', WINDOW_BYTES, false);
    const words = new Int32Array(addon.viewOf(addon.mapFile(control, CONTROL_BYTES, 0n, 0), CONTROL_BYTES));
    const bytes = Number(length);
    const peer = new Peer(child, socket, userfaultfd, file, Number(memory), mailbox, bytes, control, window, words);
    if (file < 0) {
      const size = new Uint8Array(new BigUint64Array([BigInt(WINDOW_BYTES)]).buffer);
      await socket.send(size, [window, control]);
    }
    return peer;
  }

  /** Makes it a space of the engine's, with its agent. */
  async join({ engine }: Machine, region: number): Promise<this> {
    engine.addRemote(region, this.userfaultfd, true);
    engine.setMailbox(region, this.mailbox);
    engine.setAgent(region, this.socket.fd, this.control, this.window, -1);
    closeSync(this.userfaultfd);
    while (this.words[READY] === 0) await pause(1);
    return this;
  }

  pageAt(page: number): number {
    return this.memory + page * PAGE;
  }

  /** Requests that its agent has had. */
  get posted(): number {
    return this.words[POSTED] ?? 0;
  }

  /** The last that its agent has looked at. */
  get heard(): number {
    return this.words[HEARD] ?? 0;
  }

  set agentDoes(deed: Deed) {
    this.words[AGENT_WORD] = DEEDS.indexOf(deed);
  }

  /** Has its thread do something (see remote-peer.c); resolves to the value told, when it has been done. */
  async do(deed: string, a: number, b = 0): Promise<number> {
    const number = ++this.#deeds;
    const told = this.child.waitFor(new RegExp(`^${number} = (-?\\d+)$`, 'm'));
    this.child.write(`${number} ${deed} ${a} ${b}\n`);
    return Number((await told)[1]);
  }

  async kill(): Promise<void> {
    this.child.kill();
    await this.child.result;
  }
}

const READY = 5;
const HEARD = 10;
const DEEDS = ['honest', 'die', 'boast', 'half', 'stop', 'chatter', 'odd error', 'crowded'] as const;
type Deed = (typeof DEEDS)[number];
let sockets = 0;

export const EAGAIN = 11;
export const EBUSY = 16;
export const refused = (outcome: number, errno: number, pages = 0): Outcome => ({ outcome, errno, pages });
/** Of a process that is gone: ESRCH. */
export const exited = refused(layout.OUTCOME_EXITED, 3);

/** A peer whose pages are all there, each filled with one byte: 1, 2, 3 … */
export async function full(machine: Machine, setting: Setting, region: number, pages: number): Promise<Peer> {
  const peer = await (await Peer.start(machine, setting, pages)).join(machine, region);
  machine.zeros(region, peer.memory, pages);
  await peer.do('n', 0, pages);
  return peer;
}

export function take(machine: Machine, peer: Peer, region: number, page: number, frame: number, pages = 1): Command {
  const [target, source] = [machine.frameAt(frame), peer.pageAt(page)];
  return { op: layout.OP_TAKE, region, target, source, pages, page, frame };
}

export function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}
