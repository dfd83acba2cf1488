// Judges what nodes of a shared region have seen: litmus tests whose words only grow, and the linearizability of words.
import type { WordOperation } from './child.js';

/** Of one thread: [own step, first value read, second value read] where it read something new; and how many steps it did. */
export interface Race {
  steps: number[][];
  count: number;
}

const FIRST = 1;
const SECOND = 2;

function at(steps: readonly number[][], index: number, field: number): number {
  return steps[index]?.[field] ?? 0;
}

/** The last step at which the thread had read less than `value`. */
function lastBelow({ steps, count }: Race, value: number): number {
  const found = steps.find(([, read = 0]) => read >= value);
  return found === undefined ? count : (found[0] ?? 0) - 1;
}

/** What the thread read in its step `step`. */
function readAt({ steps }: Race, step: number): number {
  let read = 0;
  for (const [own = 0, value = 0] of steps) {
    if (own > step) break;
    read = value;
  }
  return read;
}

/** Each returns how often the forbidden outcome was seen. */
export const FORBIDDEN: Readonly<Record<string, (...threads: Race[]) => number>> = {
  /** x=i; y=i beside r=y; s=x: s is not older than r. */
  MP: (_, reader) => reader?.steps.filter(([, y = 0, x = 0]) => x < y).length ?? 0,
  /** Two reads of one word do not go back. */
  CoRR: (_, reader) => {
    const steps = reader?.steps ?? [];
    const within = steps.filter(([, one = 0, two = 0]) => two < one).length;
    return within + steps.filter((_step, n) => n > 0 && at(steps, n, FIRST) < at(steps, n - 1, SECOND)).length;
  },
  /** x=i; r=y beside y=j; s=x: not both read what is older than the other's write. */
  SB: (zero, one) => {
    if (zero === undefined || one === undefined) return 0;
    const ends = one.steps.map((_, n) => (n + 1 < one.steps.length ? at(one.steps, n + 1, 0) - 1 : one.count));
    return ends.filter((j, n) => at(one.steps, n, FIRST) < lastBelow(zero, j)).length;
  },
  /** r=x; y=i beside s=y; x=j: not both read what the other writes later. */
  LB: (zero, one) => {
    if (zero === undefined || one === undefined) return 0;
    return zero.steps.filter(([i = 0, read = 0]) => read > 0 && readAt(one, read) >= i).length;
  },
  /** Two readers do not see two writers in different orders. */
  IRIW: (_x, _y, forth, back) => {
    const later = back?.steps ?? [];
    const bad = (forth?.steps ?? []).filter(([, x = 0, y = 0]) => {
      const first = later.find(([, , other = 0]) => other > y);
      return first !== undefined && (first[FIRST] ?? 0) < x;
    });
    return bad.length;
  },
};

/**
 * Whether reads and writes of words, each value written once, could have happened one after the other, each between its begin and its
 * end (Gibbons and Korach: the zones of values). Returns what contradicts it.
 */
export function contradictions(operations: readonly WordOperation[]): string[] {
  const words = new Map<number, WordOperation[]>();
  for (const operation of operations) {
    const known = words.get(operation[1]);
    if (known === undefined) words.set(operation[1], [operation]);
    else known.push(operation);
  }
  return [...words].flatMap(([word, own]) => ofWord(own).map((what) => `word ${word}: ${what}`));
}

interface Zone {
  value: number;
  /** The first end, and the last begin, of the operations on this value. */
  from: number;
  to: number;
}

function ofWord(operations: readonly WordOperation[]): string[] {
  const zones = new Map<number, Zone & { written: number | null }>();
  // Zero was there before.
  zones.set(0, {
    value: 0,
    from: Number.NEGATIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
    written: Number.NEGATIVE_INFINITY,
  });
  const wrong: string[] = [];
  for (const [kind, , value, began, ended] of operations) {
    const zone = zones.get(value) ?? {
      value,
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
      written: null,
    };
    zone.from = Math.min(zone.from, ended);
    zone.to = Math.max(zone.to, began);
    if (kind === 1) zone.written = began;
    zones.set(value, zone);
  }
  for (const [kind, , value, , ended] of operations) {
    const written = zones.get(value)?.written;
    if (kind === 0 && (written === null || written === undefined || ended < written))
      wrong.push(`${value} was read before it was written`);
  }
  const forward = [...zones.values()].filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  for (const [n, zone] of forward.entries()) {
    const before = forward[n - 1];
    if (before !== undefined && before.to > zone.from)
      wrong.push(`${before.value} and ${zone.value} follow each other twice`);
  }
  for (const zone of zones.values()) {
    if (zone.from < zone.to) continue;
    // A value whose operations all overlap, within the time in which another value was there.
    const around = forward.find(({ from, to }) => from < zone.to && zone.from < to);
    if (around !== undefined) wrong.push(`${zone.value} came while ${around.value} was there`);
  }
  return wrong;
}
