/** The Worker in which one touching thread of `experiment` runs: it blocks on faults so that the main thread need not. */
import { parentPort, workerData } from 'node:worker_threads';
import { SLOT_WORDS } from './content.js';
import { Control, StopFlag } from './control.js';
import { Gate } from './gate.js';
import { Toucher } from './toucher.js';
import { type PhaseOrder, SLICE, type ToucherData, type ToucherMessage } from './toucher-messages.js';

const port = parentPort;
if (port === null) throw new Error('toucher-worker runs as a Worker only');

const { plan, region, control: controlBuffer, stop: stopBuffer, gate: gateBuffer } = workerData as ToucherData;
const control = new Control(controlBuffer);
const stop = new StopFlag(stopBuffer);
const gate = new Gate(gateBuffer);
const post = (message: ToucherMessage): void => port.postMessage(message);

const words = new Uint32Array(region);
const slotBits = Math.ceil(Math.log2(words.length / SLOT_WORDS));
const toucher = new Toucher(plan, { views: [words], slotBits }, { control, gate }, (text) =>
  post({ kind: 'mismatch', text }),
);

port.on('message', ({ phase, budget }: PhaseOrder) => {
  const end = budget === undefined ? Number.POSITIVE_INFINITY : performance.now() + budget;
  control.done = 0;
  let complete = false;
  gate.enter();
  while (!complete && !stop.raised && performance.now() < end) complete = toucher.step(phase, SLICE);
  gate.leave();
  post({ kind: 'done', complete });
});
post({ kind: 'ready', threshold: toucher.threshold });
