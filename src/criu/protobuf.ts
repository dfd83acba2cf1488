// Reads protobuf messages as CRIU's images have them. Every length is checked before it is used; the caller names the fields.
import { PagerError } from '../errors.js';

/** A field's number, and its value: a varint or fixed number, or the bytes of a string or message. */
export interface Field {
  number: number;
  value: bigint | Uint8Array;
}

const MAX_VARINT_BYTES = 10;
const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;
const UINT_32 = 2n ** 32n;
const UINT_64 = 2n ** 64n;

/** The fields of one message, in their order. */
export class Message {
  readonly #bytes: Uint8Array;
  /** What is read, for errors: "inventory.img". */
  readonly #name: string;
  #at = 0;

  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = bytes;
    this.#name = name;
  }

  /** @throws PagerError 'PROTOCOL' if the message is not one */
  *fields(): Generator<Field> {
    while (this.#at < this.#bytes.byteLength) {
      const key = this.#varint();
      const number = Number(key >> 3n);
      if (number < 1 || key >= UINT_32) throw this.#malformed('a field without a number');
      yield { number, value: this.#value(Number(key & 7n), number) };
    }
  }

  #value(type: number, number: number): bigint | Uint8Array {
    if (type === VARINT) return this.#varint();
    if (type === FIXED_64) return new DataView(...this.#place(8)).getBigUint64(0, true);
    if (type === FIXED_32) return BigInt(new DataView(...this.#place(4)).getUint32(0, true));
    if (type !== BYTES) throw this.#malformed(`field ${number} has the unknown type ${type}`);
    const length = this.#varint();
    if (length > BigInt(this.#bytes.byteLength)) throw this.#malformed(`field ${number} is longer than the message`);
    return new Uint8Array(...this.#place(Number(length)));
  }

  #place(length: number): [ArrayBufferLike, number, number] {
    if (length > this.#bytes.byteLength - this.#at) throw this.#malformed('it ends within a field');
    const at = this.#bytes.byteOffset + this.#at;
    this.#at += length;
    return [this.#bytes.buffer, at, length];
  }

  #varint(): bigint {
    let value = 0n;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw this.#malformed('it ends within a number');
      this.#at++;
      value |= BigInt(byte & 127) << BigInt(7 * i);
      if (byte >= 128) continue;
      if (value >= UINT_64) break;
      return value;
    }
    throw this.#malformed('a number has more than 64 bits');
  }

  #malformed(why: string): PagerError {
    return malformed(this.#name, why);
  }
}

/** An image that is not what CRIU writes. */
export function malformed(name: string, why: string, hint = 'take the checkpoint again, or copy it again'): PagerError {
  return new PagerError('PROTOCOL', `${name}: ${why}`, { hint });
}

/** @throws PagerError 'PROTOCOL' unless the field is a number below `limit` */
export function numberOf({ number, value }: Field, name: string, limit = 2 ** 32): number {
  if (typeof value !== 'bigint' || value >= BigInt(limit)) {
    throw malformed(name, `field ${number} is not a number below ${limit}`);
  }
  return Number(value);
}
