// What one sender moves: where each of its pages is.
import type { Greeting } from './greeting.js';
import { createSpoolFile, Spool } from './spool.js';
import type { Offer } from './types.js';

export const LACKING = 0;
export const ZERO = 1;
export const SPOOLED = 2;
/** The region has it, and never reads it from here. */
export const GIVEN = 3;

/** What one sender moves. */
export interface Transfer extends Offer {
  id: string;
  states: Uint8Array;
  /** Pages that are missing after the switch. */
  pending: Uint8Array;
  spool: Spool;
  switched: number | null;
  /** The sender has sent all pages; urgent ones may still be under way. */
  ended: boolean;
  complete: boolean;
}

/** @throws PagerError 'STORE_WRITE' if there is no room for it */
export async function beginTransfer(
  { id, pages, pageSize, content }: Greeting,
  folder: string | undefined,
): Promise<Transfer> {
  // First: there may be no memory for so many pages, and then no file stays open.
  const [states, pending] = [new Uint8Array(pages), new Uint8Array(pages)];
  const spool = new Spool(await createSpoolFile(pages * pageSize, content, folder));
  return { id, pages, pageSize, states, pending, spool, switched: null, ended: false, complete: false };
}
