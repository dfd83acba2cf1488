// Opens a loop's core: as it is, or recorded where the environment asks for a record.
import { Core } from '../core/core.js';
import type { Native } from '../native/native.js';
import { RecordedCore } from './recorder.js';

/** The file that loops which start from now on are to be recorded in; undefined: none. */
export function recordPath(): string | undefined {
  return process.env['FARPAGE_RECORD'] || undefined;
}

/** @throws PagerError 'LAYOUT'; 'OPTION' where the file that FARPAGE_RECORD names cannot be made */
export function openCore(memory: WebAssembly.Memory, native: Native): Core {
  const path = recordPath();
  return path === undefined ? new Core(memory) : new RecordedCore(memory, path, native);
}
