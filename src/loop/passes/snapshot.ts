// Snapshots, as the loop's thread makes them: a pass over a region into a target.
import {
  LEAF_SHIFT,
  REGION_BYTES,
  REGION_CHUNK_NEXT_AT,
  REGION_SPACE_AT,
  REGIONS_AT,
} from '../../../assembly/layout.js';
import type { Core } from '../../core/core.js';
import { PagerError } from '../../errors.js';
import type { KnownImage } from '../../image/read.js';
import { openTarget } from '../../image/target.js';
import { mayBePinned } from '../../linux/pins.js';
import type { Engine, Native } from '../../native/native.js';
import type { PageSource } from '../../pass/pass.js';
import type { Loop } from '../loop.js';
import type { Mapped } from '../region.js';
import type { SnapshotNews, SnapshotRequest } from '../requests.js';
import { LoopPages } from './region-pages.js';
import { ShiftedPages } from './shifted-pages.js';
import { SpacePages } from './space-pages.js';

/** Milliseconds between two words about progress. */
const PROGRESS_INTERVAL = 100;

interface Home {
  core: Core;
  native: Native;
  loop: Loop;
  engine: Engine;
  /** The spaces of other processes, by number. */
  spaces: { mappedOf(space: number): Mapped | undefined };
}

/** One pass at a time for a loop: others wait. */
const queues = new WeakMap<Loop, Promise<unknown>>();

export function queuePass<T>(loop: Loop, work: () => Promise<T>): Promise<T> {
  const turn = (queues.get(loop) ?? Promise.resolve()).then(work, work);
  queues.set(
    loop,
    turn.catch(() => {}),
  );
  return turn;
}

/**
 * The digests of tracked images, 2 MiB for a GiB: to read and check them again would take a good part of an incremental
 * snapshot.
 */
const tracked = new WeakMap<Mapped, KnownImage>();

function knownOf(mapped: Mapped): KnownImage | undefined {
  if (mapped.trackedImage === undefined) tracked.delete(mapped);
  return tracked.get(mapped);
}

/** @throws PagerError 'CLOSED', 'UNSUPPORTED' */
export function pagesOf(home: Home, mapped: Mapped | undefined, bufferLimit: number): PageSource {
  if (mapped === undefined || mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  const { u32 } = home.core;
  const word = (offset: number) => u32[(REGIONS_AT + mapped.region * REGION_BYTES + offset) >> 2] ?? 0;
  if (word(REGION_SPACE_AT) === 0) return new LoopPages(home, mapped, () => mapped.pages, bufferLimit);
  const pages = () => word(REGION_CHUNK_NEXT_AT) << LEAF_SHIFT;
  return new SpacePages(home.core, mapped.region, new LoopPages(home, mapped, pages, bufferLimit), mapped.places);
}

export function snapshot(home: Home, request: SnapshotRequest): Promise<number> {
  // Found now: when its turn comes the number may be another region's.
  const mapped = home.loop.mapped.get(request.region) ?? home.spaces.mappedOf(request.region);
  return queuePass(home.loop, () => snapshotNow(home, request, mapped)).finally(() => request.port.close());
}

async function snapshotNow(home: Home, request: SnapshotRequest, mapped: Mapped | undefined): Promise<number> {
  const whole = pagesOf(home, mapped, request.bufferLimit);
  const source = request.ahead === 0 ? whole : new ShiftedPages(whole, request.ahead);
  if (mapped === undefined) return 0;
  const { pageSize, pages } = source;
  if (request.memory !== null) home.engine.setMemory(mapped.region, request.memory);
  const { parent, meta } = request;
  const known = knownOf(mapped);
  const target = await openTarget(request.target, { pageSize, pages, parent, known, meta });
  const ending = new AbortController();
  const tell = (news: SnapshotNews) => request.port.postMessage(news);
  request.port.on('message', () => ending.abort(new PagerError('CLOSED', 'the snapshot was ended by its caller')));
  let told = 0;
  try {
    // What the core knows to be unchanged is so since the image it tracked from.
    const tracks = target.parentId !== null && target.parentId === mapped.trackedImage;
    // Long pins that were there when pages were protected go past that; who else maps the pages may have others.
    const changedOnly = tracks && !mapped.pinned && !mapped.attached;
    const pid = meta.pid ?? 'self';
    let pinned = mayBePinned(pid);
    mapped.trackedImage = undefined;
    tracked.delete(mapped);
    const pass = source.begin(
      {
        changedOnly,
        track: request.track,
        settle: true,
        signal: ending.signal,
        onProgress: (taken, most) => {
          const now = performance.now();
          if (now - told < PROGRESS_INTERVAL) return;
          told = now;
          tell({ type: 'progress', taken, most });
        },
      },
      target,
    );
    pass.instant.then(
      () => {
        pinned ||= mayBePinned(pid);
        tell({ type: 'instant' });
      },
      () => {},
    );
    const report = await pass.done;
    const ranges = source instanceof SpacePages ? { ranges: source.ranges() } : {};
    const image = await target.finish({ whole: !changedOnly, ...ranges });
    if (request.track && !mapped.closing) {
      mapped.trackedImage = image.id;
      mapped.pinned = pinned;
      if (target.known !== undefined) tracked.set(mapped, target.known);
    }
    tell({ type: 'done', pass: report, image });
    return 0;
  } catch (error) {
    await target.abort();
    throw error;
  }
}
