// What a base page holds is a token: 0 is a page of zeros, any other number a pattern that only it has.
import { BASE_BYTES } from './address-space.js';

const WORDS = BASE_BYTES / 4;
const TORN = -1;

function extraWords(token: number): number {
  const kind = token % 7;
  return kind === 0 ? WORDS - 2 : kind * 40;
}

function mix(token: number, index: number): number {
  return (Math.imul(token ^ (index << 16), 0x85ebca6b) ^ 0x5bd1e995) | 1;
}

const view = (bytes: Uint8Array) => new Uint32Array(bytes.buffer, bytes.byteOffset, WORDS);

export function writeToken(bytes: Uint8Array, token: number): void {
  const words = view(bytes);
  words.fill(0);
  if (token === 0) return;
  const extra = extraWords(token);
  for (let i = 1; i <= extra; i++) words[i] = mix(token, i);
  words[0] = token;
  words[WORDS / 2] = token;
  words[WORDS - 1] = token;
}

/** The token a base page holds; -1 where it is a mixture. */
export function readToken(bytes: Uint8Array): number {
  const words = view(bytes);
  const token = words[0] ?? 0;
  if (words[WORDS - 1] !== token || words[WORDS / 2] !== token) return TORN;
  if (token === 0) {
    for (let i = 0; i < WORDS; i += 37) if (words[i] !== 0) return TORN;
    return 0;
  }
  const extra = extraWords(token);
  for (let i = 1; i <= extra; i += 29) {
    if (i !== WORDS / 2 && (words[i] ?? 0) >>> 0 !== mix(token, i) >>> 0) return TORN;
  }
  if (extra + 1 < WORDS / 2 && words[extra + 1] !== 0) return TORN;
  return token;
}
