// A line between two ends of a migration that does to its bytes what networks do, and what they should not.
import net from 'node:net';

export interface ManglerOptions {
  /** The unix sockets that it listens at, and dials. */
  from: string;
  to: string;
  /** Changes a chunk on its way to the receiver, or back; null: the connection is cut there. */
  change(chunk: Buffer, toReceiver: boolean, passed: number): Buffer | null;
}

export class Mangler {
  connections = 0;
  /** Bytes that went to the receiver, in all. */
  passed = 0;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();

  static async start(options: ManglerOptions): Promise<Mangler> {
    const mangler = new Mangler(options);
    await new Promise<void>((resolve) => mangler.#server.listen(options.from, resolve));
    return mangler;
  }

  private constructor({ to, change }: ManglerOptions) {
    this.#server = net.createServer((here) => {
      this.connections++;
      const there = net.connect(to);
      this.#sockets.add(here).add(there);
      const end = () => {
        for (const socket of [here, there]) {
          this.#sockets.delete(socket);
          socket.destroy();
        }
      };
      const carry = (from: net.Socket, into: net.Socket, toReceiver: boolean) => {
        from.on('data', (chunk: Buffer) => {
          const changed = change(chunk, toReceiver, this.passed);
          if (toReceiver) this.passed += chunk.length;
          if (changed === null) end();
          else into.write(changed);
        });
        from.on('end', () => into.end());
        from.on('error', end);
        from.on('close', end);
      };
      carry(here, there, true);
      carry(there, here, false);
    });
  }

  /** Ends all connections that there are. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}
