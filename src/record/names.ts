// Words for the numbers of the layout, as a trace and a dump write them.
import * as layout from '../../assembly/layout.js';

/** The constants whose names begin so, by value: OP_TAKE is 'take'. `only`: what the rest of the name must be. */
function named(prefix: string, only: RegExp = /./): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [name, value] of Object.entries(layout) as Array<[string, number]>) {
    const rest = name.slice(prefix.length);
    if (!name.startsWith(prefix) || !only.test(rest)) continue;
    found.set(value, rest.toLowerCase().replaceAll('_', ' '));
  }
  return found;
}

export const OPS = named('OP_');
export const OUTCOMES = named('OUTCOME_');
export const PURPOSES = named('PURPOSE_');
export const REQUESTS = named('REQUEST_', /^(READ_SOURCE|READ_STORE|WRITE|DISCARD|FAIL|REGENERATE|RECLAIMED|SAVED)$/);
export const CAUSES = named('CAUSE_');
export const OPERATIONS = named('OPERATION_', /^(LOAD|EVICT|FLUSH|DISCARD)$/);
export const FRAME_STATES = named('FRAME_', /^(VACANT|READY|FILLING|STAGED|WRITING)$/);
export const STATES = named('PAGE_', /^(ABSENT|FILLING|CLEAN|DIRTY|STAGED|EVICTING|WRITING|REMOVED|FAILED)$/);
export const POLICIES = named('EVICTION_', /^(FIFO|CLOCK|S3_FIFO)$/);
export const EVENTS: ReadonlyMap<number, string> = new Map([
  [layout.EVENT_FORK, 'fork'],
  [layout.EVENT_REMAP, 'remap'],
  [layout.EVENT_REMOVE, 'remove'],
  [layout.EVENT_UNMAP, 'unmap'],
]);

export function nameOf(names: ReadonlyMap<number, string>, value: number): string {
  return names.get(value) ?? String(value);
}
