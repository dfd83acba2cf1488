// Fetches a copy of a web source by one plain request, so that the check does not rely on the pager's own reads.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PagerError } from '../errors.js';

/** A copy of a source on this machine, for the model to compare with. */
export interface SourceCopy {
  path: string;
  remove(): void;
}

/** Fetches a source on the web whole, by one plain GET that shares nothing with the pager's ranges. */
export async function localCopy(url: string, signal: AbortSignal): Promise<SourceCopy> {
  if (!/^https?:/.test(url)) {
    const hint = 'give none, file:/path or http(s)://…';
    throw new PagerError('OPTION', `--source: '${url}' cannot be checked against a model`, { hint });
  }
  const folder = mkdtempSync(join(tmpdir(), 'farpage-source-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
    const path = join(folder, 'source');
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path, { mode: 0o600 }), { signal });
    return { path, remove };
  } catch (cause) {
    remove();
    if (signal.aborted) throw new PagerError('CLOSED', 'it was interrupted', { cause });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PagerError('STORE_READ', `--source: cannot fetch ${url}: ${reason}`, { cause });
  }
}
