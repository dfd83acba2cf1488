// Checks the options of `farpage criu`, or refuses before the socket exists.
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PagerError } from '../errors.js';
import type { CoreHost } from '../options.js';
import { type ServingOptions, settleForOthers } from '../pager/other-options.js';
import { type ListenAddress, parseLive, parseMetrics } from '../web/listen.js';

/** The name that criu restore connects to, in its work folder. */
const SOCKET = 'lazy-pages.socket';

/** What `farpage criu` takes. */
export interface CriuOptions extends ServingOptions {
  /** The folder of the checkpoint: criu dump's -D. */
  images: string;
  /** Where the socket is made: criu restore's -W. Default: the folder of the images. */
  workDir?: string;
  /** Whether pages that no thread asks for are brought in, too. Default true. */
  push?: boolean;
  /** Serve one restore after the other, also at the same time, until asked to end. Default: end with the first. */
  keep?: boolean;
  live?: string | true;
  metrics?: string;
}

export interface CheckedCriu {
  core: CoreHost;
  images: string;
  socket: string;
  push: boolean;
  keep: boolean;
  live: ListenAddress | null;
  metrics: ListenAddress | null;
}

/** @throws PagerError 'OPTION' naming the option and what it takes */
export function checkCriu(options: CriuOptions): CheckedCriu {
  const { images, workDir = images, push = true, keep = false, core, faults } = options;
  if (images === '') throw new PagerError('OPTION', '--images: the path is empty', { hint: "give criu dump's -D" });
  if (/^[a-z]+:\/\//.test(images)) {
    throw new PagerError('OPTION', '--images: only a folder can be served yet', { hint: "give criu dump's -D" });
  }
  if (statSync(workDir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const option = options.workDir === undefined ? '--images' : '--work-dir';
    throw new PagerError('OPTION', `${option}: ${workDir} is not a folder`, { hint: 'give a folder that exists' });
  }
  const settled = settleForOthers({ ...(core !== undefined && { core }), ...(faults !== undefined && { faults }) });
  return {
    core: settled.core,
    images: resolve(images),
    socket: join(resolve(workDir), SOCKET),
    push,
    keep,
    live: parseLive(options.live),
    metrics: parseMetrics(options.metrics),
  };
}
