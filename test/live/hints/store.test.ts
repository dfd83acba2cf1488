// budget: 300 s
// parts: 2
// covers: src/store/, src/loop/stores.ts, src/loop/store-queue.ts, src/loop/operate.ts, src/loop/loads.ts
// Hints about stores, files and room: each is provoked, followed as it is written, and seen to help.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { follow, refused, works } from '../../support/hints.js';
import { suite } from '../../support/parts.js';
import { attempt } from '../../support/process/attempt.js';
import { elsewhere } from '../../support/process/seccomp.js';
import { skipUnless } from '../../support/skip.js';

const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const MIB = 2 ** 20;
const test = suite('hints about stores');
const asRoot = skipUnless(test, process.getuid?.() === 0, 'needs root, for a file system or a user of its own');
const folder = mkdtempSync(path.join(tmpdir(), 'farpage-hints-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Maps 4 MiB with these options, fills them, has them leave, and reads them back. */
const USE = (options: string, limit = '1MiB', more = '') => `
  const { memoryStore, fileStore } = farpage;
  const { randomFillSync } = await import('node:crypto');
  const pager = await farpage.createPager({ residentLimit: '${limit}', ${more} });
  const region = await pager.map({ byteLength: '4MiB', ${options} });
  const want = Buffer.alloc(${MIB} * 4);
  for (let round = 0; round < 3; round++) {
    randomFillSync(want);
    for (let at = 0; at < want.length; at += ${MIB / 4}) {
      await region.use(at, ${MIB / 4}, (bytes) => void Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).set(want.subarray(at, at + ${MIB / 4})));
    }
  }
  await region.flush();
  for (let at = 0; at < want.length; at += ${MIB / 4}) {
    await region.use(at, ${MIB / 4}, (bytes) => {
      if (Buffer.compare(Buffer.from(bytes), want.subarray(at, at + ${MIB / 4})) !== 0) throw new Error('other bytes at ' + at);
    });
  }
  await pager.close();`;

test('a memory store that is full: a larger limit, or a file', async () => {
  const options = "store: memoryStore({ limit: '2MiB' })";
  const [store = '', , place = ''] = refused(
    await attempt(USE(options, '1MiB', 'storePatienceMs: 500')),
    /raise the limit of (\w+), or keep evicted pages (in a (file)) or in Redis/,
  );
  works(await attempt(USE(`store: ${store}({ limit: '16MiB' })`)));
  works(await attempt(USE(`store: ${place}Store(${JSON.stringify(path.join(folder, 'instead.bin'))})`)));
});

test('an uncompressed memory store that is too small: at least what the hint says, or compressed', async () => {
  const use = (limit: string, compress: boolean) =>
    attempt(USE(`store: memoryStore({ limit: '${limit}', compress: ${compress} })`));
  const [least = ''] = refused(await use('4MiB', false), /^give it at least (.*) \(the region, .*\), or compress$/);
  works(await use(least.replace(' ', ''), false));
  works(await use('6MiB', true));
});

asRoot('liblz4 is missing: without compression, or with the library', async () => {
  const library = /^\s*liblz4\.so\.1 .* => (\/\S+)$/m.exec(execFileSync('ldconfig', ['-p'], { encoding: 'utf8' }))?.[1];
  assert.ok(library);
  const without = { before: ['unshare', '-m', 'sh', '-c', `mount --bind /dev/null ${library} && exec "$0" "$@"`] };
  const [packageName = '', store = ''] = refused(
    await attempt(USE('store: memoryStore()'), without),
    /install it \(apt-get install (\S+); [^)]*\), or use (memoryStore\(\{.*\}\))$/,
  );
  works(await attempt(USE(`store: ${store}`), without));
  // The package is what brings the library.
  const owner = existsSync('/usr/bin/dpkg')
    ? execFileSync('dpkg', ['-S', '*/liblz4.so.1'], { encoding: 'utf8' })
    : packageName;
  assert.ok(owner.startsWith(packageName), owner);
  const { advice } = works(await attempt('return farpage.probe();', without)) as { advice: string[] };
  follow({ message: 'doctor', hint: advice.join('\n') }, new RegExp(`apt-get install ${packageName}`));
  works(await attempt(USE('store: memoryStore()')));
});

test('a folder that is not there: the command makes it, whatever its name', async () => {
  for (const name of ['plain', "with 'quotes' and $pace"]) {
    const file = path.join(folder, name, 'deep', 'store.bin');
    const body = USE(`store: fileStore(${JSON.stringify(file)})`);
    const [command = ''] = refused(await attempt(body), /^make the directory first: (mkdir -p .*)$/);
    execFileSync('sh', ['-c', command]);
    works(await attempt(body));
  }
});

test('a file of somebody’s: ?overwrite, { overwrite: true }, as source and store, or a new name', async () => {
  const file = path.join(folder, 'thesis.bin');
  const foreign = () => writeFileSync(file, 'x'.repeat(4 * MIB));
  const where = JSON.stringify(file);
  const pattern =
    /^name a (new file); .* add (\?\w+) to its URL, or (\{.*\}) to fileStore; to page .* as (source) and as (store)$/;
  foreign();
  const told = await attempt(USE(`store: fileStore(${where})`));
  const [, query = '', options = '', source = '', store = ''] = refused(told, pattern);
  works(await attempt(USE(`store: fileStore(${where}, ${options})`)));
  foreign();
  works(await attempt(USE(`${source}: fileStore(${where}), ${store}: fileStore(${where})`)));
  works(await attempt(USE(`store: fileStore(${JSON.stringify(`${file}.new`)})`)));
  foreign();
  const main = path.join(import.meta.dirname, '../../../src/bundle/main/cli.js');
  const experiment = (url: string) =>
    execFileSync(
      process.execPath,
      [main, 'experiment', '--region', '4MiB', '--resident', '1MiB', '--ops', '100', '--store', url],
      {
        stdio: 'pipe',
        timeout: 60_000,
      },
    );
  assert.throws(() => experiment(`file:${file}`));
  experiment(`file:${file}${query}`);
});

test('a file that another store has: a file of its own, or when the other has closed it', async () => {
  const [one, other] = ['one.bin', 'other.bin'].map((name) => JSON.stringify(path.join(folder, name)));
  const body = (file: string | undefined, between: string) => `
    const pager = await farpage.createPager({ residentLimit: '1MiB' });
    const region = await pager.map({ byteLength: '1MiB', store: farpage.fileStore(${one}) });
    ${between};
    const second = await pager.map({ byteLength: '1MiB', store: farpage.fileStore(${file}) });
    return second.byteLength;`;
  refused(await attempt(body(one, '')), /^give each store a file of its own, or wait until the other has closed it;/);
  assert.equal(works(await attempt(body(other, ''))), MIB);
  assert.equal(works(await attempt(body(one, 'await region.close()'))), MIB);
});

test('a store that does not answer in time: a longer patience', async () => {
  const slow = (patience: string) => `
    const pager = await farpage.createPager({ residentLimit: '1MiB', ${patience} });
    const source = {
      writable: false,
      read: (pages) => new Promise((done) => setTimeout(() => { for (const { into } of pages) into.fill(7); done(); }, 2500)),
      close() {},
    };
    const region = await pager.map({ byteLength: '1MiB', source });
    await region.load(0, 4096, { pin: true });
    return region.view(Uint8Array, 0, 1)[0];`;
  const told = await attempt(slow('storePatienceMs: 500'));
  const [option = ''] = refused(told, /or raise (\w+)$/);
  assert.equal(works(await attempt(slow(`${option}: 60_000`))), 7);
});

test('a store that takes long to open: a longer patience', async () => {
  const module = path.join(folder, 'slow.mjs');
  writeFileSync(
    module,
    `export default async () => {
      await new Promise((done) => setTimeout(done, 7000));
      return { writable: false, async read(pages) { for (const { into } of pages) into.fill(9); }, close() {} };
    };`,
  );
  const slow = (patience: string) => `
    const pager = await farpage.createPager({ residentLimit: '1MiB', ${patience} });
    const source = farpage.moduleStore('file://${module}');
    const region = await pager.map({ byteLength: '1MiB', source });
    await region.load(0, 4096, { pin: true });
    return region.view(Uint8Array, 0, 1)[0];`;
  const [option = ''] = refused(await attempt(slow('storePatienceMs: 500')), /time-out of its own, or raise (\w+)$/);
  assert.equal(works(await attempt(slow(`${option}: 60_000`))), 9);
});

test('a module that is not a store: with what the hint says that it must hold', async () => {
  const module = path.join(folder, 'empty.mjs');
  writeFileSync(module, 'export const nothing = 1;');
  const map = `const pager = await farpage.createPager({ residentLimit: '1MiB' });
    return (await pager.map({ byteLength: '1MiB', store: farpage.moduleStore('file://${module}') })).byteLength;`;
  const [example = ''] = refused(await attempt(map), /^the module must say: (export default .*)$/);
  writeFileSync(
    module,
    `const writable = true; const [read, write, close] = [() => {}, () => {}, () => {}];\n${example}`,
  );
  assert.equal(works(await attempt(map)), MIB);
});

test('more than can be pinned: unpin, or a larger limit', async () => {
  const body = (limit: string, between: string) => `
    const pager = await farpage.createPager({ residentLimit: '${limit}' });
    const region = await pager.map({ byteLength: '16MiB' });
    await region.load(0, 512 * 1024, { pin: true });
    ${between}
    await region.load(1024 * 1024, 1536 * 1024, { pin: true });`;
  const told = await attempt(body('2MiB', ''));
  const [most = '', used = ''] = refused(
    told,
    /^the resident limit lets (.*) be pinned in all, (.*) are: unpin, or raise the limit$/,
  );
  assert.equal(used, '512 KiB', most);
  works(await attempt(body('2MiB', 'region.unpin(0, 512 * 1024);')));
  works(await attempt(body('8MiB', '')));
});

const disk = path.join(folder, 'disk');
mkdirSync(disk);
/** A disk of 3 MB, nearly full, that these processes alone have. */
const onDisk = {
  before: [
    ...['unshare', '-m', 'sh', '-c'],
    `mount -t tmpfs -o size=3m tmpfs ${disk} && head -c 2800000 /dev/zero > ${disk}/filler && exec "$0" "$@"`,
  ],
};

asRoot('a full disk: room is made, and the write that waits is done', async () => {
  const body = (after: string) => `
    const { rmSync } = await import('node:fs');
    const pager = await farpage.createPager({ residentLimit: '4MiB', storePatienceMs: 3000 });
    pager.on('error', () => {});
    const region = await pager.map({ byteLength: '2MiB', store: farpage.fileStore('${disk}/store.bin') });
    const { randomFillSync } = await import('node:crypto');
    await region.use(0, region.byteLength, (bytes) => void randomFillSync(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
    ${after}`;
  refused(
    await attempt(body('await region.flush();'), onDisk),
    /^(free space on its disk: the pages stay in memory and are written)/,
  );
  const helped = `
    let first;
    await region.flush().catch((error) => { first = error.errno; });
    rmSync('${disk}/filler');
    await region.flush();
    return first;`;
  assert.equal(works(await attempt(body(helped), onDisk)), 'ENOSPC');
});

asRoot('a load that finds no room because the disk is full: room on it, or a larger limit', async () => {
  const body = (limit: string, after: string) => `
    const { rmSync } = await import('node:fs');
    const { randomFillSync } = await import('node:crypto');
    const pager = await farpage.createPager({ residentLimit: '${limit}', storePatienceMs: 3000 });
    pager.on('error', () => {});
    const region = await pager.map({ byteLength: '2MiB', store: farpage.fileStore('${disk}/store.bin') });
    const fill = async () => {
      for (let at = 0; at < region.byteLength; at += 65536) {
        await region.use(at, 65536, (bytes) => void randomFillSync(new Uint8Array(bytes.buffer, bytes.byteOffset, 65536)));
      }
    };
    ${after}
    await fill();
    return region.byteLength;`;
  refused(
    await attempt(body('1MiB', ''), onDisk),
    /^see that the store takes pages again, or raise the resident limit$/,
  );
  const room = `await fill().catch(() => {}); rmSync('${disk}/filler');`;
  assert.equal(works(await attempt(body('1MiB', room), onDisk)), 2 * MIB);
  assert.equal(works(await attempt(body('4MiB', ''), onDisk)), 2 * MIB);
});

if (process.getuid?.() === 0) {
  const copy = elsewhere(folder);
  asRoot('a file that this user may not write: it is let, or another path', async () => {
    const shared = path.join(folder, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    const file = path.join(shared, 'its file.bin');
    const body = (name: string) => USE(`store: fileStore(${JSON.stringify(name)}, { overwrite: true })`);
    const as = { before: NOBODY, root: copy.folder };
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    const [wanted = '', look = ''] = refused(
      await attempt(body(file), as),
      /^let this user (read and write) it \((ls -l .*)\), or/,
    );
    assert.match(execFileSync('sh', ['-c', look], { encoding: 'utf8' }), /^-rw-{7}/);
    works(await attempt(body(`${file}.another`), as));
    execFileSync('chmod', [wanted === 'read and write' ? 'o+rw' : 'o+r', file]);
    works(await attempt(body(file), as));
    assert.ok(statSync(file).size > 0);
  });
}

test.run();
