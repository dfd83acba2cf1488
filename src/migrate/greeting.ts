// The first packet of each connection of a migration, checked.
import { readJson, VERSION } from './packet.js';

/** Most pages of one transfer, as for a region. */
const MAX_PAGES = 2 ** 31 - 1;
const MAX_PAGE_BYTES = 2 ** 21;

export interface Greeting {
  /** Of the migration, on all its connections. */
  id: string;
  role: 'push' | 'urgent';
  /** The sender has lost a connection and reconnects. */
  again: boolean;
  pages: number;
  pageSize: number;
  /** Bytes of pages that have content, at most. */
  content: number;
}

/** A string says why the receiver refuses it. @param wanted bytes a page, if only these will do */
export function readGreeting(body: Buffer, wanted: number | undefined): Greeting | string {
  const { version, id, role, again, pages, pageSize, content } = readJson(body);
  if (version !== VERSION) return `it speaks version ${VERSION} of the protocol, not ${String(version)}`;
  if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id) || (role !== 'push' && role !== 'urgent')) {
    return 'the greeting makes no sense';
  }
  const isSize = isCount(pageSize, MAX_PAGE_BYTES) && pageSize >= 4096 && (pageSize & (pageSize - 1)) === 0;
  if (!isCount(pages, MAX_PAGES) || !isSize) return `${String(pages)} pages of ${String(pageSize)} bytes`;
  const bytes = pages * pageSize;
  if (content !== undefined && !(Number.isInteger(content) && Number(content) >= 0 && Number(content) <= bytes)) {
    return `${String(content)} bytes of content`;
  }
  if (wanted !== undefined && pageSize !== wanted) return `its pages are of ${wanted} bytes, not ${pageSize}`;
  return { id, role, again: again === true, pages, pageSize, content: content === undefined ? bytes : Number(content) };
}

function isCount(value: unknown, max: number): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= max;
}
