// The live view's server: one page, the samples it draws as server-sent events, and maps of regions. Only who has the token in the
// address is answered.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { isOpenRegion, mappedPages, readPageMap } from '../core/page-map.js';
import { readerOf } from '../core/reader.js';
import { PagerError } from '../errors.js';
import { packageFile } from '../place.js';
import { listen } from '../web/listen.js';
import { PAGE, STYLES } from './page.js';
import { takeSample } from './sample.js';
import type { LiveSource } from './source.js';

export interface LiveOptions {
  /** Default 127.0.0.1: other hosts cannot connect. */
  host?: string;
  /** Default 0: a free one. */
  port?: number;
}

export interface LiveView {
  /** Holds the token: who knows it can see the counters, and no byte of any page. */
  readonly url: string;
  /** Ends all connections. Idempotent. */
  close(): Promise<void>;
}

type Status = 200 | 400 | 404 | 405 | 500 | 503;

/** Milliseconds between samples. */
const INTERVAL = 500;
const MAX_CELLS = 4096;
/** Browsers that watch at once. */
const MAX_WATCHERS = 16;
/** Bytes that may wait for a slow browser: above that it misses samples. */
const MAX_WAITING = 1 << 20;
const LOCAL_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/**
 * Serves the live view of `source` until it is closed. Does not keep the process alive.
 * @param option what the user called it, for errors
 * @throws (rejects) PagerError 'OPTION' if the address cannot be listened at
 */
export async function openLiveView(source: LiveSource, options: LiveOptions = {}, option = 'live'): Promise<LiveView> {
  const { host = '127.0.0.1', port = 0 } = options;
  if (typeof host !== 'string' || host === '')
    throw new PagerError('OPTION', `live: host: ${String(host)} is not an address`, { hint: "give host: '127.0.0.1'" });
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new PagerError('OPTION', `live: port: ${port} is not a port`, {
      hint: 'give 0 to 65535; 0 takes a free one',
    });
  const token = randomBytes(16).toString('hex');
  const view = new View(source, token, isLocal(host));
  await view.listen(host, port, option);
  return view;
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

class View implements LiveView {
  url = '';
  readonly #source: LiveSource;
  readonly #token: Buffer;
  readonly #local: boolean;
  readonly #server: Server;
  readonly #watchers = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  constructor(source: LiveSource, token: string, local: boolean) {
    this.#source = source;
    this.#token = Buffer.from(token);
    this.#local = local;
    this.#server = createServer((request, response) => {
      const status = this.#tryToAnswer(request, response);
      if (status !== 200) refuse(response, status);
    });
  }

  async listen(host: string, port: number, option: string): Promise<void> {
    const origin = await listen(this.#server, { host, port }, option);
    this.url = `${origin}/${this.#token.toString()}/`;
  }

  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      clearInterval(this.#timer);
      // It counts while it runs: nothing else may keep a process alive that waits for this end.
      const late = setTimeout(() => this.#server.closeAllConnections(), INTERVAL);
      this.#server.close(() => {
        clearTimeout(late);
        resolve();
      });
      for (const watcher of this.#watchers) watcher.end('event: end\ndata: {}\n\n');
      this.#server.closeIdleConnections();
    });
    return this.#closing;
  }

  // What a client asks, or a file of the package that is missing, must not end the process that is shown.
  #tryToAnswer(request: IncomingMessage, response: ServerResponse): Status {
    try {
      return this.#answer(request, response);
    } catch {
      return 500;
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): Status {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const [, token = '', name = '', ...rest] = path.split('/');
    if (!this.#isAllowed(request, token) || rest.length > 0) return 404;
    if (request.method !== 'GET') return 405;
    const asset = ASSETS.get(name);
    if (asset !== undefined) return send(response, asset.type, asset.text());
    if (name === 'events') return this.#watch(response);
    if (name === 'map') return this.#map(new URLSearchParams(query), response);
    return 404;
  }

  // A page of another site can make a browser ask here under that site's name: the Host header then has that name.
  #isAllowed({ headers }: IncomingMessage, token: string): boolean {
    const host = (headers.host ?? '').replace(/:\d+$/, '');
    if (this.#local && !LOCAL_HOSTS.has(host) && !/^127\./.test(host)) return false;
    const given = Buffer.from(token);
    return given.length === this.#token.length && timingSafeEqual(given, this.#token);
  }

  #watch(response: ServerResponse): Status {
    if (this.#watchers.size >= MAX_WATCHERS) return 503;
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    this.#watchers.add(response);
    response.on('close', () => {
      this.#watchers.delete(response);
      if (this.#watchers.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    });
    response.write(`retry: 1000\n\ndata: ${JSON.stringify(takeSample(this.#source))}\n\n`);
    // Nobody watches: nothing is sampled.
    this.#timer ??= setInterval(() => this.#tick(), INTERVAL).unref();
    return 200;
  }

  #tick(): void {
    const text = `data: ${JSON.stringify(takeSample(this.#source))}\n\n`;
    for (const watcher of this.#watchers) if (watcher.writableLength < MAX_WAITING) watcher.write(text);
  }

  #map(query: URLSearchParams, response: ServerResponse): Status {
    const number = (name: string) => Number(query.get(name) ?? Number.NaN);
    const [core, region, first, end, cells] = ['core', 'region', 'first', 'end', 'cells'].map(number);
    const at = this.#source.cores()[core ?? -1];
    if (at === undefined || region === undefined || first === undefined || end === undefined || cells === undefined)
      return 404;
    const reader = readerOf(at.buffer);
    if (!isOpenRegion(reader, region)) return 404;
    const isRange = Number.isInteger(first) && Number.isInteger(end) && first >= 0 && first < end;
    const pages = mappedPages(reader, region);
    if (!isRange || first >= pages || !Number.isInteger(cells) || cells < 1 || cells > MAX_CELLS) return 400;
    return send(response, 'application/json', JSON.stringify(readPageMap(reader, region, { first, end, cells })));
  }
}

interface Asset {
  type: string;
  text(): string;
}

const SCRIPT = 'text/javascript; charset=utf-8';
const ASSETS = new Map<string, Asset>([
  ['', { type: 'text/html; charset=utf-8', text: () => PAGE }],
  ['style.css', { type: 'text/css; charset=utf-8', text: () => STYLES + chartFile('uPlot.min.css') }],
  ['live.js', { type: SCRIPT, text: () => ownFile('live.js') }],
  ['format.js', { type: SCRIPT, text: () => ownFile('format.js') }],
  ['history.js', { type: SCRIPT, text: () => ownFile('history.js') }],
  ['map.js', { type: SCRIPT, text: () => ownFile('map.js') }],
  ['charts.js', { type: SCRIPT, text: () => ownFile('charts.js') }],
  ['uplot.js', { type: SCRIPT, text: () => chartFile('uPlot.iife.min.js') }],
]);

function ownFile(name: string): string {
  return readFileSync(packageFile(`dist/src/live/page/${name}`), 'utf8');
}

function chartFile(name: string): string {
  const main = createRequire(packageFile('package.json')).resolve('uplot');
  return readFileSync(`${dirname(main)}/${name}`, 'utf8');
}

function send(response: ServerResponse, type: string, text: string): Status {
  response.writeHead(200, { ...HEADERS, 'content-type': type });
  response.end(text);
  return 200;
}

function refuse(response: ServerResponse, status: Status): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain' });
  response.end();
}
