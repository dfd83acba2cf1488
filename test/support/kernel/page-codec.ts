// What the shim does with the bytes of a page: a digest, and a packing that is not LZ4 but has its contract.
import { DIGEST_KNOWN_SHIFT } from '../../../assembly/codes.js';

/** What an expected digest is marked with. */
export const KNOWN = 1n << BigInt(DIGEST_KNOWN_SHIFT);

/** 61 bits of any page. */
export function digestOf(words: Uint32Array): bigint {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    low = Math.imul(low ^ word, 0x01000193);
    if (word !== 0) high = Math.imul((high ^ word) + i, 0x85ebca6b) ^ (high >>> 13);
  }
  return (BigInt((high >>> 0) & 0x1fffffff) << 32n) | BigInt(low >>> 0);
}

// A page as the places and values of its words that are not zero.
export function compress(page: Uint8Array, room: number): Uint8Array | undefined {
  const words = new Uint32Array(page.buffer, page.byteOffset, page.length / 4);
  let count = 0;
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) count++;
  const length = 4 + count * 6;
  if (length > room || length >= page.length) return undefined;
  const packed = new Uint8Array(length);
  const view = new DataView(packed.buffer);
  view.setUint32(0, count, true);
  let at = 4;
  for (let i = 0; i < words.length; i++) {
    if (words[i] === 0) continue;
    view.setUint16(at, i, true);
    view.setUint32(at + 2, words[i] ?? 0, true);
    at += 6;
  }
  return packed;
}

export function decompress(packed: Uint8Array, into: Uint8Array): boolean {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  if (packed.length < 4 || view.getUint32(0, true) * 6 + 4 !== packed.length) return false;
  into.fill(0);
  const words = new Uint32Array(into.buffer, into.byteOffset, into.length / 4);
  for (let at = 4, last = -1; at < packed.length; at += 6) {
    const index = view.getUint16(at, true);
    if (index <= last || index >= words.length) return false;
    last = index;
    words[index] = view.getUint32(at + 2, true);
  }
  return true;
}
