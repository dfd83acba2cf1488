// The type of one conformance test.
import type { KindName } from './kinds.js';
import type { Stage } from './stage.js';

/** A way to a descriptor, in the place of a kind of memory. */
export type Way = 'syscall' | 'device';

/** A test, and the kinds of memory that it is a row for. */
export interface Test {
  readonly name: string;
  readonly memory: ReadonlyArray<KindName | Way>;
  /** A line for the documentation. */
  readonly verifies: string;
  /**
   * Runs in a process of its own. What it resolves to is a note: what this machine could not show.
   * @throws Skip if the machine lacks what it needs, any other error if the kernel or the binding differs
   */
  run(stage: Stage, memory: KindName | Way): Promise<string | undefined> | string | undefined;
}
