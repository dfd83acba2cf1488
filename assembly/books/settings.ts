// What the loop sets, and may change while the core runs.
import { COPY_PAGES_AT, LIMIT_PAGES_AT, PATIENCE_AT, REGION_LISTENED_AT } from '../layout';
import { regionAt } from './region';

/** Pages that may be present at once. */
export function setLimit(pages: u32): void {
  store<u32>(LIMIT_PAGES_AT, pages);
}

/** Pages that may be there twice for a moment, where moving means copying. */
export function setCopyPages(pages: u32): void {
  store<u32>(COPY_PAGES_AT, pages);
}

/** Time after which a page that waits for a frame is given up. */
export function setPatience(microseconds: u32): void {
  store<u64>(PATIENCE_AT, <u64>microseconds * 1000);
}

/** Whether the core reports reclaimed pages of the region that came back as zeros. */
export function listen(region: u32, on: u32): void {
  store<u32>(regionAt(region), on, REGION_LISTENED_AT);
}
