// Records of simulated pagers, and records that are wrong in one place.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exportNames } from '../../../src/core/core.js';
import { native } from '../../../src/native/native.js';
import * as format from '../../../src/record/format.js';
import { RecordReader } from '../../../src/record/reader.js';
import { RecordedCore } from '../../../src/record/recorder.js';
import { randomConfig } from './config.js';
import { Simulation } from './machine.js';
import { Random } from './random.js';

/** Runs a seed with its core recorded; the record is complete where `ends`. */
export function recordSeed(
  seed: bigint,
  steps: number,
  folder: string,
  ends = true,
): { file: string; core: RecordedCore } {
  const file = path.join(folder, `seed-${seed}`);
  let core: RecordedCore | undefined;
  const simulation = new Simulation(seed, randomConfig(new Random(seed)), false, false, (memory, annex) => {
    core = new RecordedCore(memory, file, native(), annex);
    return core;
  });
  for (let i = 0; i < steps; i++) simulation.step();
  if (core === undefined) throw new Error('the simulation opened no core');
  if (ends) core.close();
  return { file, core };
}

/** An entry of a record: where its words begin and end in the file, and the step that finds it wrong. */
export interface Place {
  kind: number;
  number: number;
  from: number;
  to: number;
  step: number;
  /** The call, where it is one. */
  call: string | undefined;
}

/** The entries of a record, in their order. */
export function placesIn(file: string): Place[] {
  const names = exportNames();
  const reader = new RecordReader(file);
  const places: Place[] = [];
  let word = format.HEAD_WORDS;
  let steps = 0;
  for (let number = 0; ; number++) {
    const entry = reader.next();
    if (typeof entry === 'string') break;
    const { kind, words, from, to } = entry;
    const call = kind === format.KIND_CALL ? names[(words[from] ?? 0) & 0xffff] : undefined;
    if (kind === format.KIND_CALL) steps++;
    const length = to - from + format.FRAMING;
    places.push({
      kind,
      number,
      from: word,
      to: word + length,
      step: kind >= format.KIND_MARK ? steps + 1 : steps,
      call,
    });
    word += length;
  }
  reader.close();
  return places;
}

/** What a call's entry says that others have written: from which word of the core's memory on, and where in the file. */
export function runsIn(words: Uint32Array, { from, to }: Place): Array<{ word: number; at: number; count: number }> {
  const runs: Array<{ word: number; at: number; count: number }> = [];
  let at = from + 2 + ((words[from + 1] ?? 0) >>> 16);
  while (at < to - 1) {
    const count = words[at + 1] ?? 0;
    runs.push({ word: words[at] ?? 0, at: at + 2, count });
    at += 2 + count;
  }
  return runs;
}

/** A copy of the record in which `change` has changed the words; `mend` gives the entry a sum that is right again. */
export function changed(file: string, place: Place, mend: boolean, change: (words: Uint32Array) => void): string {
  const bytes = readFileSync(file);
  const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  change(words);
  if (mend) {
    const sum = format.sumOf(words, place.from + 1, place.to - 1, place.number);
    words[place.to - 1] = format.mix(sum, words[place.from] ?? 0);
  }
  const copy = `${file}-changed`;
  writeFileSync(copy, new Uint8Array(words.buffer));
  return copy;
}
