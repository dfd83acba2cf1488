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

/** Where a reader saw the word go from one writer to the other: the last value of the one, the first of the other, as steps. */
function turns({ steps }: Race, field: number, from: number): Array<{ before: number; after: number }> {
  const found = [];
  for (let n = 1; n < steps.length; n++) {
    const [before, after] = [at(steps, n - 1, field), at(steps, n, field)];
    if (before === after || before === 0 || (before & 1) !== from || (after & 1) === from) continue;
    found.push({ before: before >> 1, after: after >> 1 });
  }
  return found;
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
  /** Two writes of one thread to a word are seen in their order. */
  CoWW: (_, reader) => {
    const steps = reader?.steps ?? [];
    return steps.filter((_step, n) => n > 0 && at(steps, n, FIRST) < at(steps, n - 1, FIRST)).length;
  },
  /** r=x; x=i, and another writes x: nobody sees x=i before what was r. */
  CoRW: (own, _writer, reader) => {
    if (own === undefined || reader === undefined) return 0;
    const wrong = own.steps.filter(([, read = 0]) => read < 0).length;
    const back = turns(reader, FIRST, 0).filter(({ before, after }) => {
      const read = readAt(own, before);
      return (read & 1) === 1 && read >> 1 >= after;
    });
    return wrong + back.length;
  },
  /** x=i; r=x, and another writes x: r is i, or what the other wrote after it. */
  CoWR: (own, _writer, reader) => {
    if (own === undefined || reader === undefined) return 0;
    const wrong = own.steps.filter(([, read = 0]) => read < 0).length;
    const back = turns(reader, FIRST, 1).filter(({ before, after }) => {
      const read = readAt(own, after);
      return (read & 1) === 1 && read >> 1 <= before;
    });
    return wrong + back.length;
  },
  /** x=i; y=i beside r=y; x=j: nobody sees x=j before x=i if r was i. */
  S: (_, other, reader) => {
    if (other === undefined || reader === undefined) return 0;
    return turns(reader, FIRST, 1).filter(({ before, after }) => readAt(other, before) >= after).length;
  },
  /** x=i; y=i beside y=j; r=x: r is not older than i if somebody saw y=i before y=j. */
  R: (_, other, reader) => {
    if (other === undefined || reader === undefined) return 0;
    return turns(reader, SECOND, 0).filter(({ before, after }) => readAt(other, after) < before).length;
  },
  /** x=i; y=i beside y=j; x=j: the words do not end in different orders. */
  '2+2W': (_zero, _one, reader) => {
    if (reader === undefined) return 0;
    const y = turns(reader, SECOND, 0);
    return turns(reader, FIRST, 1).filter((x) => y.some((z) => x.after <= z.before && z.after <= x.before)).length;
  },
  /** x=i; r=y beside y=j; s=x: not both read what is older than the other's write. */
  SB: (zero, one) => {
    if (zero === undefined || one === undefined) return 0;
    const ends = one.steps.map((_, n) => (n + 1 < one.steps.length ? at(one.steps, n + 1, 0) - 1 : one.count));
    return ends.filter((j, n) => at(one.steps, n, FIRST) < lastBelow(zero, j)).length;
  },
  /** y=i; y is discarded; r=x beside x=j; s=y: if s is i, r is not older than j. */
  'SB DISCARD': (zero, one) => {
    if (zero === undefined || one === undefined) return 0;
    const ends = one.steps.map((_, n) => (n + 1 < one.steps.length ? at(one.steps, n + 1, 0) - 1 : one.count));
    return ends.filter((j, n) => {
      const y = at(one.steps, n, FIRST);
      return y > 0 && readAt(zero, y) < j;
    }).length;
  },
  /** y=i; y is discarded; x=i beside r=x; s=y: s is 0 or newer than r, and no older than what was read before. */
  'MP DISCARD': (_, reader) => {
    let newest = 0;
    let wrong = 0;
    for (const [, x = 0, y = 0] of reader?.steps ?? []) {
      if (y > 0 && (y <= x || y < newest)) wrong++;
      newest = Math.max(newest, y);
    }
    return wrong;
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
  // Zero was there before, unless a discard has written it.
  if (!operations.some(([kind, , value]) => kind === 1 && value === 0)) {
    zones.set(0, {
      value: 0,
      from: Number.NEGATIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
      written: Number.NEGATIVE_INFINITY,
    });
  }
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
