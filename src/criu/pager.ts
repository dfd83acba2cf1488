// The pager of restored tasks: where the checkpoint's pages come from, and in which order.
import { PagerError } from '../errors.js';
import { createProcessPager, type ProcessPager, type ProcessPagerOptions } from '../pager/process-pager.js';
import { readWorkingSet } from '../pager/working-set.js';
import { formatSize } from '../units.js';
import type { Checkpoint } from './checkpoint.js';
import { PAGE } from './image-folder.js';
import type { CheckedCriu } from './options.js';

/** @throws (rejects) PagerError of the options, the files, or the hosts that have pages */
export async function openPager(options: CheckedCriu, checkpoint: Checkpoint): Promise<ProcessPager> {
  const order = options.replay === null ? null : await orderOf(options.replay);
  return createProcessPager({
    core: options.core,
    pages: checkpoint.files,
    ...othersOf(options, checkpoint),
    ...(order !== null && { order }),
    // While first touches are recorded, no page may be loaded ahead: its touch would go unseen.
    ...(options.record !== null && { recorded: true, readahead: 'off' as const }),
  });
}

function othersOf(
  { images: { name }, pageServer, patience }: CheckedCriu,
  { remote, elsewhere, protocol }: Checkpoint,
): Pick<ProcessPagerOptions, 'remote' | 'pageServer'> {
  return {
    ...(remote.length > 0 && { remote: { name, patience, pages: remote } }),
    ...(pageServer !== null && {
      pageServer: { ...pageServer, patience, protocol: pageServer.protocol ?? protocol, runs: elsewhere },
    }),
  };
}

async function orderOf(replay: string): Promise<Uint32Array> {
  const { pageSize, pages } = await readWorkingSet(replay);
  if (pageSize === PAGE) return pages;
  throw new PagerError('OPTION', `--replay: ${replay} is of pages of ${formatSize(pageSize)}`, {
    hint: 'give one that farpage criu --record has written',
  });
}
