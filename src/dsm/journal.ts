// What a home writes down of its region, for the home that follows it: who is a member, and of each page which version the store has and
// which was granted to whom. A file of this host under a lock: it survives the end of the process, not a loss of power.
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { MAX_NODES, NO_NODE } from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { MAX_LEASE_MS, MAX_PAGES, MIN_LEASE_MS } from './message.js';

const MAGIC = 'farpage home journal 1\n';
const REGION_AT = 64;
const PLAN_BYTES = 960;
const SESSIONS_AT = 1024;
const SESSION_BYTES = 32;
const RECORDS_AT = 4096;
/** stored u64, granted u64, owner u8, lost u8, unwritten u8. */
const ENTRY_BYTES = 24;
/** Records that are read at a time. */
const BATCH = 4096;

export interface JournalPlan {
  name: string;
  pages: number;
  rollBack: boolean;
  leaseMs: number;
}

export interface PageRecord {
  stored: bigint;
  granted: bigint;
  owner: number;
  lost: boolean;
  /** The page is zeros in the stored version: nothing was ever written to the store. */
  unwritten: boolean;
}

export class Journal {
  readonly #fd: number;
  readonly #path: string;
  #plan: JournalPlan | null;
  #closed = false;

  /** @throws PagerError 'OPTION': it cannot be opened, is no journal, or another home uses it */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#fd = openSync(path, 'as+', 0o600);
      closeSync(this.#fd);
      this.#fd = openSync(path, 'r+', 0o600);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new PagerError('OPTION', `--journal: ${path} cannot be opened`, { errno: code, cause, path });
    }
    // A stopped home keeps its lock: there are never two.
    if (!native().lockFile(this.#fd, 'exclusive')) {
      closeSync(this.#fd);
      const hint = 'end the other home; one that is stopped has the file too';
      throw new PagerError('OPTION', `--journal: another home uses ${path}`, { hint, path });
    }
    try {
      this.#plan = this.#readPlan();
    } catch (error) {
      closeSync(this.#fd);
      throw error;
    }
  }

  /** The region of the home before; null: there was none. */
  get plan(): JournalPlan | null {
    return this.#plan;
  }

  begin(plan: JournalPlan): void {
    const text = Buffer.from(JSON.stringify(plan));
    if (text.length > PLAN_BYTES)
      throw new PagerError('OPTION', `name: ${text.length} bytes are too many for a journal`);
    const head = Buffer.alloc(SESSIONS_AT);
    text.copy(head, REGION_AT);
    writeSync(this.#fd, head, 0, head.length, 0);
    // Last: a head without it is no journal.
    writeSync(this.#fd, MAGIC, 0);
    this.#plan = plan;
  }

  /** @param session null: the node has left, or its lease has ended */
  member(node: number, session: string | null): void {
    const bytes = Buffer.alloc(SESSION_BYTES);
    if (session !== null) bytes.write(session, 'latin1');
    writeSync(this.#fd, bytes, 0, SESSION_BYTES, SESSIONS_AT + node * SESSION_BYTES);
  }

  /** @throws PagerError 'OPTION' if it is damaged */
  members(): Map<number, string> {
    const members = new Map<number, string>();
    const bytes = this.#read(SESSIONS_AT, MAX_NODES * SESSION_BYTES);
    for (let node = 0; node < MAX_NODES; node++) {
      const session = bytes.toString('latin1', node * SESSION_BYTES, (node + 1) * SESSION_BYTES);
      if (session.startsWith('\0')) continue;
      if (!/^[0-9a-f]{32}$/.test(session)) throw this.#damaged();
      members.set(node, session);
    }
    return members;
  }

  granted(page: number, owner: number, granted: bigint): void {
    this.#write(page, { ...this.page(page), granted, owner });
  }

  stored(page: number, stored: bigint, unwritten: boolean): void {
    this.#write(page, { ...this.page(page), stored, granted: stored, owner: NO_NODE, unwritten });
  }

  /** The home has the bytes of this version in its memory alone. */
  held(page: number, granted: bigint): void {
    this.#write(page, { ...this.page(page), granted, owner: NO_NODE });
  }

  lost(page: number): void {
    this.#write(page, { ...this.page(page), lost: true });
  }

  page(page: number): PageRecord {
    return this.#parse(this.#read(RECORDS_AT + page * ENTRY_BYTES, ENTRY_BYTES), 0);
  }

  /** Of all pages, in their order. @throws PagerError 'OPTION' if it is damaged */
  *records(): Iterable<PageRecord> {
    const pages = this.#plan?.pages ?? 0;
    for (let first = 0; first < pages; first += BATCH) {
      const count = Math.min(BATCH, pages - first);
      const bytes = this.#read(RECORDS_AT + first * ENTRY_BYTES, count * ENTRY_BYTES);
      for (let n = 0; n < count; n++) yield this.#parse(bytes, n * ENTRY_BYTES);
    }
  }

  /** Idempotent. */
  close(): void {
    if (!this.#closed) closeSync(this.#fd);
    this.#closed = true;
  }

  #parse(bytes: Buffer, at: number): PageRecord {
    const [stored, granted] = [bytes.readBigUInt64LE(at), bytes.readBigUInt64LE(at + 8)];
    const owner = bytes.readUInt8(at + 16);
    if (stored > granted || (owner >= MAX_NODES && owner !== NO_NODE)) throw this.#damaged();
    return { stored, granted, owner, lost: bytes.readUInt8(at + 17) !== 0, unwritten: bytes.readUInt8(at + 18) !== 0 };
  }

  #damaged(cause?: unknown): PagerError {
    return new PagerError('OPTION', `--journal: ${this.#path} is damaged`, { cause, path: this.#path });
  }

  #write(page: number, { stored, granted, owner, lost, unwritten }: PageRecord): void {
    const bytes = Buffer.alloc(ENTRY_BYTES);
    bytes.writeBigUInt64LE(stored, 0);
    bytes.writeBigUInt64LE(granted, 8);
    bytes.writeUInt8(owner, 16);
    bytes.writeUInt8(Number(lost), 17);
    bytes.writeUInt8(Number(unwritten), 18);
    writeSync(this.#fd, bytes, 0, ENTRY_BYTES, RECORDS_AT + page * ENTRY_BYTES);
  }

  /** Beyond the end of the file there are zeros. */
  #read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    readSync(this.#fd, bytes, 0, length, at);
    return bytes;
  }

  #readPlan(): JournalPlan | null {
    if (fstatSync(this.#fd).size === 0) return null;
    const head = this.#read(0, SESSIONS_AT);
    if (head.toString('latin1', 0, MAGIC.length) !== MAGIC) {
      throw new PagerError('OPTION', `--journal: ${this.#path} is not a home's journal`, { path: this.#path });
    }
    let plan: unknown;
    try {
      plan = JSON.parse(head.toString('utf8', REGION_AT, head.indexOf(0, REGION_AT)));
    } catch (cause) {
      throw this.#damaged(cause);
    }
    if (!isPlan(plan)) throw this.#damaged();
    return plan;
  }
}

function isPlan(value: unknown): value is JournalPlan {
  if (typeof value !== 'object' || value === null) return false;
  const { name, pages, rollBack, leaseMs } = value as Partial<Record<keyof JournalPlan, unknown>>;
  const isSize = Number.isInteger(pages) && Number(pages) >= 1 && Number(pages) <= MAX_PAGES;
  const isLease = typeof leaseMs === 'number' && leaseMs >= MIN_LEASE_MS && leaseMs <= MAX_LEASE_MS;
  return typeof name === 'string' && name !== '' && isSize && typeof rollBack === 'boolean' && isLease;
}
