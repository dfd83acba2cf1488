// A plain connection without Node.js's streams, which cost about 10 µs at each read and each write: bytes are read straight into the
// caller's buffer, and written straight from the caller's pieces. Node.js keeps the socket: it connects, queues what the kernel does not
// take at once, judges errors, and closes.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { descriptorOf } from '../native/descriptor.js';
import { native } from '../native/native.js';

const READABLE = 1;

export interface DirectEvents {
  /** Where the next bytes go. */
  room(): Uint8Array;
  /** So many bytes are there now. */
  came(bytes: number): void;
}

export class Direct {
  readonly #socket: Socket;
  readonly #fd: number;
  readonly #events: DirectEvents;
  readonly #watcher: { arm(events: number): void; stop(): void; close(): void };

  /**
   * @param socket paused before its first byte, for Node.js reads nothing of it from now on
   * @returns undefined: it must be read as a stream
   */
  static take(socket: Socket, events: DirectEvents): Direct | undefined {
    if (socket instanceof TLSSocket || !socket.isPaused() || socket.bytesRead > 0) return undefined;
    const fd = descriptorOf(socket);
    if (fd === undefined) return undefined;
    try {
      return new Direct(socket, fd, events);
    } catch {
      // No descriptor is free, or the kernel has no memory to watch one more.
      return undefined;
    }
  }

  private constructor(socket: Socket, fd: number, events: DirectEvents) {
    this.#socket = socket;
    this.#fd = fd;
    this.#events = events;
    this.#watcher = new (native().userfaultfd.Watcher)(fd, (status) => this.#read(status < 0), true);
    try {
      this.#watcher.arm(READABLE);
    } catch (error) {
      this.#watcher.close();
      throw error;
    }
  }

  /** What the kernel takes at once of these pieces, one after the other; returns what is left, which is the stream's. */
  send(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
    // What the stream has not written yet comes first.
    if (this.#socket.writableLength > 0 || this.#socket.destroyed) return pieces;
    let sent = native().userfaultfd.sendPieces(this.#fd, ...pieces);
    if (sent <= 0) return pieces;
    const left: Uint8Array[] = [];
    for (const piece of pieces) {
      if (sent < piece.length) left.push(sent === 0 ? piece : piece.subarray(sent));
      sent = Math.max(0, sent - piece.length);
    }
    return left;
  }

  /** Stops reading, and gives back the descriptor that it watches. */
  close(): void {
    this.#watcher.close();
  }

  /** @param isBroken the connection has failed: what came before is read first, then comes the error */
  #read(isBroken: boolean): void {
    do {
      if (this.#socket.destroyed) return;
      let bytes = 0;
      try {
        bytes = native().userfaultfd.readInto(this.#fd, this.#events.room());
      } catch (error) {
        this.#socket.destroy(error as Error);
        return;
      }
      if (bytes > 0) {
        this.#events.came(bytes);
      } else if (bytes === 0 || isBroken) {
        this.#watcher.stop();
        this.#socket.destroySoon();
        return;
      }
    } while (isBroken);
  }
}
