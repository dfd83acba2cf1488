// Checks the options of `farpage criu`, or refuses before the socket exists.
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PagerError } from '../errors.js';
import type { CoreHost } from '../options.js';
import { type ServingOptions, settleForOthers } from '../pager/other-options.js';
import { type PageProtocol, PROTOCOLS } from '../store/page-server-wire.js';
import { checkTls, readTls, type TlsFiles } from '../tls-files.js';
import { type ListenAddress, parseListen, parseLive, parseMetrics } from '../web/listen.js';
import { type ImagesPlace, imagesPlace } from './images-place.js';

/** The name that criu restore connects to, in its work folder. */
const SOCKET = 'lazy-pages.socket';
const PATIENCE = '30';
/** Most seconds of patience: a day. */
const MAX_PATIENCE = 86_400;

/** What `farpage criu` takes. */
export interface CriuOptions extends ServingOptions {
  /** The folder of the checkpoint, criu dump's -D, or where it is on another host: http(s)://…, redis://…, env:NAME. */
  images: string;
  /** Where the socket is made: criu restore's -W. Default: the folder of the images, if that is on this host. */
  workDir?: string;
  /** HOST:PORT, where the pages are that criu dump --lazy-pages did not write. */
  pageServer?: string;
  /** What the page server speaks. Default: as the CRIU that wrote the images. */
  protocol?: PageProtocol;
  /** Files with which the page server is spoken to in TLS, as CRIU with --tls. Default: no TLS. */
  tls?: TlsFiles;
  /** Seconds for which a lost connection to the page server, or to the host of the images, is tried again. Default 30. */
  patience?: string;
  /** Whether pages that no thread asks for are brought in, too. Default true. */
  push?: boolean;
  /** Serve one restore after the other, also at the same time, until asked to end. Default: end with the first. */
  keep?: boolean;
  /** A file for the order in which pages are touched first. Nothing is brought in ahead then. */
  record?: string;
  /** Such a file: its pages are brought in first. */
  replay?: string;
  live?: string | true;
  metrics?: string;
  /** Refused: see docs/criu.md. */
  resident?: string;
  /** Refused, too. */
  store?: string;
}

export interface CheckedPageServer extends ListenAddress {
  protocol: PageProtocol | null;
  tls: TlsFiles | null;
}

export interface CheckedCriu {
  core: CoreHost;
  images: ImagesPlace;
  socket: string;
  pageServer: CheckedPageServer | null;
  /** Milliseconds. */
  patience: number;
  push: boolean;
  keep: boolean;
  record: string | null;
  replay: string | null;
  live: ListenAddress | null;
  metrics: ListenAddress | null;
}

/** @throws PagerError 'OPTION' naming the option and what it takes */
export function checkCriu(options: CriuOptions): CheckedCriu {
  const { push = true, keep = false, core, faults } = options;
  refuseLimit(options);
  const images = imagesPlace(options.images);
  if (options.record !== undefined && options.replay !== undefined) {
    throw new PagerError('OPTION', '--record and --replay exclude each other', {
      hint: 'record one restore, and replay at later ones',
    });
  }
  const workDir = options.workDir ?? (images.kind === 'folder' ? images.path : undefined);
  if (workDir === undefined) {
    throw new PagerError('OPTION', `--work-dir is missing: ${images.name} is not on this host`, {
      hint: 'give a folder of this host, in which criu restore finds the socket: its -W',
    });
  }
  if (statSync(workDir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const option = options.workDir === undefined ? '--images' : '--work-dir';
    throw new PagerError('OPTION', `${option}: ${workDir} is not a folder`, { hint: 'give a folder that exists' });
  }
  const settled = settleForOthers({ ...(core !== undefined && { core }), ...(faults !== undefined && { faults }) });
  return {
    core: settled.core,
    images,
    socket: join(resolve(workDir), SOCKET),
    pageServer: pageServerOf(options, images),
    patience: patienceOf(options.patience ?? PATIENCE),
    // What is brought in ahead is not touched, and a touch of it would go unseen.
    push: push && options.record === undefined,
    keep,
    record: options.record ?? null,
    replay: options.replay ?? null,
    live: parseLive(options.live),
    metrics: parseMetrics(options.metrics),
  };
}

// Private memory can be evicted only by code in its process, and a restored task has none of farpage's: decisions/0071.
function refuseLimit({ resident, store }: CriuOptions): void {
  if (resident === undefined && store === undefined) return;
  const what =
    resident === undefined
      ? '--store: no page of a restored task can be evicted to a store'
      : '--resident: a restored task cannot be held to a limit';
  throw new PagerError('OPTION', `${what}: only code in the task could move its pages out`, {
    hint: 'give --no-push, so that only touched pages are in memory; a cgroup limits the task itself (memory.high, with swap)',
  });
}

/** @throws PagerError 'OPTION' */
export function checkProtocol(protocol: string | undefined): PageProtocol | null {
  if (protocol === undefined) return null;
  const known = PROTOCOLS.find((each) => each === protocol);
  if (known !== undefined) return known;
  throw new PagerError('OPTION', `--protocol: '${protocol}' is not one of ${PROTOCOLS.join(', ')}`, {
    hint: 'give 4.2, or 4.1 for the page server of CRIU 4.1 and before',
  });
}

/** Reads them, too: what is wrong with them is found before anything connects. @throws PagerError 'OPTION' */
export function checkTlsFiles(tls: TlsFiles | undefined): TlsFiles | null {
  const files = checkTls(tls);
  if (files !== null) readTls(files);
  return files;
}

function pageServerOf(options: CriuOptions, images: ImagesPlace): CheckedPageServer | null {
  const { pageServer, protocol, patience } = options;
  const checked = checkProtocol(protocol);
  const tls = checkTlsFiles(options.tls);
  if (pageServer === undefined) {
    const isLocal = images.kind === 'folder';
    const isPatience = isLocal && patience !== undefined;
    const option = checked !== null ? '--protocol' : tls !== null ? '--tls-ca' : isPatience ? '--patience' : null;
    if (option === null) return null;
    throw new PagerError('OPTION', `${option} is of a page server, and there is none`, {
      hint: 'give --page-server HOST:PORT, or leave it out',
    });
  }
  const address = parseListen('--page-server', pageServer);
  if (address.port === 0) {
    throw new PagerError('OPTION', '--page-server: port 0 is not one to connect to', {
      hint: "give criu dump's --port",
    });
  }
  return { ...address, protocol: checked, tls };
}

function patienceOf(text: string): number {
  const seconds = Number(text);
  if (text !== '' && seconds > 0 && seconds <= MAX_PATIENCE) return seconds * 1000;
  throw new PagerError('OPTION', `--patience: '${text}' is not a number of seconds`, {
    hint: `give more than 0 and up to ${MAX_PATIENCE}`,
  });
}
