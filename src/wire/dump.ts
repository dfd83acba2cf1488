// Checks a dump that came through a control socket, field by field.
import type { CoreDump } from '../core/dump.js';
import { PagerError } from '../errors.js';

/** 'whole?' is null too; 'amount' need not be whole; an object has these fields; a list has elements of one shape. */
type Shape = 'amount' | 'whole' | 'whole?' | 'text' | 'flag' | { readonly [name: string]: Shape } | readonly [Shape];

const LONGEST_TEXT = 64;
const DUMP: Shape = {
  now: 'text',
  pageSize: 'whole',
  limitPages: 'whole?',
  residentPages: 'whole',
  residentPeak: 'whole',
  pinnedPages: 'whole',
  rings: { messages: 'whole', commands: 'whole', completions: 'whole', requests: 'whole' },
  queues: { main: 'whole', small: 'whole', staged: 'whole', starved: 'whole', parked: 'whole', refused: 'whole' },
  frames: { count: 'whole', vacant: 'whole', ready: 'whole', filling: 'whole', staged: 'whole', writing: 'whole' },
  inFlight: [{ frame: 'whole', state: 'text', region: 'whole', page: 'whole', generation: 'whole' }],
  operations: [{ kind: 'text', region: 'whole', issue: 'whole', cursor: 'whole', end: 'whole' }],
  leaves: { inCore: 'whole', inAnnex: 'whole' },
  pass: 'whole',
  passes: [{ region: 'whole', phase: 'text', pending: 'whole', taken: 'whole' }],
  regions: [
    {
      region: 'whole',
      address: 'text',
      pages: 'whole',
      isProcess: 'flag',
      resident: 'whole',
      dirty: 'whole',
      pinned: 'whole',
      faults: 'whole',
    },
  ],
  writeErrno: 'whole',
  refusedErrno: 'whole',
};

const TIMES = { count: 'whole', microseconds: 'amount', longest: 'amount' } as const;
const PHASES: Shape = { faults: 'whole', turns: TIMES, phases: [{ name: 'text', inTurn: 'flag', ...TIMES }] };

/** @throws PagerError 'PROTOCOL' */
export function checkDump(value: unknown): CoreDump {
  const dump = checked(value, DUMP, 'dump') as Omit<CoreDump, 'phases'>;
  const { phases } = value as CoreDump;
  return { ...dump, phases: phases === null ? null : (checked(phases, PHASES, 'phases') as CoreDump['phases']) };
}

function checked(value: unknown, shape: Shape, name: string): unknown {
  if (shape === 'whole?' && value === null) return null;
  if (shape === 'whole' || shape === 'whole?') {
    return ofType(Number.isSafeInteger(value) && Number(value) >= 0, value, name);
  }
  if (shape === 'amount') return ofType(Number.isFinite(value) && Number(value) >= 0, value, name);
  if (shape === 'text') return ofType(typeof value === 'string' && value.length <= LONGEST_TEXT, value, name);
  if (shape === 'flag') return ofType(typeof value === 'boolean', value, name);
  if (isList(shape)) {
    ofType(Array.isArray(value), value, name);
    return (value as unknown[]).map((each) => checked(each, shape[0], name));
  }
  ofType(typeof value === 'object' && value !== null && !Array.isArray(value), value, name);
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(Object.entries(shape).map(([field, of]) => [field, checked(fields[field], of, field)]));
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function ofType(holds: boolean, value: unknown, name: string): unknown {
  if (holds) return value;
  throw new PagerError(
    'PROTOCOL',
    `${name} ${JSON.stringify(value)?.slice(0, LONGEST_TEXT)} came through a control socket`,
    {
      hint: 'the command and the pager must be of one version of farpage',
    },
  );
}
