// Settings that the loop may change while the core runs.
import { COPY_PAGES_AT, LIMIT_PAGES_AT, PATIENCE_AT, REGION_LISTENED_AT } from '../layout';
import { regionAt } from './region';

/** Pages that may be present at once. */
export function setLimit(pages: u32): void {
  store<u32>(LIMIT_PAGES_AT, pages);
}

/** Pages that may exist twice for a moment, on engines that move by copying. */
export function setCopyPages(pages: u32): void {
  store<u32>(COPY_PAGES_AT, pages);
}

/** Time after which the core gives up a page that waits for a frame. */
export function setPatience(microseconds: u32): void {
  store<u64>(PATIENCE_AT, <u64>microseconds * 1000);
}

/** Whether the core reports reclaimed pages of the region that came back as zeros. */
export function listen(region: u32, on: u32): void {
  store<u32>(regionAt(region), on, REGION_LISTENED_AT);
}
