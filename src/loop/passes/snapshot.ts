// Takes snapshots in the loop's thread: a pass over a region into a target.
import {
  LEAF_SHIFT,
  REGION_BYTES,
  REGION_CHUNK_NEXT_AT,
  REGION_SPACE_AT,
  REGIONS_AT,
} from '../../../assembly/layout.js';
import type { ResultOf, Serving } from '../../call/contract.js';
import { PagerError } from '../../errors.js';
import type { KnownImage } from '../../image/read.js';
import { openTarget } from '../../image/target.js';
import { mayBePinned } from '../../linux/pins.js';
import type { PageSource } from '../../pass/pass.js';
import type { LoopContext } from '../context.js';
import type { Mapped } from '../region.js';
import type { LoopSide, SnapshotEvents, SnapshotRequest } from '../requests.js';
import { refuseOwnPlaces } from './own-places.js';
import { LoopPages } from './region-pages.js';
import { ShiftedPages } from './shifted-pages.js';
import { SpacePages } from './space-pages.js';
import { queuePass } from './turns.js';

/** Milliseconds between two progress events. */
const PROGRESS_INTERVAL = 100;

type Requests = LoopSide['requests'];
type SnapshotCall = Serving<SnapshotEvents>;

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
export function pagesOf(home: LoopContext, mapped: Mapped, bufferLimit: number): PageSource {
  if (mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  const { u32 } = home.core;
  const word = (offset: number) => u32[(REGIONS_AT + mapped.region * REGION_BYTES + offset) >> 2] ?? 0;
  if (word(REGION_SPACE_AT) === 0) return new LoopPages(home, mapped, () => mapped.pages, bufferLimit);
  const pages = () => word(REGION_CHUNK_NEXT_AT) << LEAF_SHIFT;
  return new SpacePages(home.core, mapped.region, new LoopPages(home, mapped, pages, bufferLimit), mapped.places);
}

export function snapshot(
  home: LoopContext,
  request: SnapshotRequest,
  call: SnapshotCall,
): Promise<ResultOf<Requests['snapshot']>> {
  // Look the region up now: when the pass gets its turn, another region may have the number.
  const mapped = home.loop.mapped.get(request.region) ?? home.spaces.mappedOf(request.region);
  if (mapped === undefined) return Promise.reject(new PagerError('CLOSED', 'the region is closed'));
  return queuePass(home.loop, mapped, call.signal, () => snapshotNow(home, request, call, mapped));
}

async function snapshotNow(
  home: LoopContext,
  request: SnapshotRequest,
  call: SnapshotCall,
  mapped: Mapped,
): Promise<ResultOf<Requests['snapshot']>> {
  const whole = pagesOf(home, mapped, request.bufferLimit);
  const source = request.ahead === 0 ? whole : new ShiftedPages(whole, request.ahead);
  const { pageSize, pages } = source;
  if (request.memory !== null) home.engine.setMemory(mapped.region, request.memory);
  const { parent, meta } = request;
  const known = knownOf(mapped);
  await refuseOwnPlaces(mapped, request.target);
  const chunks = { send: (chunk: Uint8Array) => call.ask('chunk', chunk), end: () => call.ask('end', null) };
  const target = await openTarget(request.target, { pageSize, pages, parent, known, meta }, chunks);
  let told = 0;
  try {
    // The core's "unchanged" is relative to the image that it tracked from.
    const tracks = target.parentId !== null && target.parentId === mapped.trackedImage;
    // A long-term pin from before the protection bypasses it; another process that maps the pages may have such pins.
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
        signal: call.signal,
        onProgress: (taken, most) => {
          const now = performance.now();
          if (now - told < PROGRESS_INTERVAL) return;
          told = now;
          call.tell('progress', { taken, most });
        },
      },
      target,
    );
    pass.instant.then(
      () => {
        pinned ||= mayBePinned(pid);
        call.tell('instant', null);
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
    return { pass: report, image };
  } catch (error) {
    await target.abort();
    throw error;
  }
}
