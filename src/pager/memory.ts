import { PagerError } from '../errors.js';
import type { Native } from '../native.js';

const WASM_PAGE = 65536;
const WASM_MOST = 4 * 2 ** 30;

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
 * A mapping over 4 GiB. V8 lets a thread have one buffer only at an address, so windows begin at whole GiB and are kept;
 * each is 8 GiB long, so that any view of up to 7 GiB lies in one. The range is unmapped once the region is closed and
 * the last window is gone.
 */
function makeMapping(native: Native, byteLength: number): RegionMemory {
  const step = 2 ** 30;
  const address = reserve(byteLength, () => native.mapMemory(byteLength));
  const windows = new Map<number, WeakRef<ArrayBuffer>>();
  let alive = 0;
  let closed = false;
  const unmapIfUnused = () => {
    if (closed && alive === 0) native.unmapMemory(address, byteLength);
  };
  const gone = new FinalizationRegistry<number>((index) => {
    alive--;
    if (windows.get(index)?.deref() === undefined) windows.delete(index);
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
      const index = Math.floor(byteOffset / step);
      const start = index * step;
      const size = Math.min(8 * step, byteLength - start);
      if (byteOffset + length > start + size) {
        throw new PagerError('REGION', 'a view of so many bytes does not fit into one window', {
          hint: 'take views of up to 7 GiB',
        });
      }
      let buffer = windows.get(index)?.deref();
      if (buffer === undefined) {
        buffer = native.viewOf(address + BigInt(start), size);
        windows.set(index, new WeakRef(buffer));
        gone.register(buffer, index);
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
