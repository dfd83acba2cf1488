// Opens a loop's core, recorded if FARPAGE_RECORD is set.

import type { AnnexHost } from '../core/annex.js';
import { Core } from '../core/core.js';
import type { Native } from '../native/native.js';
import { RecordedCore } from './recorder.js';

/** The file in which loops that start from now on are recorded; undefined: none. */
export function recordPath(): string | undefined {
  return process.env['FARPAGE_RECORD'] || undefined;
}

/** @throws PagerError 'LAYOUT'; 'OPTION' if the file that FARPAGE_RECORD names cannot be created */
export function openCore(memory: WebAssembly.Memory, native: Native): Core {
  const path = recordPath();
  const annex = nativeAnnex(memory, native);
  return path === undefined ? new Core(memory, undefined, annex) : new RecordedCore(memory, path, native, annex);
}

/** The annex of a core memory in the addon, which the compiled core uses, too. */
export function nativeAnnex(memory: WebAssembly.Memory, { compiledCore }: Native): AnnexHost {
  const bytes = new Uint8Array(memory.buffer);
  return {
    annexWrite: (at, place, length) => compiledCore.annexWrite(bytes, at, place, length),
    annexRead: (place, at, length) => compiledCore.annexRead(bytes, place, at, length),
    annexVacate: (place, length) => compiledCore.annexVacate(bytes, place, length),
  };
}
