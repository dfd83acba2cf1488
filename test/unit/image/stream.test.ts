// Images as streams: written through a sink, torn and damaged ones, and made into files.
import assert from 'node:assert/strict';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { suite } from 'uvu';
import { PagerError } from '../../../src/errors.js';
import { openTarget } from '../../../src/image/target.js';
import { imageInfo, mergeImage, verifyImage } from '../../../src/image/tools.js';
import { streamSink } from '../../../src/pager/snapshot-stream.js';
import { within } from '../../support/budget.js';
import { assertHolds, ImageFolder, Model, PAGE, writeImage } from '../../support/image/kit.js';

const PAGES = 60;
const test = suite('images as streams');
const folder = new ImageFolder();
test.after(() => folder.remove());
const model = new Model(PAGES, { seed: 8 }).scramble(90).put(5, 5).put(6, 0);

async function writeStream(to: Writable, content: Model): Promise<void> {
  const { take, end } = streamSink(to);
  await writeImage({ kind: 'stream' }, content, { chunks: { send: take, end } });
}

test.before(() => writeStream(createWriteStream(folder.file('stream')), model));

test('told of, checked, and made into a file', async () => {
  const file = folder.file('stream');
  const info = await imageInfo(file);
  assert.deepEqual([info.kind, info.pages, info.pageSize], ['stream', PAGES, PAGE]);
  assert.deepEqual((await verifyImage(file)).damaged, []);
  await mergeImage(file, folder.file('merged'));
  await assertHolds(folder.file('merged'), model);
});

test('made into a file and kept: the file has its id, and is not written over it', async () => {
  const file = folder.file('stream');
  const before = readFileSync(file);
  await assert.rejects(mergeImage(file, file, { keep: true }), { code: 'OPTION' });
  await mergeImage(file, folder.file('kept'), { keep: true });
  assert.equal((await imageInfo(folder.file('kept'))).id, (await imageInfo(file)).id);
  assert.deepEqual(readFileSync(file), before);
  await assertHolds(folder.file('kept'), model);
});

test('cut short anywhere, or one bit changed anywhere: none, and nothing comes of it', async () => {
  const bytes = readFileSync(folder.file('stream'));
  const bad = folder.file('bad');
  const output = folder.file('of-bad');
  const refused = async (content: Uint8Array, what: string) => {
    writeFileSync(bad, content);
    for (const use of [() => imageInfo(bad), () => verifyImage(bad), () => mergeImage(bad, output)]) {
      await assert.rejects(use, (error: Error & { code?: string }) => {
        assert.equal(error.code, 'PROTOCOL', `${what}: ${error.stack}`);
        return true;
      });
    }
    assert.throws(() => readFileSync(output));
  };
  for (let length = 0; length < bytes.length; length += length < 100 ? 19 : 24_989) {
    await refused(bytes.subarray(0, length), `${length} bytes`);
  }
  await refused(bytes.subarray(0, -1), 'all but the last byte');
  for (let at = 0; at < bytes.length; at += at < 100 || at > bytes.length - 150 ? 7 : 19_937) {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8((damaged[at] ?? 0) ^ 0x04, at);
    await refused(damaged, `byte ${at} of ${bytes.length}`);
  }
  await refused(Buffer.concat([bytes, Buffer.from('more')]), 'more behind its end');
});

test('a stream that fails ends the image with its error', async () => {
  let left = 3;
  const failing = new Writable({ write: (_chunk, _encoding, done) => done(left-- > 0 ? null : new Error('full up')) });
  failing.on('error', () => {});
  await assert.rejects(within(10_000, writeStream(failing, model), 'the failure'), /full up/);
});

test('a stream that takes nothing does not hold up a snapshot that is ended', async () => {
  const stuck = new Writable({ write: () => {} });
  const { take, end } = streamSink(stuck);
  const target = await openTarget({ kind: 'stream' }, { pageSize: PAGE, pages: 1, parent: null }, { send: take, end });
  const taking = target.take({ first: 0, count: 1, bytes: Buffer.alloc(PAGE, 1) });
  target.cancel?.(new PagerError('CLOSED', 'no more'));
  await assert.rejects(within(10_000, taking, 'the end'), { code: 'CLOSED' });
  stuck.destroy();
});

test('a stream that fails between two chunks fails the next one', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  stream.on('error', () => {});
  const { take } = streamSink(stream);
  await take(Buffer.from('one'));
  stream.destroy(new Error('pulled out'));
  await new Promise((resolve) => stream.once('close', resolve));
  await assert.rejects(within(10_000, take(Buffer.from('two')), 'the failure'), /pulled out/);
});

test('no incremental streams', async () => {
  await writeImage(folder.file('parent'), model);
  const { take, end } = streamSink(new Writable({ write: (_chunk, _encoding, done) => done() }));
  const parent = folder.file('parent');
  await assert.rejects(writeImage({ kind: 'stream' }, model, { parent, chunks: { send: take, end } }), {
    code: 'OPTION',
  });
});

test.run();
