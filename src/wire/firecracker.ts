// Parses the hand-off of a VM monitor: a JSON array with an object for each region of guest memory, sent with a userfaultfd.
// Firecracker's forms, with every version's names:
//
//   v1.1   base_host_virt_addr, size, offset
//   v1.7   page_size_kib beside them, which holds bytes in spite of its name
//   v1.12  page_size (bytes) as well
//
// Unknown fields are ignored; one is farpage's: `farpage`, an object, in any region.
import { PagerError } from '../errors.js';

/** A part of the guest's memory. All in bytes. */
export interface GuestPart {
  /** Its address in the peer. */
  address: bigint;
  byteLength: number;
  /** The offset of its content in the image. */
  offset: number;
  /** Its offset in the memfile, if one was sent; default `offset`. */
  fileOffset: number;
}

export interface HandOff {
  /** 4096, or 2 MiB. */
  pageSize: number;
  /** Sorted by image offset; parts that are adjacent everywhere are joined. */
  parts: GuestPart[];
  /** Regions as they were sent. */
  regions: number;
}

/** Most bytes of a hand-off's text. */
export const MAX_TEXT_BYTES = 16 * 2 ** 20;
const PAGE_SIZES: ReadonlySet<number> = new Set([4096, 2 * 2 ** 20]);
/** End of what a process can map on x86-64, with five levels of page tables. */
const ADDRESS_END = 2n ** 56n;
const MAX_PAGES = 2 ** 31 - 1;
/** So many digits may not fit a JavaScript number exactly. */
const LONG_DIGITS = 16;
const LONG_MARK = '\u0001';

/** Gathers the text of a hand-off, which has neither length nor terminator: it ends where its array does. */
export class HandOffText {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #text = '';
  #scanned = 0;
  /** The closing brackets of what is open, innermost last. */
  #open: string[] = [];
  #inString = false;
  #escaped = false;

  get empty(): boolean {
    return this.#text === '';
  }

  /**
   * Adds received text. Returns the hand-off once it is whole; undefined before.
   * @throws PagerError 'PROTOCOL' as soon as it cannot become one
   */
  add(data: Uint8Array): HandOff | undefined {
    try {
      this.#text += this.#decoder.decode(data, { stream: true });
    } catch (cause) {
      throw refusal('it is not UTF-8', cause);
    }
    if (this.#text.length > MAX_TEXT_BYTES) throw refusal(`it is longer than ${MAX_TEXT_BYTES} bytes`);
    const end = this.#scan();
    if (end === undefined) return undefined;
    if (this.#text.slice(end).trim() !== '') throw refusal('there is more after its array');
    return parseHandOff(this.#text);
  }

  // Where the outermost array ends.
  #scan(): number | undefined {
    for (; this.#scanned < this.#text.length; this.#scanned++) {
      const char = this.#text[this.#scanned] ?? '';
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (char === '\\') this.#escaped = true;
        else if (char === '"') this.#inString = false;
      } else if (char === '[' || char === '{') {
        if (this.#open.length === 0 && char === '{') throw refusal('it is an object, not an array of regions');
        this.#open.push(char === '[' ? ']' : '}');
      } else if (char === ']' || char === '}') {
        if (this.#open.pop() !== char) throw refusal('it is not JSON');
        if (this.#open.length === 0) return this.#scanned + 1;
      } else if (this.#open.length === 0 && char.trim() !== '') {
        throw refusal('it does not begin with an array');
      } else if (char === '"') {
        this.#inString = true;
      }
    }
    return undefined;
  }
}

/** @throws PagerError 'PROTOCOL' saying which region, and what is wrong with it */
export function parseHandOff(text: string): HandOff {
  let value: unknown;
  try {
    value = JSON.parse(keepLongNumbers(text));
  } catch (cause) {
    throw refusal('it is not JSON', cause);
  }
  if (!Array.isArray(value)) throw refusal('it is not an array of regions');
  if (value.length === 0) throw refusal('it has no regions');
  const regions = value.map(readRegion);
  const pageSize = regions[0]?.pageSize ?? 0;
  const other = regions.findIndex((region) => region.pageSize !== pageSize);
  if (other >= 0) throw refusal(`region ${other} has pages of another size than region 0`);
  return { pageSize, parts: joined(regions), regions: regions.length };
}

function readRegion(value: unknown, index: number): GuestPart & { pageSize: number } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(`region ${index} is not an object`);
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const where = `region ${index}`;
  const pageSize = Number(integer(fields['page_size'] ?? fields['page_size_kib'] ?? 4096, `${where}: its page size`));
  if (!PAGE_SIZES.has(pageSize)) {
    throw refusal(
      `${where}: pages of ${pageSize} bytes`,
      undefined,
      'page_size and page_size_kib hold 4096 or 2097152',
    );
  }
  const address = integer(fields['base_host_virt_addr'], `${where}: base_host_virt_addr`);
  const size = integer(fields['size'], `${where}: size`);
  const offset = integer(fields['offset'], `${where}: offset`);
  const ours = fields['farpage'];
  const extra = typeof ours === 'object' && ours !== null ? (ours as Readonly<Record<string, unknown>>) : {};
  const fileOffset = integer(extra['file_offset'] ?? fields['offset'], `${where}: farpage.file_offset`);
  const page = BigInt(pageSize);
  for (const [name, bytes] of Object.entries({ base_host_virt_addr: address, size, offset, file_offset: fileOffset })) {
    if (bytes % page !== 0n) throw refusal(`${where}: ${name} is not a multiple of its page size, ${pageSize}`);
  }
  if (size === 0n) throw refusal(`${where} is empty`);
  if (address === 0n || address + size > ADDRESS_END) throw refusal(`${where} lies where no process has memory`);
  const limit = BigInt(MAX_PAGES) * page;
  if (offset + size > limit || fileOffset + size > limit)
    throw refusal(`${where} ends past page ${MAX_PAGES} of the image`);
  return { address, byteLength: Number(size), offset: Number(offset), fileOffset: Number(fileOffset), pageSize };
}

function integer(value: unknown, what: string): bigint {
  const isLong = typeof value === 'string' && value.startsWith(LONG_MARK);
  const found = isLong ? BigInt(value.slice(1)) : Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
  if (found === undefined || found < 0n || found >= 2n ** 64n) {
    throw refusal(value === undefined ? `${what} is missing` : `${what} is not an unsigned number of 64 bits`);
  }
  return found;
}

// By image offset, where parts must not overlap; nor may they in the peer's memory.
function joined(regions: ReadonlyArray<GuestPart>): GuestPart[] {
  const byAddress = regions.toSorted((a, b) => (a.address < b.address ? -1 : 1));
  for (const [at, region] of byAddress.entries()) {
    const before = byAddress[at - 1];
    if (before !== undefined && before.address + BigInt(before.byteLength) > region.address) {
      throw refusal('two regions have addresses in common');
    }
  }
  const parts: GuestPart[] = [];
  for (const { address, byteLength, offset, fileOffset } of regions.toSorted((a, b) => a.offset - b.offset)) {
    const last = parts.at(-1);
    if (last !== undefined && last.offset + last.byteLength > offset) {
      throw refusal('two regions have the same part of the image');
    }
    const follows =
      last !== undefined &&
      last.offset + last.byteLength === offset &&
      last.fileOffset + last.byteLength === fileOffset &&
      last.address + BigInt(last.byteLength) === address;
    if (follows) last.byteLength += byteLength;
    else parts.push({ address, byteLength, offset, fileOffset });
  }
  return parts;
}

// JavaScript numbers hold 53 bits: longer ones pass JSON.parse as marked strings.
function keepLongNumbers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.length >= LONG_DIGITS && /^\d+$/.test(token) ? `"\\u0001${token}"` : token,
  );
}

function refusal(what: string, cause?: unknown, hint?: string): PagerError {
  return new PagerError('PROTOCOL', `the hand-off is refused: ${what}`, {
    hint: hint ?? 'it is a JSON array of {base_host_virt_addr, size, offset, page_size}, in bytes',
    ...(cause === undefined ? {} : { cause }),
  });
}
