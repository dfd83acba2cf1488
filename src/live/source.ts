// What a live view shows: the cores of one command or pager.
import type { Meters } from '../core/meters.js';
import type { LiveShared } from './types.js';

/** One core: a pager has one, `serve` one for each guest. */
export interface LiveCore {
  name: string;
  buffer: ArrayBufferLike;
  meters: Meters;
  /** The name of one of its regions or processes; undefined: it has no other than its number. */
  nameOf?(region: number): string | undefined;
}

export interface LiveSource {
  title: string;
  /** Those that are open now. */
  cores(): readonly LiveCore[];
  /** Regions that it shares with other processes. */
  shared?(): readonly LiveShared[];
}
