// What is read of CRIU's images: the version, the tasks, and where each task's pages are. See docs/criu.md.
import { MAGIC, messagesIn } from './image-file.js';
import { type Field, Message, malformed, numberOf } from './protobuf.js';

const PAGE = 4096;
const MAX_ADDRESS = 2 ** 47;
/** PE_PARENT, PE_LAZY, PE_PRESENT. */
const IN_PARENT = 1;
const LAZY = 2;
const PRESENT = 4;
const KNOWN_FLAGS = IN_PARENT | LAZY | PRESENT;
/** Fields of an inventory that CRIU 4.2 and earlier write; none of them changes what pages are. */
const INVENTORY_FIELDS = 14;
/** The field of a run's count since CRIU 4.2; up to 4.1 it is in field 2. */
const WIDE_COUNT = 5;
const NEWER_HINT = 'farpage knows the images of CRIU up to 4.2: dump with that, and without compression';

/** A run of pages in a pagemap. */
export interface Entry {
  address: number;
  pages: number;
  /** Its pages may be brought in after the restore. */
  lazy: boolean;
  /** Their bytes: in the pages file, in the parent checkpoint, or at the page server alone. */
  where: 'here' | 'parent' | 'elsewhere';
}

export interface Pagemap {
  /** The number of its pages file. */
  pagesId: number;
  /** In the order of their addresses, none over another. */
  entries: Entry[];
  /** Written by CRIU 4.2 or later, as far as the entries tell. */
  isWide: boolean;
}

/** @throws PagerError 'PROTOCOL' */
export function decodeInventory(bytes: Uint8Array, name: string): void {
  const [message] = messagesIn(bytes, name, MAGIC.inventory);
  if (message === undefined) throw malformed(name, 'it has no message');
  let version = 0;
  for (const field of new Message(message, name).fields()) {
    if (field.number > INVENTORY_FIELDS) throw unknown(name, field);
    if (field.number === 1) version = numberOf(field, name);
  }
  if (version !== 1 && version !== 2) throw malformed(name, `images of version ${version} are not known`, NEWER_HINT);
}

/** The pids of the tasks, as the images name them. @throws PagerError 'PROTOCOL' */
export function decodeTree(bytes: Uint8Array, name: string): number[] {
  const pids = messagesIn(bytes, name, MAGIC.pstree).map((message) => {
    let pid = 0;
    for (const field of new Message(message, name).fields()) {
      if (field.number === 1) pid = numberOf(field, name, 2 ** 31);
    }
    if (pid === 0) throw malformed(name, 'a task has no pid');
    return pid;
  });
  if (pids.length === 0) throw malformed(name, 'it has no task');
  if (new Set(pids).size !== pids.length) throw malformed(name, 'two tasks have one pid');
  return pids;
}

/** @throws PagerError 'PROTOCOL' */
export function decodePagemap(bytes: Uint8Array, name: string): Pagemap {
  const [head, ...rest] = messagesIn(bytes, name, MAGIC.pagemap);
  if (head === undefined) throw malformed(name, 'it has no message');
  let pagesId = 0;
  for (const field of new Message(head, name).fields()) {
    if (field.number !== 1) throw unknown(name, field);
    pagesId = numberOf(field, name);
  }
  const entries = rest.map((message) => decodeEntry(message, name));
  let end = 0;
  for (const { address, pages } of entries) {
    if (address < end) throw malformed(name, `its pages at 0x${address.toString(16)} are out of order`);
    end = address + pages * PAGE;
  }
  return { pagesId, entries, isWide: rest.slice(0, 1).some((message) => isWide(message, name)) };
}

function isWide(entry: Uint8Array, name: string): boolean {
  for (const { number } of new Message(entry, name).fields()) if (number === WIDE_COUNT) return true;
  return false;
}

function decodeEntry(message: Uint8Array, name: string): Entry {
  let address = -1;
  let oldPages = 0;
  let newPages: number | undefined;
  let flags: number | undefined;
  let inParent = false;
  for (const field of new Message(message, name).fields()) {
    if (field.number === 1) address = numberOf(field, name, MAX_ADDRESS);
    else if (field.number === 2) oldPages = numberOf(field, name);
    else if (field.number === 3) inParent = numberOf(field, name) !== 0;
    else if (field.number === 4) flags = numberOf(field, name);
    else if (field.number === WIDE_COUNT) newPages = numberOf(field, name, MAX_ADDRESS / PAGE);
    else throw unknown(name, field);
  }
  const pages = newPages ?? oldPages;
  if (address < 0 || address % PAGE !== 0) throw malformed(name, `address ${address} is not a page's`);
  if (pages < 1 || pages > (MAX_ADDRESS - address) / PAGE) {
    throw malformed(name, `${pages} pages at 0x${address.toString(16)} are not between 1 and the end of the addresses`);
  }
  const all = flags ?? (inParent ? IN_PARENT : PRESENT);
  if ((all & ~KNOWN_FLAGS) !== 0) throw malformed(name, `the flags 0x${all.toString(16)} are not known`, NEWER_HINT);
  const where = (all & PRESENT) !== 0 ? 'here' : inParent || (all & IN_PARENT) !== 0 ? 'parent' : 'elsewhere';
  return { address, pages, lazy: (all & LAZY) !== 0, where };
}

function unknown(name: string, { number }: Field): Error {
  return malformed(name, `field ${number} is not known, and may change what the pages mean`, NEWER_HINT);
}
