// Puts each entry of the package, and what its own threads run, into a few files, dist/src/bundle: Node.js takes longer to load 130
// modules than to start a thread (decision 0078).
import { rmSync } from 'node:fs';
import path from 'node:path';
import { rollup } from 'rollup';
import { parseAst } from 'rollup/parseAst';
import { PACKAGE } from './sources.mjs';

const BUILT = path.join(PACKAGE, 'dist/src');
const BUNDLE = path.join(BUILT, 'bundle');
const BENCH = path.join(PACKAGE, 'dist/bench/');
/** Each folder is for one thread, and shares no file with another thread's. */
const FOLDERS = {
  lib: { index: 'index.js', userfaultfd: 'userfaultfd/index.js' },
  main: { cli: 'cli/main.js' },
  loop: { worker: 'loop/worker.js', 'image-store': 'image/store.js' },
  dsm: { 'node-worker': 'dsm/node-worker.js' },
  experiment: { 'toucher-worker': 'experiment/toucher-worker.js' },
};
// Code outside the bundle may run beside it: a store of the user's own in the loop's thread, which imports farpage, and the bench. Both
// need the same classes and the same way to warn. place.js knows the package's folder by its own.
const SHARED = ['errors.js', 'place.js', 'warn.js', 'store/store.js', 'store/store-error.js'];
const EXPERIMENT = path.join(BUILT, 'experiment/');
const shared = new Set(SHARED.map((file) => path.join(BUILT, file)));

rmSync(BUNDLE, { recursive: true, force: true });
for (const [folder, entries] of Object.entries(FOLDERS)) await write(path.join(BUNDLE, folder), entries);

async function write(dir, entries) {
  const bundle = await rollup({
    input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(BUILT, file)])),
    external: (id) => shared.has(id) || id.startsWith(BENCH) || !(id.startsWith('.') || path.isAbsolute(id)),
    makeAbsoluteExternalsRelative: false,
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  const { output } = await bundle.write({
    dir,
    chunkFileNames: '[name].js',
    // track-faults knows the experiment's own frames by their file (src/pager/track-faults.ts).
    manualChunks: (id) => (id.startsWith(EXPERIMENT) ? 'experiment' : undefined),
    onlyExplicitManualChunks: true,
    paths: (id) => (path.isAbsolute(id) ? path.relative(dir, id) : id),
  });
  await bundle.close();
  for (const { fileName, code } of output) {
    // A file that it loads later may import from it, and would wait for it for ever.
    if (waits(parseAst(code))) throw new Error(`${fileName} waits at its top level: put that into a function`);
  }
}

/** True if there is an `await` outside all functions. */
function waits(node) {
  if (node === null || typeof node !== 'object') return false;
  if (Array.isArray(node)) return node.some(waits);
  if (/Function/.test(node.type)) return false;
  return node.type === 'AwaitExpression' || node.await === true || Object.values(node).some(waits);
}
