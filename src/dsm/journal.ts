// What a home writes down of its region, for the home that follows it: who is a member, and of each page which version the store has and
// which was granted to whom.
import { MAX_NODES, NO_NODE } from '../../assembly/dsm/layout.js';
import { PagerError } from '../errors.js';
import { JournalFile, type JournalPlace } from './journal-place.js';
import { MAX_LEASE_MS, MAX_PAGES, MIN_LEASE_MS } from './message.js';

const MAGIC = 'farpage home journal 1\n';
const REGION_AT = 64;
const PLAN_BYTES = 960;
const SESSIONS_AT = 1024;
const SESSION_BYTES = 32;
const RECORDS_AT = 4096;
/** stored u64, granted u64, owner u8, lost u8, zeros u8. */
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
  /** The page is zeros in the stored version, whatever the store has. */
  zeros: boolean;
}

export class Journal {
  readonly place: JournalPlace;
  readonly #path: string;
  #plan: JournalPlan | null;

  /**
   * @param path for messages, where `place` is given
   * @throws PagerError 'OPTION': it cannot be opened, is no journal, or another home uses it
   */
  constructor(path: string, place: JournalPlace = new JournalFile(path)) {
    this.#path = path;
    this.place = place;
    try {
      this.#plan = this.#readPlan();
    } catch (error) {
      void place.close();
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
    this.place.write(0, head);
    // Last: a head without it is no journal.
    this.place.write(0, Buffer.from(MAGIC));
    this.#plan = plan;
  }

  /** @param session null: the node has left, or its lease has ended */
  member(node: number, session: string | null): void {
    const bytes = Buffer.alloc(SESSION_BYTES);
    if (session !== null) bytes.write(session, 'latin1');
    this.place.write(SESSIONS_AT + node * SESSION_BYTES, bytes);
  }

  /** @throws PagerError 'OPTION' if it is damaged */
  members(): Map<number, string> {
    const members = new Map<number, string>();
    const bytes = this.place.read(SESSIONS_AT, MAX_NODES * SESSION_BYTES);
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

  stored(page: number, stored: bigint, zeros: boolean): void {
    this.#write(page, { ...this.page(page), stored, granted: stored, owner: NO_NODE, zeros });
  }

  /** The store is about to forget the page. */
  erased(page: number): void {
    this.#write(page, { ...this.page(page), zeros: true });
  }

  /** The home has the bytes of this version in its memory alone. */
  held(page: number, granted: bigint): void {
    this.#write(page, { ...this.page(page), granted, owner: NO_NODE });
  }

  lost(page: number): void {
    this.#write(page, { ...this.page(page), lost: true });
  }

  page(page: number): PageRecord {
    return this.#parse(this.place.read(RECORDS_AT + page * ENTRY_BYTES, ENTRY_BYTES), 0);
  }

  /** Of all pages, in their order. @throws PagerError 'OPTION' if it is damaged */
  *records(): Iterable<PageRecord> {
    const pages = this.#plan?.pages ?? 0;
    for (let first = 0; first < pages; first += BATCH) {
      const count = Math.min(BATCH, pages - first);
      const bytes = this.place.read(RECORDS_AT + first * ENTRY_BYTES, count * ENTRY_BYTES);
      for (let n = 0; n < count; n++) yield this.#parse(bytes, n * ENTRY_BYTES);
    }
  }

  /** Idempotent. */
  close(): Promise<void> | undefined {
    return this.place.close();
  }

  #parse(bytes: Buffer, at: number): PageRecord {
    const [stored, granted] = [bytes.readBigUInt64LE(at), bytes.readBigUInt64LE(at + 8)];
    const owner = bytes.readUInt8(at + 16);
    if (stored > granted || (owner >= MAX_NODES && owner !== NO_NODE)) throw this.#damaged();
    return { stored, granted, owner, lost: bytes.readUInt8(at + 17) !== 0, zeros: bytes.readUInt8(at + 18) !== 0 };
  }

  #damaged(cause?: unknown): PagerError {
    return new PagerError('OPTION', `--journal: ${this.#path} is damaged`, { cause, path: this.#path });
  }

  #write(page: number, { stored, granted, owner, lost, zeros }: PageRecord): void {
    const bytes = Buffer.alloc(ENTRY_BYTES);
    bytes.writeBigUInt64LE(stored, 0);
    bytes.writeBigUInt64LE(granted, 8);
    bytes.writeUInt8(owner, 16);
    bytes.writeUInt8(Number(lost), 17);
    bytes.writeUInt8(Number(zeros), 18);
    this.place.write(RECORDS_AT + page * ENTRY_BYTES, bytes);
  }

  #readPlan(): JournalPlan | null {
    if (this.place.size === 0) return null;
    const head = this.place.read(0, SESSIONS_AT);
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
