// Images without a pager: a model of a region, from which the tests write images, and with which they compare them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import openSnapshot from '../../../src/image/store.js';
import type { ChunkSink } from '../../../src/image/stream.js';
import { type ImageReport, type ImageShape, openTarget, type TargetSpec } from '../../../src/image/target.js';
import { Random } from '../sim/random.js';

export const PAGE = 4096;
const CREATED = '2026-01-01T00:00:00.000Z';

/** A folder of one test file's. */
export class ImageFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'farpage-image-'));

  file(name: string): string {
    return path.join(this.path, name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** What a region holds, and which pages were written to since the last image. */
export class Model {
  readonly pages: number;
  readonly pageSize: number;
  readonly bytes: Uint8Array;
  readonly changed = new Set<number>();
  readonly #random: Random;

  constructor(pages: number, options: { pageSize?: number; seed?: number } = {}) {
    this.pages = pages;
    this.pageSize = options.pageSize ?? PAGE;
    this.bytes = new Uint8Array(pages * this.pageSize);
    this.#random = new Random(BigInt(options.seed ?? 1));
  }

  page(page: number): Uint8Array {
    return this.bytes.subarray(page * this.pageSize, (page + 1) * this.pageSize);
  }

  /** Fills a page with what no other page has; 0: with zeros. */
  put(page: number, seed: number): this {
    const words = new Uint32Array(this.bytes.buffer, page * this.pageSize, this.pageSize / 4);
    for (let i = 0; i < words.length; i++) words[i] = seed === 0 ? 0 : Math.imul(seed + i, 2654435761) ^ page;
    this.changed.add(page);
    return this;
  }

  /** Some pages with new bytes, some to zeros, some touched and left as they were. */
  scramble(count: number): this {
    for (let i = 0; i < count; i++) {
      const page = this.#random.below(this.pages);
      const kind = this.#random.below(4);
      if (kind === 0) this.changed.add(page);
      else this.put(page, kind === 1 ? 0 : 1 + this.#random.below(2 ** 30));
    }
    return this;
  }

  /** Batches in no order, as a pass gives them: of changed pages alone, or of all that have content. */
  batches(changedOnly: boolean): Array<{ first: number; count: number; bytes: Uint8Array | null }> {
    const none = Buffer.alloc(this.pageSize);
    const batches = [];
    for (let page = 0; page < this.pages; ) {
      const wanted = (at: number) => at < this.pages && (!changedOnly || this.changed.has(at));
      const zeros = (at: number) => none.equals(this.page(at));
      let end = page;
      if (!wanted(page)) {
        page++;
        continue;
      }
      const kind = zeros(page);
      const most = page + 1 + this.#random.below(9);
      while (end < most && wanted(end) && zeros(end) === kind) end++;
      // Zeros are said, given as bytes, or not mentioned where all pages are.
      const said = this.#random.below(3);
      const bytes = this.bytes.slice(page * this.pageSize, end * this.pageSize);
      if (!kind || said > 0 || changedOnly) {
        batches.push({ first: page, count: end - page, bytes: kind && said !== 1 ? null : bytes });
      }
      page = end;
    }
    return batches.sort(() => this.#random.below(3) - 1);
  }
}

export async function writeImage(
  target: string | TargetSpec,
  model: Model,
  options: { parent?: string; changedOnly?: boolean; meta?: Partial<ImageShape['meta']>; chunks?: ChunkSink } = {},
): Promise<ImageReport> {
  const { parent = null, changedOnly = false } = options;
  const spec: TargetSpec = typeof target === 'string' ? { kind: 'file', path: target, format: 'image' } : target;
  const { pageSize, pages } = model;
  const shape = { pageSize, pages, parent, meta: { created: CREATED, ...options.meta } };
  const made = await openTarget(spec, shape, options.chunks);
  try {
    await Promise.all(model.batches(changedOnly).map((batch) => made.take(batch)));
    const report = await made.finish({ whole: !changedOnly });
    model.changed.clear();
    return report;
  } catch (error) {
    await made.abort();
    throw error;
  }
}

/** All that an image holds, checked against its digests. */
export async function readImage(where: string, pageSize = PAGE): Promise<Buffer> {
  const store = await openSnapshot({ where });
  try {
    const bytes = Buffer.alloc(Math.ceil(store.byteLength / pageSize) * pageSize, 0xaa);
    const reads = [];
    for (let at = 0; at < bytes.length; at += pageSize) {
      reads.push({ page: at / pageSize, into: bytes.subarray(at, at + pageSize) });
    }
    await store.read(reads);
    return bytes.subarray(0, store.byteLength);
  } finally {
    await store.close();
  }
}

export async function assertHolds(where: string, model: Model): Promise<void> {
  const bytes = await readImage(where, model.pageSize);
  assert.equal(bytes.length, model.bytes.length);
  for (let page = 0; page < model.pages; page++) {
    const found = bytes.subarray(page * model.pageSize, (page + 1) * model.pageSize);
    assert.ok(found.equals(model.page(page)), `page ${page} is as it was`);
  }
}
