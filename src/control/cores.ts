// The cores in the memory of a process, read from outside through /proc/PID/mem.
import { CORE_HEAD_BYTES, type CoreReader, recognizeCore } from '../core/reader.js';
import { anonymousMappings, ProcessMemory } from '../linux/process-memory.js';

/** Bytes that are read at once. */
const CHUNK_BYTES = 4096;

/**
 * Calls `work` for each core of this build in the process; the reader may not be used afterwards.
 * @returns what it returned; `others`: there are cores of another build
 * @throws PagerError 'PERMISSION', 'CLOSED'
 */
export function withCores<T>(pid: number, work: (reader: CoreReader, address: bigint) => T) {
  const starts = anonymousMappings(pid, CORE_HEAD_BYTES);
  const found: T[] = [];
  let others = false;
  if (starts.length === 0) return { found, others };
  const memory = new ProcessMemory(pid);
  try {
    for (const start of starts) {
      const reader = readerIn(memory, start);
      const build = recognizeCore(reader, start);
      if (build === 'this build') found.push(work(reader, start));
      else if (build === 'another build') others = true;
    }
  } finally {
    memory.close();
  }
  return { found, others };
}

/** Reads whole chunks, each once: a dump needs a few words of many. */
function readerIn(memory: ProcessMemory, start: bigint): CoreReader {
  const chunks = new Map<number, DataView>();
  const chunkAt = (at: number): DataView => {
    const number = Math.floor(at / CHUNK_BYTES);
    let chunk = chunks.get(number);
    if (chunk === undefined) {
      const bytes = new Uint8Array(CHUNK_BYTES);
      if (!memory.read(start + BigInt(number * CHUNK_BYTES), bytes)) bytes.fill(0);
      chunk = new DataView(bytes.buffer);
      chunks.set(number, chunk);
    }
    return chunk;
  };
  return {
    word: (at) => chunkAt(at).getUint32(at % CHUNK_BYTES, true),
    long: (at) => chunkAt(at).getBigUint64(at % CHUNK_BYTES, true),
  };
}
