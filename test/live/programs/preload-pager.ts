// The tests' own pager, in a process of its own that a test can kill; ends at a line on its standard input.
import { type PagerPlan, StandInPager } from '../../support/process/preload-pager.js';

const pager = new StandInPager(JSON.parse(process.argv[2] ?? '') as PagerPlan);
pager.failure.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
await pager.listen();
console.log('listening');
process.stdin.once('data', () => {
  console.log(JSON.stringify(pager.counts));
  process.exit(0);
});
