// Writes native/layout.h from assembly/layout.ts, the one source of the layout, and says its hash: core, shim and loop
// each carry it, and start-up refuses a mismatch.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SOURCE = new URL('../assembly/layout.ts', import.meta.url);
const HEADER = new URL('../native/layout.h', import.meta.url);
const HASH = new URL('../assembly/layout-hash.ts', import.meta.url);

function constants() {
  const text = readFileSync(SOURCE, 'utf8');
  const known = new Map();
  for (const [, name, expression] of text.matchAll(/^export const (\w+) = ([^;]+);/gm)) {
    const resolved = expression.replace(/[A-Z][A-Z0-9_]+/g, (word) => {
      if (!known.has(word)) throw new Error(`layout.ts: ${name} uses ${word} before it is defined`);
      return String(known.get(word));
    });
    if (!/^[\s\d+\-*x()<>|&a-fA-F]+$/.test(resolved)) throw new Error(`layout.ts: ${name} is no integer expression`);
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
    '// Written by scripts/layout.mjs from assembly/layout.ts: do not edit.',
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
    '// Written by scripts/layout.mjs from assembly/layout.ts: do not edit.',
    `export const LAYOUT_HASH = ${layoutHash()};`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(HEADER, renderLayout());
  writeFileSync(HASH, renderHash());
}
