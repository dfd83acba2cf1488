// Writes native/layout.h from assembly/layout.ts and assembly/codes.ts, the one source of the layout and its codes, and their
// hash: core, shim and loop each carry it, and refuse to start together if theirs differ.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SOURCES = ['layout.ts', 'codes.ts'];
const HEADER = new URL('../native/layout.h', import.meta.url);
const HASH = new URL('../assembly/layout-hash.ts', import.meta.url);

function constants() {
  const text = SOURCES.map((name) => readFileSync(new URL(`../assembly/${name}`, import.meta.url), 'utf8')).join('\n');
  const known = new Map();
  for (const [, name, expression] of text.matchAll(/^export const (\w+) = ([^;]+);/gm)) {
    const resolved = expression.replace(/[A-Z][A-Z0-9_]+/g, (word) => {
      if (!known.has(word)) throw new Error(`${name} uses ${word} before it is defined`);
      return String(known.get(word));
    });
    if (!/^[\s\d+\-*x()<>|&a-fA-F]+$/.test(resolved)) throw new Error(`${name} is not an integer expression`);
    if (known.has(name)) throw new Error(`${name} is defined twice`);
    known.set(name, Number(new Function(`return (${resolved});`)()));
  }
  return known;
}

/** The layout's hash: 32 bits of SHA-256 over every name and value. */
export function layoutHash() {
  const text = [...constants()].map(([name, value]) => `${name}=${value}`).join('\n');
  return createHash('sha256').update(text).digest().readUInt32LE(0) & 0x7fffffff;
}

/** The text of native/layout.h. */
export function renderLayout() {
  const lines = [...constants()].map(([name, value]) => `  ${name} = ${value},`);
  return [
    '// Written by scripts/layout.mjs from assembly/layout.ts and assembly/codes.ts: do not edit.',
    '#pragma once',
    '#include <cstdint>',
    '',
    'namespace farpage::layout {',
    '',
    'enum : uint64_t {',
    ...lines,
    `  LAYOUT_HASH = ${layoutHash()},`,
    '};',
    '',
    '}  // namespace farpage::layout',
    '',
  ].join('\n');
}

/** The text of assembly/layout-hash.ts. */
export function renderHash() {
  return [
    '// Written by scripts/layout.mjs from assembly/layout.ts and assembly/codes.ts: do not edit.',
    `export const LAYOUT_HASH = ${layoutHash()};`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(HEADER, renderLayout());
  writeFileSync(HASH, renderHash());
}
