// How a pass reaches its instant slice by slice, and how much of its work a thread that writes waits for.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { PHASE_COPY, PHASE_DONE, PHASE_HOLD, PHASE_PROTECT } from '../../../assembly/codes.js';
import * as layout from '../../../assembly/layout.js';
import { onEachHost, Regions, tokens } from '../../support/world/passing-regions.js';

const test = suite('slices of a pass');

function onBoth(title: string, body: () => void): void {
  onEachHost(test, title, body);
}

onBoth('the last pages are protected in slices, and between two of them a thread that waits writes', () => {
  const all = new Regions(1, 2500);
  all.fill(0, 1);
  all.begin(0, 512);
  const { core } = all;
  const protectedNow = (): number => {
    const before = core.word(layout.COMMAND_HEAD_AT);
    all.step();
    return core.word(layout.COMMAND_HEAD_AT) - before;
  };
  all.step();
  assert.equal(all.phase(0), PHASE_PROTECT);
  // The walk has passed these: they are opened again.
  const opened = 100;
  for (let page = 0; page < opened; page++) assert.ok(all.write(0, 8 * page, 5000 + page));
  while (all.phase(0) === PHASE_PROTECT) all.step();
  assert.equal(all.phase(0), PHASE_HOLD);
  const slice = protectedNow();
  assert.ok(slice > 0 && slice < opened / 2, `${slice} of ${opened} pages`);
  // A page that this slice has protected, and one of the walk.
  assert.ok(all.write(0, 0, 7000));
  assert.ok(all.write(0, 1, 7001));
  assert.equal(all.phase(0), PHASE_HOLD, 'neither has waited for the instant');
  all.reach(0, PHASE_COPY);
  all.write(0, 2, 9999);
  all.reach(0, PHASE_DONE);
  const expected = tokens(1, all.pages);
  for (let page = 0; page < opened; page++) expected[8 * page] = 5000 + page;
  [expected[0], expected[1]] = [7000, 7001];
  assert.deepEqual(all.image(0), expected);
});

onBoth('threads that open as many pages as a slice protects do not keep the instant away', () => {
  const all = new Regions(1, 2500);
  all.fill(0, 1);
  all.begin(0, 512);
  all.step();
  const opened = 40;
  for (let page = 0; page < opened; page++) assert.ok(all.write(0, page, 1 + page));
  all.reach(0, PHASE_HOLD);
  for (let slices = 0; all.phase(0) === PHASE_HOLD; slices++) {
    assert.ok(slices < 10, 'the slices grow');
    all.step();
    for (let page = 0; page < opened; page++) all.blockOn(0, page);
    all.step();
  }
  assert.equal(all.phase(0), PHASE_COPY);
});

onBoth('the next step saves few pages when a thread has just written', () => {
  const all = new Regions(1, 2000);
  all.fill(0, 1);
  all.begin(0, 512);
  all.reach(0, PHASE_COPY);
  const saves = (): number => {
    all.step();
    const pages = all.open.reduce((sum, { count }) => sum + count, 0);
    all.take(0);
    return pages;
  };
  let calm = 0;
  for (let step = 0; step < 20; step++) calm = saves();
  assert.ok(all.write(0, 1999, 1), 'its page is saved at once');
  all.take(0);
  assert.ok(saves() < calm, `after ${calm} pages a step`);
});

test.run();
