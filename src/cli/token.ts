// The option --token-file of both ends of a shared region.
import { readFileSync } from 'node:fs';
import { PagerError } from '../errors.js';

/** @throws PagerError 'OPTION' */
export function tokenOf(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  let token: string;
  try {
    token = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new PagerError('OPTION', `--token-file: ${path} cannot be read`, {
      errno: (cause as NodeJS.ErrnoException).code,
      hint: 'give the path of a file that holds the secret alone',
      cause,
    });
  }
  // An empty token is that of a node that has none.
  if (token !== '') return token;
  throw new PagerError('OPTION', `--token-file: ${path} does not hold a token`, {
    hint: 'put the secret into it, or leave out --token-file if any node may join',
  });
}
