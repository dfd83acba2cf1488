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
  ['layout'],
  ['layout-hash'],
  ['check'],
  ['bitmap', 'ring', 'region', 'queue'],
  ['frame', 'states', 'waiting', 'policy', 'pool', 'extent', 'chunk'],
  ['page-table', 'slot'],
  ['content', 'space', 'buffer'],
  ['guard'],
  ['volatile'],
  ['install'],
  ['fill', 'evict'],
  ['written'],
  ['readahead', 'writeback', 'arrival'],
  ['event'],
  ['fork', 'close'],
  ['fault', 'operation', 'walk'],
  ['protect', 'save'],
  ['pass'],
  ['index'],
];

const BASE = ['errors', 'units', 'options'];
/** What stands on the base and never on each other. */
const SIBLINGS = ['core', 'native', 'store', 'protocol'];

export const ROOMS: Readonly<Record<string, Room>> = {
  ...coreRooms(),
  errors: { files: ['src/errors'], imports: [], packages: [] },
  units: { files: ['src/units'], imports: ['errors'], packages: [] },
  options: { files: ['src/options'], imports: ['errors', 'units'], packages: ['node:'] },
  core: {
    files: ['src/core/'],
    imports: [...BASE, 'assembly/layout', 'assembly/layout-hash'],
    packages: ['node:', '@assemblyscript/loader'],
  },
  native: {
    files: ['src/native', 'src/native/'],
    imports: [...BASE, 'assembly/layout', 'assembly/layout-hash'],
    packages: ['node:'],
  },
  store: { files: ['src/store/'], imports: BASE, packages: ['node:', 'redis', 'undici'] },
  protocol: { files: ['src/protocol/'], imports: BASE, packages: ['node:'] },
  snapshot: { files: ['src/snapshot/'], imports: BASE, packages: ['node:'] },
  image: { files: ['src/image/'], imports: [...BASE, 'native', 'store', 'snapshot'], packages: ['node:'] },
  migrate: {
    files: ['src/migrate/'],
    imports: [...BASE, 'native', 'store', 'protocol', 'snapshot'],
    packages: ['node:'],
  },
  userfaultfd: {
    files: ['src/userfaultfd/'],
    imports: [...BASE, 'native', 'assembly/layout'],
    packages: ['node:'],
  },
  conformance: { files: ['src/conformance/'], imports: [...BASE, 'native', 'userfaultfd'], packages: ['node:'] },
  loop: {
    files: ['src/loop/'],
    imports: [...BASE, ...SIBLINGS, 'snapshot', 'image', 'migrate', 'assembly/layout', 'assembly/layout-hash'],
    packages: ['node:'],
  },
  pager: {
    files: ['src/pager', 'src/pager/'],
    imports: [...BASE, ...SIBLINGS, 'loop', 'snapshot', 'image', 'migrate', 'userfaultfd', 'assembly/layout'],
    packages: ['node:'],
  },
  index: { files: ['src/index'], imports: [...BASE, 'core', 'native', 'store', 'image', 'pager'], packages: [] },
  control: { files: ['src/control/'], imports: BASE, packages: ['node:'] },
  serve: {
    files: ['src/serve/'],
    imports: [...BASE, ...SIBLINGS, 'control', 'snapshot', 'image', 'migrate', 'pager', 'userfaultfd'],
    packages: ['node:'],
  },
  run: {
    files: ['src/run/'],
    imports: [...BASE, 'control', 'core', 'native', 'store', 'pager', 'userfaultfd'],
    packages: ['node:'],
  },
  report: { files: ['src/report/'], imports: ['units'], packages: ['node:'] },
  cli: {
    files: ['src/cli/'],
    imports: [
      ...BASE,
      'control',
      'pager',
      'index',
      'report',
      'bench',
      'conformance',
      'serve',
      'run',
      'core',
      'snapshot',
      'image',
      'migrate',
    ],
    packages: ['node:', 'commander', 'cli-progress'],
  },
  bench: {
    files: ['bench/'],
    imports: [...BASE, ...SIBLINGS, 'loop', 'pager', 'index', 'userfaultfd', 'report', 'assembly/layout'],
    packages: ['node:', 'benchmark', 'redis', '@assemblyscript/loader'],
  },
  /** A user's program over paged memory: it sees what a user sees. */
  programs: { files: ['test/programs/'], imports: [], packages: [] },
  examples: { files: ['examples/'], imports: [], packages: ['farpage', 'node:'] },
  types: { files: ['src/webassembly', 'src/webassembly.d', 'src/webassembly.d.ts'], imports: [], packages: [] },
  test: { files: ['test/'], imports: ['*'], packages: ['*'] },
  scripts: { files: ['scripts/'], imports: ['*'], packages: ['node:'] },
};

function coreRooms(): Record<string, Room> {
  const rooms: Record<string, Room> = {};
  const below: string[] = [];
  for (const layer of CORE_LAYERS) {
    for (const name of layer) {
      rooms[`assembly/${name}`] = { files: [`assembly/${name}`], imports: [...below], packages: [] };
    }
    below.push(...layer.map((name) => `assembly/${name}`));
  }
  return rooms;
}
