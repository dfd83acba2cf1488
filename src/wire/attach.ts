// The messages between a pager and a process that attaches to its region. Each is JSON in one packet:
//
//   pager    {version: 1, byteLength, pageSize, huge}  + the memfile
//   other    {version, base}                           + its userfaultfd, which has the range registered
//   pager    {attached: true}, or {error} in place of any of its messages
//
// After that only the pager's shim sends one byte, when the region is closed in good order.
//
// A node of a shared region offers version 2, with a second memfile (src/dsm/times.ts) and `clock`, its time namespace. The range is
// registered for minor faults too. Nothing is sent after that: the end of the connection is the end of the node, or of the other process.
import { readlinkSync } from 'node:fs';
import { PagerError, type PagerErrorMessage, packError, unpackError } from '../errors.js';
import { native } from '../native/native.js';
import type { DescriptorSocket, Received } from '../userfaultfd/index.js';

export const VERSION = 1;
/** Of the offer of a node of a shared region. */
export const NODE_VERSION = 2;
/** Milliseconds that the other side has for each message. */
const PATIENCE = 10_000;
const MIN_PAGE_BYTES = 4096;
export const HUGE_PAGE = 2 * 2 ** 20;
const MAX_PAGES = 2 ** 31;
/** Of the words of src/dsm/times.ts. */
const TIMES_BYTES = 16;
/** End of what a process can map on x86-64: TASK_SIZE with four levels of page tables. */
const ADDRESS_END = 2n ** 47n;

export interface Offer {
  version: number;
  byteLength: number;
  pageSize: number;
  /** Pages of hugetlbfs. */
  huge: boolean;
  /** Of a node: the time namespace in which its lease is counted. */
  clock?: string;
}

/** The descriptors that come with it. */
function filesOf({ version }: Offer): number {
  return version === NODE_VERSION ? 2 : 1;
}

/** This process's time namespace; '' where the kernel has none, or does not show it. */
export function ownClock(): string {
  try {
    return readlinkSync('/proc/self/ns/time');
  } catch {
    return '';
  }
}

export function encode(message: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(message));
}

export function encodeError(error: unknown): Uint8Array {
  return encode({ error: packError(error) });
}

/**
 * The next message, and the descriptors that must come with it, `wanted` to `most` of them: any others are closed.
 * @throws PagerError 'PROTOCOL', 'CLOSED', or the other side's error
 */
export async function next(
  socket: DescriptorSocket,
  wanted: number,
  most = wanted,
): Promise<{ message: Readonly<Record<string, unknown>>; descriptors: number[] }> {
  const { data, descriptors } = await receiveInTime(socket);
  try {
    const message = decode(data);
    if (message['error'] !== undefined) throw unpackError(message['error'] as PagerErrorMessage);
    if (descriptors.length < wanted || descriptors.length > most)
      throw refusal(`${descriptors.length} descriptors, not ${wanted}`);
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

/**
 * @param fileBytes how long the files are that came with it
 * @throws PagerError 'PROTOCOL'
 */
export function checkOffer(message: Readonly<Record<string, unknown>>, fileBytes: readonly number[]): Offer {
  const { version, byteLength, pageSize, huge, clock } = message;
  if (version !== VERSION && version !== NODE_VERSION) {
    throw refusal(`version ${String(version)}, not ${VERSION} or ${NODE_VERSION}`);
  }
  if (typeof byteLength !== 'number' || typeof pageSize !== 'number' || typeof huge !== 'boolean') {
    throw refusal('an offer without its numbers');
  }
  const power = Number.isInteger(pageSize) && pageSize >= MIN_PAGE_BYTES && pageSize <= HUGE_PAGE;
  if (!power || (pageSize & (pageSize - 1)) !== 0 || (huge && pageSize !== HUGE_PAGE)) {
    throw refusal(`pages of ${pageSize} bytes`);
  }
  const pages = byteLength / pageSize;
  if (!Number.isInteger(pages) || pages < 1 || pages >= MAX_PAGES) throw refusal(`a region of ${byteLength} bytes`);
  const offer = { version, byteLength, pageSize, huge };
  const [memory = 0, times = 0] = fileBytes;
  if (fileBytes.length !== filesOf(offer)) throw refusal(`${fileBytes.length} files for version ${version}`);
  if (memory < byteLength) throw refusal(`a file of ${memory} bytes for a region of ${byteLength}`);
  if (version === VERSION) return offer;
  if (huge || pageSize !== MIN_PAGE_BYTES || typeof clock !== 'string' || times < TIMES_BYTES) {
    throw refusal('an offer that is not a node’s');
  }
  return { ...offer, clock };
}

/**
 * Reads the region's address in the other process.
 * @throws PagerError 'PROTOCOL'
 */
export function checkBase(
  message: Readonly<Record<string, unknown>>,
  { version, byteLength, pageSize }: Offer,
): bigint {
  if (message['version'] !== version) throw refusal(`version ${String(message['version'])}, not ${version}`);
  const text = message['base'];
  if (typeof text !== 'string' || !/^0x[0-9a-f]{1,16}$/.test(text)) throw refusal('an answer without an address');
  const base = BigInt(text);
  if (base === 0n || base % BigInt(pageSize) !== 0n || base + BigInt(byteLength) > ADDRESS_END) {
    throw refusal(`a region at ${text}`);
  }
  return base;
}
