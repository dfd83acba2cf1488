// Makes a migration's connections: TCP or a unix socket, with TLS if its files are given.
import { lstatSync, unlinkSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import { readTls } from '../tls-files.js';
import { countdown } from './silence.js';
import type { ConnectionSpec } from './types.js';

/** Milliseconds for one attempt to connect, and then to agree on keys: the process there may be busy. */
const CONNECT_TIMEOUT = 5000;
const KEYS_TIMEOUT = 30_000;

type Place = { path: string } | { host: string; port: number };

/**
 * @param least the lowest port: 0 stands for any that is free
 * @param option whose value it is, for the message
 * @throws PagerError 'OPTION'
 */
export function checkUrl(url: string, least = 1, option?: string): Place {
  if (/^unix:\/./.test(url)) return { path: url.slice('unix:'.length) };
  const [, host = '', port = ''] = /^tcp:\/\/(\[[0-9a-f:.]+\]|[^:/[\]]+):(\d{1,5})$/i.exec(url) ?? [];
  const number = Number(port);
  if (host !== '' && number >= least && number < 65536) return { host: host.replace(/^\[|\]$/g, ''), port: number };
  throw new PagerError('OPTION', `${option === undefined ? '' : `${option}: `}'${url}' is not an address`, {
    hint: "write 'tcp://host:port' or 'unix:/path'",
  });
}

/**
 * @param hint what to do if nobody listens there
 * @param signal its abortion ends the attempt
 * @throws PagerError 'PROTOCOL' if no process answers, or its certificate is not signed by the CA
 */
export async function dial(
  { url, tls: files }: ConnectionSpec,
  hint?: string,
  signal?: AbortSignal,
): Promise<net.Socket> {
  const place = checkUrl(url);
  const socket =
    files === null
      ? // Its reader decides how it is read.
        net.connect(place).pause()
      : tls.connect({
          ...place,
          ...readTls(files),
          ...('host' in place && !net.isIP(place.host) ? { servername: place.host } : {}),
        });
  const ready = files === null ? 'connect' : 'secureConnect';
  const limit = (milliseconds: number) =>
    countdown(milliseconds, () => socket.destroy(new Error(`no answer in ${milliseconds / 1000} s`)));
  let stop = limit(CONNECT_TIMEOUT);
  const abort = () => socket.destroy(signal?.reason);
  signal?.addEventListener('abort', abort);
  socket.once('connect', () => {
    stop();
    if (files !== null) stop = limit(KEYS_TIMEOUT);
  });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(ready, resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('it was closed')));
    });
    return socket;
  } catch (cause) {
    const { code: errno, syscall } = cause as NodeJS.ErrnoException;
    const isSilent = errno === 'ENOENT' || errno === 'ECONNREFUSED';
    throw new PagerError('PROTOCOL', `${url} cannot be reached: ${(cause as Error).message}`, {
      errno,
      syscall,
      ...(isSilent && { hint }),
      cause,
    });
  } finally {
    stop();
    signal?.removeEventListener('abort', abort);
  }
}

/** A listening socket. */
export interface Listener {
  /** Where it listens, with the port that it got. */
  readonly url: string;
  /** Accepts no more connections; a unix socket's file is gone when this returns. Open connections stay. */
  close(): void;
}

/** @throws PagerError 'OPTION', 'PROTOCOL' */
export async function listen(
  { url, tls: files }: ConnectionSpec,
  joined: (socket: net.Socket) => void,
  anyPort = false,
): Promise<Listener> {
  const place = checkUrl(url, anyPort ? 0 : 1);
  const server =
    files === null
      ? net.createServer({ pauseOnConnect: true }, joined)
      : tls.createServer({ ...readTls(files), requestCert: true, rejectUnauthorized: true }, joined);
  // A peer without the right certificate has been refused by then.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  // If a connection cannot be accepted (ENFILE, ENOBUFS), the sender retries within its patience.
  server.on('error', () => {});
  let remove = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if ('path' in place) remove = listenPrivately(server, place.path, resolve);
      else server.listen(place, resolve);
    });
  } catch (cause) {
    remove();
    const { code, syscall, ...told } = cause as NodeJS.ErrnoException & { errno?: unknown };
    const errno = typeof told.errno === 'string' ? told.errno : code;
    throw new PagerError('PROTOCOL', `${url} cannot be listened at`, { errno, syscall, cause });
  }
  const bound = server.address();
  return {
    url: 'host' in place && bound !== null && typeof bound === 'object' ? url.replace(/\d+$/, String(bound.port)) : url,
    // Not at the server's 'close': that waits for the ends of connections, and the thread may end before.
    close: () => {
      remove();
      server.close();
    },
  };
}

// Mode 0600 from creation; Node.js would create it first and chmod later.
function listenPrivately(server: net.Server, path: string, listening: () => void): () => void {
  const fd = native().userfaultfd.listen(path, true);
  const { ino } = lstatSync(path);
  server.listen({ fd }, listening);
  return () => {
    // Another process's file by now, or gone.
    if (lstatSync(path, { throwIfNoEntry: false })?.ino === ino) unlinkSync(path);
  };
}
