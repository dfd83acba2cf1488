// What a world consists of: messages in flight, how a page may be mapped, their names, and its cells.
import * as dsm from '../../../assembly/dsm/layout.js';

export interface Flight {
  /** null: the home. */
  from: number | null;
  to: number | null;
  message: number;
  page: number;
  txn: number;
  req: number;
  version: bigint;
  flags: number;
  /** What the page's bytes are, as a number; -1 without bytes. */
  content: number;
  key: string;
}

/** Not messages: the store has answered the home. */
export const STORED = 100;
export const LOADED = 101;
/** Nor this: the node of the cut has room for a page. */
export const ROOM = 102;

export const NOTHING = -1;
/** The zeros of discards are this and less, by their version: those of two discards differ. */
export const DISCARDED = -10;
export const ABSENT = 0;
export const PROTECTED = 1;
export const WRITABLE = 2;
export const POISONED = 3;

/** How a page is mapped, by its state at the node. */
export const MAPPED: Readonly<Record<number, number>> = {
  [dsm.NODE_I]: ABSENT,
  [dsm.NODE_S]: PROTECTED,
  [dsm.NODE_M]: WRITABLE,
  [dsm.NODE_IS]: ABSENT,
  [dsm.NODE_IM]: ABSENT,
  [dsm.NODE_SM]: PROTECTED,
  [dsm.NODE_SI]: PROTECTED,
  [dsm.NODE_MS]: PROTECTED,
  [dsm.NODE_MI]: ABSENT,
  [dsm.NODE_F]: ABSENT,
  [dsm.NODE_L]: POISONED,
};

const MESSAGE_NAMES = Object.fromEntries(
  Object.entries(dsm)
    .filter(([name]) => name.startsWith('MESSAGE_'))
    .map(([name, number]) => [number, name.slice('MESSAGE_'.length)]),
) as Readonly<Record<number, string>>;

const WORK_NAMES: Readonly<Record<number, string>> = { [STORED]: 'stored', [LOADED]: 'loaded', [ROOM]: 'room' };

export function nameOf(flight: Flight): string {
  const { from, to, message, page, txn, req, version } = flight;
  const what = MESSAGE_NAMES[message] ?? WORK_NAMES[message];
  return `${from ?? 'home'}→${to ?? 'home'} ${what}(p${page} t${txn} r${req} v${version})`;
}

export function stateName(state: number): string {
  const states = Object.entries(dsm).filter(([name]) => /^NODE_(I|S|M|IS|IM|SM|SI|MS|MI|F|L)$/.test(name));
  return states.find(([, number]) => number === state)?.[0].slice('NODE_'.length) ?? '?';
}

/** Of a page at a node; `asked`: a discard that has not been done. */
export const CELLS = { mapped: 0, content: 1, saved: 2, asked: 3 };
export const CELL_COUNT = 4;
/** Of a page: the bytes in the home's hand, in its store, and of the last write; what the home has recorded; at the instant of the cut, and in its image. */
export const PAGE_CELLS = {
  hand: 0,
  store: 1,
  latest: 2,
  stored: 3,
  granted: 4,
  owner: 5,
  lost: 6,
  instant: 7,
  image: 8,
};
export const PAGE_CELL_COUNT = 9;
/** Of a node; `back`: the new home knows it. */
export const NODE_CELLS = { gone: 0, expired: 1, frozen: 2, back: 3 };
export const NODE_CELL_COUNT = 4;
