// Faults and events of other threads and of another process, served through farpage/userfaultfd.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  anonymous,
  DescriptorSocket,
  type Message,
  mapDescriptor,
  PagerError,
  pageFlags,
  sharedMemory,
  Userfaultfd,
  viewOf,
} from '../../../src/userfaultfd/index.js';
import { door } from '../../../src/userfaultfd/native.js';
import { pause, perform, until } from './kit.js';
import { done, filled, firstMessage, Hand, isFault, PAGE, rangeOf, serve } from './userfaultfd-kit.js';

const openDescriptors = () => readdirSync('/proc/self/fd').length;

await perform({
  async 'a missing fault'() {
    const uffd = new Userfaultfd({ features: ['THREAD_ID', 'EXACT_ADDRESS'] });
    const memory = anonymous(4 * PAGE);
    const source = filled(4);
    uffd.register(rangeOf(memory), { missing: true });
    const serving = serve(uffd, memory, source);
    const hand = new Hand(memory);
    assert.equal(await hand.do({ do: 'read', at: PAGE + 5 }), 2);
    assert.equal(await hand.do({ do: 'write', at: 2 * PAGE + 7, value: 9 }), 9);
    assert.equal(await hand.do({ do: 'read(2)', at: 3 * PAGE }), 8);
    const threads = readdirSync('/proc/self/task').map(Number);
    await hand.end();
    uffd.close();
    const [read, write, kernel, ...more] = await serving;
    isFault(read);
    isFault(write);
    isFault(kernel);
    assert.equal(more.length, 0);
    assert.deepEqual([read.address, write.address], [memory.address + 0x1005n, memory.address + 0x2007n]);
    assert.deepEqual([read.write, write.write, kernel.write], [false, true, true]);
    assert.ok(read.threadId === write.threadId && read.threadId !== process.pid);
    assert.ok(threads.includes(read.threadId), `${read.threadId} is not a thread`);
    const page = new Uint8Array(memory.buffer, PAGE);
    assert.deepEqual([page[PAGE + 7], page[PAGE + 8], page[2 * PAGE]], [9, 3, 0]);
  },

  async batches() {
    const threads = 6;
    const uffd = new Userfaultfd();
    const memory = anonymous(threads * PAGE);
    const source = filled(threads);
    uffd.register(rangeOf(memory), { missing: true });
    const hands = Array.from({ length: threads }, () => new Hand(memory));
    const reads = Promise.all(hands.map((hand, page) => hand.do({ do: 'read', at: page * PAGE })));
    // All of them wait before the first is read.
    await Promise.all(hands.map((hand) => hand.begun()));
    await pause(100);
    let faults = 0;
    const sizes: number[] = [];
    for await (const batch of uffd.batches(4)) {
      sizes.push(batch.length);
      for (const message of batch) {
        isFault(message);
        const offset = message.address - memory.address;
        assert.deepEqual(uffd.copy(message.address, source.address + offset, PAGE, { wake: false }), done(PAGE));
        faults++;
      }
      if (faults === threads) break;
    }
    const early = await Promise.race([reads.then(() => 'woken'), pause(50).then(() => 'waiting')]);
    assert.equal(early, 'waiting');
    uffd.wake(memory.address, memory.byteLength);
    assert.deepEqual(await reads, [1, 2, 3, 4, 5, 6]);
    for (const hand of hands) await hand.end();
    uffd.close();
    return sizes;
  },

  async events() {
    const uffd = new Userfaultfd({ features: ['EVENT_REMAP', 'EVENT_REMOVE', 'EVENT_UNMAP'] });
    const memory = anonymous(16 * PAGE, { align: 2 ** 20 });
    assert.equal(memory.address % 2n ** 20n, 0n);
    uffd.register(rangeOf(memory), { missing: true });
    const seen: Message[] = [];
    const serving = (async () => {
      for await (const message of uffd) seen.push(message);
    })();
    const hand = new Hand(memory);
    const { address } = memory;
    const at = (page: number) => address + BigInt(page * PAGE);
    await hand.do({ do: 'advise', start: at(1), byteLength: 2 * PAGE, advice: 'DONTNEED' });
    await hand.do({ do: 'unmap', start: at(14), byteLength: 2 * PAGE });
    const to = await hand.do<bigint>({ do: 'remap', start: at(8), byteLength: 2 * PAGE, newByteLength: 64 * PAGE });
    await hand.end();
    const [removed, unmapped, remapped, left, ...more] = seen;
    assert.deepEqual(removed, { event: 'remove', start: at(1), end: at(3) });
    assert.deepEqual(unmapped, { event: 'unmap', start: at(14), end: at(16) });
    // The length is that of the old range, whatever the new one is.
    assert.deepEqual(remapped, { event: 'remap', from: at(8), to, byteLength: 2 * PAGE });
    assert.deepEqual(left, { event: 'unmap', start: at(8), end: at(10) });
    assert.deepEqual(more, []);
    uffd.close();
    await serving;
  },

  async 'forks of another process'({ folder }: { folder: string }) {
    const { peer, hello, ended } = await startOwner(path.join(folder, 'forks'), 'forking owner');
    const uffd = Userfaultfd.fromDescriptor(hello.descriptors[0] ?? -1);
    assert.deepEqual([...uffd.features], ['EVENT_FORK']);
    const fork = await firstMessage(uffd);
    assert.ok(fork.event === 'fork');
    assert.ok(fork.child.fd >= 0 && fork.child.fd !== uffd.fd);
    assert.deepEqual(fork.child.features, uffd.features);
    assert.equal((await peer.receive())?.data[0], 0);
    // What it was a copy of is gone: the program was replaced.
    const address = BigInt(Buffer.from(hello.data).toString());
    assert.equal(fork.child.zeropage(address, PAGE).outcome, 'exited');
    fork.child.close();
    // A fault and a fork are there, the fault is given out, the fork read ahead: its descriptor goes with the close.
    const before = openDescriptors();
    await peer.send(Uint8Array.of(1), []);
    await peer.receive();
    await pause(200);
    isFault(await firstMessage(uffd));
    assert.equal(openDescriptors(), before + 1);
    uffd.close();
    assert.equal(openDescriptors(), before - 1);
    assert.equal(await ended, 0);
    peer.close();
  },

  /** The other side of the scene above: where one process forks, another must read the event. */
  async 'forking owner'({ socket }: { socket: string }) {
    const uffd = new Userfaultfd({ features: ['EVENT_FORK'] });
    const memory = anonymous(PAGE);
    uffd.register(rangeOf(memory), { missing: true });
    const peer = await DescriptorSocket.connect(socket);
    const hand = new Hand(memory);
    await peer.send(Buffer.from(String(memory.address)), [uffd.fd]);
    uffd.close();
    await peer.send(Uint8Array.of(spawnSync('/bin/true').status ?? 1), []);
    await peer.receive();
    const read = hand.do({ do: 'read', at: 0 });
    await hand.begun();
    await pause(50);
    await peer.send(Uint8Array.of(1), []);
    assert.equal(spawnSync('/bin/true').status, 0);
    assert.equal(await read, 0);
    await hand.end();
    peer.close();
  },

  async 'a minor fault'() {
    const uffd = new Userfaultfd({ features: ['MINOR_SHMEM'] });
    const memory = sharedMemory(4 * PAGE);
    uffd.register(rangeOf(memory), { minor: true });
    assert.ok(memory.alias);
    new Uint8Array(memory.alias.buffer).fill(5);
    const hand = new Hand(memory);
    const read = hand.do({ do: 'read', at: 2 * PAGE });
    const message = await firstMessage(uffd);
    isFault(message);
    assert.deepEqual([message.minor, message.address], [true, memory.address + 0x2000n]);
    assert.deepEqual(uffd.continue(message.address, PAGE), done(PAGE));
    assert.equal(await read, 5);
    await hand.end();
    uffd.close();
    memory.close();
  },

  async 'a write-protect fault'() {
    const uffd = new Userfaultfd({ features: ['PAGEFAULT_FLAG_WP'] });
    const memory = filled(2);
    uffd.register(rangeOf(memory), { wp: true });
    assert.deepEqual(uffd.writeProtect(memory.address, 2 * PAGE), done(2 * PAGE));
    const hand = new Hand(memory);
    assert.equal(await hand.do({ do: 'read', at: PAGE }), 2);
    const write = hand.do({ do: 'write', at: PAGE + 3, value: 8 });
    const message = await firstMessage(uffd);
    isFault(message);
    assert.deepEqual([message.wp, message.write], [true, true]);
    assert.equal(new Uint8Array(memory.buffer)[PAGE + 3], 2);
    uffd.writeProtect(message.address, PAGE, { on: false });
    assert.equal(await write, 8);
    assert.deepEqual(
      pageFlags(rangeOf(memory)).map(({ uffdWp }) => uffdWp),
      [true, false],
    );
    await hand.end();
    uffd.close();
  },

  async 'a fault of user mode alone'() {
    const uffd = new Userfaultfd({ via: 'syscall', userModeOnly: true });
    assert.equal(uffd.userModeOnly, true);
    const memory = anonymous(2 * PAGE);
    const source = filled(2);
    uffd.register(rangeOf(memory), { missing: true });
    const serving = serve(uffd, memory, source);
    const hand = new Hand(memory);
    assert.equal(await hand.do({ do: 'read(2)', at: PAGE }), 'EFAULT');
    assert.equal(await hand.do({ do: 'read', at: 0 }), 1);
    await hand.end();
    uffd.close();
    assert.equal((await serving).length, 1);
  },

  async 'an iteration left early'() {
    const uffd = new Userfaultfd();
    const memory = anonymous(4 * PAGE);
    const source = filled(4);
    uffd.register(rangeOf(memory), { missing: true });
    const hands = [0, 1, 2, 3].map(() => new Hand(memory));
    const reads = Promise.all(hands.map((hand, page) => hand.do({ do: 'read', at: page * PAGE })));
    await Promise.all(hands.map((hand) => hand.begun()));
    await pause(100);
    // Each of these reads all that is there, and gives out one.
    const messages = [await firstMessage(uffd), await firstMessage(uffd), ...uffd.read(1)];
    const two = [uffd[Symbol.asyncIterator](), uffd[Symbol.asyncIterator]()];
    const [third, nothing] = two.map((stream) => stream.next());
    messages.push((await third)?.value as Message);
    for (const message of messages) {
      isFault(message);
      uffd.copy(message.address, source.address + (message.address - memory.address), PAGE);
    }
    assert.deepEqual(await reads, [1, 2, 3, 4]);
    // One that is given up while it waits ends, and the next one waits all the same.
    await two[1]?.return?.();
    assert.equal((await nothing)?.done, true);
    const waiting = two[0]?.next();
    memory.advise('DONTNEED');
    const again = hands[0]?.do({ do: 'read', at: 0 });
    const message = (await waiting)?.value;
    isFault(message);
    uffd.zeropage(message.address, PAGE);
    assert.equal(await again, 0);
    for (const hand of hands) await hand.end();
    uffd.close();
  },

  async 'a close while it iterates'() {
    const uffd = new Userfaultfd();
    const streams = [uffd.batches(), uffd.batches(), uffd[Symbol.asyncIterator]()];
    const pending = streams.map((stream) => stream.next());
    await pause(20);
    uffd.close();
    for (const next of pending) assert.deepEqual(await next, { value: undefined, done: true });
    for await (const message of uffd) throw new Error(message.event);
  },

  async 'a thread that waits at the close'() {
    const uffd = new Userfaultfd();
    const memory = anonymous(PAGE);
    uffd.register(rangeOf(memory), { missing: true });
    const hand = new Hand(memory);
    const read = hand.do({ do: 'read', at: 0 });
    isFault(await firstMessage(uffd));
    uffd.close();
    assert.equal(await read, 0);
    await hand.end();
  },

  /** Nothing here keeps the process alive. */
  async 'open and forgotten'() {
    const uffd = new Userfaultfd();
    const memory = anonymous(PAGE);
    uffd.register(rangeOf(memory), { missing: true });
    const stream = uffd.batches();
    const waiting = stream.next();
    await pause(10);
    await stream.return?.();
    await waiting;
    new Userfaultfd({ nonblock: false });
  },

  /** Ends by process.exit with 3. */
  async 'an exit while a thread waits'() {
    const uffd = new Userfaultfd();
    const memory = anonymous(PAGE);
    uffd.register(rangeOf(memory), { missing: true });
    const hand = new Hand(memory);
    void hand.do({ do: 'read', at: 0 }).then((value) => process.stdout.write(`read ${value}\n`));
    isFault(await firstMessage(uffd));
    process.exit(3);
  },

  async 'a thread that ends while it iterates'() {
    const before = openDescriptors();
    for (let round = 0; round < 5; round++) {
      const hand = new Hand(anonymous(PAGE));
      assert.equal(await hand.do({ do: 'iterate' }), 'iterating');
      if (round % 2 === 0) await pause(10);
      await hand.end();
    }
    await until(() => openDescriptors() <= before);
  },

  async 'without privilege'() {
    process.setgid?.(65534);
    process.setuid?.(65534);
    const answers: Array<[string, string | undefined, boolean]> = [];
    for (const options of [{ via: 'device' }, { via: 'syscall' }] as const) {
      try {
        new Userfaultfd(options).close();
        answers.push(['allowed', undefined, true]);
      } catch (error) {
        assert.ok(error instanceof PagerError);
        answers.push([error.code, error.errno, error.hint !== undefined]);
      }
    }
    const uffd = new Userfaultfd();
    return { answers, userModeOnly: uffd.userModeOnly };
  },

  async 'another process'({ folder }: { folder: string }) {
    const { peer, hello, ended } = await startOwner(path.join(folder, 'socket'), 'owner');
    const { address, pages } = JSON.parse(Buffer.from(hello.data).toString()) as { address: string; pages: number };
    const [userfaultfd = -1, file = -1] = hello.descriptors;
    const uffd = Userfaultfd.fromDescriptor(userfaultfd);
    assert.deepEqual([...uffd.features], ['THREAD_ID']);
    const shared = mapDescriptor(file, PAGE);
    closeSync(file);
    assert.equal(new Uint8Array(shared.buffer)[9], 77);
    const source = filled(pages, 50);
    const messages: Message[] = [];
    for await (const message of uffd) {
      isFault(message);
      messages.push(message);
      const offset = message.address - BigInt(address);
      assert.deepEqual(uffd.copy(message.address, source.address + offset, PAGE), done(PAGE));
      if (messages.length === pages) break;
    }
    const answer = await peer.receive();
    assert.equal(Buffer.from(answer?.data ?? []).toString(), '50,51,52,53');
    assert.equal(await ended, 0);
    assert.equal(await peer.receive(), null);
    peer.close();
    // Its process has exited: nothing can be filled any more.
    const late = uffd.copy(BigInt(address), source.address, PAGE);
    assert.deepEqual(late, { bytes: 0, outcome: 'exited', errno: 'ESRCH' });
    uffd.close();
    shared.close();
  },

  /** The other side of the scene above. */
  async owner({ socket }: { socket: string }) {
    const pages = 4;
    const uffd = new Userfaultfd({ features: ['THREAD_ID'] });
    const memory = anonymous(pages * PAGE);
    const file = sharedMemory(PAGE);
    new Uint8Array(file.buffer)[9] = 77;
    uffd.register(rangeOf(memory), { missing: true });
    const peer = await DescriptorSocket.connect(socket);
    const hello = { address: String(memory.address), pages };
    await peer.send(Buffer.from(JSON.stringify(hello)), [uffd.fd, file.fd ?? -1]);
    uffd.close();
    const hand = new Hand(memory);
    const values: unknown[] = [];
    for (let page = 0; page < pages; page++) values.push(await hand.do({ do: 'read', at: page * PAGE }));
    await hand.end();
    await peer.send(Buffer.from(values.join()), []);
    peer.close();
  },

  async sockets({ folder }: { folder: string }) {
    const name = path.join(folder, 'sockets');
    const refusal = async (work: Promise<unknown>) => {
      const error = await work.then(
        () => assert.fail('it did not reject'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof PagerError && error.hint !== undefined, String(error));
      return `${error.code} ${error.errno}`;
    };
    assert.equal(await refusal(DescriptorSocket.connect(name)), 'OPTION ENOENT');
    assert.equal(await refusal(DescriptorSocket.listen('x'.repeat(200))), 'OPTION ENAMETOOLONG');
    const before = openDescriptors();
    for (const type of ['seqpacket', 'stream'] as const) {
      const server = await DescriptorSocket.listen(name, { type });
      assert.equal(await refusal(DescriptorSocket.listen(name)), 'OPTION EADDRINUSE');
      const accepting = server.accept();
      const left = await DescriptorSocket.connect(name, { type });
      const right = await accepting;
      const file = sharedMemory(PAGE);
      const [first, second] = [right.receive(), right.receive()];
      await left.send(Uint8Array.of(1, 2), Array(253).fill(file.fd));
      const { data, descriptors } = (await first) ?? assert.fail('closed');
      assert.deepEqual([...data], [1, 2]);
      assert.equal(descriptors.length, 253);
      for (const fd of descriptors) closeSync(fd);
      await left.send(Uint8Array.of(3), []);
      assert.deepEqual(await second, { data: Uint8Array.of(3), descriptors: [] });
      // More descriptors than there is room for: refused, and none of them stays open.
      await left.send(Uint8Array.of(4), [file.fd ?? -1, file.fd ?? -1, file.fd ?? -1]);
      const count = openDescriptors();
      assert.throws(() => door.receive(fdOf(right), new Uint8Array(8), 1), { errno: 'EMSGSIZE' });
      assert.equal(openDescriptors(), count);
      assert.equal(await refusal(left.send(new Uint8Array(0))), 'OPTION undefined');
      assert.equal(await refusal(left.send(new Uint8Array(65537))), 'OPTION undefined');
      assert.equal(await refusal(left.send(Uint8Array.of(1), Array(254).fill(0))), 'OPTION undefined');
      assert.equal(await refusal(left.send(Uint8Array.of(1), [9999])), 'CLOSED EBADF');
      // A full buffer is waited for.
      const big = new Uint8Array(65536).fill(6);
      let sent = 0;
      const sending = Promise.all(Array.from({ length: 20 }, () => left.send(big, [file.fd ?? -1]).then(() => sent++)));
      await pause(20);
      assert.ok(sent < 20, 'the buffer never filled up');
      let got = 0;
      const came: number[] = [];
      while (got < 20 * big.length) {
        const message = (await right.receive()) ?? assert.fail('closed');
        got += message.data.length;
        came.push(...message.descriptors);
      }
      for (const fd of came) closeSync(fd);
      assert.equal(came.length, 20);
      await sending;
      left.close();
      assert.equal(await right.receive(), null);
      assert.equal(await refusal(right.send(Uint8Array.of(1))), 'CLOSED EPIPE');
      const none = server.accept();
      await pause(5);
      server.close();
      assert.equal(await refusal(none), 'CLOSED undefined');
      right.close();
      assert.equal(await refusal(right.receive()), 'CLOSED undefined');
      file.close();
    }
    assert.equal(openDescriptors(), before);
    writeFileSync(name, 'in the way');
    assert.equal(await refusal(DescriptorSocket.listen(name)), 'OPTION EADDRINUSE');
    assert.equal(await refusal(DescriptorSocket.connect(name)), 'OPTION ECONNREFUSED');
    assert.throws(() => Userfaultfd.fromDescriptor(1), { code: 'OPTION' });
    assert.throws(() => Userfaultfd.fromDescriptor(9999), { code: 'CLOSED' });
  },

  async memory() {
    const memory = anonymous(4 * PAGE);
    const { buffer } = memory;
    assert.equal(viewOf(memory.address, memory.byteLength), buffer);
    const part = viewOf(memory.address + BigInt(PAGE), PAGE);
    new Uint8Array(buffer)[PAGE] = 3;
    assert.equal(new Uint8Array(part)[0], 3);
    const longer = memory.remap(1024 * PAGE);
    assert.deepEqual([buffer.byteLength, part.byteLength], [0, 0]);
    assert.equal(new Uint8Array(longer.buffer)[PAGE], 3);
    memory.close();
    assert.equal(new Uint8Array(longer.buffer)[PAGE], 3);
    const { buffer: last } = longer;
    longer.close();
    longer.close();
    assert.equal(last.byteLength, 0);
    assert.throws(() => longer.advise('DONTNEED'), { code: 'CLOSED' });

    const shared = sharedMemory(2 * PAGE);
    new Uint8Array(shared.buffer)[5] = 4;
    assert.equal(new Uint8Array(shared.alias?.buffer ?? assert.fail('no alias'))[5], 4);
    const grown = shared.remap(64 * PAGE);
    new Uint8Array(grown.alias?.buffer ?? assert.fail('no alias'))[63 * PAGE] = 6;
    assert.equal(new Uint8Array(grown.buffer)[63 * PAGE], 6);
    const again = mapDescriptor(grown.fd ?? -1, PAGE);
    assert.equal(new Uint8Array(again.buffer)[5], 4);
    grown.advise('REMOVE', 0, PAGE);
    assert.equal(new Uint8Array(again.buffer)[5], 0);
    grown.close();
    again.close();
    const own = sharedMemory(PAGE, { private: true });
    new Uint8Array(own.alias?.buffer ?? assert.fail('no alias'))[0] = 1;
    assert.equal(new Uint8Array(own.buffer)[0], 1);
    new Uint8Array(own.buffer)[0] = 2;
    assert.equal(new Uint8Array(own.alias?.buffer ?? assert.fail('no alias'))[0], 1);
    for (const wrong of [0, 1, -PAGE, 4097, Number.NaN]) {
      assert.throws(() => anonymous(wrong), { code: 'OPTION' }, `${wrong}`);
    }
    assert.throws(() => anonymous(2 ** 50 * 4), { code: 'REGION', errno: 'ENOMEM' });
    assert.throws(() => anonymous(PAGE, { align: 5000 }), { code: 'OPTION' });
    assert.throws(() => viewOf(0n, PAGE), { code: 'OPTION' });
    assert.throws(() => anonymous(PAGE).advise('NONSENSE' as 'FREE'), { code: 'OPTION' });
    const big = anonymous(8 * 2 ** 30);
    assert.throws(() => big.buffer, { code: 'OPTION' });
    big.close();
  },
});

/** Starts this program's other side, and takes its first message. */
async function startOwner(socket: string, scene: string) {
  const server = await DescriptorSocket.listen(socket);
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), scene, JSON.stringify({ socket })], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const peer = await server.accept();
  server.close();
  assert.deepEqual(peer.peer, { pid: child.pid, uid: process.getuid?.(), gid: process.getgid?.() });
  const hello = await peer.receive();
  assert.ok(hello);
  return { peer, hello, ended };
}

/** The socket's own number, which it does not tell: the newest descriptor but those of the file and of /proc. */
function fdOf(socket: DescriptorSocket): number {
  const numbers = readdirSync('/proc/self/fd').map(Number);
  const found = numbers.filter((fd) => {
    try {
      return door.peer(fd).pid === socket.peer.pid;
    } catch {
      return false;
    }
  });
  // Listener, left and right in the order they were made.
  return found.at(-1) ?? assert.fail('no socket');
}
