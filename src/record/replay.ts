// Replays a record on a core alone: no kernel, no addon, no store. The core is deterministic, so each call must return the
// recorded result, and issue the same commands and requests.
import * as layout from '../../assembly/layout.js';
import { addressError } from '../core/addresses.js';
import { Core, type CoreExports, exportNames } from '../core/core.js';
import { nextRequest } from '../core/requests.js';
import { describeError } from '../errors.js';
import * as format from './format.js';
import { type Entry, RecordReader } from './reader.js';

/** The first difference between a replay and its record; a step is a call of the core. */
export interface Difference {
  step: number;
  call: string;
  what: string;
}

export interface ReplayReport {
  /** Calls of the core. */
  steps: number;
  commands: number;
  requests: number;
  /** Places at which the whole memory of the core was compared. */
  marks: number;
  /** Nanoseconds between the first and the last time of the core's clock. */
  nanoseconds: number;
  /** 'closed': the pager was closed; 'cut': its process ended before that; 'stopped': a broken invariant stopped the core. */
  end: 'closed' | 'cut' | 'stopped';
  /** The core's message when it stopped. */
  reason: string | null;
  difference: Difference | null;
  /** SHA-256 of the core's memory at the end. */
  memory: string;
}

/** The calls of a replay, as a trace observes them. */
export interface Observer {
  /** The inputs are in the core's memory. */
  before(
    step: number,
    call: keyof CoreExports,
    args: readonly number[],
    runs: ReadonlyArray<readonly [number, number]>,
  ): void;
  /** `commands` and `requests`: the rings' heads before the call. */
  after(step: number, call: keyof CoreExports, value: number, commands: number, requests: number): void;
  marked(step: number): void;
}

type Call = (...args: number[]) => number | bigint | undefined;

export class Replay {
  readonly core: Core;
  readonly #u32: Uint32Array;
  readonly #reader: RecordReader;
  readonly #observer: Observer | undefined;
  readonly #names = exportNames();
  readonly #report: ReplayReport = {
    steps: 0,
    commands: 0,
    requests: 0,
    marks: 0,
    nanoseconds: 0,
    end: 'cut',
    reason: null,
    difference: null,
    memory: '',
  };
  #call: keyof CoreExports = 'begin';
  /** The call under way: its result, and the rings' heads before it. */
  #pending: { value: number; thrown: unknown; commands: number; requests: number } | undefined;
  #firstTime = 0n;

  /** @throws PagerError 'OPTION', 'LAYOUT'; 'REGION' if this process may not have so many addresses */
  constructor(path: string, makeObserver?: (core: Core) => Observer) {
    this.#reader = new RecordReader(path);
    const { memoryPages } = this.#reader;
    let memory: WebAssembly.Memory;
    try {
      memory = new WebAssembly.Memory({ initial: memoryPages, maximum: memoryPages, shared: true });
    } catch (cause) {
      this.#reader.close();
      throw addressError('the core that is replayed', memoryPages * 65536, cause);
    }
    this.core = new Core(memory);
    this.#u32 = new Uint32Array(memory.buffer);
    this.#observer = makeObserver?.(this.core);
  }

  /** Runs to the end of the record, or to the first difference. */
  run(): ReplayReport {
    const report = this.#report;
    for (;;) {
      const entry = this.#reader.next();
      if (entry === 'end') break;
      const wrong = entry === 'damaged' ? DAMAGED : this.#take(entry);
      if (wrong !== undefined) {
        // Damage after a whole call is reported for the next step.
        const next = this.#pending === undefined && entry === 'damaged';
        report.difference = { step: report.steps + (next ? 1 : 0), call: next ? '' : this.#call, what: wrong };
        break;
      }
      if (report.end === 'closed') break;
    }
    this.#reader.close();
    const thrown = this.#pending?.thrown;
    if (thrown !== undefined && report.difference === null) {
      report.end = 'stopped';
      report.reason = describeError(thrown);
    }
    const last = this.core.u64[layout.NOW_AT >> 3] ?? 0n;
    report.nanoseconds = Number(last - this.#firstTime);
    report.memory = hex(format.digestOf(this.core.memory));
    return report;
  }

  #take(entry: Entry): string | undefined {
    if (entry.kind === format.KIND_CALL) return this.#doCall(entry);
    if (entry.kind === format.KIND_RETURN) return this.#compare(entry);
    return this.#compareMemory(entry);
  }

  #doCall({ words, from, to }: Entry): string | undefined {
    const thrown = this.#pending?.thrown;
    if (this.#pending !== undefined && thrown === undefined) return 'it had no end when it was recorded';
    const { core } = this;
    const first = words[from] ?? 0;
    const count = first >>> 16;
    const args = [...words.subarray(from + 1, from + 1 + count)];
    const runs = this.#apply(words, from + 1 + count, to);
    const name = this.#names[first & 0xffff];
    if (runs === undefined || name === undefined) return DAMAGED;
    if (this.#report.steps === 0) this.#firstTime = core.u64[layout.NOW_AT >> 3] ?? 0n;
    this.#report.steps++;
    this.#call = name;
    this.#observer?.before(this.#report.steps, name, args, runs);
    const commands = core.u32[layout.COMMAND_HEAD_AT >> 2] ?? 0;
    const requests = nextRequest(core.u32);
    this.#pending = { value: 0, thrown: undefined, commands, requests };
    try {
      this.#pending.value = format.wordOf((core.exports[name] as unknown as Call)(...args));
    } catch (error) {
      this.#pending.thrown = error;
    }
    return undefined;
  }

  #compare({ words, from, to }: Entry): string | undefined {
    const pending = this.#pending;
    if (pending === undefined) return DAMAGED;
    const { value, thrown, commands, requests } = pending;
    if (thrown !== undefined) return `the core stops itself (${describeError(thrown)}), which the recorded one did not`;
    this.#pending = undefined;
    const u32 = this.#u32;
    const then = to - from - 2;
    const now = ((u32[layout.COMMAND_HEAD_AT >> 2] ?? 0) - commands) >>> 0;
    for (let each = 0; each < Math.min(then, now); each++) {
      if (format.commandSum(u32, (commands + each) >>> 0) !== words[from + 2 + each]) {
        return `command ${each + 1} of ${now} is another one`;
      }
    }
    if (then !== now) return `it issues ${now} commands, and issued ${then} when it was recorded`;
    if (value !== words[from]) return `it returns ${value}, and returned ${words[from]} when it was recorded`;
    if (format.requestsSum(u32, requests) !== words[from + 1]) return 'it issues other requests';
    this.#report.commands += now;
    this.#report.requests += (nextRequest(u32) - requests) >>> 0;
    this.#observer?.after(this.#report.steps, this.#call, value, commands, requests);
    return undefined;
  }

  #compareMemory({ kind, words, from, to }: Entry): string | undefined {
    const runs = this.#apply(words, from + format.DIGEST_WORDS, to);
    if (runs === undefined) return DAMAGED;
    const recorded = words.slice(from, from + format.DIGEST_WORDS);
    if (hex(format.digestOf(this.core.memory)) !== hex(recorded)) return 'after it, the core’s memory is another one';
    this.#report.marks++;
    if (kind === format.KIND_END) this.#report.end = 'closed';
    this.#observer?.marked(this.#report.steps);
    return undefined;
  }

  /** Writes the recorded words of others; undefined: an index outside the core memory. */
  #apply(words: Uint32Array, from: number, to: number): Array<readonly [number, number]> | undefined {
    const u32 = this.#u32;
    const runs: Array<readonly [number, number]> = [];
    let at = from;
    while (at < to) {
      const word = words[at] ?? 0;
      const count = words[at + 1] ?? 0;
      at += 2;
      if (at + count > to || word + count > u32.length) return undefined;
      u32.set(words.subarray(at, at + count), word);
      runs.push([word, count]);
      at += count;
    }
    return at === to ? runs : undefined;
  }
}

const DAMAGED = 'the record is damaged here';

function hex(digest: Uint32Array): string {
  return Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString('hex');
}
