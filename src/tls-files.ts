// The TLS files of either end of a connection: checked as options, and read.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { describeError, PagerError } from './errors.js';
import { checkOptions, type KnownOptions } from './known-options.js';

export interface TlsFiles {
  /** Paths of PEM files: the CA of the other end's certificate, and this end's certificate and key. */
  ca: string;
  cert: string;
  key: string;
}

/** What they hold, as node:tls takes it. */
export type TlsKeys = Readonly<Record<keyof TlsFiles, Buffer>>;

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

/** @throws PagerError 'OPTION' if one of them cannot be read, or is not what it must be */
export function readTls({ ca, cert, key }: TlsFiles): TlsKeys {
  const keys = { ca: readPem(ca), cert: readPem(cert), key: readPem(key) };
  // A CA that is no certificate would be passed over, and each peer refused.
  refuseUnless(`${ca} is not a certificate`, () => new X509Certificate(keys.ca));
  refuseUnless(`${cert} is not a certificate`, () => new X509Certificate(keys.cert));
  refuseUnless(`${key} is not the key of ${cert}`, () => createSecureContext({ cert: keys.cert, key: keys.key }));
  return keys;
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code: errno } = cause as NodeJS.ErrnoException;
    throw new PagerError('OPTION', `${path} cannot be read`, { errno, hint: 'name files in PEM format', path, cause });
  }
}

function refuseUnless(message: string, check: () => unknown): void {
  try {
    check();
  } catch (cause) {
    const hint = 'name files in PEM format: the CA, the certificate of this end, and its key without a password';
    throw new PagerError('OPTION', `${message}: ${describeError(cause)}`, { hint, cause });
  }
}
