// The messages between a node and its home: one packet each (docs/protocol.md), a head and for some a page's bytes.
import { PagerError } from '../errors.js';

/** Of what nodes and home say to each other. */
export const DSM_VERSION = 3;
export const PAGE_BYTES = 4096;
/** A buffer over a region has at most 4 GiB. */
export const MAX_PAGES = 2 ** 20;
export const MIN_LEASE_MS = 100;
export const MAX_LEASE_MS = 600_000;
const HEAD_BYTES = 24;

/** Beside the MESSAGE_ numbers of assembly/dsm/layout.ts: not of a page, but of the node. The request of RENEW is how many lists of lost pages it has heard. */
export const MESSAGE_RENEW = 32;
export const MESSAGE_RENEWED = 33;
export const MESSAGE_LEAVE = 34;
export const MESSAGE_LEFT = 35;
/** To a new home: the node has named all pages of which it has bytes. */
export const MESSAGE_REPORTED = 36;

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

export function writeHead({ message, flags, page, txn, req, version }: Head): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(message, 0);
  head.writeUInt8(flags, 1);
  head.writeUInt32LE(page, 4);
  head.writeUInt32LE(txn, 8);
  head.writeUInt32LE(req, 12);
  head.writeBigUInt64LE(version, 16);
  return head;
}

export function writeNotice(message: number, version = 0n, req = 0): Buffer {
  return writeHead({ message, flags: 0, page: 0, txn: 0, req, version });
}

/** @throws PagerError 'PROTOCOL' */
export function readMessage(body: Buffer): Message {
  if (body.length !== HEAD_BYTES && body.length !== HEAD_BYTES + PAGE_BYTES) {
    throw new PagerError('PROTOCOL', `a message of ${body.length} bytes`);
  }
  return {
    message: body.readUInt8(0),
    flags: body.readUInt8(1),
    page: body.readUInt32LE(4),
    txn: body.readUInt32LE(8),
    req: body.readUInt32LE(12),
    version: body.readBigUInt64LE(16),
    bytes: body.length > HEAD_BYTES ? body.subarray(HEAD_BYTES) : null,
  };
}
