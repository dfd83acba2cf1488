// An array of 64 MiB that lives in a file: the file is the region's source and its store. Each run continues where the
// last one ended.
//   node examples/persistent.mjs FILE
import { writeFileSync } from 'node:fs';
import { createPager, fileStore } from 'farpage';

const [path = 'array.bin'] = process.argv.slice(2);
writeFileSync(path, '', { flag: 'a', mode: 0o600 }); // a source must exist: the first run makes an empty file

const pager = await createPager({ residentLimit: '8MiB' });
const region = await pager.map({ byteLength: '64MiB', source: fileStore(path), store: fileStore(path) });

const visits = new Float64Array(region.buffer);
for (let i = 0; i < visits.length; i += 512) visits[i]++; // one number on each page
await region.flush(); // the disk has it all: a crash after this loses nothing

console.log(`run ${visits[0]}: ${visits.length} numbers in ${path}`);
await pager.close();
