// How often a destination reports what has arrived: seldom while no thread waits, often while one does, and in the end in any case.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { Acknowledgements } from '../../../src/migrate/acknowledgements.js';
import { until } from '../../support/servers/servers.js';

const KIB = 1024;
const test = suite('acknowledgements');

function receiving() {
  const reports: number[] = [];
  const connection = {
    received: 0,
    write: (_type: number, [body]: readonly Uint8Array[] = []) => {
      if (body !== undefined) reports.push(Buffer.from(body).readDoubleLE());
    },
  };
  const acknowledgements = new Acknowledgements();
  acknowledgements.begin(connection);
  const arrive = (bytes: number) => {
    connection.received += bytes;
    acknowledgements.arrived();
  };
  return { reports, acknowledgements, arrive };
}

test('while no thread waits, a report is for much', () => {
  const { reports, arrive } = receiving();
  arrive(256 * KIB);
  assert.deepEqual(reports, [256 * KIB]);
  for (let i = 0; i < 15; i++) arrive(KIB);
  assert.deepEqual(reports, [256 * KIB]);
});

test('what is less is reported a little later', async () => {
  const { reports, arrive } = receiving();
  arrive(20 * KIB);
  arrive(20 * KIB);
  assert.deepEqual(reports, []);
  await until(() => reports.length > 0, 'the report');
  assert.deepEqual(reports, [40 * KIB]);
});

test('a request for a page reports at once what the sender does not know', () => {
  const { reports, acknowledgements, arrive } = receiving();
  arrive(15 * KIB);
  acknowledgements.asked();
  assert.deepEqual(reports, [], 'so little is always in flight');
  arrive(10 * KIB);
  assert.deepEqual(reports, [25 * KIB]);
});

test('a new connection starts at nothing, and a lost one is not written to', async () => {
  const { reports, acknowledgements, arrive } = receiving();
  arrive(20 * KIB);
  acknowledgements.begin(undefined);
  const other = receiving();
  other.arrive(20 * KIB);
  await until(() => other.reports.length > 0, 'the report of a timer that was set later');
  assert.deepEqual(reports, []);
});

test.run();
