// The messages of native/programs/preload/agent.h in bytes. test/unit/wire/agent.test.ts compares the two.
import { PagerError } from '../errors.js';

const MAGIC = 0x67617066;
const VERSION = 4;
const HELLO_BYTES = 24;
const TICKET_BYTES = 16;
const WELCOME_BYTES = 24;
/** FARPAGE_TICKETS: pages of a mailbox. */
export const TICKETS = 32;
/** Sizes of the files that the pager and an agent share: struct farpage_control, and the window. */
export const CONTROL_BYTES = 8192;
export const WINDOW_PAGES = 64;
export const WINDOW_BYTES = WINDOW_PAGES * 4096;

const HELLO = { magic: 0, version: 4, kind: 8, pid: 12, mailbox: 16 } as const;
const TICKET = { magic: 0, version: 4, ticket: 8 } as const;
const WELCOME = { magic: 0, version: 4, windowPages: 8, minMapping: 16 } as const;
const CONTROL = { unregistered: 12, unregisteredErrno: 16, ready: 20, left: 24, dismissed: 28, killed: 32 } as const;
/** FARPAGE_START, FARPAGE_FORK. */
const KINDS = { start: 1, fork: 2 } as const;

/** Where this file has the fields: for the test. */
export const OFFSETS = {
  ...{ MAGIC, VERSION, KINDS, TICKETS, CONTROL },
  ...{ HELLO, HELLO_BYTES, TICKET, TICKET_BYTES, WELCOME, WELCOME_BYTES },
} as const;

export interface Hello {
  /** 'fork': its memory came with its parent's, and its descriptor as an event. */
  kind: 'start' | 'fork';
  /** The agent's pid, in its own pid namespace. */
  pid: number;
  /** Address of registered pages that are absent, one for each ticket. */
  mailbox: bigint;
}

/** @throws PagerError 'PROTOCOL' for a message that no library of this version sends */
export function decodeHello(data: Uint8Array, descriptors: number): Hello {
  if (data.byteLength !== HELLO_BYTES) throw odd(`a message of ${data.byteLength} bytes`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const word = (at: number): number => view.getUint32(at, true);
  if (word(HELLO.magic) !== MAGIC) throw odd('a message that is not a hello');
  if (word(HELLO.version) !== VERSION) throw odd(`version ${word(HELLO.version)} of the library, not ${VERSION}`);
  const number = word(HELLO.kind);
  if (number !== KINDS.start && number !== KINDS.fork) throw odd(`a hello of kind ${number}`);
  const kind = number === KINDS.start ? 'start' : 'fork';
  // The process and its userfaultfd, and its relay if it has one; for a fork only the process.
  const [min, max] = kind === 'start' ? [2, 3] : [1, 1];
  if (descriptors < min || descriptors > max) throw odd(`a hello with ${descriptors} descriptors`);
  const mailbox = view.getBigUint64(HELLO.mailbox, true);
  if (mailbox === 0n || mailbox % 4096n !== 0n || mailbox >= 2n ** 47n) throw odd('a mailbox that is not a page');
  return { kind, pid: word(HELLO.pid), mailbox };
}

/** Which page of its mailbox a fork is to touch. */
export function encodeTicket(ticket: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(TICKET_BYTES));
  view.setUint32(TICKET.magic, MAGIC, true);
  view.setUint32(TICKET.version, VERSION, true);
  view.setUint32(TICKET.ticket, ticket, true);
  return new Uint8Array(view.buffer);
}

/** `windowPages` 0: refused. */
export function encodeWelcome(windowPages: number, minMapping: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(WELCOME_BYTES));
  view.setUint32(WELCOME.magic, MAGIC, true);
  view.setUint32(WELCOME.version, VERSION, true);
  view.setUint32(WELCOME.windowPages, windowPages, true);
  view.setBigUint64(WELCOME.minMapping, BigInt(minMapping), true);
  return new Uint8Array(view.buffer);
}

/** Mappings that the process could not have paged, and the errno of the last. */
export function readUnregistered(control: Uint8Array): { mappings: number; errno: number } {
  const view = new DataView(control.buffer, control.byteOffset, control.byteLength);
  return {
    mappings: view.getUint32(CONTROL.unregistered, true),
    errno: view.getUint32(CONTROL.unregisteredErrno, true),
  };
}

/** The agent: it ends with the program. The pager: the agent must end, and let the program live. */
export const LEFT_AT = CONTROL.left;
export const DISMISSED_AT = CONTROL.dismissed;
/** The pager: it has killed the program. */
export const KILLED_AT = CONTROL.killed;

function odd(what: string): PagerError {
  return new PagerError('PROTOCOL', `${what} came to the pager's socket`, {
    hint: 'the library and the pager must be of one version of farpage',
  });
}
