// Writes a snapshot's chunks to the user's stream: the answer to a chunk is sent when the stream has taken it.
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

export interface StreamSink {
  /** Resolves when the stream has taken it. @throws (rejects) what the stream failed with */
  take(chunk: Uint8Array): Promise<void>;
  /** Resolves when the stream has finished. */
  end(): Promise<void>;
}

export function streamSink(stream: Writable): StreamSink {
  // A failure of the stream between two chunks must reject the next chunk, and every wait.
  const ended = finished(stream, { readable: false, cleanup: true });
  let failure: { error: unknown } | undefined;
  const failed = new Promise<never>((_, reject) => {
    ended.catch((error: unknown) => {
      failure = { error };
      reject(error);
    });
  });
  failed.catch(() => {});
  return {
    async take(chunk) {
      if (failure !== undefined) throw failure.error;
      const written = new Promise<void>((resolve, reject) => {
        stream.write(chunk, (error) => (error == null ? resolve() : reject(error)));
      });
      await Promise.race([failed, written]);
    },
    async end() {
      stream.end();
      await ended;
    },
  };
}
