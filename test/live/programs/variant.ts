// The pager as the scenes use it. The variant of the run (test/run.ts) says which engine, which kind of memory and which threads serve
// where a scene does not ask for one itself.
import { createPager as create, type MapOptions, type Pager, type PagerOptions } from '../../../src/index.js';

export const ENGINE = process.env.FARPAGE_TEST_ENGINE as PagerOptions['engine'];
const CORE = process.env.FARPAGE_TEST_HOST as PagerOptions['core'];
/** A trap's are served as by default, inline, if the variant does not say otherwise. */
const SERVED = ENGINE === 'trap' ? undefined : 'loop';
export const FAULTS = (process.env.FARPAGE_TEST_FAULTS ?? SERVED) as PagerOptions['faults'];
export const MEMORY = process.env.FARPAGE_TEST_MEMORY as MapOptions['memory'];

export async function createPager(options: PagerOptions = {}): Promise<Pager> {
  // Options that are none are for the pager to refuse.
  const plain = typeof options === 'object' && options !== null;
  const asked = {
    ...(ENGINE !== undefined && { engine: ENGINE }),
    ...(CORE !== undefined && { core: CORE }),
    ...(FAULTS !== undefined && { faults: FAULTS }),
  };
  const pager = await create(plain ? { ...asked, ...options } : options);
  if (MEMORY !== undefined) {
    const map = pager.map.bind(pager);
    pager.map = (asked) => map({ memory: MEMORY, ...asked });
  }
  return pager;
}
