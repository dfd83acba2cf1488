// Snapshots that would be written over what their region is read from.
import { linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createPager, fileStore, type MapOptions, redisStore, snapshotStore } from '../../../src/index.js';
import { check, type Failure, failure, fill, perform, wordsOf } from './kit.js';

const BYTES = 64 * 4096;

interface Refusal extends Failure {
  target: string;
}

/** Tries each target, and then one of its own: what the region holds is right after all of them. */
async function refuse(options: Omit<MapOptions, 'byteLength'>, targets: readonly string[], own: string) {
  const pager = await createPager({ residentLimit: '128KiB' });
  const region = await pager.map({ byteLength: BYTES, ...options });
  const words = wordsOf(region);
  if (options.source === undefined) fill(words, 1);
  const refusals: Refusal[] = [];
  for (const target of targets) {
    refusals.push({ ...(await failure(() => region.snapshot(target))), target });
    await region.evict();
    check(words, 1);
  }
  await region.snapshot(own);
  await pager.close();
  return refusals;
}

async function files({ folder }: { folder: string }): Promise<Refusal[]> {
  const at = (name: string) => path.join(folder, name);
  const content = new Uint32Array(BYTES / 4);
  fill(content, 1);
  writeFileSync(at('source'), content);
  linkSync(at('source'), at('hard link'));
  symlinkSync('source', at('symbolic link'));
  const source = [at('source'), at('hard link'), at('symbolic link'), `file:${at('source')}`];
  const refusals = await refuse({ source: fileStore(at('source'), { readOnly: true }) }, source, at('a.img'));
  refusals.push(...(await refuse({ store: fileStore(at('store')) }, [at('store')], at('b.img'))));
  const both = { source: fileStore(at('source')), store: fileStore(at('source')) };
  refusals.push(...(await refuse(both, [at('source')], at('c.img'))));
  if (!readFileSync(at('source')).equals(new Uint8Array(content.buffer))) throw new Error('the file was written over');
  return refusals;
}

/** An image and its parent are both the region's source. */
async function chain({ folder }: { folder: string }): Promise<Refusal[]> {
  const at = (name: string) => path.join(folder, name);
  const pager = await createPager({ residentLimit: '128KiB' });
  const region = await pager.map({ byteLength: BYTES });
  fill(wordsOf(region), 1);
  await region.snapshot(at('parent.img'));
  await region.snapshot(at('child.img'), { incrementalFrom: at('parent.img') });
  await pager.close();
  return refuse({ source: snapshotStore(at('child.img')) }, [at('child.img'), at('parent.img')], at('d.img'));
}

/** `url`: of a server; the second name of it is `localhost`. */
async function redis({ url, folder }: { url: string; folder: string }): Promise<Refusal[]> {
  const other = url.replace('127.0.0.1', 'localhost');
  const store = { store: redisStore(`${url}?prefix=kept:`) };
  const targets = [`${url}?prefix=kept:`, `${other}?prefix=kept:`, `${url}?prefix=kept:1`];
  const refusals = await refuse(store, targets, path.join(folder, 'e.img'));
  const pager = await createPager();
  const region = await pager.map({ byteLength: BYTES });
  fill(wordsOf(region), 1);
  await region.snapshot(`${url}?prefix=image:`);
  await pager.close();
  const image = { source: snapshotStore(`${url}?prefix=image:`) };
  refusals.push(...(await refuse(image, [`${url}?prefix=image:`], `${url}?prefix=next:`)));
  return refusals;
}

await perform({ files, chain, redis });
