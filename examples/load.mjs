// A service: wait for bytes without blocking the event loop.
//   node examples/load.mjs
import { createPager } from 'farpage';

const pager = await createPager({ residentLimit: '16MiB' });
const region = await pager.map({ byteLength: '256MiB' });

await region.load(0, 4096); // the event loop keeps running
const page = region.view(Uint32Array, 0, 1024);
page.fill(7);

console.log(
  'sum',
  page.reduce((sum, word) => sum + word, 0),
);
await pager.close();
