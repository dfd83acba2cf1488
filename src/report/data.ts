/** What a report shows, as plain data: all text may come from outside and is escaped where it is drawn. */
export interface ReportData {
  title: string;
  subtitle: string;
  /** ISO 8601. */
  date: string;
  verdict: { ok: boolean; text: string };
  tiles: ReadonlyArray<Tile>;
  latency: LatencyData;
  timeline: TimelineData;
  map: MapData;
  /** Wide tables with a head, one below the other. */
  grids?: ReadonlyArray<Grid>;
  tables: ReadonlyArray<Table>;
}

export interface Tile {
  label: string;
  value: string;
  note: string;
}

/** Times in nanoseconds. */
export interface LatencyData {
  buckets: ReadonlyArray<{ from: number; to: number; count: number }>;
  marks: ReadonlyArray<{ label: string; at: number }>;
}

/** Times in seconds, all on one clock. */
export interface TimelineData {
  resident: ReadonlyArray<{ seconds: number; bytes: number }>;
  /** Counted from the start. */
  faults: ReadonlyArray<{ seconds: number; count: number }>;
  /** Bytes. */
  limit: number;
  /** In order. */
  phases: ReadonlyArray<{ name: string; from: number; to: number }>;
}

/** The region in order of addresses, in equal cells. */
export interface MapData {
  pagesPerCell: number;
  /** Faulting accesses, one count a cell. */
  faults: Uint32Array;
  /** What the pages of a cell were at the end, as a PageState; drawn in place of the counts where it is given. */
  states?: Uint8Array;
}

export const PAGE_STATES = ['untouched', 'resident', 'dirty', 'stored'] as const;
export type PageState = 0 | 1 | 2 | 3;

export interface Table {
  title: string;
  rows: ReadonlyArray<readonly [name: string, value: string]>;
}

export interface Grid {
  title: string;
  text: string;
  head: ReadonlyArray<string>;
  /** The first cell of a row may have lines. */
  rows: ReadonlyArray<readonly [first: ReadonlyArray<string>, ...rest: string[]]>;
}
