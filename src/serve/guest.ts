// One guest of the server: from the hand-off to the end of its process, or the loss of its image.

import type { CoreDump } from '../core/dump.js';
import type { PagerStats } from '../core/stats.js';
import { failureLine, PagerError } from '../errors.js';
import type { LiveCore } from '../live/source.js';
import type { Labels, Subject } from '../metrics/families.js';
import type { OtherProcess } from '../pager/other-memory.js';
import { type GuestOptions, type GuestSession, openGuest, type RemoteNews, type RemotePart } from '../pager/session.js';
import type { SnapshotOptions, SnapshotReport } from '../pager/snapshot.js';
import type { WorkingSet } from '../pager/working-set.js';
import { formatSize } from '../units.js';
import type { GuestPart, HandOff } from '../wire/firecracker.js';
import type { GuestImage, ImageSource } from './image.js';
import { type CheckedServe, storeFor } from './options.js';
import { lookAt, type PeerMemory, requireEvictable } from './peer.js';
import { Replay, type ReplayCounts } from './replay.js';
import { shifted } from './shared-image.js';

const HUGE_PAGE = 2 * 2 ** 20;

/** How a session ended: its process ended, its memory could not be served, or the server was stopped. */
export type Ending = 'exited' | 'failed' | 'interrupted';

export interface GuestReport {
  stats: PagerStats;
  touched: Uint32Array;
  replay: ReplayCounts | null;
}

export interface GuestNeeds {
  number: number;
  pid: number;
  /** The hand-off's descriptors; the caller closes them. */
  userfaultfd: number;
  file: number;
  handOff: HandOff;
  image: GuestImage;
  options: CheckedServe;
  workingSet: WorkingSet | null;
  /** Resolves when the guest's session ends, for any reason. */
  gone: Promise<unknown>;
  say(line: string): void;
  /** Called when its memory can no longer be served. */
  failed(why: string): void;
  /** Called when its address space is gone: its process is ending, or has executed another program. */
  dead(): void;
}

export class Guest {
  readonly pageSize: number;
  readonly byteLength: number;
  readonly #session: GuestSession;
  readonly #replay: Replay | null;
  readonly #image: GuestImage;
  /** Pages by which the session's numbers are ahead of the image's. */
  readonly #lead: number;
  /** Pages by which they are ahead of its memory's. */
  readonly #ahead: number;

  private constructor(session: GuestSession, { handOff, image }: GuestNeeds, replay: Replay | null, lead: number) {
    this.#session = session;
    this.#image = image;
    this.#replay = replay;
    this.#lead = lead;
    this.#ahead = lead + image.start / handOff.pageSize;
    this.pageSize = handOff.pageSize;
    this.byteLength = handOff.parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /**
   * Begins to serve a guest's memory: its faults are answered from now on.
   * @throws PagerError saying which part of the hand-off cannot be served
   */
  static async begin(needs: GuestNeeds): Promise<Guest> {
    const { number, handOff, image, options, say, failed, dead } = needs;
    const { pageSize, parts } = handOff;
    const memory = lookAt(needs.pid, parts);
    if (memory !== null && !memory.registered) {
      throw new PagerError('PROTOCOL', 'the hand-off speaks of memory that the process has not registered', {
        hint: 'register every region for missing pages, then hand it over',
      });
    }
    if (options.resident !== null) requireEvictable(memory, needs.file);
    // Pages are numbered as in the memfile if pages are evicted from it, else as in the image: reads and writes by
    // number then need no table.
    const inFile = options.resident !== null;
    const at = (part: GuestPart) => (inFile ? part.fileOffset : part.offset + image.start);
    const lead = leadOf(parts, inFile, image.start);
    const remote: RemotePart[] = parts
      .map((part) => ({ address: part.address, first: at(part) / pageSize, pages: part.byteLength / pageSize }))
      .toSorted((a, b) => a.first - b.first);
    const imagePages = lead / pageSize;
    const source = await image.source(pageSize, lead === 0, needs.gone);
    const shared = source.kind === 'shared' ? source.image : null;
    const replay = replayOf(needs, remote, imagePages);
    const session = await openGuest({
      userfaultfd: needs.userfaultfd,
      parts: remote,
      pageSize,
      huge: isHuge(memory, pageSize),
      file: inFile ? needs.file : -1,
      source: sourceOf(source, imagePages),
      zeros: zerosOf(image, pageSize, imagePages, remote),
      store: storeFor(options.store, number),
      pager: {
        core: options.core,
        ...(options.resident === null ? {} : { residentLimit: options.resident }),
        // While first touches are recorded, no page may be loaded ahead: its touch would go unseen.
        readahead: options.record !== null ? 'off' : 'sequential',
      },
      noted: options.record !== null || replay !== null,
      onNews: (news) => (news.type === 'dead' ? dead() : failed(describeNews(news))),
    });
    const guest = new Guest(session, needs, replay, imagePages);
    if (replay !== null) {
      const from = shared === null ? null : { shared, ahead: -imagePages };
      replay.run(session, from, say).catch((error: unknown) => say(`the replay has failed: ${failureLine(error)}`));
    }
    return guest;
  }

  /** Stops serving the memory, as it is. */
  async end(): Promise<GuestReport> {
    this.#replay?.stop();
    try {
      await this.#session.close();
    } finally {
      this.#replay?.stop();
    }
    const touched = this.#session.touched();
    return { stats: this.#session.stats(), touched, replay: this.#replay?.counts(touched) ?? null };
  }

  /** An image of the memory, page by page of the hand-off's offsets. @throws PagerError as Region.snapshot does */
  async snapshot(process: OtherProcess, target: string, options: SnapshotOptions): Promise<SnapshotReport> {
    await this.#image.refuseOver(target);
    return this.#session.snapshot({ ...process, ahead: this.#ahead }, target, options);
  }

  /** The present state of its pager's core. */
  dump(): CoreDump {
    return this.#session.dump();
  }

  /** Resolves when its pager has no work. */
  settled(): Promise<void> {
    return this.#session.settled();
  }

  stats(): PagerStats {
    return this.#session.stats();
  }

  /** For a live view. */
  liveCore(name: string): LiveCore {
    return this.#session.liveCore(name);
  }

  /** For metrics. */
  subject(labels: Labels): Subject {
    return this.#session.subject(labels);
  }

  /** Its first touches in order, as pages of the image. */
  workingSet({ touched }: GuestReport): WorkingSet {
    const pages = this.#replay?.touchedWith(touched) ?? touched;
    return { pageSize: this.pageSize, pages: pages.map((page) => page - this.#lead) };
  }
}

/** "256 MiB in 2 regions, pages of 4 KiB" */
export function describeHandOff({ parts, regions, pageSize }: HandOff): string {
  const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const many = regions === 1 ? '1 region' : `${regions} regions`;
  return `${formatSize(bytes)} in ${many}, pages of ${formatSize(pageSize)}`;
}

function sourceOf(source: ImageSource, lead: number): GuestOptions['source'] {
  if (source.kind === 'file') return source.spec;
  if (source.kind === 'shared') return shifted(source.image, -lead);
  return source.kind === 'none' ? null : source;
}

// The bytes by which a page's number is ahead of its place in the image.
function leadOf(parts: readonly GuestPart[], inFile: boolean, start: number): number {
  if (!inFile) return 0;
  const leads = new Set(parts.map(({ fileOffset, offset }) => fileOffset - offset - start));
  const [lead = 0] = leads;
  if (leads.size <= 1) return lead;
  throw new PagerError('PROTOCOL', 'the regions lie in the memfile in another way than in the image', {
    hint: 'farpage.file_offset must be ahead of offset by the same number of bytes everywhere',
  });
}

function isHuge(memory: PeerMemory | null, pageSize: number): boolean {
  return memory?.huge ?? pageSize === HUGE_PAGE;
}

function replayOf(
  { options, workingSet, handOff, number, say }: GuestNeeds,
  parts: readonly RemotePart[],
  lead: number,
) {
  if (workingSet === null) return null;
  if (workingSet.pageSize !== handOff.pageSize) {
    say(`session ${number}: nothing is replayed: the working set has pages of ${formatSize(workingSet.pageSize)}`);
    return null;
  }
  const isHeld = (page: number) => parts.some(({ first, pages }) => page >= first && page < first + pages);
  const pages = [...workingSet.pages].map((page) => page + lead).filter(isHeld);
  // Under a limit, pages loaded ahead must not evict each other.
  const limit = options.resident === null ? pages.length : Math.floor((options.resident / handOff.pageSize) * 0.75);
  return new Replay(pages, limit);
}

// A page that covers several pages of the block is zeros if all of these are.
function zerosOf(image: GuestImage, pageSize: number, lead: number, parts: readonly RemotePart[]) {
  const { block, zeros } = image;
  if (block === undefined) return [];
  const start = image.start / pageSize + lead;
  if (!Number.isInteger(start)) {
    throw new PagerError('PROTOCOL', `the image’s pages do not begin at a multiple of ${formatSize(pageSize)}`, {
      hint: 'give the guest pages of 4 KiB',
    });
  }
  const scale = block.pageSize / pageSize;
  const runs = zeros.map(({ first, end }) => ({
    first: start + Math.ceil(first * scale),
    end: start + Math.floor(end * scale),
  }));
  const within = runs.flatMap((run) =>
    parts.map((part) => ({ first: Math.max(run.first, part.first), end: Math.min(run.end, part.first + part.pages) })),
  );
  return within.filter(({ first, end }) => first < end);
}

function describeNews(news: Exclude<RemoteNews, { type: 'dead' }>): string {
  if (news.type === 'lost') return `page ${news.page}: ${news.why}`;
  return `a fault at 0x${news.address.toString(16)}, which no region of the hand-off holds`;
}
