// An independent look into Redis, by its own client.
import { createClient } from 'redis';

/** Does the server hold so many pages of 4 KiB that are not all zeros? */
export async function redisHolds(url: string, pages: number): Promise<boolean> {
  const client = createClient({ url: url.replace(/\?.*$/, '') });
  await client.connect();
  try {
    // The store's lease is a key as well.
    const keys = (await client.keys('*')).filter((key) => !key.endsWith(':owner'));
    const lengths = await Promise.all(keys.map((key) => client.strLen(key)));
    return keys.length === pages && lengths.every((length) => length === 4096);
  } finally {
    client.destroy();
  }
}
