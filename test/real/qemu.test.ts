// budget: 150 s
// parts: 3
// An unmodified QEMU whose guest memory is served by `farpage serve`, handed over by the preloaded library: under a
// limit, and resumed from an image. The guest checks its own memory all the time.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { isRunning, MAIN } from '../live/run/kit.js';
import { type GuestFiles, makeGuest, Qemu, type QemuOptions } from '../support/guest/qemu.js';
import { Stage } from '../support/guest/vm.js';
import { suite } from '../support/parts.js';
import { startChild } from '../support/process/child.js';
import { until } from '../support/servers/servers.js';

const test = suite('QEMU under serve');
const stage = new Stage();
const MEBIBYTE = 2 ** 20;
const MEMORY = 224;
const FILLED = 80;
/** Of a guest that only has to run. */
const LITTLE = 8;
/** The guest's program has gone over all of its memory after so many ticks. */
const ROUND = 40;
let guest: GuestFiles;

// Of this file's own, for the servers as for the command.
process.env['XDG_RUNTIME_DIR'] = stage.folder;
test.before(() => {
  guest = makeGuest(stage.folder);
});
test.after(() => stage.close());

function start(name: string, options: Partial<QemuOptions> = {}): Qemu {
  return new Qemu({ guest, folder: stage.folder, name, memory: MEMORY, filled: FILLED, ...options });
}

test('memory under a limit of half of what the guest uses', async () => {
  const limit = (FILLED / 2) * MEBIBYTE;
  const server = await stage.serve(['--image', 'none', '--resident', `${limit}`, '--once'], { budget: 100_000 });
  const qemu = start('limited', { handOff: server.socket });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, qemu.residentBytes());
  }, 20);
  try {
    await qemu.tick(2 * ROUND + 5);
  } finally {
    clearInterval(timer);
  }
  console.log(`under a limit: ${qemu.describeGaps()}; ${(peak / MEBIBYTE).toFixed(1)} MiB resident`);
  await qemu.end();
  const { report, result } = await server.ended();
  const [session] = report.sessions;
  assert.ok(session?.stats, result.stderr);
  assert.equal(session.ending, 'exited', result.stderr);
  assert.ok(session.stats.evictions > (FILLED * MEBIBYTE) / 4096, `${session.stats.evictions} evictions`);
  assert.ok(session.stats.residentBytesPeak <= limit);
  assert.ok(peak > limit / 2 && peak <= limit, `${peak} of ${limit} bytes were resident`);
});

test('resumed from saved devices, its memory served from the image as it is touched', async () => {
  const [image, devices] = [stage.path('ram'), stage.path('devices')];
  const source = start('source');
  await source.tick(ROUND / 2);
  await source.saveDevices(devices);
  const memory = source.memoryFile();
  assert.ok(memory !== undefined, 'it has no memfile');
  execFileSync('cp', ['--sparse=always', memory, image]);
  const last = Number([...(await source.output()).matchAll(/TICK (\d+) bad=0/g)].at(-1)?.[1]);
  await source.end();

  const server = await stage.serve(['--image', image, '--once'], { budget: 100_000 });
  const resumed = start('resumed', { handOff: server.socket, incoming: true });
  const began = performance.now();
  await resumed.loadDevices(devices);
  await resumed.tick(1);
  const first = resumed.ticks[0];
  console.log(`resumed: first tick after ${((first?.at ?? 0) - began).toFixed(0)} ms, number ${first?.number}`);
  assert.equal(first?.number, last + 1, 'the guest continues where it was');
  await resumed.tick(2 * ROUND);
  console.log(`resumed: ${resumed.describeGaps()}`);
  await resumed.end();
  const { report, result } = await server.ended();
  const [session] = report.sessions;
  assert.ok(session?.stats, result.stderr);
  assert.equal(session.ending, 'exited', result.stderr);
  const { source: fetched } = session.stats.fills;
  assert.ok(fetched >= (FILLED * MEBIBYTE) / 4096, `${fetched} pages came from the image`);
  assert.ok(fetched < (MEMORY * MEBIBYTE) / 4096 / 2, `${fetched} pages came, not the touched ones alone`);
  assert.equal(session.stats.fills.zero, 0);
});

test('an image of its memory, half of it evicted, beside its saved devices: another QEMU continues from both', async () => {
  const [image, devices] = [stage.path('guest.img'), stage.path('guest.devices')];
  const limit = (FILLED / 2) * MEBIBYTE;
  const limited = ['--image', 'none', '--resident', `${limit}`, '--once'];
  const first = await stage.serve(limited, { budget: 100_000 });
  const source = start('saved', { handOff: first.socket });
  await source.tick(ROUND / 2);
  await source.saveDevices(devices);
  const args = ['snapshot', '--json', '--pid', String(source.child.pid), '--output', image];
  const taken = await startChild(MAIN, { args, budget: 60_000 }).result;
  assert.equal(taken.code, 0, taken.stderr);
  const last = Number([...(await source.output()).matchAll(/TICK (\d+) bad=0/g)].at(-1)?.[1]);
  await source.end();
  const { report: saved, result: ended } = await first.ended();
  const peak = saved.sessions[0]?.stats?.residentBytesPeak ?? Number.POSITIVE_INFINITY;
  assert.ok(peak <= limit, `${peak} bytes were resident: ${ended.stderr}`);

  const second = await stage.serve(['--image', image, '--once'], { budget: 100_000 });
  const resumed = start('from the image', { handOff: second.socket, incoming: true });
  await resumed.loadDevices(devices);
  await resumed.tick(1);
  assert.equal(resumed.ticks[0]?.number, last + 1, 'the guest continues where it was');
  await resumed.tick(ROUND + 5);
  await resumed.end();
  const { report, result } = await second.ended();
  assert.equal(report.sessions[0]?.ending, 'exited', result.stderr);
  const fetched = report.sessions[0]?.stats?.fills.source ?? 0;
  assert.ok(fetched >= (FILLED * MEBIBYTE) / 4096, `${fetched} pages came from the image`);
});

for (const [what, options, signal, line] of [
  ['is killed', [], 'SIGKILL', /^farpage: .*kill/m],
  ['leaves', ['--no-kill'], 'SIGTERM', /^farpage: process \d+: the server of the guest's memory has gone; .* killed/m],
] as const) {
  test(`the server ${what}: QEMU is gone within a second, with a line`, async () => {
    const server = await stage.serve(['--image', 'none', ...options], { budget: 100_000 });
    const qemu = start(`orphan of one that ${what}`, { handOff: server.socket, filled: LITTLE });
    await until(() => qemu.residentBytes() > MEBIBYTE, 'its memory is used');
    server.child.kill(signal);
    await until(() => !isRunning(qemu.child.pid), 'QEMU ends', 1000);
    const result = await qemu.child.result;
    assert.equal(result.signal, 'SIGKILL');
    const said = `${result.stderr}${(await server.child.result).stderr}`;
    assert.match(said, line, said);
  });
}

test('memory in a file that is shared, under a limit', async () => {
  const file = path.join('/dev/shm', `farpage-${process.pid}`);
  const server = await stage.serve(['--image', 'none', '--resident', '24MiB', '--once'], { budget: 100_000 });
  const qemu = start('in a file', { handOff: server.socket, filled: LITTLE, file });
  try {
    await qemu.tick(ROUND / 4);
  } finally {
    rmSync(file, { force: true });
  }
  await qemu.end();
  const { report, result } = await server.ended();
  const [session] = report.sessions;
  assert.equal(session?.ending, 'exited', result.stderr);
  assert.ok((session?.stats?.evictions ?? 0) > 0, 'nothing was evicted');
});

test('without a server QEMU does not run on memory that no pager serves', async () => {
  const qemu = start('alone', { filled: LITTLE, handOff: path.join(stage.folder, 'nobody') });
  const { code, stderr } = await qemu.child.result;
  assert.equal(code, 70, stderr);
  assert.match(stderr, /^farpage: process \d+: the server cannot be reached: ENOENT; /);
});

test.run();
