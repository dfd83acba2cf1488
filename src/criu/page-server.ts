// `farpage criu page-server`: serves the lazy pages of a checkpoint to criu lazy-pages --page-server, and to farpage criu, over TCP.
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer, type TLSSocket } from 'node:tls';
import { describeError, PagerError } from '../errors.js';
import { openRemote } from '../store/checkpoint-store.js';
import type { PageProtocol } from '../store/page-server-wire.js';
import { PagesFiles } from '../store/pages-files.js';
import type { PageRead, Store } from '../store/store.js';
import { readTls, type TlsFiles } from '../tls-files.js';
import { type ListenAddress, parseListen, textOf } from '../web/listen.js';
import { Checkpoint } from './checkpoint.js';
import { type ImagesPlace, imagesPlace, openFolder } from './images-place.js';
import { checkProtocol, checkTlsFiles } from './options.js';
import { PageSession, type SessionReport } from './page-session.js';

/** What `farpage criu page-server` takes. */
export interface PageServerOptions {
  /** The folder of the checkpoint, criu dump's -D, or where it is on another host: http(s)://…, redis://…, env:NAME. */
  images: string;
  /** HOST:PORT. Default: any port of the loopback address. */
  listen?: string;
  /** What clients speak. Default: as the first request of each tells. */
  protocol?: PageProtocol;
  /** Files for TLS with the clients, as CRIU with --tls: each end checks the other's certificate. Default: no TLS. */
  tls?: TlsFiles;
  /** Serve any number of clients, also at the same time, until asked to end. Default: end when one has all of its pages. */
  keep?: boolean;
}

export interface CheckedPageServing {
  images: ImagesPlace;
  listen: ListenAddress;
  protocol: PageProtocol | null;
  tls: TlsFiles | null;
  keep: boolean;
}

/** What `farpage criu page-server --json` prints. */
export interface PageServingReport {
  images: string;
  /** HOST:PORT. */
  address: string;
  /** Pages sent, of all clients. */
  pages: number;
  /** Those that have left last, at most 1000. */
  clients: SessionReport[];
}

export interface PageServing {
  /** HOST:PORT. */
  readonly address: string;
  /** Settles when the server has ended. */
  readonly report: Promise<PageServingReport>;
  /** Ends at once. */
  stop(): void;
}

const LISTEN = '127.0.0.1:0';
const KEEP_ALIVE = 10_000;
/** Milliseconds from a connection on until both ends agree on keys. */
const KEYS_TIMEOUT = 30_000;
/** Milliseconds for which a lost connection to the host of the images is tried again. */
const PATIENCE = 30_000;
/** Clients at once. Each has a buffer for an answer, of at most 4 MiB. */
const MAX_CLIENTS = 64;
const MAX_REPORTS = 1000;

/** @throws PagerError 'OPTION' naming the option and what it takes */
export function checkPageServing(options: PageServerOptions): CheckedPageServing {
  const { images, listen = LISTEN, protocol, keep = false } = options;
  return {
    images: imagesPlace(images),
    listen: parseListen('--listen', listen),
    protocol: checkProtocol(protocol),
    tls: checkTlsFiles(options.tls),
    keep,
  };
}

/**
 * Listens for clients.
 * @param say takes lines for people
 * @throws PagerError about the checkpoint or the address, before any client can connect
 */
export async function servePages(options: CheckedPageServing, say: (line: string) => void): Promise<PageServing> {
  const checkpoint = await Checkpoint.open(await openFolder(options.images));
  let pages: Store | undefined;
  try {
    pages = await pagesOf(options, checkpoint, say);
    const server = new Serving(options, checkpoint, pages, say);
    await server.listen();
    return server;
  } catch (error) {
    await pages?.close();
    checkpoint.close();
    throw error;
  }
}

async function pagesOf(
  { images: { name } }: CheckedPageServing,
  { files, remote }: Checkpoint,
  say: (line: string) => void,
): Promise<Store> {
  if (remote.length === 0) return new PagesFiles(files);
  return openRemote({ name, patience: PATIENCE, pages: remote }, { say, failed: () => {} });
}

class Serving implements PageServing {
  readonly report: Promise<PageServingReport>;
  address = '';
  readonly #options: CheckedPageServing;
  readonly #checkpoint: Checkpoint;
  readonly #store: Store;
  readonly #say: (line: string) => void;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #clients: SessionReport[] = [];
  #pages = 0;
  #settle: (report: PageServingReport) => void = () => {};

  constructor(options: CheckedPageServing, checkpoint: Checkpoint, store: Store, say: (line: string) => void) {
    this.#options = options;
    this.#checkpoint = checkpoint;
    this.#store = store;
    this.#say = say;
    this.#server = serverOf(options.tls, (socket) => {
      const served = this.#serve(socket).finally(() => this.#underWay.delete(served));
      this.#underWay.add(served);
    });
    // Also of clients that have not agreed on keys.
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('tlsClientError', (error: Error, socket: TLSSocket) => this.#refuse(error, socket));
    this.#server.maxConnections = MAX_CLIENTS;
    this.report = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  async listen(): Promise<void> {
    const { host, port } = this.#options.listen;
    await new Promise<void>((resolve, reject) => {
      // Later errors are of one connection.
      this.#server.on('error', (cause: NodeJS.ErrnoException) => {
        const { code: errno, syscall } = cause;
        const hint = 'give an address of this host and a free port; port 0 takes any';
        const message = `--listen: cannot listen at ${textOf({ host, port })}`;
        reject(new PagerError('OPTION', message, { errno, syscall, hint, cause }));
      });
      this.#server.listen(port, host, resolve);
    });
    const bound = this.#server.address();
    this.address = textOf({ host, port: typeof bound === 'object' && bound !== null ? bound.port : port });
    this.#say(`serving pages of ${this.#options.images.name} at ${this.address}`);
  }

  // A certificate that is refused is an end of the connection for node:tls, and the reason is with the socket.
  #refuse(error: Error, socket: TLSSocket): void {
    const { remoteAddress, remotePort, authorizationError } = socket;
    const from = remoteAddress === undefined ? 'a client that has gone' : `${remoteAddress}:${remotePort}`;
    const reason = authorizationError ?? null;
    const why = reason === null ? describeError(error) : `its certificate is refused: ${describeError(reason)}`;
    this.#say(`${from}: no TLS: ${why}`);
    socket.destroy();
  }

  stop(): void {
    if (!this.#server.listening) return;
    this.#server.close(() => void this.#ended());
    for (const socket of this.#sockets) socket.destroy();
  }

  async #ended(): Promise<void> {
    // A session may wait for the host of the images; the reads of files are over.
    const isRemote = this.#checkpoint.remote.length > 0;
    if (isRemote) await this.#store.close();
    await Promise.all(this.#underWay);
    if (!isRemote) await this.#store.close();
    this.#checkpoint.close();
    const { images } = this.#options;
    this.#settle({ images: images.name, address: this.address, pages: this.#pages, clients: this.#clients });
  }

  async #serve(socket: Socket): Promise<void> {
    // The session's reads and writes fail, too.
    socket.on('error', () => {});
    const pages = {
      runsOf: (pid: number) => this.#checkpoint.task(pid)?.runs,
      read: (reads: ReadonlyArray<PageRead>) => this.#store.read(reads),
    };
    const session = new PageSession(socket, pages, this.#options.protocol);
    const { report } = session;
    this.#say(`${report.from} is connected`);
    await session.serve();
    this.#pages += report.pages;
    this.#clients.push(report);
    if (this.#clients.length > MAX_REPORTS) this.#clients.shift();
    const outcome = report.finished ? 'it has finished' : report.reason;
    this.#say(`${report.from}: ${report.pages} pages sent; ${outcome}`);
    if (report.finished && !this.#options.keep) this.stop();
  }
}

function serverOf(tls: TlsFiles | null, take: (socket: Socket) => void): Server {
  const settings = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE };
  if (tls === null) return createServer(settings, take);
  return createSecureServer(
    {
      ...settings,
      ...readTls(tls),
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: KEYS_TIMEOUT,
      // With TLS 1.3 OpenSSL sends tickets after the keys, and Node.js has no option against it. criu lazy-pages aborts at bytes that come
      // while it has asked for no page.
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
    },
    take,
  );
}
