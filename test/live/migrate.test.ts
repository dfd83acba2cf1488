// budget: 300 s
// variants: engine trap, memory shared, faults inline
// covers: src/migrate/, src/loop/passes/
// A region moves from one process to another, under load, and whatever becomes of either and of the line between them.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { suite } from 'uvu';
import type { MigrateReport, ReceiveReport } from '../../src/index.js';
import { Folder } from '../support/image/move.js';
import { startChild } from '../support/process/child.js';
import { makeKeys } from '../support/servers/keys.js';
import { Mangler } from '../support/servers/mangler.js';
import { freePort } from '../support/servers/servers.js';
import { describe, play, program, told } from './play.js';
import type { Failure } from './programs/kit.js';

const test = suite('a region moves');
const folder = new Folder();
const budget = 60_000;
const PAGES = 4096;

test.after(() => folder.remove());

function start(scene: string, input: unknown) {
  return startChild(program('migrate'), { args: [scene, JSON.stringify(input)], budget });
}

async function ended<T>(child: ReturnType<typeof start>): Promise<T> {
  const result = await child.result;
  assert.equal(result.code, 0, describe(result));
  assert.equal(result.stderr, '', describe(result));
  return told<T>(result);
}

interface Ends {
  from?: string;
  to?: string;
  source?: object;
  destination?: object;
}

async function move({ from = folder.socket(), to = from, source = {}, destination = {} }: Ends) {
  const receiving = start('a destination', { url: `unix:${from}`, ...destination });
  await receiving.waitFor(/listens/);
  if (from === to) assert.equal(statSync(from).mode & 0o777, 0o600);
  const sending = start('a source that is written to', { url: `unix:${to}`, pages: PAGES, ...source });
  const [sent, received] = await Promise.all([
    ended<MigrateReport & { progress: number }>(sending),
    ended<ReceiveReport>(receiving),
  ]);
  return { sent, received };
}

test('under load, with two rounds before the switch: all that was written is there', async () => {
  const { sent, received } = await move({});
  assert.equal(sent.rounds, 2);
  assert.ok(sent.pages >= PAGES / 4, `${sent.pages} pages sent`);
  assert.equal(sent.reconnects, 0);
  assert.equal(received.doubled, 0);
  assert.ok(sent.progress > 0);
});

test('postcopy alone: pages that are touched overtake the others', async () => {
  const options = { rounds: 0, bandwidth: '4MiB', compress: 'off' };
  const { sent, received } = await move({ source: { options } });
  assert.ok(received.urgentPages > 100, `${received.urgentPages} urgent pages`);
  assert.equal(sent.rounds, 0);
});

test('neither end has room for it: what is evicted is sent from the store, and received into one', async () => {
  const { sent } = await move({
    source: { residentLimit: '4MiB', options: { rounds: 1 } },
    destination: { residentLimit: '4MiB' },
  });
  assert.ok(sent.pages >= PAGES / 4, `${sent.pages} pages sent`);
});

test('the line is cut, again and again, after the switch: nothing is lost', async () => {
  const [front, back] = [folder.socket(), folder.socket()];
  let next = 1_500_000;
  const mangler = await Mangler.start({
    from: front,
    to: back,
    change: (chunk, _toReceiver, passed) => {
      if (passed < next) return chunk;
      next = passed + 1_000_000;
      return null;
    },
  });
  try {
    const options = { rounds: 0, compress: 'off' };
    const { sent, received } = await move({ from: back, to: front, source: { options } });
    assert.ok(sent.reconnects >= 2, `${sent.reconnects} reconnects`);
    assert.ok(received.reconnects >= 2);
  } finally {
    mangler.close();
  }
});

test('with certificates on both ends; one that the CA has not signed is refused', async () => {
  const tls = makeKeys(folder.path, 'one');
  const stranger = { ...makeKeys(folder.path, 'two'), ca: tls.ca };
  const url = `tcp://127.0.0.1:${await freePort()}`;
  const receiving = start('a destination', { url, tls });
  await receiving.waitFor(/listens/);
  const refused = await play<Failure>('migrate', 'a source that stays', { url, tls: stranger, pages: 16 }, { budget });
  assert.equal(refused.code, 'PROTOCOL', refused.message);
  const plain = await play<Failure>('migrate', 'a source that stays', { url, pages: 16 }, { budget });
  assert.equal(plain.code, 'PROTOCOL', plain.message);
  const sending = start('a source that is written to', { url, tls, pages: PAGES });
  await Promise.all([ended(sending), ended(receiving)]);
});

test('nobody listens: the region is as it was', async () => {
  const url = `unix:${folder.socket()}`;
  const failed = await play<Failure>('migrate', 'a source that stays', { url, pages: 64 });
  assert.equal(failed.code, 'PROTOCOL');
  assert.equal(failed.errno, 'ENOENT');
});

test('ended by its caller before the switch: its writer never stops', async () => {
  const url = `unix:${folder.socket()}`;
  const receiving = start('a destination', { url });
  await receiving.waitFor(/listens/);
  const failed = await play<Failure>('migrate', 'a source that stays', { url, pages: PAGES, abort: true });
  assert.equal(failed.code, 'CLOSED');
  receiving.kill();
});

test('the destination is killed after the switch: the source has all of it, and runs on', async () => {
  const url = `unix:${folder.socket()}`;
  const receiving = start('a destination', { url });
  await receiving.waitFor(/listens/);
  const options = { rounds: 0, bandwidth: '1MiB', compress: 'off' };
  const sending = start('a source that stays', { url, pages: PAGES, patience: 1, options });
  await sending.waitFor(/switches/);
  receiving.kill();
  const failed = await ended<Failure>(sending);
  assert.equal(failed.code, 'PROTOCOL');
  assert.match(failed.message, /did not reconnect within 1 s/);
});

test('the source is killed after the switch: the destination says so, and reads no zeros', async () => {
  const url = `unix:${folder.socket()}`;
  const receiving = start('a destination that is left alone', { url, patience: 1 });
  await receiving.waitFor(/listens/);
  const options = { rounds: 0, bandwidth: '1MiB', compress: 'off' };
  const sending = start('a source that is written to', { url, pages: PAGES, options });
  await receiving.waitFor(/switched/);
  sending.kill();
  const result = await receiving.result;
  assert.match(result.stdout, /it has 1 s to reconnect/);
  assert.ok(result.signal === 'SIGBUS' || result.signal === 'SIGSEGV', describe(result));
  assert.match(result.stderr, /cannot be read from a migration.*did not reconnect within 1 s/, describe(result));
});

test('a wait for a sender can be ended', async () => {
  const failed = await play<Failure>('migrate', 'a destination that gives up', { url: `unix:${folder.socket()}` });
  assert.equal(failed.code, 'CLOSED');
});

for (const whole of [false, true]) {
  test(`the ${whole ? 'pager' : 'region'} is closed while it moves`, async () => {
    const url = `unix:${folder.socket()}`;
    const receiving = start('a destination', { url });
    await receiving.waitFor(/listens/);
    const failed = await play<Failure>('migrate', 'a source that is closed', { url, pages: PAGES, whole });
    assert.equal(failed.code, 'CLOSED', JSON.stringify(failed));
    receiving.kill();
  });
}

test.run();
