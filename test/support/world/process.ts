// A process that is simulated: its mappings and pages, its threads that wait, and the events that its calls cause.
import * as layout from '../../../assembly/layout.js';

export const PAGE = 4096;

export interface Thread {
  page: number;
  write: boolean;
  waits: boolean;
  woken: boolean;
  told: boolean;
}

interface Event {
  event: number;
  words: number[];
  child?: Process;
}

/** [first, end) in pages. */
export interface Range {
  first: number;
  end: number;
}

export class Process {
  space = 0;
  dead = false;
  /** What is there, by page number: its token. */
  readonly pages = new Map<number, number>();
  readonly poisoned = new Set<number>();
  /** Dropped by madvise after its event was read, and not filled since: the core may take them for resident. */
  readonly dropped = new Set<number>();
  /** What each page must hold; zeros where nothing stands. */
  readonly model = new Map<number, number>();
  ranges: Range[] = [];
  readonly faults: Thread[] = [];
  readonly events: Event[] = [];
  readonly threads: Thread[] = [];
  /** Once the events are read, the thread that caused them continues with this. */
  after: (() => void) | undefined;
  /** On its way out by madvise(MADV_DONTNEED). */
  leaving: Range | undefined;
  /** Pages of its parent failed between the fork and the reading of its event: the core takes them for failed here too. */
  heir = false;

  get changing(): boolean {
    return this.events.length > 0;
  }

  has(page: number): boolean {
    return this.ranges.some(({ first, end }) => page >= first && page < end);
  }

  wake(first: number, end: number): void {
    for (const thread of this.threads) {
      if (!thread.waits || thread.page < first || thread.page >= end) continue;
      thread.woken = true;
      const index = this.faults.indexOf(thread);
      if (index >= 0) this.faults.splice(index, 1);
    }
  }

  unmapRange(first: number, end: number): void {
    this.ranges = this.ranges.flatMap((range) => {
      if (range.end <= first || range.first >= end) return [range];
      const left = { first: range.first, end: Math.min(range.end, first) };
      const right = { first: Math.max(range.first, end), end: range.end };
      return [left, right].filter((each) => each.first < each.end);
    });
    for (const pages of [this.pages, this.model, this.poisoned, this.dropped]) {
      for (const page of pages.keys()) if (page >= first && page < end) pages.delete(page);
    }
  }

  munmap(first: number, end: number): void {
    this.unmapRange(first, end);
    this.events.push({ event: layout.EVENT_UNMAP, words: [first * PAGE, end * PAGE] });
  }

  /** mremap(2): the memory has moved before the first of its events can be read. */
  mremap(first: number, end: number, to: number): void {
    const by = to - first;
    const covers = this.ranges.some((range) => range.first < end + by && range.end > to);
    const there = this.ranges.filter((range) => range.first < end && range.end > first);
    if (covers) {
      this.unmapRange(to, end + by);
      this.events.push({ event: layout.EVENT_UNMAP, words: [to * PAGE, (end + by) * PAGE] });
    }
    const parts = there.map((range) => ({
      first: Math.max(range.first, first) + by,
      end: Math.min(range.end, end) + by,
    }));
    for (const map of [this.pages, this.model]) {
      for (const [page, token] of [...map]) {
        if (page < first || page >= end) continue;
        map.delete(page);
        map.set(page + by, token);
      }
    }
    for (const marks of [this.poisoned, this.dropped]) {
      for (const page of [...marks]) if (page >= first && page < end) marks.add(page + by);
    }
    this.unmapRange(first, end);
    this.ranges.push(...parts);
    this.events.push({ event: layout.EVENT_REMAP, words: [first * PAGE, to * PAGE, (end - first) * PAGE] });
    this.events.push({ event: layout.EVENT_UNMAP, words: [first * PAGE, end * PAGE] });
  }

  /** madvise(MADV_DONTNEED): the event first, then the pages go. */
  dontneed(first: number, end: number): void {
    this.leaving = { first, end };
    this.events.push({ event: layout.EVENT_REMOVE, words: [first * PAGE, end * PAGE] });
    this.after = () => {
      for (const page of this.pages.keys()) if (page >= first && page < end) this.dropped.add(page);
      for (const pages of [this.pages, this.model, this.poisoned]) {
        for (const page of pages.keys()) if (page >= first && page < end) pages.delete(page);
      }
      this.leaving = undefined;
    };
  }

  fork(): Process {
    const child = new Process();
    for (const [page, token] of this.pages) child.pages.set(page, token);
    for (const [page, token] of this.model) child.model.set(page, token);
    for (const page of this.poisoned) child.poisoned.add(page);
    for (const page of this.dropped) child.dropped.add(page);
    child.ranges = this.ranges.map((range) => ({ ...range }));
    this.events.push({ event: layout.EVENT_FORK, words: [], child });
    return child;
  }
}
