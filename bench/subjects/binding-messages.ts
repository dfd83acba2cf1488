// Messages read and answered through `for await`, by batches woken once or one by one (--how); the threads that fault are those of
// bench/peers/uffd_messages.c (--program), which also holds the C loop that this is measured against.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymous, DescriptorSocket, type Message, Userfaultfd } from '../../src/userfaultfd/index.js';
import { fillPage, PAGE_BYTES } from '../data.js';
import * as side from './common.js';

const folder = mkdtempSync(join(tmpdir(), 'farpage-bench-messages-'));
const socket = join(folder, 'socket');
const server = await DescriptorSocket.listen(socket);
const args = ['pages', 'threads', 'passes'].flatMap((name) => [`--${name}`, side.text(name)]);
const faulting = spawn(side.text('program'), [...args, '--socket', socket], { stdio: ['ignore', 'pipe', 'inherit'] });
let output = '';
faulting.stdout.setEncoding('utf8').on('data', (text: string) => {
  output += text;
});
const ended = new Promise<number | null>((resolve) => faulting.on('close', resolve));
const peer = await server.accept();
server.close();
rmSync(folder, { recursive: true });
const hello = await peer.receive();
const uffd = Userfaultfd.fromDescriptor(hello?.descriptors[0] ?? -1);
const source = anonymous(PAGE_BYTES);
fillPage(new Int32Array(source.buffer), 0, 7, false);
await peer.send(Uint8Array.of(1), []);
void peer.receive().then(() => uffd.close());

const start = BigInt(
  Buffer.from(hello?.data ?? [])
    .toString()
    .split(' ')[0] ?? '',
);
const byteLength = side.integer('pages') * PAGE_BYTES;
const LATER = { wake: false };
let faults = 0;
let batches = 0;
let failed = 0;

function answerFault(message: Message, options?: { wake: boolean }): void {
  if (message.event !== 'pagefault') return;
  faults++;
  const { outcome } = uffd.copy(message.address, source.address, PAGE_BYTES, options);
  // Present: woken with a batch before its message was read, its thread asked again.
  if (outcome !== 'done' && outcome !== 'present') failed++;
}

if (side.text('how') === 'batches') {
  for await (const messages of uffd.batches(64)) {
    batches++;
    for (const message of messages) answerFault(message, LATER);
    uffd.wake(start, byteLength);
  }
} else {
  for await (const message of uffd) {
    batches++;
    answerFault(message);
  }
}
const status = await ended;
peer.close();
const run = JSON.parse(output) as { faultsPerSecond: number; wrong: number };
side.answer({
  subject: 'binding-messages',
  ...run,
  faults,
  meanBatch: faults / batches,
  wrong: run.wrong + failed + (status === 0 ? 0 : 1),
});
