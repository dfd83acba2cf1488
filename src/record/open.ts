// Opens a loop's core, recorded if FARPAGE_RECORD is set.
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
  return path === undefined ? new Core(memory) : new RecordedCore(memory, path, native);
}
