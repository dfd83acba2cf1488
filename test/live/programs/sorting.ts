// A user's WebAssembly program over a region's memory.
import { readFileSync } from 'node:fs';
import { perform, wordAt, wordsOf } from './kit.js';
import { createPager } from './variant.js';

interface Sorter {
  sort(count: number): void;
  mergesort(count: number): number;
}

await perform({
  async sort({
    wasm,
    algorithm,
    bytes,
    limit,
  }: {
    wasm: string;
    algorithm: 'sort' | 'mergesort';
    bytes: number;
    limit: number;
  }) {
    const pager = await createPager({ residentLimit: limit });
    const region = await pager.map({ byteLength: algorithm === 'sort' ? bytes : 2 * bytes });
    const { memory } = region;
    if (memory === undefined) throw new Error('the region has no memory');
    const count = bytes / 4;
    const words = wordsOf(region);
    let sum = 0;
    let mix = 0;
    for (let at = 0; at < count; at++) {
      const value = wordAt(at, 3);
      words[at] = value;
      sum += value;
      mix = (mix + Math.imul(value, value ^ 0x9e3779b9)) | 0;
    }
    const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {
      env: { memory, abort() {} },
    });
    const sorter = instance.exports as unknown as Sorter;
    let first = 0;
    if (algorithm === 'sort') sorter.sort(count);
    else first = sorter.mergesort(count);
    let descents = 0;
    let previous = 0;
    for (let at = first; at < first + count; at++) {
      const value = words[at] ?? 0;
      if (value < previous) descents++;
      previous = value;
      sum -= value;
      mix = (mix - Math.imul(value, value ^ 0x9e3779b9)) | 0;
    }
    const stats = pager.stats();
    await pager.close();
    return { descents, sum, mix, stats };
  },
});
