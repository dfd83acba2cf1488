// The messages on a wire. `id` is the caller's number of the call, in both directions.
import type { PagerErrorMessage } from '../errors.js';

export type Message =
  /** `canEnd`: a cancel may follow. */
  | { is: 'ask'; id: number; name: string; body: unknown; canEnd: boolean }
  | { is: 'cancel'; id: number }
  | { is: 'result'; id: number; body: unknown }
  | { is: 'error'; id: number; error: PagerErrorMessage }
  /** `number` 0: the event asks for no answer. */
  | { is: 'event'; id: number; number: number; name: string; body: unknown }
  | { is: 'answer'; id: number; number: number; body: unknown }
  | { is: 'refusal'; id: number; number: number; error: PagerErrorMessage }
  | { is: 'notice'; name: string; body: unknown };
