// All state of the core lies in its memory: no global of core.wasm can change, so a copy of the memory is a copy of the core.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { ROOT } from '../../support/paths.js';

const SECTION_GLOBAL = 6;
const END = 0x0b;

/** For each global of a module, whether it can change (WebAssembly core specification, 5.5.9 Global Section). */
function globals(wasm: Uint8Array): boolean[] {
  let at = 8;
  const unsigned = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  while (at < wasm.length) {
    const section = wasm[at++];
    const bytes = unsigned();
    const end = at + bytes;
    if (section === SECTION_GLOBAL) {
      return Array.from({ length: unsigned() }, () => {
        const mutable = wasm[at + 1] === 1;
        at += 2;
        // A constant, and the end of the expression. None of its bytes before can be mistaken: they are LEB128 of a number.
        while (wasm[at++] !== END);
        return mutable;
      });
    }
    at = end;
  }
  return [];
}

const test = suite('globals of the core');

test('no global can change', () => {
  assert.deepEqual(
    globals(readFileSync(path.join(ROOT, 'dist/core.wasm'))).filter((mutable) => mutable),
    [],
  );
});

test('one that can is found', () => {
  // Two globals: i32, constant 0, fixed; i64, constant 0, mutable.
  const wasm = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 6, 11, 2, 0x7f, 0, 0x41, 0, END, 0x7e, 1, 0x42, 0, END);
  assert.deepEqual(globals(wasm), [false, true]);
});

test.run();
