// budget: 300 s
// parts: 2
// covers: src/pager/, src/loop/, src/image/, src/record/, src/userfaultfd/
// Hints of the library's calls: each is provoked, what it says is done in its place, and the call succeeds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { refused, works } from '../../support/hints.js';
import { suite } from '../../support/parts.js';
import { type AttemptOptions, attempt } from '../../support/process/attempt.js';
import { skipUnless } from '../../support/skip.js';

const test = suite('hints of calls');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-calls-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, to be somebody else');
const at = (name: string): string => JSON.stringify(path.join(folder, name));

const LARGE = `
  const pager = await farpage.createPager({ residentLimit: '1MiB' });
  const region = await pager.map({ byteLength: '5GiB' });`;
const REGION = (options = '') => `
  const pager = await farpage.createPager({ residentLimit: '1MiB' });
  const region = await pager.map({ byteLength: '1MiB', ${options} });`;

/** What `wrong` is refused with says `pattern`; the body made of what it names works. */
async function helps(wrong: string, pattern: RegExp, right: (...named: string[]) => string, more: AttemptOptions = {}) {
  const named = refused(await attempt(wrong, more), pattern);
  return works(await attempt(right(...named), more));
}

const CASES: ReadonlyArray<
  readonly [what: string, wrong: string, hint: RegExp, right: (...named: string[]) => string]
> = [
  [
    'a range past the end',
    `${REGION()} await region.load(0, 2 ** 21);`,
    /^it has (\d+) bytes$/,
    (bytes) => `${REGION()} await region.load(0, ${bytes});`,
  ],
  [
    'the buffer of a region over 4 GiB, and too long a view of it',
    `${LARGE} region.buffer;`,
    /^use (region\.view)$/,
    (call) => `${LARGE} return ${call}(Uint8Array, 2 ** 32, 16).length;`,
  ],
  [
    'a view over 2 GiB',
    `${LARGE} region.view(Uint8Array, 1.5 * 2 ** 30, 3 * 2 ** 30);`,
    /^take views of up to (\d) GiB$/,
    (gib) => `${LARGE} region.view(Uint8Array, 1.5 * 2 ** 30, ${gib} * 2 ** 30);`,
  ],
  [
    'a part of a page discarded',
    `${REGION()} await region.discard(0, 100);`,
    /^give multiples of (\d+); write zeros to the rest$/,
    (bytes) => `${REGION()} await region.discard(0, ${bytes}); region.view(Uint8Array, 4096, 100).fill(0);`,
  ],
  [
    'a migration to a receiver that does not listen yet',
    `${REGION()} await region.migrate('unix:' + ${at('early.sock')}, { rounds: 0 });`,
    /^start the receiver first, and wait until it listens: receiveRegion calls (onListening)$/,
    (call) => `${REGION()} const to = 'unix:' + ${at('early.sock')};
      let listens; const listening = new Promise((resolve) => { listens = resolve; });
      const receiving = farpage.receiveRegion(to, { ${call}: listens });
      await listening; await region.migrate(to, { rounds: 0 });
      await (await receiving).complete;`,
  ],
  [
    'a region without a length',
    `${REGION()} await pager.map({});`,
    /^say '(\w+)'$/,
    (size) => `${REGION()} await pager.map({ byteLength: '${size}' });`,
  ],
  [
    'a region of no page',
    `${REGION()} await pager.map({ byteLength: 0 });`,
    /^give from one page to 2\^31 - 1 pages of (.*) KiB$/,
    (kib) => `${REGION()} await pager.map({ byteLength: '${kib}KiB' });`,
  ],
  [
    'one store for two regions',
    `const store = farpage.fileStore(${at('twice')}); ${REGION('store')} await pager.map({ byteLength: '1MiB', store });`,
    /^make one for each region:/,
    () =>
      `const store = farpage.fileStore(${at('twice')}); ${REGION('store')} await pager.map({ byteLength: '1MiB', store: farpage.fileStore(${at('other')}) });`,
  ],
  [
    'a source that was never written',
    `${REGION('source: farpage.memoryStore()')}`,
    /^leave (source) out: a region without one begins as zeros$/,
    () => `${REGION()} await region.load(0, 4096); return region.view(Uint8Array, 0, 1)[0];`,
  ],
  [
    'a store that is never written, to be written to',
    `const store = { writable: false, async read(pages) { for (const { into } of pages) into.fill(1); }, close() {} }; ${REGION('store')}`,
    /^give it as `(\w+)`, and leave `store` out or give one that can be written$/,
    (name) =>
      `const store = { writable: false, async read(pages) { for (const { into } of pages) into.fill(1); }, close() {} }; ${REGION(`${name}: store`)}`,
  ],
  [
    'a region of ordinary memory shared',
    `${REGION()} await farpage.shareRegion(region, ${at('share.sock')});`,
    /^map the region with (memory: '\w+') /,
    (memory) => `${REGION(memory)} await (await farpage.shareRegion(region, ${at('share2.sock')})).close();`,
  ],
  [
    'a trap’s region shared',
    `const pager = await farpage.createPager({ residentLimit: '1MiB', engine: 'trap' });
     await farpage.shareRegion(await pager.map({ byteLength: '1MiB', memory: 'shared' }), ${at('share3.sock')});`,
    /^use (engine) '(\w+)':/,
    (option, engine) => `const pager = await farpage.createPager({ residentLimit: '1MiB', ${option}: '${engine}' });
     await farpage.shareRegion(await pager.map({ byteLength: '1MiB', memory: 'shared' }), ${at('share4.sock')});`,
  ],
  [
    'a compiled core that is to be recorded',
    `process.env.FARPAGE_RECORD = ${at('record')}; await farpage.createPager({ core: 'native' });`,
    /^give core: '(\w+)' or '(\w+)', or unset (\w+)$/,
    (auto, v8, variable) => `process.env.${variable} = ${at('record')};
      for (const core of ['${auto}', '${v8}']) await (await farpage.createPager({ core })).close();
      delete process.env.${variable}; await farpage.createPager({ core: 'native' });`,
  ],
  [
    'inline faults of a core in V8',
    `await farpage.createPager({ core: 'v8', faults: 'inline' });`,
    /^leave out core: 'v8' and FARPAGE_RECORD, or give (faults): '(\w+)'$/,
    (option, value) => `await farpage.createPager({ core: 'v8', ${option}: '${value}' });
      await farpage.createPager({ faults: 'inline' });`,
  ],
  [
    'a record in a folder that is not there',
    `process.env.FARPAGE_RECORD = ${at('none/record')}; ${REGION()}`,
    /^give a path in a folder that this user may write to$/,
    () => `process.env.FARPAGE_RECORD = ${at('record')}; ${REGION()}`,
  ],
  [
    'a snapshot’s buffer that is too small',
    `${REGION()} await region.snapshot(${at('small.img')}, { bufferLimit: 10 });`,
    /^give at least (\d+) bytes$/,
    (bytes) => `${REGION()} await region.snapshot(${at('small.img')}, { bufferLimit: ${bytes} });`,
  ],
  [
    'a snapshot of an unknown format',
    `${REGION()} await region.snapshot(${at('format.img')}, { format: 'raw' });`,
    /^give '(\w+)' or '([\w-]+)'$/,
    (...formats) =>
      `${REGION()} for (const format of ${JSON.stringify(formats)}) await region.snapshot(${at('format.img')} + format, { format });`,
  ],
  [
    'a snapshot to nowhere',
    `${REGION()} await region.snapshot('');`,
    /^region\.snapshot\('(.*)'\)$/,
    (name) => `${REGION()} process.chdir(${JSON.stringify(folder)}); await region.snapshot('${name}');`,
  ],
  [
    'a mapped-ram file as a part of a chain',
    `${REGION()} await region.snapshot(${at('first.img')}); await region.snapshot(${at('part.img')}, { incrementalFrom: ${at('first.img')}, format: 'mapped-ram' });`,
    /^write it to a file or a store$/,
    () =>
      `${REGION()} await region.snapshot(${at('first1.img')}); await region.snapshot(${at('part.img')}, { incrementalFrom: ${at('first1.img')} });`,
  ],
  [
    'a snapshot over one that it needs',
    `${REGION()} await region.snapshot(${at('over.img')}); await region.snapshot(${at('over.img')}, { incrementalFrom: ${at('over.img')} });`,
    /^write the new one to another place$/,
    () =>
      `${REGION()} await region.snapshot(${at('over1.img')}); await region.snapshot(${at('over2.img')}, { incrementalFrom: ${at('over1.img')} });`,
  ],
  [
    'an incremental snapshot of a region of another size',
    `${REGION()} const small = await pager.map({ byteLength: '64KiB' }); await small.snapshot(${at('else.img')}); await region.snapshot(${at('else2.img')}, { incrementalFrom: ${at('else.img')} });`,
    /^this one has (\d+) of (\d+)$/,
    (pages, size) =>
      `${REGION()} const same = await pager.map({ byteLength: ${pages} * ${size} }); await same.snapshot(${at('else3.img')}); await region.snapshot(${at('else4.img')}, { incrementalFrom: ${at('else3.img')} });`,
  ],
  [
    'what regenerates no page',
    `${REGION()} await region.markVolatile(0, 4096, { regenerate: farpage.memoryStore() });`,
    /^give a (function), or moduleStore\(url\)$/,
    () => `${REGION()} await region.markVolatile(0, 4096, { regenerate: () => {} });`,
  ],
  [
    'neither a function nor a store',
    `${REGION()} await region.markVolatile(0, 4096, { regenerate: 7 });`,
    /^give (\(pages\) => \{ for \(const \{ page, into \} of pages\) )… \}$/,
    (start) => `${REGION()} await region.markVolatile(0, 4096, { regenerate: ${start} into.fill(page) } });`,
  ],
  [
    'a pager and a limit for what is received',
    `${REGION()} await farpage.receiveRegion('unix:' + ${at('m.sock')}, { pager, residentLimit: '1MiB' });`,
    /^leave `(pager)` out$/,
    () =>
      `await farpage.receiveRegion('unix:' + ${at('m.sock')}, { residentLimit: '1MiB', signal: AbortSignal.timeout(50) }).catch((error) => { if (error.name !== 'TimeoutError' && error.code !== 'CLOSED') throw error; });`,
  ],
  [
    'a socket’s path that is taken',
    `for (let i = 0; i < 2; i++) await binding.DescriptorSocket.listen(${at('taken.sock')});`,
    /: (remove) it, or take (another)$/,
    () => `const { rmSync } = await import('node:fs');
      rmSync(${at('taken.sock')}, { force: true });
      await binding.DescriptorSocket.listen(${at('taken.sock')}); await binding.DescriptorSocket.listen(${at('free.sock')});`,
  ],
  [
    'a socket of no type',
    `await binding.DescriptorSocket.listen(${at('type.sock')}, { type: 'dgram' });`,
    /^'(\w+)' or '(\w+)'$/,
    (...types) =>
      `for (const type of ${JSON.stringify(types)}) (await binding.DescriptorSocket.listen(${at('type')} + type, { type })).close();`,
  ],
  [
    'memory of no whole pages',
    'binding.anonymous(100);',
    /^give a multiple of (\d+)$/,
    (bytes) => `return binding.anonymous(${bytes}).byteLength;`,
  ],
  [
    'an alignment that is none',
    'binding.anonymous(4096, { align: 5 });',
    /^give a power of two, (\d+) or more$/,
    (align) => `return binding.anonymous(4096, { align: ${align} }).byteLength;`,
  ],
  [
    'an advice that there is not',
    'binding.advise({ start: binding.anonymous(4096).address, byteLength: 4096 }, "none");',
    /^one of (.*)$/,
    (words = '') =>
      `for (const word of ${JSON.stringify(words.split(', ').slice(0, 2))}) binding.advise({ start: binding.anonymous(4096).address, byteLength: 4096 }, word);`,
  ],
  [
    'a part that is not of the memory',
    'binding.anonymous(4096).advise("DONTNEED", 8192);',
    /^give a part of the memory$/,
    () => 'binding.anonymous(4096).advise("DONTNEED", 0);',
  ],
  [
    'a buffer of no byte',
    'binding.viewOf(binding.anonymous(4096).address, 0);',
    /^a buffer has (\d) byte to (\d) GiB/,
    (least) => `binding.viewOf(binding.anonymous(4096).address, ${least});`,
  ],
  [
    'page flags of no whole pages',
    'binding.pageFlags({ start: binding.anonymous(4096).address, byteLength: 100 });',
    /^give a multiple of (\d+)$/,
    (bytes) => `return binding.pageFlags({ start: binding.anonymous(4096).address, byteLength: ${bytes} }).length;`,
  ],
  [
    'written pages of memory that is not watched',
    '[...binding.scanWritten({ start: binding.anonymous(4096).address, byteLength: 4096 })];',
    /^register the range with (\{ wp: true \}) on a userfaultfd that has the feature (\w+)$/,
    (
      modes,
      feature,
    ) => `const memory = binding.anonymous(4096); const range = { start: memory.address, byteLength: 4096 };
      new binding.Userfaultfd({ features: ['${feature}', 'WP_UNPOPULATED'] }).register(range, ${modes});
      return [...binding.scanWritten(range)].length;`,
  ],
  [
    'a way to a userfaultfd that there is not',
    'new binding.Userfaultfd({ via: "none" });',
    /^leave it out$/,
    () => 'new binding.Userfaultfd();',
  ],
  [
    'a feature that there is not',
    'new binding.Userfaultfd({ features: ["NONE"] });',
    /^see the type Feature, or give (api)\(\) a mask$/,
    (call) => `new binding.Userfaultfd({ handshake: false }).${call}({ features: 0n });`,
  ],
  [
    'messages of a userfaultfd that blocks',
    'for await (const message of new binding.Userfaultfd({ nonblock: false })) return message;',
    /^open it with (nonblock: true), which is the default$/,
    (option) =>
      `const uffd = new binding.Userfaultfd({ ${option} }); setTimeout(() => uffd.close(), 10); for await (const message of uffd) return message;`,
  ],
];

for (const [what, wrong, hint, right] of CASES) {
  test(what, async () => {
    await helps(wrong, hint, right);
  });
}

asRoot('a process without the device: the way that the hint names', async () => {
  const place = 'mount -t tmpfs tmpfs /dev && mknod /dev/null c 1 3 && mknod /dev/urandom c 1 9 && exec "$0" "$@"';
  const before = ['unshare', '-m', 'sh', '-c', place];
  await helps(
    'new binding.Userfaultfd({ via: "device" });',
    /: open it with (via: "\w+")$/,
    (via) => `new binding.Userfaultfd({ ${via} });`,
    {
      before,
    },
  );
});

asRoot('forks are reported to CAP_SYS_PTRACE alone: as root, or without the event', async () => {
  const open = (features: string) =>
    `new binding.Userfaultfd({ via: "syscall", userModeOnly: true, features: [${features}] });`;
  const without = { before: ['setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace'] };
  const [event = ''] = refused(
    await attempt(open('"EVENT_FORK"'), without),
    /^(\w+) needs CAP_SYS_PTRACE: run as root, or leave it out$/,
  );
  works(await attempt(open(''), without));
  works(await attempt(open(`"${event}"`)));
});

test.run();
