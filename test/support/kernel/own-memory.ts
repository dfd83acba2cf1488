// What is the pager's own of its memory: the core's, with its frames; the arena of a pool; the buffer of a pass.
import * as layout from '../../../assembly/layout.js';
import type { CoreMachine } from '../world/core-machine.js';
import { BASE_BYTES, type Presence, type Range } from './address-space.js';

export class KernelError extends Error {}

interface Block extends Range {
  bytes: Uint8Array;
}

const NOTHING: Block = { start: 0, end: 0, bytes: new Uint8Array(0) };

export class OwnMemory {
  /** By base page of a frame: whether it has memory. */
  readonly frameThere: Uint8Array;
  arena = NOTHING;
  /** Where a pass saves to. */
  buffer = NOTHING;
  /** Pages that have arrived without a request. */
  unasked = NOTHING;
  readonly #data: number;
  readonly #coreAddress: number;
  readonly #frameEnd: number;

  constructor(
    readonly core: CoreMachine,
    readonly presence: Presence,
  ) {
    this.#coreAddress = core.number(layout.CORE_ADDRESS_AT);
    this.#data = core.word(layout.FRAME_DATA_AT);
    const bytes = core.options.frames * core.pageSize;
    this.#frameEnd = this.#data + bytes;
    this.frameThere = new Uint8Array(bytes / BASE_BYTES);
  }

  isFrame(address: number): boolean {
    const offset = address - this.#coreAddress;
    return offset >= this.#data && offset < this.#frameEnd;
  }

  #frameIndex(address: number): number {
    return Math.floor((address - this.#coreAddress - this.#data) / BASE_BYTES);
  }

  #span(address: number, length: number): Uint8Array {
    if (address >= this.arena.start && address + length <= this.arena.end) {
      return this.arena.bytes.subarray(address - this.arena.start, address - this.arena.start + length);
    }
    if (address >= this.buffer.start && address + length <= this.buffer.end) {
      return this.buffer.bytes.subarray(address - this.buffer.start, address - this.buffer.start + length);
    }
    if (address >= this.unasked.start && address + length <= this.unasked.end) {
      return this.unasked.bytes.subarray(address - this.unasked.start, address - this.unasked.start + length);
    }
    const offset = address - this.#coreAddress;
    if (offset < layout.FIXED_END || offset + length > this.core.bytes.length) {
      throw new KernelError(`the address ${address.toString(16)} is not memory of the pager`);
    }
    return this.core.bytes.subarray(offset, offset + length);
  }

  /** Memory that is about to be written: a vacant frame gets memory at the first touch. */
  writable(address: number, length: number): Uint8Array {
    for (let at = address; at < address + length && this.isFrame(at); at += BASE_BYTES) {
      const index = this.#frameIndex(at);
      if (this.frameThere[index] === 1) continue;
      this.frameThere[index] = 1;
      this.presence.came();
    }
    return this.#span(address, length);
  }

  /** Memory that is read: nobody has any business reading a vacant frame. */
  readable(address: number, length: number): Uint8Array {
    for (let at = address; at < address + length && this.isFrame(at); at += BASE_BYTES) {
      if (this.frameThere[this.#frameIndex(at)] !== 1) throw new KernelError('a vacant frame is read');
    }
    return this.#span(address, length);
  }

  hasFrame(address: number): boolean {
    return this.frameThere[this.#frameIndex(address)] === 1;
  }

  /** The memory of frames goes back to the kernel. */
  vacate(address: number, length: number): void {
    for (let at = address; at < address + length; at += BASE_BYTES) {
      const index = this.#frameIndex(at);
      if (this.frameThere[index] === 1) this.presence.went();
      this.frameThere[index] = 0;
    }
    const offset = address - this.#coreAddress;
    this.core.bytes.fill(0, offset, offset + length);
  }
}
