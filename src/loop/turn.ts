// One turn of the loop: steps the core and runs its commands until there are none.
import { LOOKS_A_TURN, STEP_AGAIN, STEP_DONE, STEP_LOOK } from '../../assembly/codes.js';
import {
  COMMAND_DONE_AT,
  COMMAND_HEAD_AT,
  LIST_REFUSED_AT,
  LIST_STARVED_AT,
  MESSAGE_COUNT_AT,
  OPERATION_COUNT_AT,
  PASS_AT,
  QUEUE_COUNT_AT,
  RETRY_AT,
} from '../../assembly/layout.js';
import type { CoreExports } from '../core/core.js';
import { hasRequests } from '../core/requests.js';
import type { Words } from '../core/words.js';
import type { Engine } from '../native/native.js';

/** Steps in one turn before the event loop runs again: an operation over a wide range must not starve the stores. */
const STEPS_PER_TURN = 64;

/** The part of a core that a turn uses. */
export interface TurnCore {
  readonly u32: Words<number>;
  readonly exports: Pick<CoreExports, 'step' | 'settle'>;
}

/** What turns use of an engine. */
export type TurnEngine = Pick<Engine, 'drain' | 'execute' | 'look' | 'turn' | 'unfinished' | 'useCompiledCore'>;

export interface Turn {
  /** Runs commands until there are none. */
  drain(): void;
  /**
   * The hot path: handles the messages in the ring, all but what needs a store in the event loop, before it returns. True if
   * the loop's `dispatch` has work. Allocates nothing.
   */
  turn(): boolean;
  /** Whether the last turn ended with work left. */
  unfinished(): boolean;
}

/** The turn over the addon's compiled core (native/engine/turn.cc), which the engine also takes by itself. */
export function makeCompiledTurn(engine: TurnEngine): Turn {
  engine.useCompiledCore();
  return { drain: () => engine.drain(), turn: () => engine.turn(), unfinished: () => engine.unfinished() };
}

/**
 * The turn over V8's core and one engine, as closures over what it calls: a property of the core's exports costs a look-up
 * of tens of nanoseconds, in a fault of a few microseconds.
 */
export function makeTurn(core: TurnCore, engine: Pick<Engine, 'execute' | 'look'>): Turn {
  const { step, settle } = core.exports;
  const { execute } = engine;
  const { u32 } = core;
  let more: number = STEP_DONE;

  function drain(): void {
    while (u32[COMMAND_HEAD_AT >> 2] !== u32[COMMAND_DONE_AT >> 2]) {
      execute();
      settle();
    }
  }

  function turn(): boolean {
    let looks = 0;
    for (let steps = 0; steps < STEPS_PER_TURN; steps++) {
      more = step();
      drain();
      // Commands on big pages read messages while they wait for the address space to settle.
      if (u32[MESSAGE_COUNT_AT >> 2] !== 0 && more === STEP_DONE) more = STEP_AGAIN;
      if (more === STEP_DONE || (more === STEP_LOOK && ++looks === LOOKS_A_TURN)) break;
      if (more === STEP_LOOK) engine.look();
    }
    return (
      more !== STEP_DONE ||
      hasRequests(u32) ||
      u32[OPERATION_COUNT_AT >> 2] !== 0 ||
      u32[RETRY_AT >> 2] !== 0 ||
      u32[PASS_AT >> 2] !== 0 ||
      u32[(LIST_STARVED_AT + QUEUE_COUNT_AT) >> 2] !== 0 ||
      u32[(LIST_REFUSED_AT + QUEUE_COUNT_AT) >> 2] !== 0
    );
  }

  return { drain, turn, unfinished: () => more !== STEP_DONE };
}
