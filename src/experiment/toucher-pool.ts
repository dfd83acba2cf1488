// Starts the touching threads of an experiment, gives them their phases, and finds those that are stuck.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Wire } from '../call/wire.js';
import { PagerError } from '../errors.js';
import type { Region } from '../index.js';
import { threadOptions } from '../pager/thread-options.js';
import { packageFile } from '../place.js';
import { SLOT_BYTES } from './content.js';
import { Control, type StopFlag } from './control.js';
import type { Gate } from './gate.js';
import { loadsOf } from './loads.js';
import { type Loads, type Phase, Toucher, type TouchPlan, type Windows } from './toucher.js';
import { type PhaseOrder, type PoolSide, SLICE, type ToucherData, type ToucherSide } from './toucher-messages.js';

/** The most that one SharedArrayBuffer of a region holds; see `Region.buffer`. */
export const BUFFER_LIMIT = 2 ** 32;
const WINDOW_BYTES = 2 ** 30;

/** What touching threads look at between operations. */
export interface Signs {
  stop: StopFlag;
  gate: Gate;
}

/** One touching thread as the main thread sees it. */
interface Member {
  readonly control: Control;
  /** Nanoseconds above which an access counts as a fault. */
  readonly threshold: number;
  /** Resolves to whether the phase was completed, rather than stopped. */
  perform(order: PhaseOrder): Promise<boolean>;
  /** Resolves when the thread has ended, which it cannot while it waits for a page. */
  end(): Promise<void>;
}

/** All touching threads of an experiment. */
export class ToucherPool {
  readonly #members: ReadonlyArray<Member>;

  private constructor(members: ReadonlyArray<Member>) {
    this.#members = members;
  }

  /**
   * Starts one Worker a plan, or, past BUFFER_LIMIT, touches from the calling thread in slices.
   * @param loading the first plan's workload runs in the calling thread, and loads before each access
   */
  static async start(
    region: Region,
    plans: ReadonlyArray<TouchPlan>,
    signs: Signs,
    tell: (mismatch: string) => void,
    loading: boolean,
  ): Promise<ToucherPool> {
    const start = region.byteLength > BUFFER_LIMIT ? startHere : startWorker;
    const members = plans.map((plan) =>
      loading && plan.index === 0
        ? startHere(region, plan, signs, tell, loadsOf(region))
        : start(region, plan, signs, tell),
    );
    return new ToucherPool(await Promise.all(members));
  }

  get controls(): Control[] {
    return this.#members.map((member) => member.control);
  }

  get threshold(): number {
    return Math.max(...this.#members.map((member) => member.threshold));
  }

  async perform(phase: Phase, budget?: number): Promise<boolean> {
    const complete = await Promise.all(this.#members.map((member) => member.perform({ phase, budget })));
    return complete.every(Boolean);
  }

  async end(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.end()));
  }
}

async function startWorker(
  region: Region,
  plan: TouchPlan,
  signs: Signs,
  tell: (mismatch: string) => void,
): Promise<Member> {
  const control = Control.create();
  const data: ToucherData = {
    plan,
    region: region.buffer,
    control: control.buffer,
    stop: signs.stop.buffer,
    gate: signs.gate.buffer,
  };
  const options = threadOptions(process.execArgv, process.env);
  const worker = new Worker(packageFile('dist/src/bundle/experiment/toucher-worker.js'), {
    ...options,
    workerData: data,
  });
  const notices = { mismatch: tell };
  const wire = new Wire<PoolSide, ToucherSide>(worker, { requests: {}, notices });
  const failed = (message: string, cause?: unknown) => wire.fail(new PagerError('INTERNAL', message, { cause }));
  worker.on('error', (error) => failed(`touching thread ${plan.index} failed: ${error.message}`, error));
  worker.on('exit', (code) => failed(`touching thread ${plan.index} ended early, with exit code ${code}`));
  return {
    control,
    threshold: await wire.call('begin', null),
    perform: (order) => wire.call('perform', order),
    async end() {
      await worker.terminate();
    },
  };
}

async function startHere(
  region: Region,
  plan: TouchPlan,
  signs: Signs,
  tell: (mismatch: string) => void,
  loads?: Loads,
): Promise<Member> {
  const control = Control.create();
  const toucher = new Toucher(plan, windowsOf(region), { control, gate: signs.gate }, tell);
  return {
    control,
    threshold: toucher.threshold,
    async perform({ phase, budget }) {
      const end = budget === undefined ? Number.POSITIVE_INFINITY : performance.now() + budget;
      control.done = 0;
      let complete = false;
      while (!complete && !signs.stop.raised && performance.now() < end) {
        if (loads !== undefined && phase === 'run') complete = await toucher.stepLoading(SLICE, loads);
        else complete = toucher.step(phase, SLICE);
        await nextTurn();
      }
      return complete;
    },
    async end() {
      toucher.close();
    },
  };
}

function windowsOf(region: Region): Windows {
  const views: Uint32Array[] = [];
  for (let at = 0; at < region.byteLength; at += WINDOW_BYTES) {
    const bytes = Math.min(WINDOW_BYTES, region.byteLength - at);
    views.push(region.view(Uint32Array, at, bytes / 4));
  }
  return { views, slotBits: Math.log2(WINDOW_BYTES / SLOT_BYTES) };
}
