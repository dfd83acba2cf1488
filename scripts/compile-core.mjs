// Writes native/core/core.c from dist/core.wasm: the functions that a turn needs, as wasm2c makes them of the module, for
// the host in native/core/core.cc. Both carry the module's hash. Run it after every build of the core: `npm run build:core`.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const WASM = fileURLToPath(new URL('../dist/core.wasm', import.meta.url));
const WASM2C = fileURLToPath(new URL('../node_modules/wabt/bin/wasm2c', import.meta.url));
const OUTPUT = new URL('../native/core/core.c', import.meta.url);
/** Exports that native calls: everything else of the core stays V8's, over the same memory. */
const ENTRIES = ['layoutHash', 'pageAt', 'pageState', 'step', 'settle', 'arrive'];

/** What wasm2c makes of a module. */
function translate(wasm) {
  const folder = mkdtempSync(path.join(tmpdir(), 'farpage-core-'));
  try {
    const output = path.join(folder, 'core.c');
    execFileSync(process.execPath, [WASM2C, '--enable-threads', '--module-name', 'core', '--output', output, wasm]);
    return readFileSync(output, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Name to text of each function with a body; its first line is its head. */
function functions(text) {
  const found = new Map();
  for (const [whole, name] of text.matchAll(
    /^(?:static )?(?:void|u32|u64) (w2c_core_\w+)\(w2c_core\* instance[^{;]*\) \{\n(?:.*\n)*?\}$/gm,
  )) {
    found.set(name, whole);
  }
  return found;
}

const calledBy = (body) => [...body.slice(body.indexOf('{')).matchAll(/\bw2c_core_\w+(?=\()/g)].map(([name]) => name);

/** The text of native/core/core.c for a module; `more`: exports that are to be in it besides. */
export function compileCore(wasm, more = []) {
  const hash = createHash('sha256').update(readFileSync(wasm)).digest('hex');
  const text = translate(wasm);
  const known = functions(text);
  // Functions that are called through the table, by their place in it: place 0 is none.
  const table = [...text.matchAll(/\{RefFunc, w2c_core_t\d+, \(wasm_rt_function_ptr_t\)wrap_(w2c_core_f\d+),/g)].map(
    (found) => found[1],
  );
  const needed = new Set();
  const wanted = [...[...ENTRIES, ...more].map((name) => `w2c_core_${name}`), ...table];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (needed.has(name)) continue;
    const body = known.get(name);
    if (body === undefined) throw new Error(`wasm2c made no function ${name}`);
    needed.add(name);
    wanted.push(...calledBy(body));
  }
  const bodies = [...known]
    .filter(([name]) => needed.has(name))
    .map(([, body]) => body.replace(/^(static )?/, 'static '));
  const heads = bodies.map((body) => `${body.slice(0, body.indexOf(' {\n'))};`);
  return [
    '// Written by scripts/compile-core.mjs from dist/core.wasm: do not edit.',
    '#include "core/prelude.h"',
    '',
    ...heads,
    '',
    `static const Function TABLE[] = {0, ${table.map((name) => `(Function)${name}`).join(', ')}};`,
    '',
    ...bodies.flatMap((body) => [body, '']),
    `const char CORE_HASH[] = "${hash}";`,
    'uint32_t coreLayoutHash(uint8_t* memory) { return w2c_core_layoutHash(memory); }',
    'uint64_t corePageAt(uint8_t* memory, uint32_t low, uint32_t high) { return w2c_core_pageAt(memory, low, high); }',
    'uint32_t corePageState(uint8_t* memory, uint32_t region, uint32_t page) {',
    '  return w2c_core_pageState(memory, region, page);',
    '}',
    'uint32_t coreStep(uint8_t* memory) { return w2c_core_step(memory); }',
    'void coreSettle(uint8_t* memory) { w2c_core_settle(memory); }',
    'void coreArrive(uint8_t* memory, uint32_t frame, uint32_t generation) {',
    '  w2c_core_arrive(memory, frame, generation);',
    '}',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(OUTPUT, compileCore(WASM));
