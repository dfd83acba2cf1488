// A pager for the tests of the library alone: first in, first out, pages kept in this process.
import {
  addressOf,
  DescriptorSocket,
  type Memory,
  type Message,
  type Received,
  sharedMemory,
  Userfaultfd,
} from '../../../src/userfaultfd/index.js';
import { door } from '../../../src/userfaultfd/native.js';
import { READABLE, Readiness } from '../../../src/userfaultfd/readiness.js';
import { allowed } from '../budget.js';

const PAGE = 4096;
const CONTROL_BYTES = 8192;
const WINDOW_PAGES = 64;
const MAGIC = 0x67617066;
const VERSION = 4;
const TICKETS = 32;
const START = 1;
const FORK = 2;
/** native/programs/preload/agent.h, in bytes. */
const RUNS_AT = 88;
const RUN_BYTES = 32;
/** The word `left` of the same. */
const LEFT = 6;
const ANSWER_MS = 30_000;
const ERRNO: Readonly<Record<number, string>> = { 2: 'ENOENT', 11: 'EAGAIN', 16: 'EBUSY', 22: 'EINVAL' };

export interface PagerPlan {
  path: string;
  /** Pages, of all processes together. */
  limit: number;
  minMapping: number;
  /** What a hello gets. Default 'welcome'. */
  answer?: 'welcome' | 'refuse' | 'hang up';
  /** The same for a fork's hello. Default: as `answer`. */
  forkAnswer?: 'welcome' | 'refuse' | 'hang up';
  /** A fork's agent has a request, of nothing, before its welcome. */
  early?: boolean;
}

export interface PagerCounts {
  starts: number;
  forks: number;
  faults: number;
  forkEvents: number;
  moved: number;
  back: number;
  requests: number;
  unregistered: number;
  unregisteredErrno: number;
  /** Most pages resident by this pager's account. */
  peak: number;
  errors: Record<string, number>;
}

type Fault = Extract<Message, { event: 'pagefault' }>;

class Space {
  socket: DescriptorSocket | undefined;
  control: Memory | undefined;
  window: Memory | undefined;
  readiness: Readiness | undefined;
  mailbox = -1;
  mailboxThread = 0;
  ticket = -1;
  readonly resident = new Set<number>();
  readonly stored = new Map<number, Uint8Array>();
  /** Faults whose answer an unread event delayed. */
  waiting: Fault[] = [];

  constructor(readonly userfaultfd: Userfaultfd) {}
}

export class StandInPager {
  readonly counts: PagerCounts = {
    starts: 0,
    forks: 0,
    faults: 0,
    forkEvents: 0,
    moved: 0,
    back: 0,
    requests: 0,
    unregistered: 0,
    unregisteredErrno: 0,
    peak: 0,
    errors: {},
  };
  readonly #plan: PagerPlan;
  readonly #page = new Uint8Array(PAGE);
  readonly #spaces = new Set<Space>();
  #joined = 0;
  #failed: (error: unknown) => void = () => {};
  /** Rejects with whatever goes wrong in the background. */
  readonly failure = new Promise<never>((_, reject) => {
    this.#failed = reject;
  });

  constructor(plan: PagerPlan) {
    this.#plan = plan;
    this.failure.catch(() => {});
  }

  async listen(): Promise<void> {
    const server = await DescriptorSocket.listen(this.#plan.path);
    const accept = async () => {
      for (;;) this.#inBackground(this.#greet(await server.accept()));
    };
    this.#inBackground(accept());
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.#failed(error));
  }

  async #greet(socket: DescriptorSocket): Promise<void> {
    const hello = await socket.receive();
    if (hello === null) return socket.close();
    const view = new DataView(hello.data.buffer, hello.data.byteOffset);
    const [magic, version, kind] = [0, 4, 8].map((at) => view.getUint32(at, true));
    const pid = view.getUint32(12, true);
    const mailbox = Number(view.getBigUint64(16, true) >> 12n);
    if (magic !== MAGIC || version !== VERSION || pid !== socket.peer.pid) throw new Error(`odd hello: ${view.buffer}`);
    const { answer = 'welcome', forkAnswer = answer } = this.#plan;
    const asked = kind === FORK ? forkAnswer : answer;
    if (asked === 'hang up') return socket.close();
    if (asked === 'refuse') return socket.send(welcome(0, 0), []);
    let space: Space;
    const control = sharedMemory(CONTROL_BYTES);
    const window = sharedMemory(WINDOW_PAGES * PAGE);
    const descriptors = [window.fd ?? -1, control.fd ?? -1, 2];
    if (kind === START) {
      space = this.#begin(hello);
      this.counts.starts++;
    } else {
      const ticket = this.#joined++ % TICKETS;
      await socket.send(ticketOf(ticket), []);
      space = await this.#findFork(pid, ticket);
      descriptors.push(space.userfaultfd.fd);
      this.counts.forks++;
    }
    space.mailbox = mailbox;
    const early = kind === FORK && this.#plan.early === true;
    const words = new Int32Array(control.buffer);
    if (early) {
      Atomics.store(words, 0, 1);
      await socket.send(Uint8Array.of(1), []);
    }
    await socket.send(welcome(WINDOW_PAGES, this.#plan.minMapping), descriptors);
    while (early && Atomics.load(words, 1) === 0) await new Promise((resolve) => setImmediate(resolve));
    space.socket = socket;
    space.control = control;
    space.window = window;
    await this.#untilClosed(space, socket);
  }

  #begin(hello: Received): Space {
    const [program, fd] = hello.descriptors;
    if (program === undefined || fd === undefined || hello.descriptors.length !== 3)
      throw new Error('a hello without its userfaultfd');
    const space = new Space(Userfaultfd.fromDescriptor(fd));
    this.#add(space);
    return space;
  }

  #add(space: Space): void {
    this.#spaces.add(space);
    this.#inBackground(this.#serve(space));
  }

  async #findFork(thread: number, ticket: number): Promise<Space> {
    for (const until = performance.now() + allowed(ANSWER_MS); performance.now() < until; ) {
      for (const space of this.#spaces)
        if (space.mailboxThread === thread && space.ticket === ticket && !space.socket) return space;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`no fork with the thread ${thread}`);
  }

  async #untilClosed(space: Space, socket: DescriptorSocket): Promise<void> {
    try {
      while ((await socket.receive()) !== null);
    } catch {
      // Reset by a killed program.
    }
    const view = new DataView(space.control?.buffer ?? new ArrayBuffer(RUNS_AT));
    this.counts.unregistered += view.getUint32(12, true);
    this.counts.unregisteredErrno ||= view.getUint32(16, true);
    this.#spaces.delete(space);
    space.readiness?.close();
    space.userfaultfd.close();
    space.socket = undefined;
    socket.close();
  }

  async #serve(space: Space): Promise<void> {
    const readiness = new Readiness(space.userfaultfd.fd, 'the userfaultfd');
    space.readiness = readiness;
    try {
      for (;;) {
        // A fill that an event delayed succeeds once the event's thread runs: nothing becomes readable then.
        if (space.waiting.length === 0) await readiness.wait(READABLE);
        else await new Promise((resolve) => setImmediate(resolve));
        // Read and taken in one go: a page moved out in between could be of what an unmap has released already.
        for (const message of space.userfaultfd.read()) this.#take(space, message);
        for (const fault of space.waiting.splice(0)) this.#resolve(space, fault);
        this.#evict();
      }
    } catch (error) {
      if (this.#spaces.has(space)) throw error;
    } finally {
      readiness.close();
    }
  }

  #take(space: Space, message: Message): void {
    switch (message.event) {
      case 'pagefault':
        this.counts.faults++;
        this.#resolve(space, message);
        break;
      case 'fork': {
        const child = new Space(message.child);
        child.mailbox = space.mailbox;
        for (const page of space.resident) child.resident.add(page);
        for (const [page, bytes] of space.stored) child.stored.set(page, bytes);
        this.counts.forkEvents++;
        this.#add(child);
        break;
      }
      case 'remove':
      case 'unmap':
        this.#each(space, message.start, message.end, () => {});
        break;
      case 'remap': {
        const moved: Array<[number, Uint8Array | undefined]> = [];
        this.#each(space, message.from, message.from + BigInt(message.byteLength), (page, bytes) =>
          moved.push([page, bytes]),
        );
        const shift = Number((message.to - message.from) / BigInt(PAGE));
        for (const [page, bytes] of moved) {
          if (bytes) space.stored.set(page + shift, bytes);
          else space.resident.add(page + shift);
        }
        break;
      }
      default:
        throw new Error(`a message of event ${message.code}`);
    }
  }

  /** Forgets the pages of a range, telling what each was. */
  #each(space: Space, start: bigint, end: bigint, tell: (page: number, bytes?: Uint8Array) => void): void {
    const [first, last] = [Number(start >> 12n), Number(end >> 12n)];
    const known = [...space.resident, ...space.stored.keys()];
    for (const page of known) {
      if (page < first || page >= last) continue;
      tell(page, space.stored.get(page));
      space.resident.delete(page);
      space.stored.delete(page);
    }
  }

  #resolve(space: Space, fault: Fault): void {
    const page = Number(fault.address >> 12n);
    const ticket = page - space.mailbox;
    const knocks = ticket >= 0 && ticket < TICKETS;
    if (knocks && !space.socket) Object.assign(space, { mailboxThread: fault.threadId, ticket });
    const target = BigInt(page) << 12n;
    const bytes = space.stored.get(page);
    if (bytes) this.#page.set(bytes);
    const result = bytes
      ? space.userfaultfd.copy(target, addressOf(this.#page), PAGE)
      : space.userfaultfd.zeropage(target, PAGE);
    if (result.outcome === 'changing') space.waiting.push(fault);
    else if (result.outcome === 'present') space.userfaultfd.wake(target, PAGE);
    else if (result.outcome === 'done') {
      if (bytes) this.counts.back++;
      space.stored.delete(page);
      if (!knocks) space.resident.add(page);
    } else if (result.outcome !== 'exited' && result.outcome !== 'gone') {
      throw new Error(`fault at ${target.toString(16)}: ${result.errno}`);
    }
  }

  #evict(): void {
    const total = () => [...this.#spaces].reduce((sum, { resident }) => sum + resident.size, 0);
    let over = total() - this.#plan.limit;
    this.counts.peak = Math.max(this.counts.peak, over + this.#plan.limit);
    for (const space of this.#spaces) {
      if (over <= 0) return;
      if (!space.socket || !space.control || !space.window || space.resident.size === 0) continue;
      const pages = [...space.resident].slice(0, WINDOW_PAGES);
      if (!this.#request(space, pages)) return;
      over = total() - this.#plan.limit;
    }
  }

  /** Has the pages moved out; what cannot be goes to the end of the queue. */
  #request(space: Space, pages: number[]): boolean {
    const view = new DataView((space.control as Memory).buffer);
    const words = new Int32Array((space.control as Memory).buffer);
    const frames = (space.window as Memory).buffer;
    const runs = adjacent(pages);
    let frame = 0;
    for (const [i, run] of runs.entries()) {
      const at = RUNS_AT + i * RUN_BYTES;
      view.setBigUint64(at, BigInt(run.page) << 12n, true);
      view.setUint32(at + 8, frame, true);
      view.setUint32(at + 12, run.count, true);
      view.setUint32(at + 16, 0xffffffff, true);
      frame += run.count;
    }
    view.setUint32(8, runs.length, true);
    const finished = Atomics.load(words, 1);
    Atomics.add(words, 0, 1);
    this.counts.requests++;
    try {
      // At once: DescriptorSocket's would wait for this turn's end.
      door.send((space.socket as DescriptorSocket).fd, Uint8Array.of(1), []);
    } catch {
      space.resident.clear();
      return false;
    }
    const until = performance.now() + allowed(ANSWER_MS);
    while (Atomics.load(words, 1) === finished) {
      // The program has ended, and its agent with it: the socket's end is read later.
      if (Atomics.load(words, LEFT) !== 0) {
        space.resident.clear();
        return false;
      }
      if (performance.now() > until) throw new Error(`the agent of process ${space.socket?.peer.pid} does not answer`);
    }
    frame = 0;
    for (const [i, run] of runs.entries()) {
      const at = RUNS_AT + i * RUN_BYTES;
      const done = view.getUint32(at + 16, true);
      const error = view.getInt32(at + 20, true);
      if (done > run.count || (error === 0) !== (done === run.count)) throw new Error(`done ${done}, errno ${error}`);
      for (let page = 0; page < run.count; page++) {
        space.resident.delete(run.page + page);
        const from = (frame + page) * PAGE;
        if (page < done) {
          space.stored.set(run.page + page, new Uint8Array(frames.slice(from, from + PAGE)));
        } else if (page > done || ERRNO[error] !== 'ENOENT') {
          // The page that has gone is known as gone; the pages after it were not tried.
          space.resident.add(run.page + page);
        }
      }
      this.counts.moved += done;
      if (error !== 0) {
        const name = ERRNO[error] ?? `${error}`;
        this.counts.errors[name] = (this.counts.errors[name] ?? 0) + 1;
      }
      frame += run.count;
    }
    return true;
  }
}

function ticketOf(ticket: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(MAGIC, VERSION, ticket, 0).buffer);
}

function welcome(frames: number, minMapping: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(24));
  for (const [i, word] of [MAGIC, VERSION, frames, 0].entries()) view.setUint32(i * 4, word, true);
  view.setBigUint64(16, BigInt(minMapping), true);
  return new Uint8Array(view.buffer);
}

function adjacent(pages: readonly number[]): Array<{ page: number; count: number }> {
  const runs: Array<{ page: number; count: number }> = [];
  for (const page of [...pages].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last.page + last.count === page) last.count++;
    else runs.push({ page, count: 1 });
  }
  return runs;
}
