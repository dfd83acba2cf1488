// Stands between a store and its Redis: passes everything on, but may spoil what goes over the store's lane.
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Writes a whole reply to the lane as it likes; may end or keep the connection silent. */
export type Spoil = (reply: Buffer, to: Socket, pages: number) => void;

export interface LaneProxy {
  readonly port: number;
  /** Undefined: replies are passed on as they are. */
  spoil: Spoil | undefined;
  /** Replies that were spoilt so far. */
  readonly spoilt: number;
  close(): void;
}

const HEADER = /^(?:\*(\d+)\r\n)?\$(-1|\d+)\r\n/;

/** The length of a reply to GET or MGET whose pages are all there; undefined: it has not come whole, or it is another. */
function lengthOf(reply: Buffer, pages: number): number | undefined {
  const found = HEADER.exec(reply.toString('latin1', 0, 40));
  if (found === null) return reply.length > 0 && reply[0] === 0x2d ? reply.length : undefined;
  const array = found[1] === undefined ? 0 : `*${found[1]}\r\n`.length;
  const bulk = `$${found[2]}\r\n`.length + Number(found[2]) + 2;
  const whole = array + pages * bulk;
  return reply.length >= whole ? whole : undefined;
}

export async function startLaneProxy(port: number): Promise<LaneProxy> {
  const sockets = new Set<Socket>();
  const proxy = { port: 0, spoil: undefined as Spoil | undefined, spoilt: 0, close };
  const server: Server = createServer((client) => {
    const upstream = connect({ port, host: '127.0.0.1' });
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    // A lane is the only connection that begins with a read.
    let isLane: boolean | undefined;
    let pages = 0;
    let reply = Buffer.alloc(0);
    client.on('data', (bytes: Buffer) => {
      isLane ??= /^\*\d+\r\n\$\d\r\nM?GET\r\n/.test(bytes.toString('latin1', 0, 40));
      if (isLane) pages = Number(/^\*(\d+)/.exec(bytes.toString('latin1', 0, 10))?.[1] ?? 0) - 1;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (isLane !== true || proxy.spoil === undefined) return void client.write(bytes);
      reply = Buffer.concat([reply, bytes]);
      const length = lengthOf(reply, pages);
      if (length === undefined) return;
      const whole = reply.subarray(0, length);
      reply = reply.subarray(length);
      proxy.spoilt++;
      proxy.spoil(whole, client, pages);
    });
  });
  function close(): void {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  proxy.port = address.port;
  return proxy;
}
