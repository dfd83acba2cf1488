// What goes over a connection to a page server of CRIU. It has no greeting and no version: both sides must know the protocol.
//
//   since CRIU 4.2   │ u32 command │ 4 bytes    │ u64 pages │ u64 address │ u64 id │
//   before           │ u32 command │ u32 pages  │ u64 address │ u64 id │
//
// The order of the bytes is the machine's: little-endian where farpage runs. A command is a number in the low 16 bits and flags above.
//
//   client: GET, pages from an address on of a task   server: ADD_F with PRESENT, at most so many pages, then their bytes
//   client: CLOSE                                     server: i32 status

export const PROTOCOLS = ['4.2', '4.1'] as const;
/** '4.1' is that of CRIU 4.1 and before. */
export type PageProtocol = (typeof PROTOCOLS)[number];

export const GET = 7;
/** A reply's command: "these pages, with their bytes". */
export const PAGES = 6 | (4 << 16);
export const CLOSE = 0x1023;
/** As CLOSE, of a client whose socket another process keeps open. */
export const FORCE_CLOSE = 0x1024;

export const WIRE_PAGE = 4096;
/** Bytes of the status that answers CLOSE. */
export const STATUS_BYTES = 4;

export interface PageMessage {
  /** With its flags. */
  command: number;
  pages: number;
  address: number;
  /** Of the task, as the images name it. */
  id: number;
}

export function messageBytes(protocol: PageProtocol): number {
  return protocol === '4.2' ? 32 : 24;
}

/** @param into at least `messageBytes` long */
export function writeMessage(protocol: PageProtocol, message: PageMessage, into: Buffer): void {
  const { command, pages, address, id } = message;
  into.writeUInt32LE(command, 0);
  const rest = protocol === '4.2' ? 16 : 8;
  if (protocol === '4.2') {
    into.writeUInt32LE(0, 4);
    into.writeBigUInt64LE(BigInt(pages), 8);
  } else into.writeUInt32LE(pages, 4);
  into.writeBigUInt64LE(BigInt(address), rest);
  into.writeBigUInt64LE(BigInt(id), rest + 8);
}

/** Numbers of more than 53 bits lose their low bits, and stay larger than all that are valid. */
export function readMessage(protocol: PageProtocol, from: Buffer): PageMessage {
  const wide = protocol === '4.2';
  const rest = wide ? 16 : 8;
  return {
    command: from.readUInt32LE(0),
    pages: wide ? Number(from.readBigUInt64LE(8)) : from.readUInt32LE(4),
    address: Number(from.readBigUInt64LE(rest)),
    id: Number(from.readBigUInt64LE(rest + 8)),
  };
}
