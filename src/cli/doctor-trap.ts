// Tries the engine `trap` for `farpage doctor`: touches so many separate pages, up to the limit given, and checks them.
import { createPager } from '../index.js';
import { errorLines } from './exit.js';

const PAGE = 4096;

try {
  await touchApart(Number(process.argv[2]));
} catch (error) {
  console.error(errorLines(error).join('\n'));
  process.exitCode = 1;
}

/** Every second page, so that no two of them share a mapping. */
async function touchApart(pages: number): Promise<void> {
  const pager = await createPager({ engine: 'trap', residentLimit: pages * PAGE, readahead: 'off' });
  const region = await pager.map({ byteLength: 2 * pages * PAGE });
  const bytes = region.view(Uint8Array);
  for (let page = 0; page < 2 * pages; page += 2) bytes[page * PAGE] = page % 251;
  for (let page = 0; page < 2 * pages; page += 2) {
    if (bytes[page * PAGE] !== page % 251) throw new Error('a page has other bytes than were written');
  }
  await pager.close();
}
