// Which test files a run takes, and in what order. What a file needs stands in lines of its own at its top:
//
//   // budget: 300 s          it is killed after that; 120 s where it says nothing
//   // alone: why             nothing else may run beside it
//   // uses: hugepages        no other file that uses the same runs beside it
//   // variants: engine trap, memory shared      it is run once more for each; one may be several: engine trap faults loop.
//                          A name in capitals is a variable of farpage's own: FARPAGE_GUARD_PAGES 0
//   // parts: 3             on a slow machine it runs one test in three; which ones changes with every commit. Its suite comes
//                          from support/parts.ts
//   // covers: native/trap/   `--changed` takes it when a file below changes, though it imports none of them
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../paths.js';
import type { TestFile } from './runner.js';

const DEFAULT_BUDGET_SECONDS = 120;

/** What a test file's head lines say. */
export interface Head {
  budget: number;
  alone: boolean;
  uses: readonly string[];
  variants: readonly string[];
  parts: number;
  covers: readonly string[];
}

export function headOf(text: string): Head {
  const number = (name: string) => new RegExp(`^// ${name}: (\\d+)(?: s)?$`, 'm').exec(text)?.[1];
  const list = (name: string) => new RegExp(`^// ${name}: (.+)$`, 'm').exec(text)?.[1]?.split(', ') ?? [];
  return {
    budget: Number(number('budget') ?? DEFAULT_BUDGET_SECONDS),
    parts: Number(number('parts') ?? 1),
    alone: /^\/\/ alone: /m.test(text),
    uses: list('uses'),
    variants: list('variants'),
    covers: list('covers'),
  };
}

/** A test's source: its path from the top folder, and its text. */
export interface Source {
  file: string;
  text: string;
}

/** Every test source that has been built. */
export function sources(): Source[] {
  const files = readdirSync(path.join(ROOT, 'test'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => ({ file: `test/${file}`, text: readFileSync(path.join(ROOT, 'test', file), 'utf8') }));
}

/** A source as files to run: itself, and once more for each variant. 'engine trap' is FARPAGE_TEST_ENGINE=trap. */
export function filesOf({ file, text }: Source): TestFile[] {
  const { budget, alone, uses, variants } = headOf(text);
  const script = path.join(ROOT, 'dist', file.replace(/\.ts$/, '.js'));
  const plain: TestFile = { name: file, script, budget, alone, uses, env: {} };
  const others = variants.map((variant): TestFile => {
    const pairs = [...variant.matchAll(/(\S+) (\S+)/g)];
    const env = Object.fromEntries(
      pairs.map(([, name = '', value]) => [
        name.startsWith('FARPAGE_') ? name : `FARPAGE_TEST_${name.toUpperCase()}`,
        value ?? '',
      ]),
    );
    return { ...plain, name: `${file} (${variant})`, env };
  });
  return [plain, ...others];
}

/**
 * Outside CI a file runs once plain and once in one of its variants; which one changes with `turn`, a number that changes
 * with every commit, so that each variant has its turn.
 */
export function rotate(files: readonly TestFile[], turn: number): TestFile[] {
  const plain = files.filter(({ env }) => Object.keys(env).length === 0);
  const others = files.filter(({ env }) => Object.keys(env).length > 0);
  const chosen = others[turn % others.length];
  return chosen === undefined ? plain : [...plain, chosen];
}

/** On a slow machine a source runs once: plain or in one of its variants, and one of its parts. Both change with `turn`. */
export function oneOf(source: Source, turn: number): TestFile[] {
  const files = filesOf(source);
  const chosen = files[turn % files.length];
  if (chosen === undefined) return [];
  const { parts } = headOf(source.text);
  if (parts === 1) return [chosen];
  // Not `turn` itself: where both counts are even, a variant would meet the same part for ever.
  const part = Math.floor(turn / files.length) % parts;
  const name = `${chosen.name}, part ${part + 1} of ${parts}`;
  return [{ ...chosen, name, env: { ...chosen.env, FARPAGE_TEST_PART: `${part} of ${parts}` } }];
}

/** The files that took longest come first, so that no long one runs by itself at the end. An unknown one counts as its budget. */
export function longestFirst(files: readonly TestFile[], seconds: Readonly<Record<string, number>>): TestFile[] {
  const of = (file: TestFile) => seconds[file.name] ?? file.budget;
  return [...files].sort((a, b) => of(b) - of(a));
}
