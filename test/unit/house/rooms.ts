/** Who may import whom, as data. A file belongs to the room with the longest matching path; one with no room fails. */
export interface Room {
  /** Paths from the top folder: a file's without its extension, or a folder's with '/' at its end. */
  files: readonly string[];
  /** Rooms it may import from. Files of one room may always import each other. */
  imports: readonly string[];
  /** Packages it may import; 'node:' stands for Node.js's own modules. */
  packages: readonly string[];
}

/** The core's files, low to high: a file may import any to its left. Those in one list are siblings and may not meet. */
export const CORE_LAYERS: ReadonlyArray<readonly string[]> = [
  ['layout', 'codes', 'host'],
  ['layout-hash'],
  ['check'],
  ['books/records'],
  ['bitmap', 'ring', 'books/block', 'books/region', 'books/queue'],
  ['books/order', 'books/passes', 'books/patience', 'books/plan', 'books/settings'],
  ['books/frame', 'books/states', 'books/waiting', 'paging/policy', 'books/pool', 'books/extent', 'books/chunk'],
  ['books/stored'],
  ['books/annex'],
  ['books/page-table'],
  ['books/content', 'books/space', 'pass/cells'],
  ['pass/protection'],
  ['paging/volatile', 'paging/pin'],
  ['paging/refusal', 'paging/expected', 'paging/begin'],
  ['paging/feed'],
  ['paging/install', 'paging/deliver'],
  ['paging/fill', 'paging/evict'],
  ['paging/written'],
  ['paging/readahead', 'paging/writeback', 'paging/arrival', 'paging/rewrite'],
  ['paging/crowded', 'changes/event'],
  ['changes/fork', 'changes/close', 'changes/seed'],
  ['paging/fault', 'paging/operation', 'pass/walk'],
  ['pass/protect', 'pass/copy', 'paging/replies'],
  ['pass/pass'],
  ['index'],
];

/** The same for dsm.wasm, in assembly/dsm. It uses the core's assertions and nothing else of the core. */
export const DSM_LAYERS: ReadonlyArray<readonly string[]> = [
  ['dsm/layout'],
  ['dsm/out', 'dsm/states', 'dsm/waiters'],
  ['dsm/copies', 'dsm/directory'],
  ['dsm/transaction'],
  ['dsm/cut'],
  ['dsm/home', 'dsm/node', 'dsm/recovery', 'dsm/take'],
  ['dsm/members', 'dsm/cut-walk'],
  ['dsm/index'],
];

const BASE = ['errors', 'units', 'options', 'place'];
/** Files that use the base and never each other. */
const SIBLINGS = ['core', 'native', 'store', 'linux'];

export const ROOMS: Readonly<Record<string, Room>> = {
  ...layeredRooms(CORE_LAYERS, []),
  ...layeredRooms(DSM_LAYERS, ['assembly/check']),
  errors: { files: ['src/errors', 'src/printable', 'src/redact', 'src/warn', 'src/ended'], imports: [], packages: [] },
  /** Where the package's files and native parts are. */
  place: { files: ['src/place'], imports: ['errors'], packages: ['node:'] },
  units: { files: ['src/units'], imports: ['errors'], packages: [] },
  options: {
    files: ['src/options', 'src/known-options', 'src/tls-files'],
    imports: ['errors', 'units'],
    packages: ['node:'],
  },
  /** The typed wire between the user's thread and the loop's. */
  call: { files: ['src/call/'], imports: BASE, packages: ['node:'] },
  core: {
    files: ['src/core/'],
    imports: [...BASE, 'assembly/layout', 'assembly/codes', 'assembly/layout-hash'],
    packages: ['node:', '@assemblyscript/loader'],
  },
  native: {
    files: ['src/native/'],
    imports: [...BASE, 'assembly/layout', 'assembly/codes', 'assembly/layout-hash'],
    packages: ['node:'],
  },
  /** Where HTTP clients are listened for. */
  web: { files: ['src/web/'], imports: BASE, packages: ['node:'] },
  /** Counters and times as Prometheus has them. */
  metrics: { files: ['src/metrics/'], imports: [...BASE, 'core', 'web'], packages: ['node:'] },
  /** What enters the core, written down, and done once more. */
  record: {
    files: ['src/record/'],
    imports: [...BASE, 'core', 'native', 'assembly/layout', 'assembly/codes', 'assembly/layout-hash'],
    packages: ['node:'],
  },
  store: { files: ['src/store/'], imports: [...BASE, 'native'], packages: ['node:', 'redis', 'undici'] },
  linux: { files: ['src/linux/'], imports: BASE, packages: ['node:'] },
  /** What crosses between processes; everything in it is checked here. */
  wire: { files: ['src/wire/'], imports: [...BASE, 'core', 'linux', 'native', 'userfaultfd'], packages: ['node:'] },
  pass: { files: ['src/pass/'], imports: BASE, packages: ['node:'] },
  image: { files: ['src/image/'], imports: [...BASE, 'native', 'store', 'pass'], packages: ['node:'] },
  migrate: {
    files: ['src/migrate/'],
    imports: [...BASE, 'native', 'store', 'wire', 'pass'],
    packages: ['node:'],
  },
  /** Distributed shared memory. */
  dsm: {
    files: ['src/dsm/'],
    imports: [
      ...BASE,
      'call',
      'core',
      'image',
      'metrics',
      'migrate',
      'native',
      'store',
      'userfaultfd',
      'assembly/dsm/layout',
    ],
    packages: ['node:', '@assemblyscript/loader'],
  },
  userfaultfd: {
    files: ['src/userfaultfd/'],
    imports: [...BASE, 'native', 'assembly/layout', 'assembly/codes'],
    packages: ['node:'],
  },
  conformance: { files: ['src/conformance/'], imports: [...BASE, 'native', 'userfaultfd'], packages: ['node:'] },
  loop: {
    files: ['src/loop/'],
    imports: [
      ...BASE,
      ...SIBLINGS,
      'call',
      'record',
      'pass',
      'image',
      'migrate',
      'assembly/layout',
      'assembly/codes',
      'assembly/layout-hash',
    ],
    packages: ['node:'],
  },
  pager: {
    files: ['src/pager/'],
    imports: [
      ...BASE,
      ...SIBLINGS,
      'call',
      'dsm',
      'live',
      'loop',
      'metrics',
      'record',
      'wire',
      'pass',
      'image',
      'migrate',
      'userfaultfd',
      'assembly/layout',
      'assembly/codes',
    ],
    packages: ['node:'],
  },
  index: {
    files: ['src/index'],
    imports: [...BASE, 'core', 'dsm', 'live', 'native', 'store', 'image', 'metrics', 'migrate', 'pager'],
    packages: [],
  },
  control: {
    files: ['src/control/'],
    imports: [...BASE, 'core', 'linux', 'native', 'wire', 'assembly/layout'],
    packages: ['node:'],
  },
  serve: {
    files: ['src/serve/'],
    imports: [
      ...BASE,
      ...SIBLINGS,
      'control',
      'live',
      'metrics',
      'web',
      'wire',
      'pass',
      'image',
      'migrate',
      'pager',
      'userfaultfd',
    ],
    packages: ['node:'],
  },
  /** In place of criu lazy-pages. */
  criu: {
    files: ['src/criu/'],
    imports: [...BASE, ...SIBLINGS, 'live', 'metrics', 'web', 'pager', 'userfaultfd', 'assembly/codes'],
    packages: ['node:'],
  },
  run: {
    files: ['src/run/'],
    imports: [
      ...BASE,
      'control',
      'core',
      'linux',
      'live',
      'metrics',
      'web',
      'native',
      'store',
      'pager',
      'userfaultfd',
      'wire',
    ],
    packages: ['node:'],
  },
  report: { files: ['src/report/'], imports: ['units'], packages: ['node:'] },
  /** The live view's server. */
  live: { files: ['src/live/'], imports: [...BASE, 'core', 'report', 'live page', 'web'], packages: ['node:'] },
  /** What of it runs in the browser. */
  'live page': { files: ['src/live/page/', 'src/live/types'], imports: ['core'], packages: [] },
  /** Lines, bars and tables for a person at a terminal, and Ctrl-C. */
  terminal: { files: ['src/terminal/'], imports: [...BASE, 'native'], packages: ['node:', 'cli-progress'] },
  experiment: {
    files: ['src/experiment/'],
    imports: [...BASE, 'call', 'core', 'linux', 'store', 'pager', 'index', 'report', 'terminal'],
    packages: ['node:'],
  },
  cli: {
    files: ['src/cli/'],
    imports: [
      ...BASE,
      'dsm',
      'linux',
      'control',
      'metrics',
      'web',
      'experiment',
      'terminal',
      'wire',
      'pager',
      'index',
      'report',
      'bench',
      'conformance',
      'serve',
      'criu',
      'run',
      'core',
      'record',
      'pass',
      'image',
      'migrate',
      'userfaultfd',
      'store',
    ],
    packages: ['node:', 'commander'],
  },
  bench: {
    files: ['bench/'],
    imports: [
      ...BASE,
      ...SIBLINGS,
      'dsm',
      'image',
      'loop',
      'migrate',
      'pager',
      'index',
      'userfaultfd',
      'report',
      'assembly/layout',
      'assembly/codes',
    ],
    packages: ['node:', 'benchmark', 'redis', '@assemblyscript/loader'],
  },
  /** A user's program over paged memory: it sees what a user sees. */
  programs: { files: ['test/programs/'], imports: [], packages: [] },
  examples: { files: ['examples/'], imports: [], packages: ['farpage', 'node:', '@sqlite.org/sqlite-wasm'] },
  types: { files: ['src/webassembly', 'src/webassembly.d', 'src/webassembly.d.ts'], imports: [], packages: [] },
  test: { files: ['test/'], imports: ['*'], packages: ['*'] },
  scripts: { files: ['scripts/'], imports: ['*'], packages: ['node:', 'rollup'] },
};

/** Rooms of native/, and those below each that its files may include. addon.cc, the table of exports, includes all. */
export const NATIVE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  /** Words of the core's memory, layout.h, errors: what every room may include. */
  top: [],
  kernel: ['top'],
  endings: ['top', 'kernel'],
  programs: [],
  preload: [],
  others: ['top', 'kernel', 'endings', 'programs'],
  trap: ['top', 'kernel', 'endings', 'inline'],
  inline: ['top', 'kernel', 'endings'],
  core: ['top', 'endings'],
  lane: [],
  /** System calls of this process on region memory. */
  calls: ['top', 'kernel', 'endings'],
  engine: ['top', 'kernel', 'endings', 'programs', 'others', 'trap', 'inline', 'core', 'lane', 'calls'],
  door: ['top', 'kernel', 'endings', 'trap'],
  conformance: ['top', 'kernel'],
};

function layeredRooms(layers: ReadonlyArray<readonly string[]>, from: readonly string[]): Record<string, Room> {
  const rooms: Record<string, Room> = {};
  const below = [...from];
  for (const layer of layers) {
    for (const name of layer) {
      rooms[`assembly/${name}`] = { files: [`assembly/${name}`], imports: [...below], packages: [] };
    }
    below.push(...layer.map((name) => `assembly/${name}`));
  }
  return rooms;
}
