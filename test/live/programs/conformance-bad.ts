// Rows that do not answer: in the place of row-process.js, `conformance-bad.js TEST MEMORY`.
import { runHere } from '../../../src/conformance/target.js';
import { anonymous, Userfaultfd } from '../../../src/userfaultfd/index.js';

const [, , , memory] = process.argv;
const range = anonymous(4096);
const uffd = new Userfaultfd();
uffd.register({ start: range.address, byteLength: range.byteLength }, { missing: true });
// On the thread that would have to answer: it waits for itself, for ever.
if (memory === 'anon') runHere('read', range.address);
else if (memory === 'shmem') process.abort();
else throw new Error('a row that throws');
