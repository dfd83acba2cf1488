// Buffers over this process's memory by address, one per range in each thread.
import * as threads from 'node:worker_threads';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { attempt } from './failure.js';
import { door } from './native.js';

/** The longest buffer that Node.js 20 creates over foreign memory. */
const MAX_BUFFER_BYTES = 4 * 2 ** 30;

/** Node.js 20 lets buffers over foreign memory be transferred; newer ones do not, and abort at exit if they are marked again. */
const MUST_MARK = !('isMarkedAsUntransferable' in threads);

interface View {
  start: bigint;
  end: bigint;
  buffer: WeakRef<ArrayBuffer>;
}

/** This thread's buffers, by address and length. */
const views = new Map<string, View>();
const gone = new FinalizationRegistry<string>((name) => {
  if (views.get(name)?.buffer.deref() === undefined) views.delete(name);
});

/**
 * A range of this process's addresses as a buffer; a thread gets the same buffer for the same range. It does not own the
 * memory: do not touch a range that another thread has unmapped. It cannot be transferred; a Worker creates its own by
 * address and length.
 * @param byteLength 1 byte to 4 GiB
 * @throws PagerError 'OPTION'
 */
export function viewOf(address: bigint, byteLength: number): ArrayBuffer {
  if (!Number.isSafeInteger(byteLength) || byteLength < 1 || byteLength > MAX_BUFFER_BYTES || address <= 0n) {
    throw new PagerError('OPTION', `no buffer of ${byteLength} bytes at 0x${address.toString(16)}`, {
      hint: 'a buffer has 1 byte to 4 GiB: take several for more',
    });
  }
  const name = `${address}+${byteLength}`;
  const known = views.get(name)?.buffer.deref();
  if (known !== undefined) return known;
  const buffer = attempt('the buffer cannot be made', 'INTERNAL', () => door.view(address, byteLength));
  if (MUST_MARK) threads.markAsUntransferable(buffer);
  views.set(name, { start: address, end: address + BigInt(byteLength), buffer: new WeakRef(buffer) });
  gone.register(buffer, name);
  return buffer;
}

/** The address of a buffer or view. */
export function addressOf(view: ArrayBufferView | ArrayBufferLike): bigint {
  const bytes = ArrayBuffer.isView(view)
    ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    : new Uint8Array(view);
  return native().addressOf(bytes);
}

/** Detaches this thread's buffers over any part of the range: they have length 0, so a touch cannot crash. */
export function detachViews(start: bigint, byteLength: number): void {
  const end = start + BigInt(byteLength);
  for (const [name, view] of views) {
    if (view.end <= start || view.start >= end) continue;
    const buffer = view.buffer.deref();
    if (buffer !== undefined) door.detach(buffer);
    views.delete(name);
  }
}
