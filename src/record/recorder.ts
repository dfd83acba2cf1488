// Records everything that enters a core, and sums of what comes out. It wraps the core's exports; a loop that is not recorded
// calls the exports directly, and pays nothing.
import { createHash } from 'node:crypto';
import { FLAG_DIGEST } from '../../assembly/codes.js';
import * as layout from '../../assembly/layout.js';
import { LAYOUT_HASH } from '../../assembly/layout-hash.js';
import type { AnnexHost } from '../core/annex.js';
import { Core, type CoreExports, coreWasm, exportNames } from '../core/core.js';
import { nextRequest } from '../core/requests.js';
import { describeError } from '../errors.js';
import type { Native } from '../native/native.js';
import * as format from './format.js';
import { RecordingFile } from './recording-file.js';

/** Words of the record between two marks: a mark costs tens of milliseconds, in which the core's memory is hashed. */
const MARK_INTERVAL = 2 ** 24;
const FORK_GAPS_SHIFT = 16;

type Call = (...args: number[]) => number | bigint | undefined;

/** A core whose loop is recorded. */
export class RecordedCore extends Core {
  readonly #file: RecordingFile;
  readonly #native: Native;
  /** The header as the last call left it. */
  readonly #header = new Uint32Array(format.HEADER_WORDS);
  /** As of the header that is kept. */
  #nextRequest = 0;
  /** The plan at the last opening of a region. */
  readonly #plan = new Uint32Array(format.PLAN_WORDS);
  readonly #u32: Uint32Array;
  #entries = 0;
  #wordsToMark = MARK_INTERVAL;
  #began = 0;
  #recording = true;

  /** @throws PagerError 'OPTION' if the file cannot be created */
  constructor(memory: WebAssembly.Memory, path: string, native: Native, annex?: AnnexHost) {
    super(memory, undefined, annex);
    this.#u32 = new Uint32Array(memory.buffer);
    this.#native = native;
    this.#file = new RecordingFile(path, native);
    this.#writeHead();
    const { calls } = this;
    const recorded = exportNames().map((name, number) => [
      name,
      this.#recorded(number, calls[name] as unknown as Call),
    ]);
    this.calls = Object.fromEntries(recorded) as CoreExports;
  }

  /** Ends the record with the digest of the core's memory. */
  override close(): void {
    if (!this.#recording) return;
    this.#mark(format.KIND_END);
    if (!this.#recording) return;
    this.#recording = false;
    this.#file.close();
  }

  #recorded(number: number, call: Call): Call {
    const { original } = call as unknown as { original: { length: number } };
    return (...args) => {
      if (!this.#recording) return call(...args);
      this.#before(number, args.slice(0, original.length));
      const value = call(...args);
      if (this.#recording) this.#after(value);
      return value;
    };
  }

  #writeHead(): void {
    const { words } = this.#file;
    new Uint8Array(words.buffer).set(new TextEncoder().encode(format.MAGIC));
    words[format.HEAD_VERSION] = format.VERSION;
    words[format.HEAD_LAYOUT] = LAYOUT_HASH;
    words[format.HEAD_PAGES] = this.memory.buffer.byteLength / 65536;
    new Uint8Array(words.buffer).set(createHash('sha256').update(coreWasm()).digest(), format.HEAD_PROGRAM * 4);
    words[format.HEAD_SUM] = format.sumOf(words, 0, format.HEAD_SUM, 0);
    this.#file.at = format.HEAD_WORDS;
  }

  #before(number: number, args: readonly number[]): void {
    if (this.#wordsToMark < 0 && this.#isSettled()) this.#mark(format.KIND_MARK);
    if (!this.#begin()) return;
    this.#push(number | (args.length << 16));
    for (const arg of args) this.#push(arg);
    this.#pushInputs();
    if (args[0] === layout.PLAN_AT) this.#pushPlan();
    this.#end(format.KIND_CALL);
  }

  #after(value: number | bigint | undefined): void {
    const u32 = this.#u32;
    if (this.#begin()) {
      this.#push(format.wordOf(value));
      this.#push(format.requestsSum(u32, this.#nextRequest));
      const end = u32[layout.COMMAND_HEAD_AT >> 2] ?? 0;
      for (let each = this.#before32(layout.COMMAND_HEAD_AT); each !== end; each = (each + 1) >>> 0) {
        this.#push(format.commandSum(u32, each));
      }
      this.#end(format.KIND_RETURN);
    }
    this.#keepHeader();
  }

  #mark(kind: number): void {
    this.#wordsToMark = MARK_INTERVAL;
    if (!this.#begin()) return;
    for (const word of format.digestOf(this.memory)) this.#push(word);
    this.#pushInputs();
    this.#keepHeader();
    this.#end(kind);
  }

  #keepHeader(): void {
    this.#nextRequest = nextRequest(this.#u32);
    this.#header.set(this.#u32.subarray(format.HEADER_WORD, format.HEADER_WORD + format.HEADER_WORDS));
  }

  /** Between two turns: no command is under way. */
  #isSettled(): boolean {
    return this.u32[layout.COMMAND_HEAD_AT >> 2] === this.u32[layout.COMMAND_SETTLED_AT >> 2];
  }

  // ---- inputs: words that others than the core wrote to its memory ------------------------------------------------

  #pushInputs(): void {
    this.#pushMessages();
    this.#pushCompletions();
    // Cursors, limits, the clock: any word that another writer changed.
    this.#pushChanges(format.HEADER_WORD, this.#header);
  }

  #pushMessages(): void {
    const first = this.#before32(layout.MESSAGE_COUNT_AT);
    const count = (this.u32[layout.MESSAGE_COUNT_AT >> 2] ?? 0) - first;
    if (count <= 0) return;
    this.#pushRun((layout.MESSAGES_AT >> 2) + first * format.MESSAGE_WORDS, count * format.MESSAGE_WORDS);
    for (let each = first; each < first + count; each++)
      this.#pushGaps(layout.MESSAGES_AT + each * layout.MESSAGE_BYTES);
  }

  /** What a fork does not inherit. */
  #pushGaps(message: number): void {
    if (this.bytes[message + layout.MESSAGE_EVENT_AT] !== layout.EVENT_FORK) return;
    const gaps = this.u32[(message + layout.MESSAGE_GAPS_AT) >> 2] ?? 0;
    const count = gaps >>> FORK_GAPS_SHIFT;
    if (count === 0 || count >= layout.GAP_LIMIT) return;
    const at = layout.GAPS_AT + (gaps & 0xffff) * layout.GAP_BYTES;
    this.#pushRun(at >> 2, (count * layout.GAP_BYTES) >> 2);
  }

  #pushCompletions(): void {
    const done = this.u32[layout.COMMAND_DONE_AT >> 2] ?? 0;
    for (let each = this.#before32(layout.COMMAND_DONE_AT); each !== done; each = (each + 1) >>> 0) {
      const at = format.commandWord(each);
      this.#pushRun(at, format.COMPLETION_WORDS);
      this.#pushRun(at + format.BYTES_DONE_WORD, format.COMPLETION_WORDS);
      this.#pushDigests(at);
    }
  }

  #pushDigests(command: number): void {
    const op = this.bytes[command * 4 + layout.COMMAND_OP_AT] ?? 0;
    const flags = this.bytes[command * 4 + layout.COMMAND_FLAGS_AT] ?? 0;
    if (op !== layout.OP_DIGEST && (flags & FLAG_DIGEST) === 0) return;
    const frame = this.u32[command + (layout.COMMAND_FRAME_AT >> 2)] ?? 0;
    const count = this.u32[command + (layout.COMMAND_COUNT_AT >> 2)] ?? 0;
    this.#pushRun((layout.DIGESTS_AT + frame * layout.DIGEST_BYTES) >> 2, (count * layout.DIGEST_BYTES) >> 2);
  }

  #pushChanges(first: number, before: Uint32Array): void {
    const u32 = this.#u32;
    for (let word = 0; word < before.length; word++) {
      const from = word;
      while (word < before.length && u32[first + word] !== before[word]) word++;
      if (word > from) this.#pushRun(first + from, word - from);
    }
  }

  /** A region to be opened. */
  #pushPlan(): void {
    this.#pushChanges(format.PLAN_WORD, this.#plan);
    this.#plan.set(this.#u32.subarray(format.PLAN_WORD, format.PLAN_WORD + format.PLAN_WORDS));
  }

  #before32(at: number): number {
    return this.#header[(at >> 2) - format.HEADER_WORD] ?? 0;
  }

  // ---- entries -----------------------------------------------------------------------------------------------------

  #begin(): boolean {
    try {
      this.#file.makeRoom(format.ENTRY_LIMIT);
    } catch (error) {
      // The pager continues; the record up to here can be replayed.
      this.#recording = false;
      this.#native.lastWords(`farpage: the record ends here: ${describeError(error)}\n`);
      return false;
    }
    this.#began = this.#file.at++;
    return true;
  }

  #push(word: number): void {
    this.#file.words[this.#file.at++] = word;
  }

  #pushRun(word: number, count: number): void {
    this.#push(word);
    this.#push(count);
    for (let each = word; each < word + count; each++) this.#push(this.u32[each] ?? 0);
  }

  #end(kind: number): void {
    const { words } = this.#file;
    const began = this.#began;
    const first = kind | ((this.#file.at + 1 - began) << 8);
    // The sum is over the first word too, which is written when all the others are there.
    const rest = format.sumOf(words, began + 1, this.#file.at, this.#entries++);
    this.#push(format.mix(rest, first));
    words[began] = first;
    this.#wordsToMark -= this.#file.at - began;
  }
}
