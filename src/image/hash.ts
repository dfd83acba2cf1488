// SHA-256 of what an image consists of.
import { createHash } from 'node:crypto';

/** Bytes hashed before faults are served again, while threads may wait for a snapshot. */
const PART = 2 ** 17;

export function hashOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** As `hashOf`; faults are served meanwhile. */
export async function hashInParts(parts: readonly Uint8Array[], most = PART): Promise<Buffer> {
  const hash = createHash('sha256');
  let since = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += most) {
      const piece = part.subarray(at, at + most);
      hash.update(piece);
      since += piece.length;
      if (since < most) continue;
      since = 0;
      await yieldToLoop();
    }
  }
  return hash.digest();
}

export function yieldToLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
