// Loads dsm.wasm, the protocol of distributed shared memory (assembly/dsm), and gives its exports and operations their types.
import { readFileSync } from 'node:fs';
import { instantiateSync } from '@assemblyscript/loader';
import {
  DO_BYTES,
  DO_FLAGS_AT,
  DO_MESSAGE_AT,
  DO_NODE_AT,
  DO_PAGE_AT,
  DO_REQ_AT,
  DO_TIME_AT,
  DO_TXN_AT,
  DO_VERSION_AT,
} from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';
import { packageFile } from '../place.js';

/** The exports of dsm.wasm (assembly/dsm/index.ts); `at` is where a machine lies. Booleans are 0 or 1. */
export interface DsmExports {
  reserve(bytes: number): number;
  operationsAt(): number;
  takeOperations(): number;
  nodeBytes(pages: number): number;
  nodeBegin(at: number, pages: number, hold: number, through: number): void;
  nodeEntry(at: number, page: number): number;
  nodeSetFrozen(at: number, frozen: number): void;
  nodeFault(at: number, page: number, write: number, now: number): void;
  nodeAhead(at: number, page: number): number;
  nodeTake(
    at: number,
    message: number,
    page: number,
    txn: number,
    req: number,
    version: bigint,
    flags: number,
    now: number,
  ): number;
  nodeTick(at: number, page: number, now: number): number;
  nodePut(at: number, page: number): number;
  nodeDrop(at: number, page: number): number;
  nodeDiscard(at: number, page: number): void;
  nodeResend(at: number, page: number): void;
  nodeFreeze(at: number, page: number): void;
  nodeThaw(at: number, page: number, now: number): number;
  nodeFence(at: number, page: number): number;
  nodeNewHome(at: number, page: number): void;
  homeBytes(pages: number, waiters: number): number;
  homeBegin(at: number, pages: number, waiters: number, rollBack: number, breaks: number): void;
  homeEntry(at: number, page: number): number;
  homeJoin(at: number, node: number): void;
  homeLeave(at: number, node: number): void;
  homeTake(
    at: number,
    node: number,
    message: number,
    page: number,
    txn: number,
    req: number,
    version: bigint,
    flags: number,
  ): number;
  homeStored(at: number, page: number): void;
  homeLoaded(at: number, page: number): void;
  homeFailed(at: number, page: number): void;
  homeResend(at: number, node: number, page: number): void;
  homeWaiting(at: number): number;
  homeCut(at: number, node: number, req: number): number;
  homeCutStep(at: number, window: number): number;
  homeCutWant(at: number, node: number, page: number, req: number): void;
  homeCopy(at: number, page: number): void;
  homeCutEnd(at: number): void;
  cutPhase(at: number): number;
  homeExpire(at: number, node: number, page: number, leaves: number): void;
  homeRecover(at: number): void;
  homeRestore(at: number, page: number, stored: bigint, granted: bigint, owner: number, lost: number): void;
  homeHave(at: number, node: number, page: number, version: bigint, flags: number): number;
  homeSettle(at: number, page: number): void;
  homeOpen(at: number): void;
  edgeTaken(state: number, step: number): number;
  stepFrom(state: number, step: number): number;
}

/** What a machine asks of its host; see DO_ in assembly/dsm/layout.ts. */
export interface Operation {
  kind: number;
  message: number;
  node: number;
  flags: number;
  page: number;
  txn: number;
  req: number;
  version: bigint;
  time: number;
}

const NONE: readonly Operation[] = [];

let compiled: WebAssembly.Module | undefined;

/** An instance of dsm.wasm; machines of one instance share its memory and nothing else. */
export class DsmCore {
  readonly exports: DsmExports;
  readonly #memory: WebAssembly.Memory;
  #view: DataView;
  readonly #operations: number;

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(packageFile('dist/dsm.wasm')));
    const { exports } = instantiateSync<DsmExports & { memory: WebAssembly.Memory } & Record<string, unknown>>(
      compiled,
      {},
    );
    this.exports = exports;
    this.#memory = exports.memory;
    this.#view = new DataView(exports.memory.buffer);
    this.#operations = exports.operationsAt();
  }

  /** @throws PagerError 'REGION' if WebAssembly memory cannot grow by so much */
  reserve(bytes: number): number {
    const at = this.exports.reserve(bytes) >>> 0;
    if (at === 0) {
      throw new PagerError('REGION', `there are no ${bytes} bytes for the state of a shared region`, {
        errno: 'ENOMEM',
      });
    }
    return at;
  }

  /** The memory as it is now: growing it replaces it. */
  view(): DataView {
    if (this.#view.buffer !== this.#memory.buffer) this.#view = new DataView(this.#memory.buffer);
    return this.#view;
  }

  /** The operations of the calls since the last time, in the order in which they must be done. */
  operations(): readonly Operation[] {
    const count = this.exports.takeOperations();
    // Most pages of a large region have none when it is frozen, and that is a race against the lease.
    if (count === 0) return NONE;
    const view = this.view();
    const operations: Operation[] = [];
    for (let at = this.#operations; at < this.#operations + count * DO_BYTES; at += DO_BYTES) {
      operations.push({
        kind: view.getUint8(at),
        message: view.getUint8(at + DO_MESSAGE_AT),
        node: view.getUint8(at + DO_NODE_AT),
        flags: view.getUint8(at + DO_FLAGS_AT),
        page: view.getUint32(at + DO_PAGE_AT, true),
        txn: view.getUint32(at + DO_TXN_AT, true),
        req: view.getUint32(at + DO_REQ_AT, true),
        version: view.getBigUint64(at + DO_VERSION_AT, true),
        time: view.getFloat64(at + DO_TIME_AT, true),
      });
    }
    return operations;
  }
}
