/** The Worker in which one touching thread of `experiment` runs: it blocks on faults so that the main thread need not. */
import { parentPort, workerData } from 'node:worker_threads';
import { Wire } from '../call/wire.js';
import { SLOT_WORDS } from './content.js';
import { Control, StopFlag } from './control.js';
import { Gate } from './gate.js';
import { Toucher } from './toucher.js';
import { type PhaseOrder, type PoolSide, SLICE, type ToucherData, type ToucherSide } from './toucher-messages.js';

const port = parentPort;
if (port === null) throw new Error('toucher-worker runs as a Worker only');

const { plan, region, control: controlBuffer, stop: stopBuffer, gate: gateBuffer } = workerData as ToucherData;
const control = new Control(controlBuffer);
const stop = new StopFlag(stopBuffer);
const gate = new Gate(gateBuffer);
const words = new Uint32Array(region);
const slotBits = Math.ceil(Math.log2(words.length / SLOT_WORDS));
const toucher = new Toucher(plan, { views: [words], slotBits }, { control, gate }, (text) =>
  wire.notify('mismatch', text),
);

function perform({ phase, budget }: PhaseOrder): boolean {
  const end = budget === undefined ? Number.POSITIVE_INFINITY : performance.now() + budget;
  control.done = 0;
  let complete = false;
  gate.enter();
  while (!complete && !stop.raised && performance.now() < end) complete = toucher.step(phase, SLICE);
  gate.leave();
  return complete;
}

const requests = { begin: () => toucher.threshold, perform };
const wire = new Wire<ToucherSide, PoolSide>(port, { requests, notices: {} });
