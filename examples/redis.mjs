// Far memory: 64 MiB of which 8 MiB are here and the rest in Redis (or Valkey).
//   node examples/redis.mjs [redis://127.0.0.1:6379]
import { createPager, PagerError, redisStore } from 'farpage';

const STEP = 2 ** 20;
const [url = 'redis://127.0.0.1:6379'] = process.argv.slice(2);
const pager = await createPager({ residentLimit: '8MiB', storePatienceMs: 20_000 });
try {
  const region = await pager.map({ byteLength: '64MiB', store: redisStore(url) });
  for (let at = 0; at < region.byteLength; at += STEP) {
    await region.use(at, STEP, (bytes) => bytes.fill(at / STEP + 1));
  }
  let wrong = 0;
  for (let at = 0; at < region.byteLength; at += STEP) {
    await region.use(at, STEP, (bytes) => {
      if (bytes.some((byte) => byte !== at / STEP + 1)) wrong++;
    });
  }
  const { residentBytesPeak, store } = pager.stats();
  console.log(`64 steps, ${wrong} wrong; at most ${residentBytesPeak / STEP} MiB resident`);
  console.log(store.bytesRead > 0 ? 'pages came back from Redis' : 'no page came back from Redis');
} catch (error) {
  if (!PagerError.is(error)) throw error;
  console.error(`${error.message}${error.hint === undefined ? '' : `\nhint: ${error.hint}`}`);
  process.exitCode = 1;
} finally {
  await pager.close();
}
