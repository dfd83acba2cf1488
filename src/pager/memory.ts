// Maps a region's memory: a WebAssembly memory up to 4 GiB, above that a mapping with windows.
import { addressError } from '../core/addresses.js';
import { PagerError } from '../errors.js';
import type { Native } from '../native/native.js';

const WASM_PAGE = 65536;
const MAX_WASM_BYTES = 4 * 2 ** 30;
const MIN_WINDOW_BYTES = 4 * 2 ** 20;
/** The longest buffer that Node.js 20 creates over foreign memory. */
const MAX_WINDOW_BYTES = 4 * 2 ** 30;

const HUGE_PAGE = 2n ** 21n;
/** Addresses tried for a memory that begins at a multiple of 2 MiB; usually the second one fits. */
const ALIGN_TRIES = 32;
const PADDING = 8 * 2 ** 30;

/** What backs a region: anonymous memory, or a memfile of pages of 4 KiB or 2 MiB. */
export type Backing = 'anonymous' | 'file' | 'huge file';

/** The memory behind one region: a shared WebAssembly memory up to 4 GiB, above that a mapping seen through windows. */
export interface RegionMemory {
  readonly byteLength: number;
  readonly address: bigint;
  /** The WebAssembly memory that owns the addresses, if there is one. */
  readonly wasm: WebAssembly.Memory | null;
  /** The memfile's descriptor; -1 if there is none. */
  readonly file: number;
  buffer(): SharedArrayBuffer;
  window(byteOffset: number, byteLength: number): { buffer: ArrayBufferLike; offset: number };
  /** The region is closed; so many bytes of it stay resident until its last buffer is collected. */
  release(residentBytes: number): void;
}

/** @throws PagerError 'REGION' if the system refuses the addresses or the memfile */
export function makeMemory(native: Native, backing: Backing, byteLength: number): RegionMemory {
  const huge = backing === 'huge file';
  const file =
    backing === 'anonymous' ? -1 : reserve(byteLength, () => native.createMemfd('farpage', byteLength, huge));
  return layOver(native, file, byteLength, huge);
}

/**
 * Memory over a memfile of another process, closed with the memory; see `makeMemory`. -1: anonymous memory.
 * @param huge whether its pages are of 2 MiB
 */
export function layOver(native: Native, file: number, byteLength: number, huge: boolean): RegionMemory {
  try {
    if (byteLength > MAX_WASM_BYTES) return makeMapping(native, file, byteLength);
    return makeWasm(native, file, byteLength, huge ? HUGE_PAGE : 1n);
  } catch (error) {
    if (file >= 0) native.closeFile(file);
    throw error;
  }
}

/** A typed array over part of the memory, for `view` of a region. */
export function viewIn<T extends ArrayBufferView>(
  memory: RegionMemory,
  type: new (b: ArrayBufferLike, o?: number, n?: number) => T,
  byteOffset: number,
  length: number | undefined,
): T {
  const elementBytes = (type as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
  const count = length ?? Math.floor((memory.byteLength - byteOffset) / elementBytes);
  checkRange(memory.byteLength, byteOffset, count * elementBytes);
  const { buffer, offset } = memory.window(byteOffset, count * elementBytes);
  return new type(buffer, offset, count);
}

/** @throws PagerError 'REGION' if the range is not in a region of so many bytes */
export function checkRange(regionBytes: number, byteOffset: number, byteLength: number): void {
  const inside =
    Number.isSafeInteger(byteOffset) &&
    Number.isSafeInteger(byteLength) &&
    byteOffset >= 0 &&
    byteLength >= 0 &&
    byteOffset + byteLength <= regionBytes;
  if (inside) return;
  throw new PagerError('REGION', `bytes ${byteOffset} to ${byteOffset + byteLength} are not in the region`, {
    hint: `it has ${regionBytes} bytes`,
  });
}

function makeWasm(native: Native, file: number, byteLength: number, alignment: bigint): RegionMemory {
  const wasm = reserve(byteLength, () => alignedWasm(native, byteLength, alignment));
  const buffer = wasm.buffer;
  const address = native.addressOf(new Uint8Array(buffer));
  // The memfile replaces the memory's first bytes, so the buffer shows the memfile's pages.
  if (file >= 0) reserve(byteLength, () => native.mapFile(file, byteLength, address, 0));
  let open = file >= 0;
  return {
    byteLength,
    address,
    wasm,
    file,
    buffer: () => buffer,
    window: (byteOffset) => ({ buffer, offset: byteOffset }),
    release(residentBytes) {
      if (open) native.closeFile(file);
      open = false;
      weigh(native, address, buffer, residentBytes);
    },
  };
}

let remains: FinalizationRegistry<{ address: bigint; residentBytes: number }> | undefined;

/**
 * Reports a closed region's bytes to the garbage collector, which counts a WebAssembly memory as an object of some hundred
 * bytes and would see no reason to collect it soon.
 */
function weigh(native: Native, address: bigint, buffer: SharedArrayBuffer, residentBytes: number): void {
  remains ??= new FinalizationRegistry((of) => {
    native.adjustExternalMemory(-of.residentBytes);
    native.forgetGone(of.address);
  });
  remains.register(buffer, { address, residentBytes });
  native.adjustExternalMemory(residentBytes);
}

/**
 * A shared memory whose bytes begin at a multiple of `alignment`. V8 asks for a multiple of 64 KiB, and the kernel returns
 * the highest free range. A misaligned memory is kept until the end, with a range of our own below it, sized so that the
 * next memory is aligned if it comes to lie there.
 */
function alignedWasm(native: Native, byteLength: number, alignment: bigint): WebAssembly.Memory {
  const pages = Math.ceil(byteLength / WASM_PAGE);
  const wrong: WebAssembly.Memory[] = [];
  const paddings: Array<{ address: bigint; length: number }> = [];
  try {
    while (wrong.length < ALIGN_TRIES) {
      const memory = makeShared(pages);
      const off = native.addressOf(new Uint8Array(memory.buffer)) % alignment;
      if (off === 0n) return memory;
      wrong.push(memory);
      // Longer than most gaps between mappings.
      const length = PADDING + Number(off);
      paddings.push({ address: native.mapMemory(length), length });
    }
  } finally {
    for (const { address, length } of paddings) native.unmapMemory(address, length);
  }
  throw new Error('no range that begins at a multiple of 2 MiB');
}

function makeShared(pages: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/**
 * A mapping over 4 GiB, seen through windows: buffers of 4 MiB, 8 MiB … 4 GiB, each at a multiple of half its size, so
 * that a view fits whole into one of at most four times its length. Not longer, because V8 counts a buffer's length as
 * memory in use and schedules garbage collection by it. The range is unmapped once the region is closed and the last
 * window is collected.
 */
function makeMapping(native: Native, file: number, byteLength: number): RegionMemory {
  const address = reserve(byteLength, () =>
    file >= 0 ? native.mapFile(file, byteLength, 0n, 0) : native.mapMemory(byteLength),
  );
  const windows = new Map<string, WeakRef<ArrayBuffer>>();
  let alive = 0;
  let closed = false;
  const unmapIfUnused = () => {
    if (!closed || alive > 0) return;
    native.unmapMemory(address, byteLength);
    native.forgetGone(address);
  };
  const gone = new FinalizationRegistry<string>((name) => {
    alive--;
    if (windows.get(name)?.deref() === undefined) windows.delete(name);
    unmapIfUnused();
  });
  return {
    byteLength,
    address,
    wasm: null,
    file,
    buffer() {
      throw new PagerError('REGION', 'a region over 4 GiB has no single buffer', { hint: 'use region.view' });
    },
    window(byteOffset, length) {
      let size = MIN_WINDOW_BYTES;
      while (size < 2 * length && size < MAX_WINDOW_BYTES) size *= 2;
      const start = Math.floor(byteOffset / (size / 2)) * (size / 2);
      const name = `${start}+${size}`;
      const end = Math.min(byteLength, start + size);
      if (byteOffset + length > end) {
        throw new PagerError('REGION', 'a view of so many bytes does not fit into one window', {
          hint: 'take views of up to 2 GiB',
        });
      }
      let buffer = windows.get(name)?.deref();
      if (buffer === undefined) {
        buffer = native.viewOf(address + BigInt(start), end - start);
        windows.set(name, new WeakRef(buffer));
        gone.register(buffer, name);
        alive++;
      }
      return { buffer, offset: byteOffset - start };
    },
    // Its windows are buffers whose length the garbage collector counts.
    release() {
      if (closed) return;
      closed = true;
      if (file >= 0) native.closeFile(file);
      unmapIfUnused();
    },
  };
}

function reserve<T>(byteLength: number, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw addressError('the region', byteLength, cause);
  }
}
