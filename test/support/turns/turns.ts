// The stand of stand.cc, built with a thread sanitizer over the compiled core, and run.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as layout from '../../../assembly/layout.js';
import { ROOT } from '../paths.js';
import { CoreMachine } from '../world/core-machine.js';

/** The sources that are watched, in native/, and the kernel in their place. */
const SOURCES = [
  'core/annex.cc',
  'endings/guarded-copy.cc',
  'endings/signal-chain.cc',
  'engine/bytes.cc',
  'engine/command.cc',
  'engine/fault-turns.cc',
  'engine/inbox.cc',
  'engine/meters.cc',
  'kernel/stamps.cc',
  'engine/turn.cc',
  'inline/handler.cc',
  'inline/lock.cc',
  'inline/tally.cc',
  'kernel/access.cc',
  'kernel/codec.cc',
  'kernel/move.cc',
  'kernel/parking.cc',
  'kernel/process-mark.cc',
  'kernel/uffd.cc',
  'kernel/vma.cc',
];
const STAND = ['fake-kernel.cc', 'stand.cc'];
/** Exports of the core that only the stand calls, as standX, and how many words they take. */
const EXPORTS = { beginOperation: 5, operationStatus: 1, endOperation: 1 };
const FLAGS = ['-O1', '-g1', '-fsanitize=thread', '-w'];

// Where a thread sanitizer lets a program map memory.
const CORE = 0x10_0000_0000;
const REGIONS = 0x18_0000_0000;
const ARENA = 0x20_0000_0000;
const MEMORY_PAGES = 1024;
const PAGES = 400;
/** Seconds: of a run that neither ends nor fails. */
const LONGEST = 150;
const SLABS = 2 * (PAGES + 80);

/** A text of a source that is replaced, to see what the sanitizer says. */
export interface Edit {
  file: string;
  find: RegExp;
  replace: string;
}

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

function finish(command: string, words: readonly string[], seconds: number, env = process.env): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { env, timeout: seconds * 1000, killSignal: 'SIGKILL' });
    const result: Finished = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...result, code }));
  });
}

// Older thread sanitizers refuse addresses that some kernels choose at random: those of a program without randomness suit all.
async function watch(program: string, words: readonly string[], seconds: number): Promise<Finished> {
  const env = { ...process.env, TSAN_OPTIONS: 'halt_on_error=1' };
  const fixed = await finish('setarch', ['-R', 'true'], 20).catch(() => undefined);
  return fixed?.code === 0
    ? finish('setarch', ['-R', program, ...words], seconds, env)
    : finish(program, words, seconds, env);
}

/** Whether the compiler has a thread sanitizer, and its programs run here. */
export async function hasThreadSanitizer(folder: string): Promise<boolean> {
  const source = path.join(folder, 'probe.cc');
  writeFileSync(source, 'int main() { return 0; }\n');
  const program = path.join(folder, 'probe');
  const built = await finish('g++', [...FLAGS, source, '-o', program], 60).catch(() => undefined);
  return built?.code === 0 && (await watch(program, [], 20)).code === 0;
}

async function compile(compiler: string, words: readonly string[]): Promise<void> {
  const { code, stderr } = await finish(compiler, words, 200);
  if (code !== 0) throw new Error(`${compiler} ${words.join(' ')}:\n${stderr}`);
}

/** Programs over the core that was built: each has the same objects, but for the source that is edited. */
export class Turns {
  readonly #image: string;

  constructor(readonly folder: string) {
    this.#image = path.join(folder, 'image');
  }

  /** Compiles everything, and lays out a core memory. */
  async build(): Promise<string> {
    mkdirSync(path.join(this.folder, 'o'));
    this.#layOut();
    const core = path.join(this.folder, 'core.c');
    writeFileSync(core, await this.#core());
    await Promise.all([
      compile('gcc', ['-std=gnu11', ...FLAGS, '-fwrapv', `-I${ROOT}/native`, '-c', core, '-o', this.#object('core.c')]),
      this.#compileSources(),
    ]);
    return this.#link('stand', []);
  }

  async #compileSources(): Promise<void> {
    for (const source of SOURCES) await this.#compile(path.join(ROOT, 'native', source), source);
    for (const source of STAND) await this.#compile(path.join(ROOT, 'test/support/turns', source), source);
  }

  /** The program with one source changed. */
  async edited(name: string, { file, find, replace }: Edit): Promise<string> {
    const text = readFileSync(path.join(ROOT, 'native', file), 'utf8');
    if (!find.test(text)) throw new Error(`${file} has nothing like ${find}`);
    const source = path.join(this.folder, `${name}.cc`);
    writeFileSync(source, text.replaceAll(new RegExp(find, 'g'), replace));
    await this.#compile(source, `${name}.cc`);
    return this.#link(name, [{ instead: file, object: this.#object(`${name}.cc`) }]);
  }

  #object(source: string): string {
    return path.join(this.folder, 'o', `${source.replaceAll('/', '-')}.o`);
  }

  #compile(from: string, source: string): Promise<void> {
    const include = [path.join(ROOT, 'test/support/turns'), path.join(ROOT, 'native')].map((each) => `-I${each}`);
    return compile('g++', ['-std=c++17', ...FLAGS, ...include, '-c', from, '-o', this.#object(source)]);
  }

  async #link(name: string, changed: ReadonlyArray<{ instead: string; object: string }>): Promise<string> {
    const program = path.join(this.folder, name);
    const objects = ['core.c', ...SOURCES, ...STAND].map(
      (source) => changed.find(({ instead }) => instead === source)?.object ?? this.#object(source),
    );
    // A source may come to name calls that this program does not make: one that it does make ends it, and the sanitizer says where.
    const lenient = '-Wl,--unresolved-symbols=ignore-in-object-files';
    await compile('g++', ['-fsanitize=thread', '-no-pie', lenient, ...objects, '-ldl', '-o', program]);
    return program;
  }

  /** native/core/core.c, with the exports that the stand needs besides. */
  async #core(): Promise<string> {
    const script = pathToFileURL(path.join(ROOT, 'scripts/compile-core.mjs')).href;
    const { compileCore } = (await import(script)) as { compileCore(wasm: string, more: readonly string[]): string };
    const exported = Object.entries(EXPORTS).map(([name, count]) => {
      const words = Array.from({ length: count }, (_, i) => `a${i}`);
      const given = words.map((word) => `, uint32_t ${word}`).join('');
      const call = `w2c_core_${name}(${['memory', ...words].join(', ')})`;
      const returns = name === 'beginOperation' || name === 'operationStatus';
      const body = returns ? `return ${call};` : `${call};`;
      return `${returns ? 'uint32_t' : 'void'} stand${name[0]?.toUpperCase()}${name.slice(1)}(uint8_t* memory${given}) { ${body} }`;
    });
    return `${compileCore(path.join(ROOT, 'dist/core.wasm'), Object.keys(EXPORTS))}\n${exported.join('\n')}\n`;
  }

  /** A core memory with two regions, one of zeros, one with a source in the loop. */
  #layOut(): void {
    const options = { pageShift: 12, limit: 96, frames: 32, scratch: 8, eviction: 2, readahead: 0 };
    const machine = new CoreMachine(options, CORE, MEMORY_PAGES);
    const pool = machine.exports.openPool(1, SLABS, ARENA % 2 ** 32, Math.floor(ARENA / 2 ** 32));
    for (const [number, source] of [layout.SOURCE_ZERO, layout.SOURCE_ASYNC].entries()) {
      const region = machine.openRegion(PAGES, REGIONS + number * PAGES * machine.pageSize, {
        [layout.REGION_SOURCE_AT]: source,
        [layout.REGION_SOURCE_PAGES_AT]: PAGES,
        [layout.REGION_STORE_AT]: layout.STORE_POOL,
        [layout.REGION_POOL_AT]: pool,
      });
      if (region !== number + 1) throw new Error('a region does not open');
    }
    writeFileSync(this.#image, machine.bytes);
  }

  /** Threads that touch so many pages each. It ends with an error if for `patience` seconds no page is touched. */
  run(program: string, threads: number, touches: number, patience: number): Promise<Finished> {
    const numbers = [CORE, MEMORY_PAGES * 65536, REGIONS, PAGES, ARENA, SLABS * 32768, threads, touches, patience];
    return watch(program, [this.#image, ...numbers.map(String)], LONGEST);
  }
}
