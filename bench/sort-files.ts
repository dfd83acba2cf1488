// Writes the input files of the sort that the overhead question runs.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random32 } from './data.js';
import { type Context, middle, type Run, Skip } from './harness.js';

const PAGE = 4096;
const LINE = 64;
/** Bytes of a line that are random. */
const RANDOM = 32;
/** base64's. */
const DIGITS = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');

export interface SortFiles {
  bytes: number;
  /** The command. */
  words: string[];
  output: string;
  expected: string;
}

/** A file of random lines, room for what sort makes of it, and what that has to be: what it makes without a limit. */
export function makeSortFiles(context: Context): SortFiles {
  const bytes = (context.quick ? 32 : 64) * 2 ** 20;
  const input = join(context.folder, 'lines');
  const output = join(context.folder, 'sorted');
  const expected = join(context.folder, 'expected');
  writeFileSync(input, randomLines(bytes / LINE), { mode: 0o600 });
  // The output is written over these pages: they are charged to this process, and to no limit.
  writeFileSync(output, Buffer.alloc(bytes), { mode: 0o600 });
  const words = ['env', 'LC_ALL=C', 'sort', '-S', `${8 * (bytes / 2 ** 20)}M`, '--parallel=1', input];
  const [program = '', ...rest] = words;
  const { status, stderr, error } = spawnSync(program, [...rest, '-o', expected], { encoding: 'utf8' });
  if (status !== 0) throw new Skip(`sort: ${error?.message ?? stderr.trim()}`);
  return { bytes, words, output, expected };
}

/** The second half of a line is constant, so that LZ4 halves them. */
function randomLines(count: number): Buffer {
  const next = random32(90_09);
  const all = Buffer.alloc(count * LINE, `${'x'.repeat(RANDOM)}${'.'.repeat(LINE - RANDOM - 1)}\n`, 'latin1');
  for (let line = 0; line < count; line++) {
    for (let i = 0; i < RANDOM; i++) all[line * LINE + i] = DIGITS[next() & 63] as number;
  }
  return all;
}

/** A quarter of what a run used, in whole pages. */
export function limitOf(bare: Run): number {
  return Math.floor(middle([bare], 'rssPeak') / 4 / PAGE) * PAGE;
}
