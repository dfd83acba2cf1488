// Store modules that behave as a test asks: their code runs in the loop's thread.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../src/index.js';

export interface Manner {
  mode: 'good' | 'slow' | 'never' | 'late' | 'throw' | 'exit' | 'reject' | 'flaky' | 'short' | 'gone';
  /** Milliseconds each call takes. */
  delay?: number;
  /** For 'flaky': how many calls fail first. */
  failures?: number;
}

/** As a source it gives pages whose every byte is the page's number plus one. */
export default async function make({ mode, delay = 0, failures = 0 }: Manner): Promise<Store> {
  const kept = new Map<number, Uint8Array>();
  let left = failures;
  const misbehave = async () => {
    if (delay > 0 && mode !== 'never' && mode !== 'late') await sleep(delay);
    if (mode === 'never') await new Promise(() => {});
    if (mode === 'late') await sleep(400);
    if (mode === 'throw') setTimeout(() => void blow());
    if (mode === 'throw') await new Promise(() => {});
    if (mode === 'exit') process.exit(9);
    if (mode === 'reject') void Promise.reject(new Error('a promise nobody caught in the store'));
    if (mode === 'reject') await new Promise(() => {});
    if (mode === 'gone') throw Object.assign(new Error('the page is gone'), { permanent: true });
    if (mode === 'flaky' && left > 0) {
      left--;
      throw new Error('not this time');
    }
  };
  return {
    writable: true,
    async read(pages) {
      await misbehave();
      for (const { page, into } of pages) into.set(kept.get(page) ?? new Uint8Array(into.byteLength).fill(page + 1));
    },
    async write(pages) {
      if (mode !== 'good') await misbehave();
      for (const { page, from } of pages) kept.set(page, from.slice());
    },
    async close() {},
  };
}

function blow(): void {
  throw new Error('the store blew up');
}
