// Every call of the addon checks its arguments: a wrong one is a TypeError that names the call and the argument. A call that
// reads an argument unchecked may crash this process, or hand rubbish to the kernel.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite } from 'uvu';
import { native } from '../../src/native/native.js';
import { projectFiles, ROOT } from '../support/paths.js';

type Call = (...given: readonly unknown[]) => unknown;

/** The calls that read arguments, by the source; a house test holds that they read them in no other way. */
function checked(): Set<string> {
  const files = projectFiles().filter((file) => /^native\/.*\.cc$/.test(file));
  const text = files.map((file) => readFileSync(path.join(ROOT, file), 'utf8')).join('\n');
  return new Set([...text.matchAll(/\bArguments(?: \w+)?\(info, "(\w+)"\)/g)].map(([, name]) => name ?? ''));
}

const test = suite('arguments');

function calls(from: object, named: ReadonlySet<string>, prefix = ''): [string, Call][] {
  return Object.entries(from).flatMap(([name, value]): [string, Call][] => {
    if (typeof value === 'function') {
      if (!named.has(name)) return [];
      // A class throws from `new`.
      if (/^[A-Z]/.test(name)) return [[prefix + name, (...given) => Reflect.construct(value, given)]];
      return [[prefix + name, (...given) => Reflect.apply(value, undefined, given)]];
    }
    const nested = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
    return nested && !(value instanceof ArrayBuffer) ? calls(value, named, `${name}.`) : [];
  });
}

test('each call refuses no argument, undefined and an object, and names itself', () => {
  const all = calls(native(), checked());
  assert.ok(all.length > 50, `only ${all.length} calls found`);
  for (const [name, call] of all) {
    const own = name.replace(/^.*\./, '');
    for (const given of [[], [undefined, undefined], [{}, {}, {}, {}, {}, {}]]) {
      assert.throws(
        () => call(...given),
        (error: unknown) => {
          assert.ok(error instanceof TypeError, `${name} threw ${String(error)}`);
          assert.match(error.message, new RegExp(`^${own}: \\w+: (undefined|an object) is not an? `));
          return true;
        },
        `${name}(${given.length} arguments) did not throw`,
      );
    }
  }
});

test('a number must be an integer in its range, a bigint must fit into 64 bits', () => {
  const addon = native();
  const refused = (call: () => unknown, message: RegExp) => assert.throws(call, { name: 'TypeError', message });
  refused(() => addon.closeFile(1.5), /^closeFile: fd: 1\.5 is not a 32-bit integer$/);
  refused(() => addon.closeFile(Number.NaN), /^closeFile: fd: NaN is not a 32-bit integer$/);
  refused(() => addon.closeFile(2 ** 31), /^closeFile: fd: 2147483648 is not a 32-bit integer$/);
  refused(() => addon.mapMemory(-1), /^mapMemory: bytes: -1 is not a safe integer from 0$/);
  refused(() => addon.mapMemory(2 ** 53), /^mapMemory: bytes: 9007199254740992 is not a safe integer from 0$/);
  refused(() => addon.crc32c(new Uint8Array(1), -1), /^crc32c: seed: -1 is not a 32-bit integer from 0$/);
  refused(() => addon.forgetGone(-1n), /^forgetGone: address: -1n is not a bigint of 64 bits from 0n$/);
  refused(() => addon.forgetGone(1n << 64n), /^forgetGone: address: 18446744073709551616n is not a bigint/);
});

test('an array must have the type that is read', () => {
  const addon = native();
  const wrong = { name: 'TypeError', message: /^crc32c: bytes: an object is not a Uint8Array$/ };
  assert.throws(() => Reflect.apply(addon.crc32c, undefined, [new Uint16Array(2), 0]), wrong);
  assert.throws(() => Reflect.apply(addon.crc32c, undefined, [new ArrayBuffer(2), 0]), wrong);
  assert.equal(typeof addon.crc32c(Buffer.from('farpage'), 0), 'number');
});

test.run();
