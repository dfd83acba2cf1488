// Serves metrics over HTTP, at an address of this host, until it is closed.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type ListenAddress, listen } from '../web/listen.js';
import { CONTENT_TYPE } from './exposition.js';

const PATH = '/metrics';

export class MetricsServer {
  readonly #server: Server;

  private constructor(
    server: Server,
    readonly url: string,
  ) {
    this.#server = server;
  }

  /** @throws (rejects) PagerError 'OPTION' if the address cannot be listened at */
  static async listen(address: ListenAddress, option: string, text: () => string): Promise<MetricsServer> {
    const server = createServer((request, response) => answer(request, response, text));
    const origin = await listen(server, address, option);
    return new MetricsServer(server, `${origin}${PATH}`);
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
