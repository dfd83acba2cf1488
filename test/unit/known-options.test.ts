// Every options object of the public API, and every query of a store's URL, is checked by name. All of them stand in the
// tables below; a check in the source that is missing here fails the last test.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { SharedRegion } from '../../src/dsm/region.js';
import { PagerError } from '../../src/errors.js';
import * as farpage from '../../src/index.js';
import { nearest } from '../../src/known-options.js';
import { LiveViews } from '../../src/pager/live.js';
import { MappedRegion } from '../../src/pager/region.js';
import * as uffd from '../../src/userfaultfd/index.js';
import { projectFiles, ROOT } from '../support/paths.js';

type Options = Record<string, unknown>;
type Call = (options: Options) => unknown;
interface Row {
  /** What the error calls it. */
  name: string;
  call: Call;
  /** A misspelling, and the word that was meant; none for calls without options. */
  slip: string;
  meant: string | null;
}

const test = suite('known options');

/** A method that must refuse its options before it looks at its object: there is none. */
function refusing(prototype: object, method: string, ...before: unknown[]): Call {
  const called = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
  return (options) => called.call(undefined, ...before, options);
}

function calling(exported: unknown, ...before: unknown[]): Call {
  const called = exported as (...args: unknown[]) => unknown;
  return (options) => called(...before, options);
}

const range = { start: 4096n, byteLength: 4096 };
const region = MappedRegion.prototype;
const descriptor = uffd.Userfaultfd.prototype;
const socket = uffd.DescriptorSocket.prototype;
const tls = (options: Options) => farpage.receiveRegion('tcp://127.0.0.1:1', { tls: options as never });

const CALLS: Row[] = [
  { name: 'createPager', call: calling(farpage.createPager), slip: 'residentlimit', meant: 'residentLimit' },
  { name: 'join', call: calling(SharedRegion.join, 'unix:/x'), slip: 'byteLenght', meant: 'byteLength' },
  { name: 'changed', call: refusing(SharedRegion.prototype, 'changed', 0, 0), slip: 'signall', meant: 'signal' },
  { name: 'load', call: refusing(region, 'load', 0, 1), slip: 'pinn', meant: 'pin' },
  { name: 'pin', call: refusing(region, 'pin', 0, 1), slip: 'signall', meant: 'signal' },
  { name: 'use', call: refusing(region, 'use', 0, 1, () => 0), slip: 'signall', meant: 'signal' },
  { name: 'evict', call: refusing(region, 'evict', 0, 1), slip: 'signall', meant: 'signal' },
  { name: 'flush', call: refusing(region, 'flush'), slip: 'signall', meant: 'signal' },
  { name: 'discard', call: refusing(region, 'discard', 0, 0), slip: 'signall', meant: 'signal' },
  { name: 'unmarkVolatile', call: refusing(region, 'unmarkVolatile', 0, 0), slip: 'signall', meant: 'signal' },
  { name: 'snapshot', call: refusing(region, 'snapshot', 'x'), slip: 'incremental', meant: 'incrementalFrom' },
  { name: 'trackFaults', call: refusing(region, 'trackFaults'), slip: 'evry', meant: 'every' },
  { name: 'live', call: refusing(LiveViews.prototype, 'add', () => null, new Set()), slip: 'prot', meant: 'port' },
  { name: 'migrate', call: refusing(region, 'migrate', 'x'), slip: 'bandwith', meant: 'bandwidth' },
  { name: 'markVolatile', call: refusing(region, 'markVolatile', 0, 0), slip: 'regenrate', meant: 'regenerate' },
  { name: 'receiveRegion', call: calling(farpage.receiveRegion, 'x'), slip: 'onListen', meant: 'onListening' },
  { name: 'tls', call: tls, slip: 'certs', meant: 'cert' },
  { name: 'shareRegion', call: calling(farpage.shareRegion, {}, 'x'), slip: 'signall', meant: 'signal' },
  { name: 'probe', call: calling(farpage.probe), slip: 'signall', meant: 'signal' },
  { name: 'attachRegion', call: calling(farpage.attachRegion, 'x'), slip: 'signall', meant: 'signal' },
  { name: 'memoryStore', call: calling(farpage.memoryStore), slip: 'compressed', meant: 'compress' },
  { name: 'fileStore', call: calling(farpage.fileStore, '/x'), slip: 'readonly', meant: 'readOnly' },
  { name: 'redisStore', call: calling(farpage.redisStore, 'redis://h'), slip: 'perfix', meant: 'prefix' },
  { name: 'httpStore', call: calling(farpage.httpStore, 'http://h/'), slip: 'header', meant: 'headers' },
  { name: 'openStore', call: calling(farpage.openStore, 'file:/x'), slip: 'readOnly', meant: null },
  { name: 'snapshotStore', call: calling(farpage.snapshotStore, '/x'), slip: 'readOnly', meant: null },
  { name: 'Userfaultfd', call: (options) => new uffd.Userfaultfd(options), slip: 'nonBlock', meant: 'nonblock' },
  { name: 'api', call: refusing(descriptor, 'api'), slip: 'feature', meant: 'features' },
  { name: 'register', call: refusing(descriptor, 'register', range), slip: 'mising', meant: 'missing' },
  { name: 'copy', call: refusing(descriptor, 'copy', 0n, 0n, 0), slip: 'writeprotect', meant: 'writeProtect' },
  { name: 'zeropage', call: refusing(descriptor, 'zeropage', 0n, 0), slip: 'waek', meant: 'wake' },
  { name: 'move', call: refusing(descriptor, 'move', 0n, 0n, 0), slip: 'allowHoles', meant: null },
  { name: 'continue', call: refusing(descriptor, 'continue', 0n, 0), slip: 'write-protect', meant: 'writeProtect' },
  { name: 'poison', call: refusing(descriptor, 'poison', 0n, 0), slip: 'awake', meant: 'wake' },
  { name: 'writeProtect', call: refusing(descriptor, 'writeProtect', 0n, 0), slip: 'wak', meant: 'wake' },
  { name: 'scanWritten', call: calling(uffd.scanWritten, range), slip: 'cleer', meant: 'clear' },
  { name: 'anonymous', call: calling(uffd.anonymous, 4096), slip: 'aline', meant: 'align' },
  { name: 'sharedMemory', call: calling(uffd.sharedMemory, 4096), slip: 'Private', meant: 'private' },
  { name: 'hugePages', call: calling(uffd.hugePages, 4096), slip: 'reserved', meant: 'reserve' },
  { name: 'mapDescriptor', call: calling(uffd.mapDescriptor, -1, 4096), slip: 'pagesize', meant: 'pageSize' },
  { name: 'remap', call: calling(uffd.remap, range, 4096), slip: 'address', meant: null },
  { name: 'listen', call: calling(uffd.DescriptorSocket.listen, 'x'), slip: 'typ', meant: 'type' },
  { name: 'connect', call: calling(uffd.DescriptorSocket.connect, 'x'), slip: 'tpye', meant: 'type' },
  { name: 'accept', call: refusing(uffd.DescriptorServer.prototype, 'accept'), slip: 'signall', meant: 'signal' },
  { name: 'send', call: refusing(socket, 'send', new Uint8Array(1), []), slip: 'signall', meant: 'signal' },
  { name: 'receive', call: refusing(socket, 'receive'), slip: 'signall', meant: 'signal' },
];

async function refusal(call: () => unknown): Promise<PagerError> {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof PagerError, String(error));
    assert.equal(error.code, 'OPTION');
    return error;
  }
  assert.fail('it was taken');
}

for (const { name, call, slip, meant } of CALLS) {
  test(`${name} refuses '${slip}'`, async () => {
    const error = await refusal(() => call({ [slip]: true }));
    const guess = meant === null ? '' : `; did you mean '${meant}'?`;
    assert.equal(error.message, `${name} has no option '${slip}'${guess}`);
    if (meant !== null) assert.match(error.hint ?? '', new RegExp(`options are .*\\b${meant}\\b`));
    await refusal(() => call([] as never));
  });
}

test('map refuses a misspelt option before it maps anything', async () => {
  const pager = await farpage.createPager();
  const map = (options: object) => pager.map(options as farpage.MapOptions);
  const error = await refusal(() => map({ byteLength: 4096, stor: 1 }));
  assert.equal(error.message, "map has no option 'stor'; did you mean 'store'?");
  await pager.close();
});

test('a value of the wrong type is refused, not taken for the default', async () => {
  const wrong: Array<[Call, Options]> = [
    [calling(farpage.fileStore, '/x'), { readOnly: 'true' }],
    [calling(farpage.memoryStore), { compress: 'off' }],
    [calling(farpage.redisStore, 'redis://h'), { prefix: 7 }],
    [calling(farpage.httpStore, 'http://h/'), { headers: [['authorization', 'x']] }],
    [calling(farpage.httpStore, 'http://h/'), { headers: { authorization: undefined } }],
    [refusing(region, 'load', 0, 1), { pin: 1 }],
    [refusing(region, 'snapshot', 'x'), { track: 'no' }],
    [refusing(region, 'snapshot', 'x'), { signal: {} }],
    [refusing(region, 'migrate', 'x'), { state: new Uint8Array() }],
    [refusing(descriptor, 'copy', 0n, 0n, 0), { wake: 0 }],
    [tls, { ca: '/ca.pem', cert: '/cert.pem' }],
  ];
  for (const [call, options] of wrong) await refusal(() => call(options));
});

test('the query of a store’s URL is checked as well', async () => {
  const slips: Array<[string, string]> = [
    ['memory:?limits=1GiB', 'limit'],
    ['file:/x?readOnly', 'readonly'],
    ['file:x?read-only', 'readonly'],
    ['redis://h?prefx=a:', 'prefix'],
    ['redis-cluster://h?Prefix=a:', 'prefix'],
  ];
  for (const [url, meant] of slips) {
    const error = await refusal(() => farpage.openStore(url));
    assert.ok(error.message.endsWith(`did you mean '${meant}'?`), error.message);
  }
  await refusal(() => farpage.openStore('memory:?limit=1GiB&limit=2GiB'));
});

test('the nearest word is one that a slip of the pen leads to, or none', () => {
  const words = ['residentLimit', 'pageSize', 'cpu'];
  assert.equal(nearest('resident_limit', words), 'residentLimit');
  assert.equal(nearest('limit', words), undefined);
  assert.equal(nearest('gpu', words), 'cpu');
  assert.equal(nearest('xyz', words), undefined);
  assert.equal(nearest('x'.repeat(10_000), words), undefined);
});

test('every public call that takes options checks them, and is in this file', () => {
  const classes = [MappedRegion, uffd.Userfaultfd, uffd.DescriptorSocket, uffd.DescriptorServer];
  const methods = classes.flatMap((each) => [each, each.prototype].flatMap(functionsOf));
  const calls = [...functionsOf(farpage), ...functionsOf(uffd), ...methods];
  assert.ok(calls.length > 60);
  for (const call of calls) {
    const [, parameters = ''] = /^[^(]*\(([^)]*)\)/.exec(call) ?? [];
    // What a module of the user's own takes is the module's to check.
    if (!/\b(options|modes)\b/.test(parameters) || call.includes(' moduleStore(')) continue;
    assert.ok(/checkOptions\('|checkPagerOptions\(|isStream\('/.test(call), call);
  }
  const checked = new Set<string>();
  for (const file of projectFiles().filter((each) => each.startsWith('src/'))) {
    for (const [, name = ''] of readFileSync(path.join(ROOT, file), 'utf8').matchAll(/checkOptions\('(\w+)'/g)) {
      checked.add(name);
    }
  }
  const known = new Set([...CALLS.map(({ name }) => name), 'map']);
  assert.deepEqual(
    [...checked].filter((name) => !known.has(name)),
    [],
  );
});

/** Their text; of classes that of their constructors is left out, which the table has. */
function functionsOf(holder: object): string[] {
  return Object.getOwnPropertyNames(holder)
    .map((name) => Object.getOwnPropertyDescriptor(holder, name)?.value as unknown)
    .filter((value): value is () => unknown => typeof value === 'function')
    .map(String)
    .filter((text) => !text.startsWith('class '));
}

test.run();
