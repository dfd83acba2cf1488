// Finds the file that a path or file: URL names. A path is taken literally. In a URL, %3F is a question mark, '?' begins a query.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PagerError } from '../errors.js';

/** Whether an image's place is a store, not a file. */
export function isUrl(where: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(where) && !where.startsWith('file:');
}

/** The file of an image. @throws PagerError 'OPTION' for a URL with a query or without a path */
export function pathOf(where: string): string {
  if (!where.startsWith('file:')) return where;
  const [, rest = '', query] = /^file:([^?]*)(\?.*)?$/s.exec(where) ?? [];
  if (query === undefined) return fileOfUrl(rest);
  throw new PagerError('OPTION', `file: of an image: the query ${query} is not understood`, {
    hint: "in a file: URL write %3F for a '?' in the name, or give the path without file:",
  });
}

/** @param rest of a file: URL, without its query. @throws PagerError 'OPTION' */
export function fileOfUrl(rest: string): string {
  try {
    if (rest === '') throw new Error('it is empty');
    // A URL's fragment means nothing here: '#' is part of the name, in whole paths as in relative ones.
    return rest.startsWith('/')
      ? fileURLToPath(`file:${rest.replaceAll('#', '%23')}`)
      : resolve(decodeURIComponent(rest));
  } catch (cause) {
    throw new PagerError('OPTION', 'file: is not followed by a path', {
      hint: 'write file:/path or file:///path, with % as %25',
      cause,
    });
  }
}
