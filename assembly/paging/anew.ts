// Writing once more what a file holds already.
import { FRAME_AHEAD, PAGE_EVICTING, PAGE_FILLING, PAGE_FLUSHING, PAGE_STAGED, PAGE_STORED } from '../layout';
import { frameFlags, setFrameFlags } from '../books/frame';
import { frameOf } from '../books/page-table';
import { clearFlag, flagsOf, setFlag } from '../books/queue';
import { isResident, stateOf } from '../books/states';
import { supply } from './evict';
import { fetch, isAbsent } from './fill';

/**
 * The kernel counts a page of a file as clean once a flush of it has failed, though the disk may not have it: only what is written
 * again is on its way once more. The file's copy is read back and compared first. False where the page must wait.
 */
export function beginAnew(region: u32, page: u32, entry: usize): bool {
  if ((flagsOf(entry) & PAGE_STORED) == 0) return true;
  const state = stateOf(entry);
  if (isResident(state) || state == PAGE_STAGED || state == PAGE_EVICTING) {
    clearFlag(entry, PAGE_STORED);
    // Read ahead, it would be dropped as what the file has.
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
