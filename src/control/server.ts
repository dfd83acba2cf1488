// A pager's side of its control socket: `farpage snapshot` finds it there by the number of a process.
import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { describeError, PagerError, packError } from '../errors.js';
import { checkRequest, Lines, type Request, type Served, writeLine } from '../wire/control.js';
import { makeControlFolder, removeSocket, socketIn } from './folder.js';
import { type Subject, takeSnapshotOf } from './take.js';

/** Milliseconds in which a client must have said what it wants. */
const PATIENCE = 10_000;
/** Clients at once. */
const CLIENTS = 64;

/** Whose memory the pager has. */
export interface Host {
  served(): readonly Served[];
  /** Undefined: it has not, or not any more. */
  find(pid: number): Subject | undefined;
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
    // It must not keep alive what has nothing else to do.
    server.unref();
    // Also where an error that nobody awaits ends this process.
    process.once('exit', this.#remove);
  }

  /** @throws (rejects) PagerError 'PERMISSION', 'OPTION' where there is no place for its socket */
  static async open(host: Host): Promise<ControlServer> {
    const path = socketIn(makeControlFolder(), process.pid);
    // Of a pager that was killed, and had this process's number.
    removeSocket(path);
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause: NodeJS.ErrnoException) => {
        reject(
          new PagerError('PERMISSION', `cannot listen at ${path}: ${describeError(cause)}`, {
            errno: cause.code,
            syscall: cause.syscall,
            cause,
          }),
        );
      });
      server.listen(path, resolve);
    });
    chmodSync(path, 0o600);
    return new ControlServer(server, path, host);
  }

  /** Gives up what is under way; the socket is gone. Idempotent. */
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
    socket.on('error', () => {}); // the close that follows says all there is to say
    socket.on('close', () => {
      clearTimeout(timer);
      this.#sockets.delete(socket);
      gone.abort(new PagerError('CLOSED', 'whoever asked for the snapshot has gone'));
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
    const subject = this.#host.find(request.pid);
    if (request.type === 'find') {
      const { pid, name } = subject ?? {};
      if (pid === undefined || name === undefined)
        writeLine(socket, { type: 'absent', served: [...this.#host.served()] });
      else writeLine(socket, { type: 'found', served: { pid, name } });
      return;
    }
    if (subject === undefined) throw new PagerError('CLOSED', `process ${request.pid} has ended`);
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
