// The TLS files of either end of a connection, as options.
import { PagerError } from '../errors.js';
import { checkOptions, type KnownOptions } from '../known-options.js';
import type { TlsFiles } from './types.js';

const TLS_OPTIONS: KnownOptions = { ca: 'text', cert: 'text', key: 'text' };

/** @throws PagerError 'OPTION' if one of the three is missing or not a path */
export function checkTls(tls: TlsFiles | undefined): TlsFiles | null {
  if (tls === undefined) return null;
  checkOptions('tls', tls, TLS_OPTIONS);
  const lacking = Object.keys(TLS_OPTIONS).filter((name) => tls[name as keyof TlsFiles] === undefined);
  if (lacking.length === 0) return tls;
  throw new PagerError('OPTION', `tls: ${lacking.join(', ')} is missing`, {
    hint: 'give ca, cert and key, each the path of a PEM file',
  });
}
