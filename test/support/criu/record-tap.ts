// Between a client and a server of TLS: notes the records that each end sends.
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Type, version and length. */
const HEAD = 5;

export class RecordTap {
  /** The types of the records of each end; 21 is an alert, such as the end of the session. */
  readonly fromClient: number[] = [];
  readonly fromServer: number[] = [];
  readonly #server: Server;
  readonly #sockets: Socket[] = [];

  private constructor(to: number) {
    this.#server = createServer((client) => {
      const server = connect(to, '127.0.0.1');
      this.#sockets.push(client, server);
      note(client, this.fromClient);
      note(server, this.fromServer);
      client.pipe(server).pipe(client);
      for (const each of [client, server]) each.on('error', () => {});
    });
  }

  static async before(port: number): Promise<RecordTap> {
    const tap = new RecordTap(port);
    await new Promise<void>((resolve) => tap.#server.listen(0, '127.0.0.1', resolve));
    return tap;
  }

  get port(): number {
    const bound = this.#server.address();
    return typeof bound === 'object' && bound !== null ? bound.port : 0;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

function note(socket: Socket, types: number[]): void {
  let left = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    left = Buffer.concat([left, bytes]);
    while (left.byteLength >= HEAD && left.byteLength >= HEAD + left.readUInt16BE(3)) {
      types.push(left.readUInt8(0));
      left = left.subarray(HEAD + left.readUInt16BE(3));
    }
  });
}
