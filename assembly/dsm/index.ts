// The exports of dsm.wasm: the protocol of distributed shared memory, its nodes (node.ts) and its home (home.ts). A machine lies at
// an address that its host chooses; `reserve` gives the place. It has no clock, no input or output: see decisions/0063-dsm-core.md.
export { nodeBegin, nodeBytes, nodeEntry, nodeSetFrozen } from './copies';
export {
  nodeAhead,
  nodeDiscard,
  nodeDrop,
  nodeFault,
  nodeFence,
  nodeFreeze,
  nodeNewHome,
  nodePut,
  nodeResend,
  nodeThaw,
  nodeTick,
} from './node';
export { nodeTake } from './take';
export { homeBegin, homeBytes, homeFailed, homeLoaded, homeResend, homeStored, homeTake } from './home';
export { cutPhase, homeCut, homeCutEnd, homeCutWant } from './cut';
export { homeCopy, homeCutStep } from './cut-walk';
export { homeExpire, homeJoin, homeLeave } from './members';
export { homeEntry } from './directory';
export { homeHave, homeOpen, homeRecover, homeRestore, homeSettle } from './recovery';
export { operationsAt, takeOperations } from './out';
export { edgeTaken, stepFrom } from './states';
export { homeWaiting } from './waiters';

/** Zeroed memory for a machine; 0: there is none. */
export function reserve(bytes: usize): usize {
  const pages = <i32>((bytes + 65535) >> 16);
  const before = memory.grow(pages);
  return before < 0 ? 0 : (<usize>before) << 16;
}
