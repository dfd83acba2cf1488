// What other rooms may use of the conformance tests.
export type { ConformanceReport, Outcome, RowResult } from './result.js';
export { KERNEL_TESTS, OWN_TESTS, rowsOf, TESTS } from './rows.js';
export { type RunOptions, runConformance } from './run.js';
