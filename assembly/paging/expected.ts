// What a source file must return: as many bytes as it had at open, and the same bytes as before.
import { DIGEST_KNOWN_SHIFT } from '../codes';
import { DIGESTS_AT, DIGEST_BYTES, ENTRY_DIGEST_AT, PAGE_SOURCED, REGION_SOURCE_BYTES_AT } from '../layout';
import { findEntry } from '../books/page-table';
import { flagsOf } from '../books/queue';
import { regionAt } from '../books/region';

/** How many of these bytes the source file had when it was opened. */
export function sourceBytes(region: u32, offset: u64, length: u64): u64 {
  const bytes = load<u64>(regionAt(region), REGION_SOURCE_BYTES_AT);
  return bytes <= offset ? 0 : min(length, bytes - offset);
}

/** Sets the digests that the pages must have: those of the bytes that the source returned before. True if any is known. */
export function expect(region: u32, page: u32, pages: u32, frame: u32): bool {
  let known = false;
  for (let i: u32 = 0; i < pages; i++) {
    const entry = findEntry(region, page + i);
    let digest: u64 = 0;
    if ((flagsOf(entry) & PAGE_SOURCED) != 0) {
      digest = load<u64>(entry, ENTRY_DIGEST_AT) | ((<u64>1) << DIGEST_KNOWN_SHIFT);
      known = true;
    }
    store<u64>(DIGESTS_AT + (frame + i) * DIGEST_BYTES, digest);
  }
  return known;
}
