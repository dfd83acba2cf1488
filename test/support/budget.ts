// Limits of time, which end a wait that would last for ever. They are written for a machine at its usual speed.

/**
 * How many times as long everything may take on this machine. The runner measures it (runner/speed.ts); a test file that is
 * started by hand takes 1.
 */
const SLOWNESS = Number(process.env['FARPAGE_TEST_SLOWNESS'] ?? 1);

/** A limit in milliseconds as it is on this machine. */
export function allowed(ms: number): number {
  return Math.round(ms * SLOWNESS);
}

/** Settles as `promise` does, but rejects after `ms` at the usual speed, naming what was waited for. */
export async function within<T>(ms: number, promise: Promise<T>, what: string): Promise<T> {
  const limit = allowed(ms);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${limit} ms`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
