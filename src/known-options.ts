// Checks an options object of the public API: unknown names and wrong types are refused, with the nearest known name.
import { PagerError } from './errors.js';

/** What an option's value must be; 'checked': the call itself checks it. */
export type OptionKind = 'boolean' | 'text' | 'function' | 'signal' | 'checked';
/** The options of a call that takes none (yet): a JavaScript caller that gives one gets an error. */
export type NoOptions = Readonly<Record<string, never>>;
export type KnownOptions = Readonly<Record<string, OptionKind>>;

const WANTED: Readonly<Record<Exclude<OptionKind, 'checked'>, string>> = {
  boolean: 'true or false',
  text: 'text',
  function: 'a function',
  signal: 'an AbortSignal',
};
/** A longer name is not a misspelling, and would only fill the message. */
const MAX_SHOWN = 40;

/**
 * Refuses unknown option names and values of the wrong type, so that a misspelt option is never silently ignored. Every
 * options object of the public API passes through here.
 * @throws PagerError 'OPTION' naming the nearest word that the call knows
 */
export function checkOptions(call: string, options: unknown, known: KnownOptions): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new PagerError('OPTION', `${call}: the options are not an object`, { hint: listing(known) });
  }
  // Inherited names too: reading an option finds them as well.
  for (const name in options) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) throw unknownName(call, name, known);
    if (kind === 'checked') continue;
    const value = (options as Record<string, unknown>)[name];
    if (value !== undefined && !isOfKind(value, kind)) throw wrongValue(call, name, value, kind);
  }
}

/**
 * Checks the query of a store's URL as `checkOptions` does; a name that appears twice is refused as well.
 * @throws PagerError 'OPTION'
 */
export function checkQuery(scheme: string, query: URLSearchParams, known: KnownOptions): void {
  const seen = new Set<string>();
  for (const name of query.keys()) {
    if (!Object.hasOwn(known, name)) throw unknownName(scheme, name, known);
    if (seen.has(name)) {
      throw new PagerError('OPTION', `${scheme} ${name} is given twice`, { hint: `give ${name} once` });
    }
    seen.add(name);
  }
}

/** A query's option that is on or off. @throws PagerError 'OPTION' */
export function isOn(query: URLSearchParams, scheme: string, name: string, absent: boolean): boolean {
  const value = query.get(name);
  if (value === null) return absent;
  if (/^(|on|true|1|yes)$/.test(value)) return true;
  if (/^(off|false|0|no)$/.test(value)) return false;
  throw new PagerError('OPTION', `${scheme} ${name} is neither on nor off`, {
    hint: `write ${name}=on or ${name}=off`,
  });
}

function unknownName(call: string, name: string, known: KnownOptions): PagerError {
  const shown = name.length > MAX_SHOWN ? `${name.slice(0, MAX_SHOWN)}…` : name;
  const near = nearest(name, Object.keys(known));
  const guess = near === undefined ? '' : `; did you mean '${near}'?`;
  return new PagerError('OPTION', `${call} has no option '${shown}'${guess}`, { hint: listing(known) });
}

function wrongValue(call: string, name: string, value: unknown, kind: Exclude<OptionKind, 'checked'>): PagerError {
  // Text is not shown: it may be a secret in the wrong place.
  const shown = typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
  return new PagerError('OPTION', `${call}: ${name}: ${shown} is not ${WANTED[kind]}`, {
    hint: `give ${name} as ${WANTED[kind]}, or leave it out`,
  });
}

function isOfKind(value: unknown, kind: Exclude<OptionKind, 'checked'>): boolean {
  if (kind === 'signal') return value instanceof AbortSignal;
  return typeof value === (kind === 'text' ? 'string' : kind);
}

function listing(known: KnownOptions): string {
  const names = Object.keys(known);
  return names.length === 0 ? 'it takes no options' : `its options are ${names.join(', ')}`;
}

/** The nearest known name, if it is near enough for a misspelling. */
export function nearest(name: string, among: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, '');
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const each of among) {
    const changes = distance(plain(name).slice(0, MAX_SHOWN), plain(each));
    if (changes < fewest && changes <= Math.max(2, Math.floor(each.length / 3)) && changes < each.length) {
      best = each;
      fewest = changes;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of adjacent letters that turn one text into the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
