// Accepts the hellos of a run's processes, each within a time limit, at the socket and over relays.
import { failureLine, PagerError } from '../errors.js';
import { identityOf, partsOf } from '../linux/identity.js';
import { isAlive } from '../linux/proc.js';
import { native } from '../native/native.js';
import { Acceptor } from '../userfaultfd/accept.js';
import { type DescriptorServer, DescriptorSocket, type Received } from '../userfaultfd/index.js';
import { decodeHello, encodeWelcome, type Hello } from '../wire/agent.js';
import { pidOf } from './agent.js';

/** The content of a process's hello. */
export interface Guest {
  /** The agent's. */
  socket: DescriptorSocket;
  hello: Hello;
  pid: number;
  /** A pidfd of it. */
  program: number;
  /** -1: of a fork. */
  userfaultfd: number;
}

export interface ReceptionOptions {
  server: DescriptorServer;
  say(line: string): void;
  /** Resolves to whether the process was adopted; if so, the callee owns `program` and `socket`. */
  enter(guest: Guest): Promise<boolean>;
}

/** Milliseconds. */
const HELLO_PATIENCE = 10_000;

/** Accepts hellos at the server's socket, and over inherited relays of children that cannot reach it. */
export class Reception {
  /** Processes that have connected and are not adopted yet. */
  connections = 0;
  readonly #options: ReceptionOptions;
  readonly #relays = new Set<DescriptorSocket>();
  #closed = false;

  constructor(options: ReceptionOptions) {
    this.#options = options;
    void this.#accept();
  }

  /** Does not close the server. */
  close(): void {
    this.#closed = true;
    for (const relay of this.#relays) relay.close();
  }

  async #accept(): Promise<void> {
    const { server, say } = this.#options;
    const acceptor = new Acceptor(server, (line) => say(`a process waits to be paged: ${line}`));
    while (!this.#closed) {
      const socket = await acceptor.next();
      if (socket === null) return;
      void this.#counted(this.#serve(socket));
    }
  }

  async #counted(serving: Promise<void>): Promise<void> {
    this.connections++;
    await serving.finally(() => {
      this.connections--;
    });
  }

  async #serve(socket: DescriptorSocket): Promise<void> {
    const timer = setTimeout(() => socket.close(), HELLO_PATIENCE);
    const first = await socket.receive().catch(() => null);
    clearTimeout(timer);
    if (first === null) socket.close();
    else await this.#greet(socket, first);
  }

  /** It ends with the last process that has inherited it. */
  async #relay(fd: number): Promise<void> {
    const relay = new DescriptorSocket(fd);
    this.#relays.add(relay);
    try {
      for (let next = await relay.receive(); next !== null; next = await relay.receive()) {
        const [program = -1, link = -1] = next.descriptors;
        if (next.descriptors.length === 2) {
          void this.#counted(this.#greet(new DescriptorSocket(link), { ...next, descriptors: [program] }));
        } else {
          for (const descriptor of next.descriptors) native().closeFile(descriptor);
        }
      }
    } catch (error) {
      if (!(error instanceof PagerError)) throw error;
    }
    this.#relays.delete(relay);
    relay.close();
  }

  async #greet(socket: DescriptorSocket, { data, descriptors }: Received): Promise<void> {
    let unclaimed = descriptors;
    let pid: number | null = null;
    try {
      const hello = decodeHello(data, descriptors.length);
      const [program = -1, userfaultfd = -1, relay = -1] = descriptors;
      pid = pidOf(program);
      if (pid === null) return socket.close();
      requireHonest(socket.peer.pid, hello, pid);
      if (!(await this.#options.enter({ socket, hello, pid, program, userfaultfd }))) return;
      unclaimed = descriptors.filter((each) => each !== program && each !== relay);
      if (relay >= 0) void this.#relay(relay);
    } catch (error) {
      // A process that ended before its welcome is not reported.
      const known = pid ?? socket.peer.pid;
      if (!this.#closed && isAlive(known)) this.#options.say(`process ${known} is not paged: ${failureLine(error)}`);
      await socket.send(encodeWelcome(0, 0)).catch(() => undefined);
      socket.close();
    } finally {
      for (const descriptor of unclaimed) native().closeFile(descriptor);
    }
  }
}

/**
 * A process with a relay may have become another user since: it must not get another process's memory, nor make the pager
 * kill another process.
 * @throws PagerError 'PERMISSION' unless the agent gives its own pid, and shares the memory of its program
 */
function requireHonest(agent: number, { pid: said }: Hello, program: number): void {
  const own = identityOf(agent);
  if (own !== null && partsOf(own).pid === said && native().sharesMemory(program, agent) !== false) return;
  throw new PagerError('PERMISSION', `process ${agent} speaks for process ${program}, whose agent it is not`);
}
