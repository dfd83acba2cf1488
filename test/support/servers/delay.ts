// A network between two ends on this machine: each byte arrives so many milliseconds late, and it can be cut.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Bytes on their way in one direction, past which the sender is made to wait: what a long line holds. */
const LINE_BYTES = 8 * 2 ** 20;

export interface DelayOptions {
  /** The port of 127.0.0.1 to which connections are forwarded. */
  to: number;
  /** Milliseconds, each way. */
  delay: number;
}

/** `tc netem` in a few lines, for machines whose kernel has none. */
export class DelayedLine {
  readonly #server: Server;
  readonly #options: DelayOptions;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  /** Bytes that have come in, both ways, of all connections. */
  bytes = 0;
  /** Connections so far. */
  connections = 0;
  #down = false;
  #watchers: Array<() => void> = [];

  static async open(options: DelayOptions): Promise<DelayedLine> {
    const line = new DelayedLine(options);
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  private constructor(options: DelayOptions) {
    this.#options = options;
    this.#server = createServer({ noDelay: true }, (near) => this.#join(near));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resolves once so many bytes more have come in. */
  passed(bytes: number): Promise<void> {
    const goal = this.bytes + bytes;
    return new Promise((resolve) => {
      const look = () => (this.bytes >= goal ? resolve() : void this.#watchers.push(look));
      look();
    });
  }

  /** Ends every connection there is, in the middle of whatever they carry. With `forGood` nobody gets through again. */
  cut(forGood = false): void {
    this.#down ||= forGood;
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** Connections get through again. */
  mend(): void {
    this.#down = false;
  }

  close(): void {
    this.cut(true);
    this.#server.close();
  }

  #join(near: Socket): void {
    if (this.#down) return void near.resetAndDestroy();
    this.connections++;
    const far = connect({ port: this.#options.to, host: '127.0.0.1', noDelay: true });
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) {
      // Either end may go at any time: that is what it is for.
      socket.on('error', end);
      socket.on('close', () => {
        if (socket.readableEnded) return; // what it has sent is still on its way
        end();
      });
    }
    this.#carry(near, far);
    this.#carry(far, near);
  }

  #carry(from: Socket, to: Socket): void {
    const line: Array<{ chunk: Buffer | null; due: number }> = [];
    let held = 0;
    let timer: NodeJS.Timeout | undefined;
    const deliver = (): void => {
      timer = undefined;
      const now = performance.now();
      for (let next = line[0]; next !== undefined; next = line[0]) {
        // A timer keeps whole milliseconds: half of one too early is nearer than half too late.
        if (next.due > now + 0.5) {
          timer = setTimeout(deliver, next.due - now);
          return;
        }
        line.shift();
        if (next.chunk === null) return void to.end();
        held -= next.chunk.length;
        to.write(next.chunk);
        if (held < LINE_BYTES && from.isPaused()) from.resume();
      }
    };
    const put = (chunk: Buffer | null) => {
      line.push({ chunk, due: performance.now() + this.#options.delay });
      if (timer === undefined) timer = setTimeout(deliver, this.#options.delay);
    };
    from.on('data', (chunk: Buffer) => {
      this.bytes += chunk.length;
      held += chunk.length;
      if (held >= LINE_BYTES || to.writableLength >= LINE_BYTES) from.pause();
      put(chunk);
      for (const look of this.#watchers.splice(0)) look();
    });
    to.on('drain', () => {
      if (held < LINE_BYTES) from.resume();
    });
    from.on('end', () => put(null));
    from.on('close', () => {
      if (!from.readableEnded) clearTimeout(timer);
    });
  }
}
