// Writes pages to their file once more after a flush of the file failed.
import { FRAME_AHEAD, PAGE_EVICTING, PAGE_FILLING, PAGE_FLUSHING, PAGE_STAGED, PAGE_STORED } from '../layout';
import { frameFlags, setFrameFlags } from '../books/frame';
import { frameOf } from '../books/page-table';
import { clearFlag, flagsOf, setFlag } from '../books/queue';
import { isResident, stateOf } from '../books/states';
import { supply } from './evict';
import { fetch, isAbsent } from './fill';

/**
 * After a failed fsync the kernel marks the file's pages clean, though the disk may lack them: only a new write reaches it.
 * The file's copy is read back and compared first. False if the page must wait.
 */
export function beginRewrite(region: u32, page: u32, entry: usize): bool {
  if ((flagsOf(entry) & PAGE_STORED) == 0) return true;
  const state = stateOf(entry);
  if (isResident(state) || state == PAGE_STAGED || state == PAGE_EVICTING) {
    clearFlag(entry, PAGE_STORED);
    // As a page read ahead it would be dropped, for the file has it.
    if (state == PAGE_STAGED) {
      const frame = frameOf(entry);
      setFrameFlags(frame, frameFlags(frame) & ~FRAME_AHEAD);
    }
  } else if (isAbsent(state)) {
    if (supply() == 0 || fetch(region, page, entry, 1, 0, false) == 0) return false;
    setFlag(entry, PAGE_FLUSHING);
  } else if (state == PAGE_FILLING) {
    setFlag(entry, PAGE_FLUSHING);
  }
  return true;
}
