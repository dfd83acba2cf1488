// Decodes the kernel's messages.
import {
  EVENT_FORK,
  EVENT_PAGEFAULT,
  EVENT_REMAP,
  EVENT_REMOVE,
  EVENT_UNMAP,
  FAULT_MINOR,
  FAULT_WP,
  FAULT_WRITE,
  MESSAGE_ADDRESS_AT,
  MESSAGE_BYTES,
  MESSAGE_END_AT,
  MESSAGE_EVENT_AT,
  MESSAGE_FLAGS_AT,
  MESSAGE_FROM_AT,
  MESSAGE_LENGTH_AT,
  MESSAGE_START_AT,
  MESSAGE_TO_AT,
} from '../../assembly/layout.js';
import { door } from './native.js';

const THREAD_AT = 24;
const CHILD_AT = 8;

const bytes = new Uint8Array(door.messages);
const view = new DataView(door.messages);

/** Most messages that one read returns. */
export const MAX_MESSAGES = door.messages.byteLength / MESSAGE_BYTES;

/** A message; `Child` is the type of a fork event's new descriptor. */
export type MessageOf<Child> =
  | {
      event: 'pagefault';
      /** The page's first byte; under EXACT_ADDRESS the byte that was touched. */
      address: bigint;
      /** It was a write. */
      write: boolean;
      /** A write-protect fault. */
      wp: boolean;
      /** A minor fault. */
      minor: boolean;
      /** The id of the blocked thread, under THREAD_ID; else 0. */
      threadId: number;
    }
  | { event: 'fork'; child: Child }
  | { event: 'remap'; from: bigint; to: bigint; byteLength: number }
  | { event: 'remove'; start: bigint; end: bigint }
  | { event: 'unmap'; start: bigint; end: bigint }
  | { event: 'unknown'; code: number; bytes: Uint8Array };

const u64 = (at: number): bigint => view.getBigUint64(at, true);

/** Message `index` of those that the last read left in the shared buffer; `adopt` takes ownership of a fork's descriptor. */
export function decode<Child>(index: number, adopt: (fd: number) => Child): MessageOf<Child> {
  const at = index * MESSAGE_BYTES;
  const code = bytes[at + MESSAGE_EVENT_AT] as number;
  switch (code) {
    case EVENT_PAGEFAULT: {
      const flags = view.getUint32(at + MESSAGE_FLAGS_AT, true);
      return {
        event: 'pagefault',
        address: u64(at + MESSAGE_ADDRESS_AT),
        write: (flags & FAULT_WRITE) !== 0,
        wp: (flags & FAULT_WP) !== 0,
        minor: (flags & FAULT_MINOR) !== 0,
        threadId: view.getUint32(at + THREAD_AT, true),
      };
    }
    case EVENT_FORK:
      return { event: 'fork', child: adopt(view.getUint32(at + CHILD_AT, true)) };
    case EVENT_REMAP:
      return {
        event: 'remap',
        from: u64(at + MESSAGE_FROM_AT),
        to: u64(at + MESSAGE_TO_AT),
        byteLength: Number(u64(at + MESSAGE_LENGTH_AT)),
      };
    case EVENT_REMOVE:
      return { event: 'remove', start: u64(at + MESSAGE_START_AT), end: u64(at + MESSAGE_END_AT) };
    case EVENT_UNMAP:
      return { event: 'unmap', start: u64(at + MESSAGE_START_AT), end: u64(at + MESSAGE_END_AT) };
    default:
      return { event: 'unknown', code, bytes: bytes.slice(at, at + MESSAGE_BYTES) };
  }
}
