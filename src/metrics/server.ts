// Serves metrics over HTTP, at an address of this host, until it is closed.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PagerError } from '../errors.js';
import { CONTENT_TYPE } from './exposition.js';

export interface ListenAddress {
  host: string;
  port: number;
}

const LOOPBACK = '127.0.0.1';
const PATH = '/metrics';
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

export class MetricsServer {
  readonly #server: Server;

  private constructor(
    server: Server,
    readonly url: string,
  ) {
    this.#server = server;
  }

  /** @throws (rejects) PagerError 'OPTION' if the address cannot be listened at */
  static async listen({ host, port }: ListenAddress, option: string, text: () => string): Promise<MetricsServer> {
    const server = createServer((request, response) => answer(request, response, text));
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause: NodeJS.ErrnoException) => {
        reject(
          new PagerError('OPTION', `${option}: cannot listen at ${shown(host)}:${port}`, {
            errno: cause.code,
            syscall: cause.syscall,
            hint: 'give an address of this host and a free port; port 0 takes any',
            cause,
          }),
        );
      });
      server.listen(port, host, resolve);
    });
    // It does not keep the process alive.
    server.unref();
    const bound = server.address() as AddressInfo;
    return new MetricsServer(server, `http://${shown(host)}:${bound.port}${PATH}`);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}

function answer({ method, url = '' }: IncomingMessage, response: ServerResponse, text: () => string): void {
  const head = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  if (url.split('?', 1)[0] !== PATH) {
    response.writeHead(404, head).end(`the metrics are at ${PATH}\n`);
  } else if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { ...head, allow: 'GET, HEAD' }).end('only GET and HEAD\n');
  } else {
    response.writeHead(200, { ...head, 'content-type': CONTENT_TYPE }).end(text());
  }
}

function shown(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
