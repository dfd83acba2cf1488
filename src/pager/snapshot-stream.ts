// A snapshot's bytes on their way to a stream of the user's: chunks come from the loop's thread, one answer each.
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type PagerErrorMessage, packError } from '../errors.js';

/** A chunk, or null: there are no more. */
export type ToStream = Uint8Array | null;
/** The chunk before was taken; or the stream has failed. */
export type FromStream = { error: PagerErrorMessage | null };

/** The port to give to the loop's thread. */
export function streamPort(stream: Writable): { port: MessagePort; ended: Promise<void>; close(): void } {
  const { port1, port2 } = new MessageChannel();
  let failed: unknown;
  const answer = (error: unknown) =>
    port1.postMessage({ error: error == null ? null : packError(error) } satisfies FromStream);
  // A stream that fails between two chunks must be known at the next one, and whenever it is waited for.
  const ended = finished(stream, { readable: false, cleanup: true });
  ended.catch((error: unknown) => {
    failed = error;
    answer(error);
  });
  port1.on('message', (chunk: ToStream) => {
    if (failed !== undefined) answer(failed);
    else if (chunk === null) stream.end();
    else stream.write(chunk, answer);
  });
  return { port: port2, ended, close: () => port1.close() };
}
