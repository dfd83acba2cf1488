// Checks HTTP answers, so that no page of another version of the file, or of a proxy's making, is ever used.
import { PagerError } from '../errors.js';
import { StoreError } from './store-error.js';

export type AnswerHeaders = Record<string, string | string[] | undefined>;

/** Identifies one content of a file. */
export interface Pin {
  byteLength: number;
  /** The ETag as sent, weak or strong; only a strong one is enough by itself. */
  etag: string | undefined;
  lastModified: string | undefined;
}

/**
 * Reads the answer to a request for the first byte.
 * @throws PagerError 'OPTION' if the file cannot be paged from, StoreError if the server may answer later
 */
export function parsePin(name: string, status: number, headers: AnswerHeaders): Pin {
  // An empty file has no first byte: servers report that in different ways.
  const isEmpty =
    (status === 200 && text(headers['content-length']) === '0') ||
    (status === 416 && text(headers['content-range']) === 'bytes */0');
  if (status === 200 && !isEmpty) throw noRangesError(name);
  if (status !== 206 && !isEmpty) throw openError(name, status);
  refuseEncoding(name, headers);
  const range = /^bytes 0-0\/(\d+)$/.exec(text(headers['content-range']));
  const byteLength = isEmpty ? 0 : Number(range?.[1] ?? Number.NaN);
  if (!Number.isSafeInteger(byteLength)) {
    throw new PagerError('OPTION', `${name}: the server does not say how long the file is`, {
      hint: 'a file that is still being made, or made on the fly, cannot be paged from: give a finished one',
    });
  }
  const etag = text(headers.etag) || undefined;
  const lastModified = text(headers['last-modified']) || undefined;
  const pin = { byteLength, etag, lastModified };
  if (Object.keys(pinHeaders(pin)).length === 0) {
    throw new PagerError('OPTION', `${name}: the server gives neither a strong ETag nor a Last-Modified`, {
      hint: 'without one a change of the file could not be noticed: let the server send it, or page from a local copy',
    });
  }
  return pin;
}

/** The condition under which the server may answer: a strong ETag, else the date. */
export function pinHeaders({ etag, lastModified }: Pin): Record<string, string> {
  if (etag !== undefined && !etag.startsWith('W/')) return { 'if-match': etag };
  return lastModified === undefined ? {} : { 'if-unmodified-since': lastModified };
}

/**
 * Compares one answer with the pin and the range asked for, [start, end).
 * @returns what is wrong with it, or undefined
 */
export function verifyPart(
  name: string,
  pin: Pin,
  status: number,
  headers: AnswerHeaders,
  start: number,
  end: number,
): PagerError | undefined {
  if (status === 412 || status === 416) return changedError(name);
  if (status !== 206) return statusError(name, status);
  // A server may ignore the condition, so what it sent is compared as well.
  if ((text(headers.etag) || undefined) !== pin.etag) return changedError(name);
  if ((text(headers['last-modified']) || undefined) !== pin.lastModified) return changedError(name);
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(text(headers['content-range']));
  if (range !== null && Number(range[3]) !== pin.byteLength) return changedError(name);
  if (Number(range?.[1] ?? -1) !== start || Number(range?.[2] ?? -1) !== end - 1) {
    return new StoreError('STORE_READ', false, `${name}: the server answered with another range than requested`, {
      hint: 'look for a proxy that rewrites ranges',
    });
  }
  return encodingError(name, headers);
}

/**
 * Milliseconds until a change of the file shows in its pin. Servers know times by the second (RFC 9110, 8.8.2.2), and nginx
 * makes its ETag of that time and the length: a file that is replaced in the second in which it was made keeps both.
 * The kernel stamps files with a clock that may lag 4 ms behind the server's, so the second counts 50 ms more.
 */
export function settlesIn({ lastModified }: Pin, headers: AnswerHeaders): number {
  // A cache repeats the date at which the server answered it, and tells how long ago that was.
  const now = Date.parse(text(headers.date)) + Number(text(headers.age)) * 1000;
  const wait = Date.parse(lastModified ?? '') + 1050 - now;
  return wait > 0 && wait <= 1050 ? wait : 0;
}

/** Whether two pins identify the same content. */
export function isSamePin(a: Pin, b: Pin): boolean {
  return a.byteLength === b.byteLength && a.etag === b.etag && a.lastModified === b.lastModified;
}

/** Statuses of an address that has expired. */
export function mayHaveRunOut(status: number): boolean {
  return status === 400 || status === 401 || status === 403 || status === 404 || status === 410;
}

/** A status that is neither a part nor a failed condition. */
export function statusError(name: string, status: number): PagerError {
  const transient = status >= 500 || status === 429 || status === 408;
  return new StoreError('STORE_READ', transient, `${name}: the server answered ${status}`, { hint: hintOf(status) });
}

function openError(name: string, status: number): PagerError {
  const error = statusError(name, status);
  if (error instanceof StoreError && error.transient) return error;
  const isAbsent = status === 404 || status === 410;
  return new PagerError('OPTION', error.message, { hint: error.hint, ...(isAbsent && { errno: 'ENOENT' }) });
}

function hintOf(status: number): string {
  if (status === 404 || status === 410) return 'there is no such file: check the path of the URL';
  if (status === 401 || status === 403) {
    return (
      'a signed link may have run out: take a new one, or give the link that leads to it; else give credentials: ' +
      "httpStore(url, { headers: { authorization: '…' } })"
    );
  }
  if (status === 200) return 'the server stopped answering ranges';
  if (status >= 500 || status === 429 || status === 408) return 'the server is busy or broken: it is asked again';
  return 'check the URL, and the proxies between here and the server';
}

function noRangesError(name: string): PagerError {
  return new PagerError('OPTION', `${name}: the server does not answer ranges`, {
    hint: 'serve the file with one that does (nginx, Apache, Caddy, S3), or page from a local copy with fileStore',
  });
}

export function changedError(name: string): StoreError {
  return new StoreError('STORE_READ', false, `${name}: the file changed underneath`, {
    hint: 'map it again to page from its new content; give a file that is paged from a name of its own',
  });
}

function refuseEncoding(name: string, headers: AnswerHeaders): void {
  const error = encodingError(name, headers);
  if (error !== undefined) throw error;
}

function encodingError(name: string, headers: AnswerHeaders): PagerError | undefined {
  const encoding = text(headers['content-encoding']).toLowerCase();
  if (encoding === '' || encoding === 'identity') return undefined;
  return new PagerError('OPTION', `${name}: the server sends the file encoded as ${encoding}`, {
    hint: 'ranges of an encoded file are not ranges of the file: switch the encoding off for it',
  });
}

function text(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header.trim() : '';
}
