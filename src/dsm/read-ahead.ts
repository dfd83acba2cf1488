// Which pages to ask for before a thread touches them: those after the page that a thread waits for, if it reads page after page.

/** At first, and at most: 256 KiB. It doubles from one wait to the next. */
const MIN_PAGES = 4;
const MAX_PAGES = 64;
/** Readers that are followed at once. */
const STREAMS = 4;
/** One reader may be so far ahead, of a resident limit: all of them together, and the pages that threads use, have room then. */
const OF_RESIDENT = 1 / 8;

interface Stream {
  /** The page that was waited for last, how many after it were asked for, and the one after those. */
  page: number;
  count: number;
  next: number;
}

export class ReadAhead {
  /** The one that waited last is the last. */
  readonly #streams: Stream[] = [];
  readonly #most: number;

  /** @param resident pages that may be here; default: any number */
  constructor(resident = Number.MAX_SAFE_INTEGER) {
    this.#most = Math.min(MAX_PAGES, Math.floor(resident * OF_RESIDENT));
  }

  /** A thread waits to read `page`. Returns how many pages after it to ask for. */
  after(page: number): number {
    const at = this.#streams.findIndex((stream) => page >= stream.page && page <= stream.next);
    const [stream = { page, count: 0, next: page + 1 }] = at < 0 ? [] : this.#streams.splice(at, 1);
    this.#streams.push(stream);
    if (this.#streams.length > STREAMS) this.#streams.shift();
    // Before `next` the thread has caught up with what is under way.
    if (at < 0 || page < stream.next) return 0;
    stream.count = Math.min(this.#most, Math.max(MIN_PAGES, 2 * stream.count));
    stream.page = page;
    stream.next = page + 1 + stream.count;
    return stream.count;
  }
}
