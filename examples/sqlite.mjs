// SQLite on paged memory: its WebAssembly build, whose whole heap is a region of which 16 MiB are resident.
//   npm install @sqlite.org/sqlite-wasm && node examples/sqlite.mjs
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createPager } from 'farpage';

const ROWS = 100_000;

const { default: sqlite3InitModule } = await import('@sqlite.org/sqlite-wasm').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('this example needs SQLite: npm install @sqlite.org/sqlite-wasm');
  process.exit(1);
});

// The module imports a memory of its own thread, and a region's is shared. The code does not differ: only the flag of the
// import "env" "memory" does, 1 for "has a maximum" and 3 for "shared" too.
const wasm = readFileSync(fileURLToPath(import.meta.resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm')));
const MEMORY = Buffer.from('\x03env\x06memory\x02', 'latin1');
const flag = wasm.indexOf(MEMORY) + MEMORY.length;
if (flag < MEMORY.length || wasm[flag] !== 1) throw new Error('this build imports its memory in another way');
wasm[flag] = 3;

const pager = await createPager({ residentLimit: '16MiB' });
const region = await pager.map({ byteLength: '128MiB' }); // it cannot grow: the largest heap that SQLite can have
const sqlite3 = await sqlite3InitModule({
  wasmMemory: region.memory,
  instantiateWasm(imports, done) {
    imports.env.memory = region.memory;
    WebAssembly.instantiate(wasm, imports).then(({ instance, module }) => done(instance, module));
    return {};
  },
});

const db = new sqlite3.oo1.DB(':memory:');
db.exec('CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT)');
db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
  INSERT INTO words SELECT i, printf('%0500d', i) FROM n`);
const sum = db.selectValue('SELECT sum(CAST(text AS INTEGER)) FROM words');
const bytes = db.selectValue('SELECT sum(length(text)) FROM words');
db.close();

console.log(
  `${ROWS} rows of ${bytes / ROWS} bytes, sum ${sum}; at most ${pager.stats().residentBytesPeak / 2 ** 20} MiB resident`,
);
await pager.close();
