// A pager's side of its control socket: `farpage snapshot` and `farpage dump` find it there by the number of a process.
import { renameSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { describeError, PagerError, packError } from '../errors.js';
import { requireOwnProc } from '../linux/identity.js';
import { native } from '../native/native.js';
import { checkRequest, Lines, type Request, type Served, writeLine } from '../wire/control.js';
import { makeControlFolder, removeSocket, socketIn } from './folder.js';
import { type Subject, takeSnapshotOf } from './take.js';

/** Milliseconds within which a client must send its request. */
const PATIENCE = 10_000;
/** Most clients at once. */
const CLIENTS = 64;

/** The processes that the pager pages. */
export interface Host {
  served(): readonly Served[];
  /** Undefined: the pager does not page it (any more). */
  find(identity: string): Subject | undefined;
}

export class ControlServer {
  readonly #server: Server;
  readonly #path: string;
  readonly #host: Host;
  readonly #sockets = new Set<Socket>();
  readonly #underWay = new Set<Promise<void>>();
  /** One snapshot at a time: the next begins when this has settled. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #remove = (): void => removeSocket(this.#path);

  private constructor(server: Server, path: string, host: Host) {
    this.#server = server;
    this.#path = path;
    this.#host = host;
    server.maxConnections = CLIENTS;
    server.on('connection', (socket) => this.#greet(socket));
    // A connection that cannot be accepted (ENFILE, ENOBUFS) fails for its client only; the pager keeps running.
    server.on('error', () => {});
    // The server must not keep an otherwise idle process alive.
    server.unref();
    // Also if an unhandled error ends this process.
    process.once('exit', this.#remove);
  }

  /** @throws (rejects) PagerError 'PERMISSION', 'OPTION' if its socket cannot be created */
  static async open(host: Host): Promise<ControlServer> {
    requireOwnProc();
    const { fresh, path } = socketIn(makeControlFolder());
    const server = createServer();
    try {
      await listenAt(server, fresh);
      renameSync(fresh, path);
    } catch (cause) {
      server.close();
      removeSocket(fresh);
      const { code, errno, syscall } = cause as NodeJS.ErrnoException & { errno?: unknown };
      throw new PagerError('PERMISSION', `cannot listen at ${path}: ${describeError(cause)}`, {
        errno: typeof errno === 'string' ? errno : code,
        syscall,
        cause,
      });
    }
    return new ControlServer(server, path, host);
  }

  /** Cancels open requests and removes the socket. Idempotent. */
  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#underWay);
    process.removeListener('exit', this.#remove);
    this.#remove();
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    const lines = new Lines();
    const gone = new AbortController();
    let asked = false;
    const timer = setTimeout(() => socket.destroy(), PATIENCE).unref();
    socket.setEncoding('utf8');
    socket.on('error', () => {}); // 'close' follows and is handled
    socket.on('close', () => {
      clearTimeout(timer);
      this.#sockets.delete(socket);
      gone.abort(new PagerError('CLOSED', 'the client that asked for the snapshot has ended'));
    });
    socket.on('data', (text: string) => {
      try {
        for (const line of lines.push(text)) {
          if (asked) throw new PagerError('PROTOCOL', 'a second request came through a control socket');
          asked = true;
          clearTimeout(timer);
          this.#serve(socket, checkRequest(line), gone.signal);
        }
      } catch (error) {
        writeLine(socket, { type: 'error', error: packError(error) });
        socket.end();
      }
    });
  }

  #serve(socket: Socket, request: Request, signal: AbortSignal): void {
    const answering = this.#answer(socket, request, signal)
      .catch((error: unknown) => writeLine(socket, { type: 'error', error: packError(error) }))
      .finally(() => {
        socket.end();
        this.#underWay.delete(answering);
      });
    this.#underWay.add(answering);
  }

  async #answer(socket: Socket, request: Request, signal: AbortSignal): Promise<void> {
    const subject = this.#host.find(request.identity);
    if (request.type === 'find') {
      if (subject === undefined) writeLine(socket, { type: 'absent', served: [...this.#host.served()] });
      else {
        const { identity, pid, name } = subject;
        writeLine(socket, { type: 'found', served: { identity, pid, name } });
      }
      return;
    }
    if (subject === undefined) throw new PagerError('CLOSED', 'the process has ended');
    if (request.type === 'dump') {
      // Read here, from the core memory: works even if the loop hangs.
      const { identity, pid, name } = subject;
      writeLine(socket, { type: 'dumped', served: { identity, pid, name }, dump: subject.dump() });
      return;
    }
    const before = this.#turn;
    const take = async () => {
      await before;
      signal.throwIfAborted();
      return takeSnapshotOf(subject, request, (reply) => writeLine(socket, reply), signal);
    };
    const taking = take();
    this.#turn = taking.catch(() => undefined);
    writeLine(socket, { type: 'done', report: await taking });
  }
}

/** Listens at a socket file of mode 0600 from its creation. */
function listenAt(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ fd: native().userfaultfd.listen(path, true) }, resolve);
  });
}
