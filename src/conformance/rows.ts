// The list of all conformance tests, and the rows (test × kind of memory) that follow from it.
import { KINDS, type Kind } from './kinds.js';
import type { Test, Way } from './test.js';
import { API_TESTS, SECOND_API } from './tests/api.js';
import { CHANGING_TESTS, ORDER_TESTS } from './tests/changing.js';
import { ENDING_TESTS } from './tests/endings.js';
import { EVENT_TESTS } from './tests/events.js';
import { MINOR_TESTS } from './tests/minor.js';
import { MODE_TESTS } from './tests/modes.js';
import { MOVE_REFUSED, MOVE_TESTS } from './tests/move.js';
import { POISON_TESTS } from './tests/poison.js';
import { PROGRESS_TESTS } from './tests/progress.js';
import { REGISTER_TESTS } from './tests/register.js';
import { SIGBUS_TESTS } from './tests/sigbus.js';
import { WP_TESTS } from './tests/wp.js';
import { WP_FORK_TESTS } from './tests/wp-fork.js';

/** The kernel's own unit tests, in its order. */
export const KERNEL_TESTS: readonly Test[] = [
  ...REGISTER_TESTS,
  ...MOVE_TESTS,
  ...WP_FORK_TESTS,
  ...WP_TESTS,
  ...MINOR_TESTS,
  ...SIGBUS_TESTS,
  ...EVENT_TESTS,
  ...POISON_TESTS,
  ...CHANGING_TESTS,
];

/** Tests that the kernel's list lacks, and that matter to a pager. */
export const OWN_TESTS: readonly Test[] = [
  SECOND_API,
  ...ORDER_TESTS,
  ...PROGRESS_TESTS,
  ...ENDING_TESTS,
  ...MODE_TESTS,
  ...MOVE_REFUSED,
];

export const TESTS: readonly Test[] = [...API_TESTS, ...KERNEL_TESTS, ...OWN_TESTS];

export interface Row {
  readonly test: Test;
  readonly memory: Test['memory'][number];
  readonly kind: Kind;
}

/** Every row, or those of the tests of these names. */
export function rowsOf(names: readonly string[] = []): Row[] {
  const tests = names.length === 0 ? TESTS : TESTS.filter(({ name }) => names.includes(name));
  return tests.flatMap((test) => test.memory.map((memory) => ({ test, memory, kind: kindOf(memory) })));
}

function kindOf(memory: Test['memory'][number]): Kind {
  const ways: ReadonlyArray<string> = ['syscall', 'device'] satisfies Way[];
  return ways.includes(memory) ? KINDS.anon : KINDS[memory as Kind['name']];
}
