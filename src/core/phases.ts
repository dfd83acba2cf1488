// Phase stamps, as a core's memory has them (native/kernel/stamps.h): where the time of its pager's turns went.

import * as codes from '../../assembly/codes.js';
import * as layout from '../../assembly/layout.js';
import type { CoreReader } from './reader.js';

export interface Phase {
  name: string;
  /** Whether it is a part of turns; other phases are between turns. */
  inTurn: boolean;
  /** How often the phase was stamped; of a command, how many there were. */
  count: number;
  microseconds: number;
  /** The longest one, in microseconds. */
  longest: number;
}

export interface Phases {
  /** Faults that were read, or that threads served themselves. */
  faults: number;
  /** Whole turns. */
  turns: Omit<Phase, 'name' | 'inTurn'>;
  /** Those that have happened. */
  phases: Phase[];
}

const NAMES: ReadonlyArray<readonly [code: number, name: string]> = [
  [codes.STAMP_WAIT, 'wait for a fault'],
  [codes.STAMP_LOOP, 'event loop'],
  [codes.STAMP_RIDE, 'ride'],
  [codes.STAMP_ENTRY, 'signal to lock'],
  [codes.STAMP_LOCK, 'wait for the lock'],
  [codes.STAMP_READ, 'read messages'],
  [codes.STAMP_STEP, 'step'],
  [codes.STAMP_SCRIPT, 'turn in JavaScript'],
  [command(layout.OP_TAKE), 'take victims'],
  [command(layout.OP_DIGEST), 'digest'],
  [command(layout.OP_COMPRESS), 'compress'],
  [command(layout.OP_DECOMPRESS), 'decompress'],
  [command(layout.OP_COPY_BYTES), 'copy bytes'],
  [command(layout.OP_ZERO_BYTES), 'zero bytes'],
  [command(layout.OP_READ_FILE), 'read file'],
  [command(layout.OP_WRITE_FILE), 'write file'],
  [command(layout.OP_MATCH), 'compare with a file'],
  [command(layout.OP_COPY), 'install by copy'],
  [command(layout.OP_ZEROPAGE), 'install zeros'],
  [command(layout.OP_MOVE), 'install by move'],
  [command(layout.OP_CONTINUE), 'install from memfile'],
  [command(layout.OP_FEED), 'install from a file'],
  [command(layout.OP_WAKE), 'wake'],
  [codes.STAMP_WAKE, 'wake futexes'],
  [command(layout.OP_VACATE), 'return frames'],
  [command(layout.OP_RELEASE), 'return pool memory'],
  [command(layout.OP_PUNCH), 'punch memfile'],
  [command(layout.OP_PROTECT), 'protect'],
  [command(layout.OP_UNPROTECT), 'unprotect'],
  [command(layout.OP_SAVE), 'save for a pass'],
  [command(layout.OP_POISON), 'poison'],
  [command(layout.OP_SEAL), 'seal'],
  [codes.STAMP_SETTLE, 'settle'],
  [codes.STAMP_DISPATCH, 'dispatch'],
  [codes.STAMP_REST, 'end of the turn'],
  [codes.STAMP_UNLOCK, 'unlock'],
];
const BETWEEN_TURNS: readonly number[] = [
  codes.STAMP_WAIT,
  codes.STAMP_LOOP,
  codes.STAMP_RIDE,
  codes.STAMP_ENTRY,
  codes.STAMP_LOCK,
  codes.STAMP_UNLOCK,
];

function command(op: number): number {
  return codes.STAMP_COMMANDS + op;
}

/** Null if phases are not stamped, or no turn has ended yet. */
export function phasesOf({ long }: CoreReader): Phases | null {
  const ticks = Number(
    long(layout.STAMPS_AT + codes.STAMP_NOW_TICKS_AT) - long(layout.STAMPS_AT + codes.STAMP_BEGIN_TICKS_AT),
  );
  const nanoseconds = Number(
    long(layout.STAMPS_AT + codes.STAMP_NOW_TIME_AT) - long(layout.STAMPS_AT + codes.STAMP_BEGIN_TIME_AT),
  );
  if (ticks <= 0 || nanoseconds <= 0) return null;
  const perMicrosecond = (ticks * 1000) / nanoseconds;
  const figures = (code: number) => {
    const at = layout.STAMPS_AT + codes.STAMP_RECORDS_AT + code * codes.STAMP_BYTES;
    return {
      count: Number(long(at + codes.STAMP_COUNT_AT)),
      microseconds: Number(long(at + codes.STAMP_TICKS_AT)) / perMicrosecond,
      longest: Number(long(at + codes.STAMP_LONGEST_AT)) / perMicrosecond,
    };
  };
  const all = NAMES.map(([code, name]) => ({ name, inTurn: !BETWEEN_TURNS.includes(code), ...figures(code) }));
  return {
    faults: Number(long(layout.STAMPS_AT + codes.STAMP_FAULTS_AT)),
    turns: figures(codes.STAMP_TURN),
    phases: all.filter(({ count }) => count > 0),
  };
}

/** What happened since `before`; the longest times are those since the pager began. */
export function phasesSince(after: Phases, before: Phases | null): Phases {
  if (before === null) return after;
  const less = <T extends Omit<Phase, 'name' | 'inTurn'>>(
    phase: T,
    earlier: Omit<Phase, 'name' | 'inTurn'> | undefined,
  ): T => ({
    ...phase,
    count: phase.count - (earlier?.count ?? 0),
    microseconds: phase.microseconds - (earlier?.microseconds ?? 0),
  });
  return {
    faults: after.faults - before.faults,
    turns: less(after.turns, before.turns),
    phases: after.phases
      .map((phase) =>
        less(
          phase,
          before.phases.find(({ name }) => name === phase.name),
        ),
      )
      .filter(({ count }) => count > 0),
  };
}
