// One move of a guest, for `npm run bench`: --by farpage|postcopy|preempt, --memory and --filled in MiB, --delay in ms.
import { parseArgs } from 'node:util';
import { moveByFarpage, moveByQemu } from './move.js';
import { makeGuest } from './qemu.js';
import { Stage } from './vm.js';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { by: text, memory: text, filled: text, delay: text } });
const stage = new Stage();
try {
  const numbers = { memory: Number(values.memory), filled: Number(values.filled), delay: Number(values.delay) };
  const options = { guest: makeGuest(stage.folder), folder: stage.folder, name: 'bench', ...numbers };
  const capabilities = values.by === 'preempt' ? ['postcopy-preempt'] : [];
  const move = values.by === 'farpage' ? await moveByFarpage(stage, options) : await moveByQemu(options, capabilities);
  console.log(JSON.stringify(move));
} finally {
  stage.close();
}
