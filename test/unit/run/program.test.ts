import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite } from 'uvu';
import { readSmaps } from '../../../src/linux/proc.js';
import { inspectProgram } from '../../../src/run/program.js';

const test = suite('which programs can be paged');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-programs-'));
test.after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array, mode = 0o755): string {
  const at = path.join(folder, name);
  writeFileSync(at, content);
  chmodSync(at, mode);
  return at;
}

function compiled(name: string, ...flags: string[]): string {
  const source = file(`${name}.c`, 'int main(void) { return 0; }\n');
  const at = path.join(folder, name);
  execFileSync('cc', [...flags, '-o', at, source]);
  return at;
}

test('a dynamic program is found in PATH and can be', () => {
  const program = compiled('dynamic');
  assert.deepEqual(inspectProgram('dynamic', `/nowhere:${folder}`), {
    path: Buffer.from(program),
    unpaged: null,
    foreign: false,
  });
  assert.equal(inspectProgram(program).unpaged, null);
});

test('names and folders are bytes, and relative ones stay so', () => {
  const name = Buffer.from('caf\xe9 \xff', 'latin1');
  const folders = Buffer.concat([Buffer.from(`/nowhere:${folder}/`), name]);
  const inside = Buffer.concat([Buffer.from(`${folder}/`), name]);
  mkdirSync(inside);
  const script = Buffer.concat([inside, Buffer.from('/'), name]);
  writeFileSync(script, '#!/bin/sh\n');
  chmodSync(script, 0o755);
  assert.deepEqual(inspectProgram(name, folders).path, script);
  assert.throws(() => inspectProgram(name, folder), /it is not a file/);
  const before = process.cwd();
  process.chdir(folder);
  try {
    file('near', '#!/bin/sh\n');
    assert.equal(inspectProgram('./near').path.toString(), './near');
    assert.equal(inspectProgram('near', '/nowhere:').path.toString(), 'near');
  } finally {
    process.chdir(before);
  }
});

test('the search of PATH skips folders that cannot be searched', () => {
  file('reached', '#!/bin/sh\n');
  const link = path.join(folder, 'round');
  symlinkSync(link, link);
  const folders = [file('no-folder', 'x', 0o644), link, `/${'x'.repeat(300)}`, folder].join(':');
  assert.equal(inspectProgram('reached', folders).path.toString(), path.join(folder, 'reached'));
  assert.throws(() => inspectProgram('reached', link), { code: 'OPTION', message: /ELOOP/ });
});

test('static programs cannot', () => {
  for (const flag of ['-static', '-static-pie']) {
    const verdict = inspectProgram(compiled(`made${flag}`, flag));
    assert.match(verdict.unpaged ?? '', /statically linked/);
    assert.equal(verdict.foreign, false);
  }
});

test('programs of another machine or C library cannot, and must not get the library', () => {
  const elf = Buffer.alloc(256);
  elf.write('\x7fELF\x01\x01', 'latin1');
  elf.writeUInt16LE(3, 18);
  assert.deepEqual(pick(inspectProgram(file('i386', elf))), [true, true]);
  const musl = compiled('musl', '-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1');
  assert.deepEqual(pick(inspectProgram(musl)), [true, true]);
  assert.match(inspectProgram(musl).unpaged ?? '', /ld-musl/);
});

function pick({ unpaged, foreign }: { unpaged: string | null; foreign: boolean }) {
  return [unpaged !== null, foreign];
}

test('a script is what its interpreter is, through scripts', () => {
  const dead = compiled('interpreter', '-static');
  const script = file('script', `#! ${dead} -x\n`);
  assert.match(inspectProgram(script).unpaged ?? '', /interpreter is statically linked/);
  assert.match(inspectProgram(file('outer', `#!${script}\n`)).unpaged ?? '', /statically linked/);
  assert.equal(inspectProgram(file('live', '#!/bin/sh\n')).unpaged, null);
  assert.equal(inspectProgram(file('plain', 'echo without a first line\n')).unpaged, null);
  assert.match(inspectProgram(file('loop', `#!${path.join(folder, 'loop')}\n`)).unpaged ?? '', /no interpreter/);
});

test('files that are cut short are not crash', () => {
  const whole = Buffer.alloc(64);
  whole.write('\x7fELF\x02\x01', 'latin1');
  whole.writeUInt16LE(62, 18);
  whole.writeBigUInt64LE(2n ** 40n, 32);
  whole.writeUInt16LE(56, 54);
  whole.writeUInt16LE(60_000, 56);
  for (const length of [0, 1, 3, 4, 20, 63, 64]) {
    const verdict = inspectProgram(file(`cut${length}`, whole.subarray(0, length)));
    assert.equal(verdict.unpaged !== null, length >= 4);
  }
});

test('what cannot be run is bad usage', () => {
  file('data', 'x', 0o644);
  mkdirSync(path.join(folder, 'sub'));
  for (const name of ['', 'no-such-program', path.join(folder, 'data'), path.join(folder, 'sub')]) {
    assert.throws(() => inspectProgram(name, folder), { code: 'OPTION' });
  }
});

test('paged mappings are recognised by their flags', () => {
  const mapping = (rss: number, flags: string) =>
    `55-56 rw-p 0\nRss:   ${rss} kB\nPss: 7 kB\nAnonymous: ${rss / 2} kB\nVmFlags: ${flags} \n`;
  const paged = ['rd wr um', 'rd uw sl ac', 'rd wr lo um', 'rd wr ex um uw sl', 'um', 'rd wr um sl', 'rd ex um'].map(
    (flags, i) => mapping(1 << i, flags),
  );
  const text = paged.join('') + mapping(100, 'rd wr ac') + mapping(16, 'rd wr mr mw');
  assert.deepEqual(readSmaps(text), { paged: 127 * 1024, immovable: 14 * 1024, others: 58 * 1024 });
  const keyed = mapping(8, 'rd wr um').replace('VmFlags', 'ProtectionKey:         2\nVmFlags');
  assert.deepEqual(readSmaps(keyed), { paged: 8 * 1024, immovable: 8 * 1024, others: 0 });
});

test.run();
