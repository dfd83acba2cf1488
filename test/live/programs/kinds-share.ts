// Scenes of a region's memfile in another process.
import { closeSync, openSync } from 'node:fs';
import { mapDescriptor } from '../../../src/userfaultfd/index.js';
import { fileOf, type Kind, open } from './kinds-kit.js';
import { check, fill, perform, say } from './kit.js';

interface Place {
  pid: number;
  file: number;
  byteLength: number;
  page: number;
  words: number[];
}

function asked(): Promise<string> {
  process.stdin.resume();
  return new Promise((resolve) => {
    process.stdin.once('data', (text: Buffer) => {
      process.stdin.pause();
      resolve(text.toString());
    });
  });
}

await perform({
  /** Says where its file is, and continues when the other process has read and written it. */
  async owner({ kind }: { kind: Kind }) {
    const { pager, region, words, step } = await open(kind, 2);
    fill(words, 1, 0, 6 * step);
    const place: Omit<Place, 'words'> = {
      pid: process.pid,
      file: fileOf(pager),
      byteLength: region.byteLength,
      page: region.pageSize,
    };
    say(`place ${JSON.stringify(place)}`);
    await asked();
    // The other wrote word 5 of page 3, and of page 5.
    const seen = [words[3 * step + 5], words[5 * step + 5]];
    await region.evict();
    const kept = [words[3 * step + 5], words[5 * step + 5]];
    words[3 * step + 5] = 0;
    fill(words, 1, 3 * step, 4 * step);
    fill(words, 1, 5 * step, 6 * step);
    await region.evict();
    check(words, 1, 0, 6 * step);
    words[4 * step + 7] = 4711;
    say('changed');
    await asked();
    await pager.close();
    process.stdin.destroy();
    return { seen, kept };
  },

  async other({ pid, file, byteLength, page }: Place) {
    const descriptor = openSync(`/proc/${pid}/fd/${file}`, 'r+');
    const memory = mapDescriptor(descriptor, byteLength);
    closeSync(descriptor);
    const words = new Uint32Array(memory.buffer, 0, byteLength / 4);
    const step = page / 4;
    check(words, 1, 3 * step, 6 * step);
    words[3 * step + 5] = 111;
    words[5 * step + 5] = 222;
    say('wrote');
    await asked();
    const value = words[4 * step + 7];
    memory.close();
    process.stdin.destroy();
    return value;
  },
});
