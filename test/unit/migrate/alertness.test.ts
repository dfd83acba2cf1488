// A loop stays awake for an event that came soon the last time, and for no other; and never for long.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import { Alertness } from '../../../src/migrate/alertness.js';
import { until } from '../../support/servers/servers.js';

const test = suite('alertness');

function isAwake(): boolean {
  return process.getActiveResourcesInfo().includes('Immediate');
}

/** An event that comes at once; on a busy machine it may take several tries. */
async function soon(alertness: Alertness): Promise<void> {
  await until(() => {
    alertness.expect();
    alertness.came();
    alertness.expect();
    return isAwake();
  }, 'an event that came soon');
}

test('not before an event has come soon', () => {
  const alertness = new Alertness();
  alertness.expect();
  assert.equal(isAwake(), false);
});

test('after one that came soon, until the next has come', async () => {
  const alertness = new Alertness();
  await soon(alertness);
  alertness.came();
  await until(() => !isAwake(), 'the loop sleeps');
});

test('an event that does not come: the loop sleeps, also the next time', async () => {
  const alertness = new Alertness();
  await soon(alertness);
  await until(() => !isAwake(), 'the loop sleeps');
  await sleep(1);
  alertness.came();
  alertness.expect();
  assert.equal(isAwake(), false);
});

test.run();
