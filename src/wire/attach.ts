// The messages between a pager and a process that attaches to its region. Each is JSON in one packet:
//
//   pager    {version, byteLength, pageSize, huge}  + the memfile
//   other    {version, base}                        + its userfaultfd, which has the range registered
//   pager    {attached: true}, or {error} in place of any of its messages
//
// After that only the pager's shim sends one byte, when the region is closed in good order.
import { PagerError, type PagerErrorMessage, packError, unpackError } from '../errors.js';
import { native } from '../native/native.js';
import type { DescriptorSocket, Received } from '../userfaultfd/index.js';

export const VERSION = 1;
/** Milliseconds that the other side has for each message. */
const PATIENCE = 10_000;
const MIN_PAGE_BYTES = 4096;
export const HUGE_PAGE = 2 * 2 ** 20;
const MAX_PAGES = 2 ** 31;
/** End of what a process can map on x86-64: TASK_SIZE with four levels of page tables. */
const ADDRESS_END = 2n ** 47n;

export interface Offer {
  version: number;
  byteLength: number;
  pageSize: number;
  /** Pages of hugetlbfs. */
  huge: boolean;
}

export function encode(message: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(message));
}

export function encodeError(error: unknown): Uint8Array {
  return encode({ error: packError(error) });
}

/**
 * The next message, and the descriptors that must come with it: any others are closed.
 * @throws PagerError 'PROTOCOL', 'CLOSED', or the other side's error
 */
export async function next(
  socket: DescriptorSocket,
  wanted: number,
): Promise<{ message: Readonly<Record<string, unknown>>; descriptors: number[] }> {
  const { data, descriptors } = await receiveInTime(socket);
  try {
    const message = decode(data);
    if (message['error'] !== undefined) throw unpackError(message['error'] as PagerErrorMessage);
    if (descriptors.length !== wanted) throw refusal(`${descriptors.length} descriptors, not ${wanted}`);
    return { message, descriptors };
  } catch (error) {
    for (const descriptor of descriptors) native().closeFile(descriptor);
    throw error;
  }
}

async function receiveInTime(socket: DescriptorSocket): Promise<Received> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    socket.close();
  }, PATIENCE);
  try {
    const received = await socket.receive();
    if (received !== null) return received;
  } catch (error) {
    if (!late) throw error;
    throw new PagerError('PROTOCOL', `the other side has sent nothing for ${PATIENCE / 1000} s`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  throw new PagerError('CLOSED', 'the other side has closed', { hint: 'its region is closed, or it has ended' });
}

function decode(data: Uint8Array): Readonly<Record<string, unknown>> {
  let message: unknown;
  try {
    message = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch (cause) {
    throw new PagerError('PROTOCOL', "a message that is not farpage's", { hint: VERSION_HINT, cause });
  }
  if (typeof message !== 'object' || message === null) throw refusal('a message that is not an object');
  return message as Record<string, unknown>;
}

const VERSION_HINT = 'both processes need the same version of farpage';

function refusal(what: string): PagerError {
  return new PagerError('PROTOCOL', `refused: ${what}`, { hint: VERSION_HINT });
}

function checkVersion(version: unknown): void {
  if (version !== VERSION) throw refusal(`version ${String(version)}, not ${VERSION}`);
}

/**
 * @param fileBytes how long the file is that came with it
 * @throws PagerError 'PROTOCOL'
 */
export function checkOffer(message: Readonly<Record<string, unknown>>, fileBytes: number): Offer {
  const { version, byteLength, pageSize, huge } = message;
  checkVersion(version);
  if (typeof byteLength !== 'number' || typeof pageSize !== 'number' || typeof huge !== 'boolean') {
    throw refusal('an offer without its numbers');
  }
  const power = Number.isInteger(pageSize) && pageSize >= MIN_PAGE_BYTES && pageSize <= HUGE_PAGE;
  if (!power || (pageSize & (pageSize - 1)) !== 0 || (huge && pageSize !== HUGE_PAGE)) {
    throw refusal(`pages of ${pageSize} bytes`);
  }
  const pages = byteLength / pageSize;
  if (!Number.isInteger(pages) || pages < 1 || pages >= MAX_PAGES) throw refusal(`a region of ${byteLength} bytes`);
  if (fileBytes < byteLength) throw refusal(`a file of ${fileBytes} bytes for a region of ${byteLength}`);
  return { version: VERSION, byteLength, pageSize, huge };
}

/**
 * Reads the region's address in the other process.
 * @throws PagerError 'PROTOCOL'
 */
export function checkBase(message: Readonly<Record<string, unknown>>, { byteLength, pageSize }: Offer): bigint {
  checkVersion(message['version']);
  const text = message['base'];
  if (typeof text !== 'string' || !/^0x[0-9a-f]{1,16}$/.test(text)) throw refusal('an answer without an address');
  const base = BigInt(text);
  if (base === 0n || base % BigInt(pageSize) !== 0n || base + BigInt(byteLength) > ADDRESS_END) {
    throw refusal(`a region at ${text}`);
  }
  return base;
}
