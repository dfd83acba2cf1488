// What the core of a pager knows: asked for through the control socket of a run or serve, or read out of the memory of a process
// that has a pager of its own. That process need not answer, so it is seen while its main thread waits for a page, too.
import { type CoreDump, dumpCore } from '../core/dump.js';
import { CORE_HEAD_BYTES, type CoreReader, recognizeCore } from '../core/reader.js';
import { PagerError } from '../errors.js';
import { identityOf } from '../linux/identity.js';
import { nameOf } from '../linux/proc.js';
import { anonymousMappings, ProcessMemory } from '../linux/process-memory.js';
import { findPager, orderDump } from './client.js';

export interface Dumps {
  pid: number;
  program: string;
  /** One for each pager, at least one. */
  dumps: readonly [CoreDump, ...CoreDump[]];
}

/** Bytes that are read at once. */
const CHUNK_BYTES = 4096;

/** @throws (rejects) PagerError 'OPTION' if the process has no pager and no pager has its memory; 'PERMISSION', 'LAYOUT', 'CLOSED' */
export async function dumpsOf(pid: number): Promise<Dumps> {
  try {
    const { path, served } = await findPager(pid);
    const { dump } = await orderDump(path, served.identity);
    return { pid: served.pid, program: served.name, dumps: [dump] };
  } catch (cause) {
    if (identityOf(pid) === null) throw cause;
    const [first, ...others] = dumpsInside(pid);
    if (first !== undefined) return { pid, program: nameOf(pid)?.name ?? '', dumps: [first, ...others] };
    const { hint } = cause as PagerError;
    throw new PagerError('OPTION', `process ${pid} has no pager, and no pager of this user has its memory`, {
      hint,
      cause,
    });
  }
}

/** Of the pagers that the process has itself. */
function dumpsInside(pid: number): CoreDump[] {
  const starts = anonymousMappings(pid, CORE_HEAD_BYTES);
  if (starts.length === 0) return [];
  const memory = new ProcessMemory(pid);
  try {
    const cores = starts.map((start) => ({ start, reader: readerIn(memory, start) }));
    const known = cores.map(({ start, reader }) => ({ reader, build: recognizeCore(reader, start) }));
    const dumps = known.filter(({ build }) => build === 'this build').map(({ reader }) => dumpCore(reader));
    if (dumps.length > 0 || known.every(({ build }) => build === 'none')) return dumps;
  } finally {
    memory.close();
  }
  throw new PagerError('LAYOUT', `the pager in process ${pid} is of another build of farpage`, {
    hint: 'give the command with the farpage that the process uses',
  });
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
