import { type Answer, type Question, Skip } from '../harness.js';

async function run(): Promise<Answer> {
  throw new Skip("waits for the core's exports");
}

export const core: Question = {
  name: 'core',
  title: 'a step of the core, in Wasm',
  target: '≤ 60 ns a fault in a batch of 64; victim search over 1 Mi pages flat',
  run,
};
