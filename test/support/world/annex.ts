// The annex of a core under test: opened for either host, and read without a change to the core.
import { ANNEX_SLAB_BYTES, ANNEX_UNIT_SHIFT } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { type AnnexHost, PlainAnnex } from '../../../src/core/annex.js';
import { native } from '../../../src/native/native.js';
import { nativeAnnex } from '../../../src/record/open.js';

/** As in assembly/books/records.ts, pool.ts and annex.ts. */
const RECORDS_AT = layout.STATE_AT + 2048 + 8;
const POOL_AT = layout.POOLS_AT + layout.POOL_LIMIT * layout.POOL_BYTES;
const POOL_ROOT_AT = 384;
const RECORD_BYTES = 16;
const GROUP_RECORDS = 1024;
const GROUPS = 4096;

export interface PackedEntry {
  state: number;
  flags: number;
  digest: bigint;
  slot: number;
  slotBytes: number;
}

/** For V8 in memory of JavaScript's; for the compiled core, and both by turns, in the addon's. */
export function openAnnex(memory: WebAssembly.Memory, slabs: number, byNative: boolean): AnnexHost {
  if (!byNative) return new PlainAnnex(memory.buffer);
  native().compiledCore.openAnnex(new Uint8Array(memory.buffer), slabs * ANNEX_SLAB_BYTES);
  return nativeAnnex(memory, native());
}

export class AnnexReader {
  readonly #u32: Uint32Array;
  readonly #bytes: Uint8Array;

  constructor(
    memory: WebAssembly.Memory,
    readonly host: AnnexHost,
  ) {
    this.#u32 = new Uint32Array(memory.buffer);
    this.#bytes = new Uint8Array(memory.buffer);
  }

  #word(at: number): number {
    return this.#u32[at >>> 2] ?? 0;
  }

  /** Slabs in use. */
  get slabs(): number {
    return this.#word(POOL_AT + layout.POOL_SLAB_USED_AT);
  }

  /** Blocks of the core memory that hold the annex's own records; they are kept for the next leaves. */
  get blocks(): number {
    const table = this.#word(RECORDS_AT);
    let blocks = 0;
    for (let group = 0; table !== 0 && group < GROUPS; group++) if (this.#word(table + group * 4) !== 0) blocks++;
    const node = this.#word(POOL_AT + POOL_ROOT_AT);
    if (node === 0) return blocks;
    for (let i = 0; i < 4096; i++) if (this.#word(node + i * 4) !== 0) blocks++;
    return blocks + 1;
  }

  #packed(record: number): Uint8Array {
    const group = this.#word(this.#word(RECORDS_AT) + Math.floor(record / GROUP_RECORDS) * 4);
    const at = group + (record % GROUP_RECORDS) * RECORD_BYTES;
    const [slot, bytes] = [this.#word(at), this.#word(at + 8)];
    const slab = slot >>> 9;
    const node = this.#word(POOL_AT + POOL_ROOT_AT + (slab >>> 19) * 4);
    const records = this.#word(node + ((slab >>> 7) & 4095) * 4);
    const sizeClass = this.#word(records + (slab & 127) * 128);
    const unit = 2 ** ANNEX_UNIT_SHIFT;
    const place = (slab * ANNEX_SLAB_BYTES) / unit + (slot & 511) * sizeClass;
    // Through a part of the core memory, which is put back.
    const kept = this.#bytes.slice(layout.FRAMES_AT, layout.FRAMES_AT + bytes);
    this.host.annexRead(place, layout.FRAMES_AT, bytes);
    const packed = this.#bytes.slice(layout.FRAMES_AT, layout.FRAMES_AT + bytes);
    this.#bytes.set(kept, layout.FRAMES_AT);
    return packed;
  }

  /** The pages of the leaf in a record. */
  leaf(record: number): PackedEntry[] {
    const view = new DataView(this.#packed(record).buffer);
    const [runs, contents] = [view.getUint16(0, true), view.getUint16(2, true)];
    const withSlots = view.getUint32(4, true) === 1;
    let digestAt = 8 + runs * 8;
    let slotAt = digestAt + contents * 8;
    const found: PackedEntry[] = [];
    for (let run = 0; run < runs; run++) {
      const [head, pages] = [view.getUint32(8 + run * 8, true), view.getUint32(12 + run * 8, true)];
      const [state, flags] = [head & 0xff, head >>> 16];
      const has = (flags & (layout.PAGE_STORED | layout.PAGE_SOURCED)) !== 0;
      for (let page = 0; page < pages; page++) {
        const entry = { state, flags, digest: 0n, slot: 0, slotBytes: 0 };
        found.push(entry);
        if (!has) continue;
        entry.digest = view.getBigUint64(digestAt, true);
        digestAt += 8;
        if (!withSlots) continue;
        entry.slot = view.getUint32(slotAt, true);
        entry.slotBytes = view.getUint32(slotAt + 4, true);
        slotAt += 8;
      }
    }
    return found;
  }
}
