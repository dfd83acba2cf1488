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

/** To the Worker: do a phase, within `budget` milliseconds where it is given. */
export interface PhaseOrder {
  phase: Phase;
  budget: number | undefined;
}

/** From the Worker. */
export type ToucherMessage =
  | { kind: 'ready'; threshold: number }
  | { kind: 'mismatch'; text: string }
  | { kind: 'done'; complete: boolean };
