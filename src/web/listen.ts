// Where a command or pager listens for browsers and other HTTP clients.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PagerError } from '../errors.js';

export interface ListenAddress {
  host: string;
  port: number;
}

const LOOPBACK = '127.0.0.1';
const MAX_PORT = 65535;

/**
 * The address of an option: HOST:PORT, or a port of the loopback address.
 * @throws PagerError 'OPTION'
 */
export function parseListen(option: string, text: string): ListenAddress {
  const match = /^(?:(\[[0-9a-fA-F:.]+\]|[\w.-]*):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > MAX_PORT) {
    throw new PagerError('OPTION', `${option}: '${text}' is not an address and a port`, {
      hint: `give HOST:PORT, as ${LOOPBACK}:9464, or a port alone`,
    });
  }
  const [, host = ''] = match;
  return { host: host === '' ? LOOPBACK : host.replace(/^\[|\]$/g, ''), port };
}

/** The address of --live: as given, or any port of the loopback address; null: the option is absent. @throws PagerError 'OPTION' */
export function parseLive(value: string | true | undefined): ListenAddress | null {
  if (value === undefined) return null;
  return value === true ? { host: LOOPBACK, port: 0 } : parseListen('--live', value);
}

/** The address of --metrics; null: the option is absent. @throws PagerError 'OPTION' */
export function parseMetrics(value: string | undefined): ListenAddress | null {
  return value === undefined ? null : parseListen('--metrics', value);
}

/**
 * Listens, without keeping the process alive. Resolves to the server's origin: http://HOST:PORT.
 * @throws (rejects) PagerError 'OPTION' if the address cannot be listened at
 */
export async function listen(server: Server, { host, port }: ListenAddress, option: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    // Later errors are of one connection: the next may succeed, and the promise is settled.
    server.on('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new PagerError('OPTION', `${option}: cannot listen at ${textOf({ host, port })}`, {
          errno: cause.code,
          syscall: cause.syscall,
          hint: 'give an address of this host and a free port; port 0 takes any',
          cause,
        }),
      );
    });
    server.on('connection', (socket) => socket.unref());
    server.listen(port, host, resolve);
  });
  server.unref();
  const bound = server.address() as AddressInfo;
  return `http://${textOf({ host, port: bound.port })}`;
}

/** As an option takes it: HOST:PORT. */
export function textOf({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
