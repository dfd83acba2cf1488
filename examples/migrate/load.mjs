// Moves a service from one process to another while it is asked from all sides, and checks every answer.
//   node examples/migrate/load.mjs
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { filled } from './table.mjs';

const CLIENTS = 16;
const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    bytes: { type: 'string', default: '64MiB' },
    /** 0: the table is there at once, its pages come as they are asked for. */
    rounds: { type: 'string', default: '1' },
    /** What the move may take a second: on this machine it would be over before anyone saw it. */
    bandwidth: { type: 'string', default: '24MiB' },
    /** Before the move, and after it. */
    seconds: { type: 'string', default: '1.5' },
  },
});
const entries = Number(options.entries);
const pause = Number(options.seconds) * 1000;

const folder = mkdtempSync(path.join(tmpdir(), 'farpage-migrate-'));
const children = [];
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** Resolves to the child and where it listens. The channel tells it when we are gone, however that came. */
function start(...args) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'service.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => reject(new Error(`a service ended: ${signal ?? code}`)));
    createInterface(child.stdout).on('line', (line) => {
      console.log(line);
      const at = / listens at (\S+)$/.exec(line)?.[1];
      if (at !== undefined) resolve({ child, at });
    });
  });
}

/** What we wrote; the rest is as it was filled. */
const model = new Map();
const pending = new Map();
const servedBy = new Map();
let address;
let running = true;
let [answered, wrong, longest, added] = [0, 0, 0, 0];

async function ask(method, what, expected) {
  const at = address;
  const begun = performance.now();
  pending.set(at, (pending.get(at) ?? 0) + 1);
  try {
    const response = await fetch(`${at}/${what}`, { method, ...(method === 'PUT' && { body: String(expected) }) });
    const body = await response.text();
    if (response.status === 200 && body === String(expected)) answered++;
    else complain(`${method} ${what}: ${response.status} ${body.trim()}, not ${expected}`);
    const pid = response.headers.get('served-by');
    servedBy.set(pid, (servedBy.get(pid) ?? 0) + 1);
    address = response.headers.get('moved-to') ?? address;
  } catch (error) {
    complain(`${method} ${what}: ${error.message} ${error.cause?.message ?? ''}`);
  } finally {
    pending.set(at, pending.get(at) - 1);
    longest = Math.max(longest, performance.now() - begun);
  }
}

function complain(line) {
  wrong++;
  if (wrong <= 10) console.error(line);
}

/** Has keys of its own, so that it knows what each holds. Some of what it writes is new. */
async function client(number) {
  while (running) {
    const key = 1 + number + CLIENTS * Math.floor(Math.random() * (entries / CLIENTS) * 1.1);
    const known = model.get(key) ?? (key <= entries ? filled(key) : undefined);
    if (known !== undefined && Math.random() < 0.6) {
      await ask('GET', key, known);
    } else {
      const value = Math.floor(Math.random() * 2 ** 32);
      await ask('PUT', key, value);
      model.set(key, value);
      if (known === undefined) added++;
    }
  }
}

const socket = `unix:${path.join(folder, 'move.sock')}`;
const [first, second] = await Promise.all([
  start('--entries', options.entries, '--bytes', options.bytes),
  start('--receive', socket),
]);

address = first.at;
const clients = Array.from({ length: CLIENTS }, (_, number) => client(number));
await sleep(pause);

console.log('— move');
const longestBefore = longest;
longest = 0;
const query = new URLSearchParams({
  to: socket,
  service: second.at,
  rounds: options.rounds,
  bandwidth: options.bandwidth,
});
const moved = await fetch(`${first.at}/move?${query}`, { method: 'POST' });
if (!moved.ok) throw new Error(`it did not move: ${await moved.text()}`);
const report = await moved.json();
console.log(
  `— moved: ${report.pages} pages; the other answered ${report.postcopySeconds.toFixed(2)} s before it had them all`,
);

// What is under way through the first process is let through; then the second is alone.
address = second.at;
while (pending.get(first.at) > 0) await sleep(10);
first.child.kill();
console.log(`— pid ${first.child.pid} is ended`);
await sleep(pause);

running = false;
await Promise.all(clients);
const written = [...model];
const readers = Array.from({ length: CLIENTS }, async () => {
  for (let one = written.pop(); one !== undefined; one = written.pop()) await ask('GET', ...one);
});
await Promise.all(readers);
await ask('GET', 'size', entries + added);

console.log(`${answered} answered right, ${wrong} wrong`);
console.log(`the longest wait: ${Math.round(longestBefore)} ms before the move, ${Math.round(longest)} ms since`);
for (const [pid, count] of servedBy) console.log(`  ${count} by pid ${pid}`);
process.exit(wrong === 0 ? 0 : 1);
