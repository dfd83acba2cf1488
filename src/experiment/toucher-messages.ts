// The messages between an experiment and its touching Workers.
import type { Phase, TouchPlan } from './toucher.js';

/** How many units a thread does between two looks at the stop flag and the clock. */
export const SLICE = 128;

/** What a touching Worker is started with. */
export interface ToucherData {
  plan: TouchPlan;
  region: SharedArrayBuffer;
  control: SharedArrayBuffer;
  stop: SharedArrayBuffer;
  gate: SharedArrayBuffer;
}

/** A phase to do, within `budget` milliseconds where it is given. */
export interface PhaseOrder {
  phase: Phase;
  budget: number | undefined;
}

/** What a touching Worker answers. */
export interface ToucherSide {
  requests: {
    /** Resolves to the nanoseconds above which an access counts as a fault. */
    begin: { ask: null; result: number };
    /** Resolves to whether the phase was completed, rather than stopped. */
    perform: { ask: PhaseOrder; result: boolean };
  };
  notices: Record<never, never>;
}

/** What it says unasked. */
export interface PoolSide {
  requests: Record<never, never>;
  notices: { mismatch: string };
}
