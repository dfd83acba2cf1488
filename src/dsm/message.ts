// The messages between a node and its home: one or more in a packet (docs/protocol.md): their heads, then the bytes of those that have a page's.
import { FLAG_BYTES, MESSAGE_GRANT, MESSAGE_LOST, MESSAGE_SHARE } from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';

/** Of what nodes and home say to each other. */
export const DSM_VERSION = 6;
export const PAGE_BYTES = 4096;
/** A buffer over a region has at most 4 GiB. */
export const MAX_PAGES = 2 ** 20;
export const MIN_LEASE_MS = 100;
export const MAX_LEASE_MS = 600_000;
const HEAD_BYTES = 24;
/** Of one packet. */
export const MAX_MESSAGES = 32;
export const MAX_BODY_BYTES = MAX_MESSAGES * (HEAD_BYTES + PAGE_BYTES);

/** Of one COPY. */
export const MAX_COPIES = 64;
/** Why a home ends a cut: the transaction of CUT_OVER. */
export const CUT_STALLED = 1;
export const CUT_NO_PAGES = 2;

/** Beside the MESSAGE_ numbers of assembly/dsm/layout.ts: not of a page, but of the node. The request of RENEW is how many lists of lost pages it has heard. */
export const MESSAGE_RENEW = 32;
export const MESSAGE_RENEWED = 33;
export const MESSAGE_LEAVE = 34;
export const MESSAGE_LEFT = 35;
/** To a new home: the node has named all pages of which it has bytes. */
export const MESSAGE_REPORTED = 36;

/** After these a call may have the page that it waits for. */
export const ARRIVES: ReadonlySet<number> = new Set([MESSAGE_SHARE, MESSAGE_GRANT, MESSAGE_LOST]);

export interface Head {
  message: number;
  flags: number;
  page: number;
  txn: number;
  req: number;
  version: bigint;
}

export interface Message extends Head {
  /** The page's bytes, in the receive buffer: they are good until the next packet. */
  bytes: Buffer | null;
}

/** A message that is not about a page. */
export function notice(message: number, version = 0n, req = 0): Head {
  return { message, flags: 0, page: 0, txn: 0, req, version };
}

/**
 * The body of a packet.
 * @param bytes of the pages whose heads say that they follow, in their order
 * @param into of at least MAX_BODY_BYTES; default: a new buffer
 */
export function writeMessages(heads: readonly Head[], bytes: readonly Uint8Array[], into?: Buffer): Buffer {
  const length = heads.length * HEAD_BYTES + bytes.length * PAGE_BYTES;
  const body = into?.subarray(0, length) ?? Buffer.allocUnsafe(length);
  let at = 0;
  for (const { message, flags, page, txn, req, version } of heads) {
    body.writeUInt8(message, at);
    body.writeUInt8(flags, at + 1);
    body.writeUInt16LE(at === 0 ? heads.length - 1 : 0, at + 2);
    body.writeUInt32LE(page, at + 4);
    body.writeUInt32LE(txn, at + 8);
    body.writeUInt32LE(req, at + 12);
    body.writeBigUInt64LE(version, at + 16);
    at += HEAD_BYTES;
  }
  for (const page of bytes) {
    body.set(page, at);
    at += PAGE_BYTES;
  }
  return body;
}

/** @throws PagerError 'PROTOCOL' */
export function readMessages(body: Buffer): Message[] {
  const count = body.length < HEAD_BYTES ? 0 : body.readUInt16LE(2) + 1;
  if (count === 0 || count > MAX_MESSAGES || body.length < count * HEAD_BYTES) {
    throw new PagerError('PROTOCOL', `a packet of ${body.length} bytes with ${count} messages`);
  }
  let bytesAt = count * HEAD_BYTES;
  const messages: Message[] = [];
  for (let at = 0; at < count * HEAD_BYTES; at += HEAD_BYTES) {
    const flags = body.readUInt8(at + 1);
    const hasBytes = (flags & FLAG_BYTES) !== 0;
    const end = hasBytes ? bytesAt + PAGE_BYTES : bytesAt;
    if (end > body.length) throw new PagerError('PROTOCOL', 'a message without its bytes');
    messages.push({
      message: body.readUInt8(at),
      flags,
      page: body.readUInt32LE(at + 4),
      txn: body.readUInt32LE(at + 8),
      req: body.readUInt32LE(at + 12),
      version: body.readBigUInt64LE(at + 16),
      bytes: hasBytes ? body.subarray(bytesAt, end) : null,
    });
    bytesAt = end;
  }
  if (bytesAt !== body.length) throw new PagerError('PROTOCOL', 'bytes of a packet that no message has');
  return messages;
}

export function unexpected({ message, page }: Message): PagerError {
  return new PagerError('PROTOCOL', `message ${message} about page ${page} was not expected`);
}
