// httpStore: a file on an HTTP server, read by ranges, as a source.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'undici';
import { PagerError } from '../errors.js';
import { checkOptions } from '../known-options.js';
import {
  changedError,
  isSamePin,
  mayHaveRunOut,
  type Pin,
  parsePin,
  pinHeaders,
  settlesIn,
  verifyPart,
} from './http-check.js';
import { lazyStore } from './lazy.js';
import type { BuiltInStore, PageRead, Store, StoreSpec } from './store.js';
import { closedError, errorCode, isTlsRefusal, StoreError, settleAll, toStoreError } from './store-error.js';

export type HttpSpec = Extract<StoreSpec, { kind: 'http' }>;

/** Most bytes asked for in one range. */
const RANGE_BYTES = 1024 * 1024;
const CONNECTIONS = 8;
const CONNECT_TIMEOUT = 5000;
/** Milliseconds that a server has to begin an answer, and between two pieces of it. */
const ANSWER_TIMEOUT = 10_000;
const REDIRECTS = 5;
/** How often a file that was changed in this very second is looked at, before it is refused. */
const LOOKS = 4;
/** Headers that this store sets itself; the user may not. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  ...['accept-encoding', 'connection', 'content-length', 'host', 'if-match', 'if-modified-since', 'if-none-match'],
  ...['if-range', 'if-unmodified-since', 'range', 'transfer-encoding'],
]);

/** An opened file on an HTTP server. */
export interface HttpStore extends Store {
  /** Length of the file in bytes. Pages past it read as zeros. */
  readonly byteLength: number;
  /** The content found when it was opened. */
  readonly pin: Pin;
}

/**
 * A file on any HTTP server that answers ranges; read-only. The file is pinned when it is opened, by its strong ETag or
 * else its Last-Modified: once it changes, reads fail for good rather than mix two contents.
 * @param options.headers sent with every request, such as authorization; not to other hosts
 * @throws PagerError 'OPTION' if the URL or a header cannot be used; `map` checks whether the server answers
 */
export function httpStore(url: string, options: { headers?: Record<string, string> | Headers } = {}): BuiltInStore {
  checkOptions('httpStore', options, { headers: 'checked' });
  const headers: Record<string, string> = {};
  for (const [name, value] of pairsOf(options.headers ?? {})) {
    const lower = name.toLowerCase();
    if (
      OWN_HEADERS.has(lower) ||
      !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower) ||
      typeof value !== 'string' ||
      /[\r\n\0]/.test(value)
    ) {
      throw new PagerError('OPTION', `httpStore: the header '${lower}' cannot be given`, {
        hint: 'leave out what the store itself sends: host, ranges, conditions, encodings',
      });
    }
    headers[lower] = value;
  }
  const spec: HttpSpec = { kind: 'http', url: parseHttpUrl(url).href, headers };
  return lazyStore(spec, httpName(spec.url), false, () => openHttp(spec));
}

/** A `Headers` has no properties of its own: taken for a plain object it would be empty, and its credentials lost. */
function pairsOf(headers: unknown): Array<[string, unknown]> {
  if (headers instanceof Headers) return [...headers];
  if (typeof headers === 'object' && headers !== null && !(Symbol.iterator in headers)) return Object.entries(headers);
  throw new PagerError('OPTION', 'httpStore: headers: this is not an object of names and values', {
    hint: "give { authorization: 'Bearer …' }",
  });
}

/** The URL without user, password and query, any of which may be a secret. */
export function httpName(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** The file's present address, and its content there. */
interface Address {
  pool: Pool;
  path: string;
  headers: Record<string, string>;
  /** For messages. */
  name: string;
  pin: Pin;
  /** Milliseconds until a change of the file shows in its pin. */
  settlesIn: number;
  /** The address came from a redirect, which can be requested again. */
  redirected: boolean;
}

/**
 * Requests the first byte, follows redirects, and pins the content found.
 * @throws PagerError 'OPTION' if this URL cannot serve (no ranges, not found, refused, nothing to pin), 'STORE_READ'
 * if the server does not answer, or the file is not that of the spec's pin
 */
export async function openHttp(spec: HttpSpec): Promise<HttpStore> {
  if (spec.pin === undefined) return new OpenedHttp(spec, await locateSettled(spec));
  const address = await locate(spec);
  if (isSamePin(spec.pin, address.pin)) return new OpenedHttp(spec, address);
  await address.pool.destroy();
  throw changedError(address.name);
}

/** Waits until a later change of the file would show; a file that is changed each time is refused. */
async function locateSettled(spec: HttpSpec): Promise<Address> {
  let waitedFor: Pin | undefined;
  for (let looks = 0; looks < LOOKS; looks++) {
    const address = await locate(spec);
    const hasWaited = waitedFor !== undefined && isSamePin(waitedFor, address.pin);
    if (address.settlesIn === 0 || hasWaited) return address;
    await address.pool.destroy();
    waitedFor = address.pin;
    await sleep(address.settlesIn);
  }
  throw new PagerError('OPTION', `${httpName(spec.url)}: the file is being written`, {
    hint: 'a file that is still being made, or made on the fly, cannot be paged from: give a finished one',
  });
}

async function locate(spec: HttpSpec): Promise<Address> {
  let url = parseHttpUrl(spec.url);
  let headers = withCredentials(url, spec.headers);
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    const name = httpName(url.href);
    const pool = await makePool(url.origin);
    try {
      const found = await probe(pool, url, headers, name);
      if ('pin' in found) {
        const all = { ...headers, 'accept-encoding': 'identity', ...pinHeaders(found.pin) };
        return { pool, path: url.pathname + url.search, headers: all, name, redirected: hops > 0, ...found };
      }
      await pool.destroy();
      const next = new URL(found.location, url);
      if (next.protocol !== 'http:' && next.protocol !== 'https:')
        throw optionError(name, 'redirects to an address that is not an HTTP URL');
      if (next.origin !== url.origin) headers = withCredentials(next, {});
      url = next;
    } catch (error) {
      await pool.destroy();
      throw requestError(name, error);
    }
  }
  throw optionError(httpName(spec.url), `redirects more than ${REDIRECTS} times`);
}

function parseHttpUrl(text: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    // Not the parser's own error, which would repeat the whole URL.
  }
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new PagerError('OPTION', 'httpStore: the URL is not an HTTP URL', { hint: 'write https://host/path' });
  }
  url.hash = '';
  return url;
}

function withCredentials(url: URL, headers: Record<string, string>): Record<string, string> {
  if (url.username === '' && url.password === '') return headers;
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}`, ...headers };
}

// Loaded only when used: its WebAssembly parser takes 10 GiB of addresses in each thread.
async function makePool(origin: string): Promise<Pool> {
  const { Pool } = await import('undici');
  return new Pool(origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    headersTimeout: ANSWER_TIMEOUT,
    bodyTimeout: ANSWER_TIMEOUT,
    connect: { timeout: CONNECT_TIMEOUT },
  });
}

async function probe(
  pool: Pool,
  url: URL,
  headers: Record<string, string>,
  name: string,
): Promise<Pick<Address, 'pin' | 'settlesIn'> | { location: string }> {
  const {
    statusCode,
    headers: answer,
    body,
  } = await pool.request({
    path: url.pathname + url.search,
    method: 'GET',
    headers: { ...headers, range: 'bytes=0-0', 'accept-encoding': 'identity' },
  });
  // Drop the body: a server without ranges may be sending gigabytes.
  body.on('error', () => undefined);
  body.destroy();
  const { location } = answer;
  if (statusCode >= 301 && statusCode <= 308 && typeof location === 'string') return { location };
  const pin = parsePin(name, statusCode, answer);
  return { pin, settlesIn: settlesIn(pin, answer) };
}

function optionError(name: string, what: string): PagerError {
  return new PagerError('OPTION', `${name}: ${what}`, { hint: 'give the URL of the file itself' });
}

function requestError(name: string, error: unknown): PagerError {
  const hint = isTlsRefusal(error)
    ? 'the server has no certificate that this machine trusts: add its authority with NODE_EXTRA_CA_CERTS'
    : 'check that the server runs and can be reached from here';
  const code = errorCode(error);
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return closedError(name);
  return toStoreError('STORE_READ', name, error, hint);
}

/** Pages that lie one after another in the file, all of one length. */
interface Run {
  start: number;
  pages: PageRead[];
}

class OpenedHttp implements HttpStore {
  readonly writable = false;
  readonly byteLength: number;
  readonly pin: Pin;
  readonly #spec: HttpSpec;
  #address: Address;
  #renewing: Promise<void> | undefined;
  #closed = false;

  constructor(spec: HttpSpec, address: Address) {
    this.#spec = spec;
    this.#address = address;
    this.pin = address.pin;
    this.byteLength = address.pin.byteLength;
  }

  async read(pages: ReadonlyArray<PageRead>): Promise<void> {
    if (this.#closed) throw closedError(this.#address.name);
    await settleAll(runsOf(pages).map((run) => this.#readRun(run)));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#renewing?.catch(() => undefined);
    await this.#address.pool.destroy();
  }

  async #readRun({ start, pages }: Run): Promise<void> {
    const pageBytes = pages[0]?.into.byteLength ?? 0;
    const end = Math.min(start + pages.length * pageBytes, this.byteLength);
    let done = 0;
    if (start < end) {
      const address = this.#address;
      done = await this.#readFrom(address, start, end, pages).catch(async (error: unknown) => {
        if (!(error instanceof RunOut)) throw error;
        if (!address.redirected) throw error.cause;
        // An address that expires came from a link, which gives a new one. If that is refused at once, expiry is not the cause.
        await this.#renew(address);
        return this.#readFrom(this.#address, start, end, pages).catch((again: unknown) => {
          throw again instanceof RunOut ? again.cause : again;
        });
      });
    }
    for (let at = Math.floor(done / pageBytes); at < pages.length; at++) {
      pages[at]?.into.fill(0, Math.max(done - at * pageBytes, 0));
    }
  }

  async #readFrom(address: Address, start: number, end: number, pages: PageRead[]): Promise<number> {
    const { pool, path, name } = address;
    const pageBytes = pages[0]?.into.byteLength ?? 0;
    let done = 0;
    try {
      const range = `bytes=${start}-${end - 1}`;
      const answer = await pool.request({ path, method: 'GET', headers: { ...address.headers, range } });
      const { statusCode, headers, body } = answer;
      const wrong = verifyPart(name, this.pin, statusCode, headers, start, end);
      if (wrong !== undefined) {
        body.on('error', () => undefined);
        body.destroy();
        throw mayHaveRunOut(statusCode) ? new RunOut(wrong) : wrong;
      }
      for await (const chunk of body) done = scatter(pages, pageBytes, done, chunk, end - start);
    } catch (error) {
      if (error instanceof RunOut) throw error;
      // The pool was closed when another address replaced it.
      if (address !== this.#address && !this.#closed) throw new RunOut(requestError(name, error));
      throw requestError(name, error);
    }
    if (done !== end - start) {
      const sizes = `${done} bytes, not ${end - start}`;
      throw new StoreError('STORE_READ', done < end - start, `${name}: an answer had ${sizes}`);
    }
    return done;
  }

  /** Requests the link again, once for all waiting calls; it must lead to the pinned file. */
  async #renew(old: Address): Promise<void> {
    if (old !== this.#address) return;
    this.#renewing ??= (async () => {
      const address = await locate(this.#spec).catch((error: unknown) => {
        // The link itself refuses: permanent for the page that is read.
        if (!(error instanceof PagerError) || error.code !== 'OPTION') throw error;
        throw new StoreError('STORE_READ', false, error.message, { hint: error.hint, cause: error });
      });
      if (!isSamePin(address.pin, this.pin)) {
        await address.pool.destroy();
        throw changedError(address.name);
      }
      this.#address = address;
      await old.pool.destroy();
    })().finally(() => {
      this.#renewing = undefined;
    });
    await this.#renewing;
  }
}

/** The answer of an address that may have expired; the cause is the error if it has not. */
class RunOut extends Error {
  constructor(override readonly cause: unknown) {
    super('the address may have run out');
  }
}

/** Copies one piece of a body into the pages it covers; bytes past `limit` are only counted. */
function scatter(pages: PageRead[], pageBytes: number, done: number, chunk: Uint8Array, limit: number): number {
  let at = 0;
  while (at < chunk.byteLength && done + at < limit) {
    const inPage = (done + at) % pageBytes;
    const bytes = Math.min(pageBytes - inPage, chunk.byteLength - at, limit - done - at);
    pages[Math.floor((done + at) / pageBytes)]?.into.set(chunk.subarray(at, at + bytes), inPage);
    at += bytes;
  }
  return done + chunk.byteLength;
}

function runsOf(pages: ReadonlyArray<PageRead>): Run[] {
  const runs: Run[] = [];
  let last: Run | undefined;
  for (const page of pages.toSorted((a, b) => a.page - b.page)) {
    const bytes = page.into.byteLength;
    const start = page.page * bytes;
    const adjoins =
      last !== undefined &&
      last.pages[0]?.into.byteLength === bytes &&
      last.start + last.pages.length * bytes === start &&
      (last.pages.length + 1) * bytes <= RANGE_BYTES;
    if (last !== undefined && adjoins) last.pages.push(page);
    else {
      last = { start, pages: [page] };
      runs.push(last);
    }
  }
  return runs;
}
