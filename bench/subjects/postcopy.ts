// Pages that are touched right after the switch, while the source pushes the others. It pushes them in their order: those
// that are touched here, one of a block each, lie in the quarter that it comes to last.
import { createPager } from '../../src/index.js';
import { PAGE_BYTES, permutation } from '../data.js';
import * as side from './common.js';
import { arrive, wrongIn } from './migration.js';

/** Pages that the source sends together with an urgent one, itself included: `urgentPages` counts them all. */
const BLOCK = 8;
/** Of the touches, those that went to the source: with fewer the figure is another one. */
const MIN_ASKED = 0.95;

const pages = side.integer('pages');
const count = side.integer('count');
/** Before those that count: both ends' code for an urgent page is compiled after a thousand or two of them. */
const unmeasured = side.integer('unmeasured');
const touches = unmeasured + count;
const last = pages - (pages >> 2);
const order = permutation((pages - last) / BLOCK, 20_261_123).map((block, i) => last + block * BLOCK + (i % BLOCK));
if (order.length < touches) throw new Error(`${pages} pages are too few for ${touches} touches`);
side.compileTouch();

const pager = await createPager({ readahead: 'off', ...side.placement() });
const arrived = await arrive(pager);
const words = new Int32Array(arrived.region.buffer);
const switched = side.monotonic();
const samples = new Float64Array(touches);
side.touchPages(words, order.subarray(0, unmeasured), samples);
const measured = samples.subarray(unmeasured);
const begin = side.monotonic();
side.touchPages(words, order.subarray(unmeasured, touches), measured);
const end = side.monotonic();

const report = await arrived.complete;
const { ended, progress, notices } = await arrived.moved;
const asked = report.urgentPages / BLOCK;
if (asked < touches * MIN_ASKED || end > ended) {
  throw new Error(`the push was too fast: ${asked} of ${touches} touches went to the source`);
}
// What the source had taken when the last page was touched, less what was asked for.
const taken = progress.findLast(({ at }) => at <= end)?.pages ?? 0;
const seconds = (end - switched) / 1000;
side.answer({
  subject: 'postcopy',
  ...side.summarize(measured),
  touches,
  asked,
  urgentPages: report.urgentPages,
  pushMiBps: (Math.max(0, taken - report.urgentPages) * PAGE_BYTES) / 2 ** 20 / seconds,
  /** Milliseconds since the switch. */
  begun: begin - switched,
  over: end - switched,
  complete: ended - switched,
  wrong: await wrongIn(arrived),
  report,
  notices,
});
await pager.close();
