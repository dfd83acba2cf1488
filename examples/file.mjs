// A file bigger than the limit, paged into your own code.
//   node examples/file.mjs FILE [limit]
import { statSync } from 'node:fs';
import { createPager, fileStore } from 'farpage';

const [path = process.execPath, residentLimit = '8MiB'] = process.argv.slice(2);
const pager = await createPager({ residentLimit });
const region = await pager.map({ byteLength: statSync(path).size, source: fileStore(path, { readOnly: true }) });

const bytes = new Uint8Array(region.buffer);
let newlines = 0;
for (let i = 0; i < region.byteLength; i++) if (bytes[i] === 10) newlines++;

const { faults, residentBytesPeak } = pager.stats();
console.log({ newlines, byteLength: region.byteLength, faults: faults.missing, residentBytesPeak });
await pager.close();
