// The options --tls-ca, --tls-cert and --tls-key of both ends of a connection.
import type { Command } from 'commander';
import { PagerError } from '../errors.js';
import type { TlsFiles } from '../tls-files.js';

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

export function tlsOptions(command: Command): Command {
  return command
    .option('--tls-ca <file>', "PEM: the authority that signs the peer's certificate (default: no TLS)")
    .option('--tls-cert <file>', 'PEM: the certificate of this end')
    .option('--tls-key <file>', 'PEM: the key of that certificate');
}
