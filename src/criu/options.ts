// Checks the options of `farpage criu`, or refuses before the socket exists.
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PagerError } from '../errors.js';
import type { CoreHost } from '../options.js';
import { type ServingOptions, settleForOthers } from '../pager/other-options.js';
import { type PageProtocol, PROTOCOLS } from '../store/page-server-wire.js';
import { type ListenAddress, parseListen, parseLive, parseMetrics } from '../web/listen.js';

/** The name that criu restore connects to, in its work folder. */
const SOCKET = 'lazy-pages.socket';
const PATIENCE = '30';
/** Most seconds of patience: a day. */
const MAX_PATIENCE = 86_400;

/** What `farpage criu` takes. */
export interface CriuOptions extends ServingOptions {
  /** The folder of the checkpoint: criu dump's -D. */
  images: string;
  /** Where the socket is made: criu restore's -W. Default: the folder of the images. */
  workDir?: string;
  /** HOST:PORT, where the pages are that criu dump --lazy-pages did not write. */
  pageServer?: string;
  /** What the page server speaks. Default: as the CRIU that wrote the images. */
  protocol?: PageProtocol;
  /** Seconds for which a lost connection to the page server is tried again. Default 30. */
  patience?: string;
  /** Whether pages that no thread asks for are brought in, too. Default true. */
  push?: boolean;
  /** Serve one restore after the other, also at the same time, until asked to end. Default: end with the first. */
  keep?: boolean;
  live?: string | true;
  metrics?: string;
}

export interface CheckedPageServer extends ListenAddress {
  protocol: PageProtocol | null;
  /** Milliseconds. */
  patience: number;
}

export interface CheckedCriu {
  core: CoreHost;
  images: string;
  socket: string;
  pageServer: CheckedPageServer | null;
  push: boolean;
  keep: boolean;
  live: ListenAddress | null;
  metrics: ListenAddress | null;
}

/** @throws PagerError 'OPTION' naming the option and what it takes */
export function checkCriu(options: CriuOptions): CheckedCriu {
  const { images, workDir = images, push = true, keep = false, core, faults } = options;
  checkImages(images);
  if (statSync(workDir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const option = options.workDir === undefined ? '--images' : '--work-dir';
    throw new PagerError('OPTION', `${option}: ${workDir} is not a folder`, { hint: 'give a folder that exists' });
  }
  const settled = settleForOthers({ ...(core !== undefined && { core }), ...(faults !== undefined && { faults }) });
  return {
    core: settled.core,
    images: resolve(images),
    socket: join(resolve(workDir), SOCKET),
    pageServer: pageServerOf(options),
    push,
    keep,
    live: parseLive(options.live),
    metrics: parseMetrics(options.metrics),
  };
}

/** @throws PagerError 'OPTION' */
export function checkImages(images: string): void {
  if (images === '') throw new PagerError('OPTION', '--images: the path is empty', { hint: "give criu dump's -D" });
  if (/^[a-z]+:\/\//.test(images)) {
    throw new PagerError('OPTION', '--images: only a folder can be served yet', { hint: "give criu dump's -D" });
  }
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

function pageServerOf({ pageServer, protocol, patience }: CriuOptions): CheckedPageServer | null {
  const checked = checkProtocol(protocol);
  if (pageServer === undefined) {
    const option = checked !== null ? '--protocol' : patience !== undefined ? '--patience' : null;
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
  return { ...address, protocol: checked, patience: patienceOf(patience ?? PATIENCE) };
}

function patienceOf(text: string): number {
  const seconds = Number(text);
  if (text !== '' && seconds > 0 && seconds <= MAX_PATIENCE) return seconds * 1000;
  throw new PagerError('OPTION', `--patience: '${text}' is not a number of seconds`, {
    hint: `give more than 0 and up to ${MAX_PATIENCE}`,
  });
}
