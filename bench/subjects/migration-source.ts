// The source of a migration whose destination started it: fills a region, reports that, and moves it on request.
import { once } from 'node:events';
import { createPager, memoryStore } from '../../src/index.js';
import { PAGE_BYTES } from '../data.js';
import * as side from './common.js';
import { type SourceNews, WARM_PAGES } from './migration.js';
import { addressOf, writers } from './writers.js';

const say = (news: SourceNews) => process.send?.(news);
process.once('disconnect', () => process.exit(1));

const bandwidth = side.integer('bandwidth');
const pager = await createPager();

async function move(pages: number): Promise<void> {
  const region = await pager.map({ byteLength: pages * PAGE_BYTES, store: memoryStore() });
  writers.fill(addressOf(region), pages);
  const told = once(process, 'message');
  say({ type: 'ready' });
  await told;
  const progress: { at: number; pages: number }[] = [];
  const notices: string[] = [];
  const began = side.monotonic();
  const report = await region.migrate(side.text('url'), {
    rounds: side.integer('rounds'),
    compress: 'off',
    ...(bandwidth > 0 && { bandwidth }),
    onNotice: (line) => notices.push(line),
    onProgress: (one) => progress.push({ at: side.monotonic(), pages: one.pages }),
  });
  const ended = side.monotonic();
  await region.close();
  say({ type: 'moved', began, ended, report, progress, notices });
}

// What is compiled is so from the first on.
await move(WARM_PAGES);
await move(side.integer('pages'));
process.disconnect();
await pager.close();
