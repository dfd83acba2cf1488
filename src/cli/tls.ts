// The options --tls-ca, --tls-cert and --tls-key of both ends of a connection.
import { PagerError } from '../errors.js';
import type { TlsFiles } from '../migrate/types.js';

export interface TlsFlags {
  tlsCa?: string;
  tlsCert?: string;
  tlsKey?: string;
}

export function tlsOf({ tlsCa: ca, tlsCert: cert, tlsKey: key }: TlsFlags): TlsFiles | null {
  if (ca === undefined && cert === undefined && key === undefined) return null;
  if (ca !== undefined && cert !== undefined && key !== undefined) return { ca, cert, key };
  throw new PagerError('OPTION', 'of --tls-ca, --tls-cert and --tls-key some are missing', {
    hint: 'give all three at both ends: each checks the other’s certificate',
  });
}
