// The receivers of migrations in this thread, by number.
import type { Receiver } from '../../migrate/receiver.js';

/** Receivers of this thread, by number: a region may have one as its source. */
export const receivers = new Map<number, Receiver>();
