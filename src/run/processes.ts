// Follows the processes of a run, forks and execs included, from their hello to their end.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionStats } from '../core/stats.js';
import { PagerError } from '../errors.js';
import { identityOf } from '../linux/identity.js';
import { isAlive, isBeingKilled, loaderSkipped, nameOf } from '../linux/proc.js';
import { native } from '../native/native.js';
import type { Adopted, AgentFiles, ProcessPager } from '../pager/process-pager.js';
import type { DescriptorServer, DescriptorSocket } from '../userfaultfd/index.js';
import { encodeTicket, encodeWelcome, TICKETS, WINDOW_PAGES } from '../wire/agent.js';
import type { Account } from './account.js';
import { AgentMemory, pidOf } from './agent.js';
import { type Guest, Reception } from './reception.js';
import { Tickets } from './tickets.js';

/** One process's memory, from its first instruction, or its fork, to its end or its exec of another program. */
export interface PagedProcess {
  /** null: a fork that ended, or executed another program, before its hello. */
  pid: number | null;
  name: string;
  command: string;
  how: 'started' | 'forked';
  /** Seconds from the start of the run. */
  began: number;
  ended: number | null;
  /** Bytes: the most seen resident, by the kernel's account. */
  residentPeak: number;
  /** Bytes of that which could not be evicted: locked, sealed, or with a protection key. */
  immovablePeak: number;
  /** Mappings that could not be paged, and the errno of the last. */
  unregistered: { mappings: number; errno: number };
  stats: RegionStats | null;
}

export interface ProcessesOptions {
  server: DescriptorServer;
  /** The socket's path, which paged processes have in their environment. */
  path: string;
  library: string;
  pager: ProcessPager;
  account: Account;
  minMapping: number;
  /** A descriptor to which agents write their last line. */
  line: number;
  say(line: string): void;
}

/** A process whose memory is paged now. */
export interface LivingProcess {
  identity: string;
  pid: number;
  name: string;
  space: number;
  /** The file that its agent and the pager share. */
  control: number;
}

interface Member {
  identity: string;
  pid: number;
  /** A pidfd of it. */
  program: number;
  /** The agent's pid. */
  agent: number;
  space: number;
  memory: AgentMemory;
  record: PagedProcess;
  /** It is ending, or has. */
  ended: boolean;
  /** Checks in a row that found its process with another address space than its agent. */
  apart: number;
  /** Ends the member, once, however its end is noticed. */
  finish(): Promise<void>;
}

/** Milliseconds between checks for a fork's mailbox; between checks for programs started by exec. */
const ADOPT = { min: 1, max: 20 } as const;
const EXEC_INTERVAL = 100;
/** Milliseconds for which a program may outlive its agent, as when both are being killed; and between checks of that. */
const AGENTLESS = { max: 500, look: 5 } as const;
/** Checks, EXEC_INTERVAL apart, that must find another address space before an exec is assumed: one may see an end. */
const APART = 2;
/** Milliseconds that a process between exec and hello has once all others have ended. */
const GRACE = 1000;

/** The processes of a run: accepts their hellos, and follows each to its end. */
export class Processes {
  readonly records: PagedProcess[] = [];
  /** Processes that paged programs became, without the library. */
  readonly unpaged: Array<{ pid: number; name: string }> = [];
  readonly #options: ProcessesOptions;
  readonly #members = new Map<number, Member>();
  readonly #greeted = new Set<number>();
  readonly #tickets = new Tickets(TICKETS);
  readonly #began = performance.now();
  readonly #reception: Reception;
  /** Ends of forks that never said hello. */
  readonly #ending = new Set<Promise<void>>();
  #closed = false;
  #execs: Promise<void>;

  constructor(options: ProcessesOptions) {
    this.#options = options;
    this.#execs = this.#watchExecs();
    const { server, say, pager } = options;
    pager.onDead((space) => {
      const ending = this.#forkEnded(space);
      this.#ending.add(ending);
      void ending.then(() => this.#ending.delete(ending));
    });
    this.#reception = new Reception({ server, say, enter: (guest) => this.#welcome(guest) });
  }

  /** Whether a process has said hello, ever. */
  greeted(pid: number): boolean {
    return this.#greeted.has(pid);
  }

  /** Living members, in the order of their hellos. */
  get members(): LivingProcess[] {
    return [...this.#members.values()].map(({ identity, pid, space, memory: { control }, record: { name } }) => ({
      identity,
      pid,
      name,
      space,
      control,
    }));
  }

  get living(): number {
    return this.#members.size;
  }

  /** Resolves when no paged process is left, and none is about to become one. */
  async finished(signal: AbortSignal): Promise<void> {
    let alone: number | null = null;
    for (let pause = 1; !signal.aborted; pause = Math.min(pause * 2, EXEC_INTERVAL)) {
      const forks = this.#options.pager.living - this.#members.size;
      if (this.#members.size + this.#reception.connections > 0) alone = null;
      else {
        alone ??= performance.now();
        if ((forks <= 0 && performance.now() - alone > GRACE) || !this.#hasForksUnderWay()) return;
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#reception.close();
    await Promise.all([this.#execs, ...this.#ending]);
    await Promise.all([...this.#members.values()].map((member) => member.finish()));
  }

  /** Resolves to whether it is a member now. */
  async #welcome(guest: Guest): Promise<boolean> {
    const { pager, minMapping } = this.#options;
    const { socket, hello, pid } = guest;
    // A process that says hello again has executed another program: its old memory is gone.
    for (const member of this.#members.values()) if (member.pid === pid && !member.ended) await this.#dismiss(member);
    const memory = new AgentMemory();
    const sent = [memory.window, memory.control, this.#options.line];
    let forked = -1;
    let space = -1;
    const end = untilEnd(socket);
    const agent = { socket: socket.fd, control: memory.control, window: memory.window, program: guest.program };
    try {
      if (hello.kind === 'start') {
        space = await pager.begin({ userfaultfd: guest.userfaultfd, agent, mailbox: hello.mailbox });
      } else {
        const adopted = await this.#adopt(guest, agent, end);
        if (adopted === null) {
          memory.close();
          socket.close();
          return false;
        }
        ({ space, userfaultfd: forked } = adopted);
        sent.push(forked);
      }
    } catch (error) {
      memory.close();
      throw error;
    }
    const member = this.#enter(guest, space, memory);
    void end.promise.then(() => this.#agentEnded(member));
    try {
      await socket.send(encodeWelcome(WINDOW_PAGES, minMapping), sent);
    } catch {
      // It has ended meanwhile.
      await member.finish();
    } finally {
      if (forked >= 0) native().closeFile(forked);
    }
    return true;
  }

  /** Null: the agent has ended, or the run. */
  async #adopt({ socket, hello: { pid } }: Guest, agent: AgentFiles, end: { ended: boolean }) {
    const { pager } = this.#options;
    let ticket: number | null = null;
    let adopted: Adopted | null = null;
    try {
      for (let pause: number = ADOPT.min; !end.ended && !this.#closed; pause = Math.min(pause * 2, ADOPT.max)) {
        if (ticket === null) {
          ticket = this.#tickets.take(pid);
          // Its end is seen at the socket.
          if (ticket !== null) await socket.send(encodeTicket(ticket)).catch(() => undefined);
        }
        if (ticket !== null) adopted = await pager.adopt({ pid, ticket }, agent);
        if (adopted !== null) return adopted;
        await sleep(pause);
      }
      return null;
    } finally {
      if (ticket !== null) {
        // No later fork is taken for this one.
        if (adopted === null && !this.#closed) await pager.forgetKnock({ pid, ticket });
        this.#tickets.release(pid, ticket);
      }
    }
  }

  #enter({ socket, hello: { kind }, pid, program }: Guest, space: number, memory: AgentMemory): Member {
    const { account, pager } = this.#options;
    const record = this.#record(pid, kind === 'start' ? 'started' : 'forked', nameOf(pid));
    const resident = { peak: 0, immovablePeak: 0 };
    account.add(pid, resident);
    this.#greeted.add(pid);
    const finish = async (): Promise<void> => {
      account.remove(pid, resident);
      record.ended = this.#now();
      record.residentPeak = resident.peak;
      record.immovablePeak = resident.immovablePeak;
      record.unregistered = memory.unregistered;
      record.stats = await pager.end(space);
      memory.close();
      socket.close();
      this.#members.delete(space);
      if (kind === 'start' && pidOf(program) === pid && isAlive(pid)) void this.#lookAfterExec(pid);
      native().closeFile(program);
    };
    let finishing: Promise<void> | undefined;
    const member: Member = {
      // It waits for its welcome, so it certainly exists.
      identity: identityOf(pid) ?? '',
      pid,
      program,
      agent: socket.peer.pid,
      space,
      memory,
      record,
      ended: false,
      apart: 0,
      finish: () => {
        member.ended = true;
        finishing ??= finish();
        return finishing;
      },
    };
    this.#members.set(space, member);
    return member;
  }

  /** The process lives, with another address space. */
  #dismiss(member: Member): Promise<void> {
    member.memory.dismiss();
    return member.finish();
  }

  /**
   * An agent ends with its program, when it is dismissed, or when something kills both. If it alone was killed, the pager
   * must kill the program: none of its memory can be evicted any more.
   */
  async #agentEnded(member: Member): Promise<void> {
    const { pid, program, memory } = member;
    if (!member.ended && !memory.left) {
      const lives = (): boolean =>
        !this.#closed && !member.ended && pidOf(program) === pid && isAlive(pid) && !isBeingKilled(pid);
      for (let waited = 0; lives() && waited < AGENTLESS.max; waited += AGENTLESS.look) await sleep(AGENTLESS.look);
      if (lives() || (memory.killed && !member.ended)) {
        this.#options.say(
          `the agent of process ${pid} was killed from outside, and so the process is killed (SIGKILL)`,
        );
        if (lives()) process.kill(pid, 'SIGKILL');
      }
    }
    await member.finish();
  }

  /** Programs executed by paged processes that have not said hello, and so are not paged. */
  #findExecs(): void {
    for (const member of this.#members.values()) {
      if (member.ended) continue;
      const isApart = native().sharesMemory(member.pid, member.agent) === false;
      // An ending task has no memory any more: a program's main thread before the others, or a killed agent.
      member.apart = isApart && isAlive(member.pid) && isAlive(member.agent) ? member.apart + 1 : 0;
      if (member.apart === APART) void this.#dismiss(member);
    }
  }

  #record(pid: number | null, how: PagedProcess['how'], names: { name: string; command: string } | null) {
    const record: PagedProcess = {
      pid,
      name: names?.name ?? '?',
      command: names?.command ?? '?',
      how,
      began: this.#now(),
      ended: null,
      residentPeak: 0,
      immovablePeak: 0,
      unregistered: { mappings: 0, errno: 0 },
      stats: null,
    };
    this.records.push(record);
    return record;
  }

  async #watchExecs(): Promise<void> {
    while (!this.#closed) {
      await sleep(EXEC_INTERVAL, undefined, { ref: false });
      if (this.#closed) return;
      this.#findExecs();
    }
  }

  /** For those that said hello, the socket's end shows it. */
  async #forkEnded(space: number): Promise<void> {
    if (this.#closed || this.#members.has(space)) return;
    const record = this.#record(null, 'forked', null);
    try {
      record.stats = await this.#options.pager.end(space);
    } catch (error) {
      if (!this.#closed) throw error;
    }
    record.ended = this.#now();
  }

  /** The program and number of a space's process. */
  nameOf(space: number): string | undefined {
    const record = this.#members.get(space)?.record;
    return record === undefined ? undefined : `${record.name} (${record.pid})`;
  }

  /** A process that lives with another address space has executed another program: did that load the library? */
  async #lookAfterExec(pid: number): Promise<void> {
    const before = this.records.length;
    await sleep(EXEC_INTERVAL, undefined, { ref: false });
    const again = this.records.slice(before).some((record) => record.pid === pid);
    if (again || this.#closed || !isAlive(pid) || loaderSkipped(pid, this.#options.library) === false) return;
    this.unpaged.push({ pid, name: nameOf(pid)?.name ?? '?' });
  }

  /** Whether a process of this run has not said hello yet: its hello may be in flight. */
  #hasForksUnderWay(): boolean {
    const mark = `FARPAGE_RUN=${this.#options.path}\0`;
    return readdirSync('/proc').some((entry) => {
      if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return false;
      try {
        return readFileSync(`/proc/${entry}/environ`, 'latin1').includes(mark) && isAlive(Number(entry));
      } catch {
        return false;
      }
    });
  }

  #now(): number {
    return (performance.now() - this.#began) / 1000;
  }
}

/** The agent sends nothing: readable means that it has ended. */
function untilEnd(socket: DescriptorSocket): { promise: Promise<void>; ended: boolean } {
  const end = { promise: Promise.resolve(), ended: false };
  end.promise = (async () => {
    try {
      for (let next = await socket.receive(); next !== null; next = await socket.receive()) {
        for (const descriptor of next.descriptors) native().closeFile(descriptor);
      }
    } catch (error) {
      if (!(error instanceof PagerError)) throw error;
    }
    end.ended = true;
  })();
  return end;
}
