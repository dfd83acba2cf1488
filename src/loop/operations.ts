// Begins the core's operations and settles each one exactly once; queues those for which the core has no record free.
import {
  OPERATION_BYTES,
  OPERATION_DONE,
  OPERATION_FAILED_AT,
  OPERATION_LIMIT,
  OPERATION_RESULT_AT,
  OPERATION_RUNNING,
  OPERATIONS_AT,
} from '../../assembly/layout.js';
import type { LoopCore } from '../core/core.js';

export interface OperationRequest {
  kind: number;
  region: number;
  first: number;
  end: number;
  flags: number;
  /** The pages dropped, or the page that failed. */
  done(result: number): void;
  failed(page: number): void;
}

/** The core's operations, and those that wait for a free record. */
export class Operations {
  readonly #core: LoopCore;
  readonly #running = new Map<number, OperationRequest>();
  readonly #waiting: OperationRequest[] = [];
  /** Since the last `answer` began. */
  #begun = false;

  constructor(core: LoopCore) {
    this.#core = core;
  }

  begin(request: OperationRequest): void {
    this.#waiting.push(request);
    this.#fill();
  }

  /** Settles operations that have ended; true if that began others: another turn would advance them. */
  answer(): boolean {
    const { exports, u32 } = this.#core;
    this.#begun = false;
    for (const [operation, request] of this.#running) {
      const status = exports.operationStatus(operation);
      if (status === OPERATION_RUNNING) continue;
      const at = OPERATIONS_AT + operation * OPERATION_BYTES;
      const result = u32[(at + OPERATION_RESULT_AT) >> 2] ?? 0;
      const failed = u32[(at + OPERATION_FAILED_AT) >> 2] ?? 0;
      exports.endOperation(operation);
      this.#running.delete(operation);
      if (status === OPERATION_DONE) request.done(result);
      else request.failed(failed - 1);
    }
    this.#fill();
    return this.#begun;
  }

  /** Ends every operation of a region as failed. */
  abandon(region: number): void {
    const { exports } = this.#core;
    for (const [operation, request] of this.#running) {
      if (request.region !== region) continue;
      exports.endOperation(operation);
      this.#running.delete(operation);
      request.failed(-1);
    }
    for (let index = this.#waiting.length - 1; index >= 0; index--) {
      const request = this.#waiting[index];
      if (request?.region !== region) continue;
      this.#waiting.splice(index, 1);
      request.failed(-1);
    }
  }

  #fill(): void {
    const { exports } = this.#core;
    while (this.#waiting.length > 0) {
      const request = this.#waiting[0];
      if (request === undefined) break;
      const { kind, region, first, end, flags } = request;
      const operation = exports.beginOperation(kind, region, first, end, flags);
      if (operation === OPERATION_LIMIT) break;
      this.#waiting.shift();
      this.#running.set(operation, request);
      this.#begun = true;
    }
  }
}
