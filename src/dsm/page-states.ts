// What the states of a page mean to its node.
import { NODE_F, NODE_M, NODE_MI, NODE_MS, NODE_S, NODE_SI, NODE_SM } from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';

/** Of these the home may not have the bytes. */
export const UNSAVED: ReadonlySet<number> = new Set([NODE_M, NODE_MS, NODE_MI, NODE_F]);
export const READABLE: ReadonlySet<number> = new Set([NODE_S, NODE_M, NODE_SM, NODE_SI, NODE_MS]);

export function lostError(page: number): PagerError {
  const why = 'the node that wrote it has ended, or the home could not read it from its store';
  return new PagerError('STORE_READ', `page ${page} of the shared region is lost: ${why}`, { page });
}

export function closedError(): PagerError {
  return new PagerError('CLOSED', 'other code has closed its userfaultfd');
}
