// Plays the page server of criu dump --lazy-pages, byte by byte: see src/store/page-server-wire.ts. Its pages are those of writeCheckpoint.
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer, type SecureVersion } from 'node:tls';
import { readTls, type TlsFiles } from '../../../src/tls-files.js';
import { PAGE } from './checkpoint.js';

/** What it answers with, for tests of wrong answers; the fields are those of a request. */
export interface Answer {
  command: number;
  pages: number;
  address: bigint;
  id: bigint;
  /** Default: what the page of the checkpoint has. */
  bytes?: Buffer;
}

export interface PagePeerOptions {
  /** Bytes of a message: 32 since CRIU 4.2, 24 before. */
  header?: 32 | 24;
  /** Most pages of one answer. */
  most?: number;
  salt?: number;
  /** Changes an answer; null: the connection is closed in its place, 'silence': nothing is sent. */
  answer?: (answer: Answer, number: number) => Answer | null | 'silence';
  port?: number;
  /** Clients must show a certificate of its CA. */
  tls?: TlsFiles;
  /** Of TLS. Default: the newest. */
  maxVersion?: SecureVersion;
}

const GET = 7;
const CLOSE = 0x1023;

export class PagePeer {
  /** Messages of all clients, in hexadecimal. */
  readonly messages: string[] = [];
  /** How each client has left: 'closed' (CLOSE), 'ended' (FIN), or the code of an error. */
  readonly endings: string[] = [];
  answers = 0;
  /** Requests that had come whole and were not answered yet, at most. */
  outstanding = 0;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #options: PagePeerOptions;
  #port: number;

  constructor(options: PagePeerOptions = {}) {
    this.#options = options;
    this.#port = options.port ?? 0;
  }

  static async listening(options: PagePeerOptions = {}): Promise<PagePeer> {
    const peer = new PagePeer(options);
    await peer.listen();
    return peer;
  }

  get port(): number {
    return this.#port;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  async listen(): Promise<void> {
    const { tls, maxVersion = 'TLSv1.3' } = this.#options;
    const take = (socket: Socket) => this.#serve(socket);
    const server =
      tls === undefined
        ? createServer(take)
        : createSecureServer({ ...readTls(tls), requestCert: true, rejectUnauthorized: true, maxVersion }, take);
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    const bound = server.address();
    if (typeof bound === 'object' && bound !== null) this.#port = bound.port;
  }

  /** Takes no more clients, as CRIU once it has one. */
  closeDoor(): void {
    this.#server?.close();
  }

  /** Drops its clients. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.closeDoor();
    this.drop();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    const size = this.#options.header ?? 32;
    let left = Buffer.alloc(0);
    let ending = 'ended';
    socket.on('data', (bytes) => {
      left = Buffer.concat([left, bytes]);
      this.outstanding = Math.max(this.outstanding, Math.floor(left.byteLength / size));
      for (; left.byteLength >= size; left = left.subarray(size)) {
        const message = left.subarray(0, size);
        this.messages.push(message.toString('hex'));
        if (message.readUInt32LE(0) === CLOSE) {
          ending = 'closed';
          socket.write(Buffer.alloc(4));
        } else this.#answer(socket, message);
      }
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      ending = error.code ?? 'error';
    });
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.endings.push(ending);
    });
  }

  #answer(socket: Socket, message: Buffer): void {
    const wide = message.byteLength === 32;
    const rest = wide ? 16 : 8;
    const { most = 1024, salt = 0, answer = (each: Answer) => each } = this.#options;
    const asked = wide ? Number(message.readBigUInt64LE(8)) : message.readUInt32LE(4);
    if (message.readUInt32LE(0) !== GET) throw new Error(`a client sent ${message.toString('hex')}`);
    const right = {
      command: 0x40006,
      pages: Math.min(asked, most),
      address: message.readBigUInt64LE(rest),
      id: message.readBigUInt64LE(rest + 8),
    };
    const given = answer(right, this.answers++);
    if (given === null) socket.destroy();
    if (given === null || given === 'silence') return;
    const header = Buffer.alloc(message.byteLength);
    header.writeUInt32LE(given.command, 0);
    if (wide) header.writeBigUInt64LE(BigInt(given.pages), 8);
    else header.writeUInt32LE(given.pages, 4);
    header.writeBigUInt64LE(given.address, rest);
    header.writeBigUInt64LE(given.id, rest + 8);
    const pages = Array.from({ length: Math.min(given.pages, asked) }, (_, i) => {
      return given.bytes ?? pageAt(Number(right.id), Number(right.address) + i * PAGE, salt);
    });
    socket.write(Buffer.concat([header, ...pages]));
  }
}

/** As writeCheckpoint has it. */
export function pageAt(pid: number, address: number, salt = 0): Buffer {
  const value = (BigInt(pid) << 48n) + BigInt(address) + BigInt(salt);
  return Buffer.from(new BigUint64Array(PAGE / 8).fill(value).buffer);
}
