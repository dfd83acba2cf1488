// Unmaps a node's pages: before its lease can end, and before it leaves its region.
import { DO_SAVE, DO_SEND, DO_ZAP } from '../../assembly/dsm/layout.js';
import type { DsmCore, Operation } from './machine.js';
import type { NodePages } from './pages.js';

export interface Unmapping {
  core: DsmCore;
  /** Where the machine lies. */
  at: number;
  pages: NodePages;
  send(operation: Operation): void;
}

/** Unmaps neighbours by one system call: the lease may end meanwhile. What is to be sent follows. */
export function unmapRange({ core, at, pages, send }: Unmapping, first: number, end: number): void {
  const operations: Operation[] = [];
  for (let page = first; page < end; page++) {
    core.exports.nodeFreeze(at, page);
    operations.push(...core.operations());
  }
  const numbersOf = (kind: number) => operations.filter((one) => one.kind === kind).map(({ page }) => page);
  pages.unmap(numbersOf(DO_SAVE), numbersOf(DO_ZAP));
  for (const operation of operations) if (operation.kind === DO_SEND) send(operation);
}
