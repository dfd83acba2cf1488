// Certificates of a CA that exists for one test, made by openssl.
import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TlsFiles } from '../../../src/index.js';

const MADE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const DAYS = ['-days', '2'];

/** A CA called `name`, and a key and a certificate that it has signed, for these addresses. Files in `folder`. */
export function makeKeys(folder: string, name: string, addresses: readonly string[] = ['127.0.0.1']): TlsFiles {
  const at = (file: string) => path.join(folder, `${name}-${file}`);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  openssl('req', '-x509', ...MADE, ...DAYS, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', `/CN=ca ${name}`);
  openssl('req', ...MADE, '-keyout', at('key.pem'), '-out', at('req.pem'), '-subj', `/CN=${name}`);
  writeFileSync(at('names'), `subjectAltName=${addresses.map((address) => `IP:${address}`).join(',')}`);
  const ca = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'];
  openssl('x509', '-req', '-in', at('req.pem'), ...ca, ...DAYS, '-extfile', at('names'), '-out', at('cert.pem'));
  chmodSync(at('key.pem'), 0o600);
  return { ca: at('ca.pem'), cert: at('cert.pem'), key: at('key.pem') };
}
