import { PagerError } from '../errors.js';
import type { Native } from '../native.js';

const WASM_PAGE = 65536;
const WASM_MOST = 4 * 2 ** 30;
const WINDOW_LEAST = 4 * 2 ** 20;
/** Node 20 makes no longer buffer over memory of others. */
const WINDOW_MOST = 4 * 2 ** 30;

/** The memory behind one region: a shared WebAssembly memory up to 4 GiB, above that a mapping seen through windows. */
export interface RegionMemory {
  readonly byteLength: number;
  readonly address: bigint;
  readonly wasm: WebAssembly.Memory | null;
  buffer(): SharedArrayBuffer;
  window(byteOffset: number, byteLength: number): { buffer: ArrayBufferLike; offset: number };
  /** The region is closed. */
  release(): void;
}

/** @throws PagerError 'REGION' where the system gives no such range of addresses */
export function makeMemory(native: Native, byteLength: number): RegionMemory {
  return byteLength <= WASM_MOST ? makeWasm(native, byteLength) : makeMapping(native, byteLength);
}

function makeWasm(native: Native, byteLength: number): RegionMemory {
  const pages = Math.ceil(byteLength / WASM_PAGE);
  const wasm = reserve(byteLength, () => new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }));
  const buffer = wasm.buffer;
  return {
    byteLength,
    address: native.addressOf(new Uint8Array(buffer)),
    wasm,
    buffer: () => buffer,
    window: (byteOffset) => ({ buffer, offset: byteOffset }),
    release() {},
  };
}

/**
 * A mapping over 4 GiB, seen through windows: buffers of 4 MiB, 8 MiB … 4 GiB, each at a multiple of half its size, so
 * that a view lies whole in one of at most four times its length. They are no longer than that because V8 counts a
 * buffer's length as memory in use, and collects garbage accordingly. The range is unmapped once the region is closed
 * and the last window is gone.
 */
function makeMapping(native: Native, byteLength: number): RegionMemory {
  const address = reserve(byteLength, () => native.mapMemory(byteLength));
  const windows = new Map<string, WeakRef<ArrayBuffer>>();
  let alive = 0;
  let closed = false;
  const unmapIfUnused = () => {
    if (closed && alive === 0) native.unmapMemory(address, byteLength);
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
    buffer() {
      throw new PagerError('REGION', 'a region over 4 GiB has no single buffer', { hint: 'use region.view' });
    },
    window(byteOffset, length) {
      let size = WINDOW_LEAST;
      while (size < 2 * length && size < WINDOW_MOST) size *= 2;
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
    release() {
      if (closed) return;
      closed = true;
      unmapIfUnused();
    },
  };
}

function reserve<T>(byteLength: number, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new PagerError('REGION', `the system has no room for ${byteLength} bytes of addresses`, {
      hint: 'map less, or raise the limits (ulimit -v, sysctl vm.overcommit_memory, vm.max_map_count)',
      cause,
    });
  }
}
