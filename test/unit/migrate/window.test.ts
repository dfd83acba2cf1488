// How much a migration keeps in flight: enough for the line, and little while a thread waits for a page.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { Window } from '../../../src/migrate/window.js';

const test = suite('the bytes in flight of a migration');

const PACKET = 16 * 1024;

/** A line that carries `rate` bytes a millisecond, and answers after `roundTrip` milliseconds; a thread waits for pages all the time. */
function inFlight(rate: number, roundTrip: number): number {
  let now = 0;
  const window = new Window(() => now);
  const arrivals: { at: number; bytes: number }[] = [];
  let sent = 0;
  let free = 0;
  let acknowledged = 0;
  for (; now < 1000; now += 0.1) {
    window.urgent();
    while (arrivals[0] !== undefined && arrivals[0].at <= now) acknowledged = arrivals.shift()?.bytes ?? 0;
    window.acknowledge(acknowledged);
    while (window.isOpen(sent)) {
      sent += PACKET;
      window.wrote(sent);
      free = Math.max(free, now) + PACKET / rate;
      arrivals.push({ at: free + roundTrip, bytes: sent });
    }
  }
  return sent - acknowledged;
}

test('while a thread waits, little is in flight between two processes of one machine', () => {
  assert.ok(inFlight(1e6, 0.1) <= 2 * PACKET);
});

test('while a thread waits, a long line is kept busy, and no more than twice what it holds is in flight', () => {
  // 100 MB/s for 10 ms: 1 MB.
  const bytes = inFlight(1e5, 10);
  assert.ok(bytes >= 0.8e6 && bytes <= 2.5e6, `${bytes} bytes`);
});

test.run();
