// What a simulated store holds: a token for each base page.
import { BASE_BYTES } from '../kernel/address-space.js';
import { readToken, writeToken } from '../kernel/content.js';
import type { FakeFile } from '../kernel/fake-file.js';

export const TORN_TOKEN = -1;

/** Tokens by base page; a page never written has none. */
export class TokenStore {
  readonly tokens = new Map<number, number>();

  constructor(readonly initial: (base: number) => number) {}

  get(base: number): number {
    return this.tokens.get(base) ?? this.initial(base);
  }

  load(first: number, into: Uint8Array): void {
    for (let i = 0; i * BASE_BYTES < into.length; i++) {
      const bytes = into.subarray(i * BASE_BYTES, (i + 1) * BASE_BYTES);
      const token = this.get(first + i);
      writeToken(bytes, token === TORN_TOKEN ? 0x7777 : token);
      if (token === TORN_TOKEN) bytes[BASE_BYTES - 4] = (bytes[BASE_BYTES - 4] ?? 0) ^ 1;
    }
  }

  save(first: number, from: Uint8Array): void {
    for (let i = 0; i * BASE_BYTES < from.length; i++) {
      this.tokens.set(first + i, readToken(from.subarray(i * BASE_BYTES, (i + 1) * BASE_BYTES)));
    }
  }
}

export function fileOf(store: TokenStore): FakeFile {
  return {
    read: (offset, into) => store.load(offset / BASE_BYTES, into),
    write: (offset, from) => store.save(offset / BASE_BYTES, from),
  };
}
