// The destination's part of what the questions about migration share. The subject is the destination, its source a child.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MigrateReport, Pager, ReceivedRegion } from '../../src/index.js';
import { receiveRegion } from '../../src/index.js';
import { PAGE_BYTES, PAGE_WORDS, wrongWords } from '../data.js';
import * as side from './common.js';

/** Of the region that is moved first, unmeasured. */
export const WARM_PAGES = 8192;

export interface Moved {
  type: 'moved';
  /** Of `side.monotonic`, as `at` is. */
  began: number;
  ended: number;
  report: MigrateReport;
  progress: { at: number; pages: number }[];
  notices: string[];
}

export type SourceNews = { type: 'ready' } | Moved;

export interface Arrived extends ReceivedRegion {
  /** What the source has to say at the end. */
  moved: Promise<Moved>;
}

/**
 * Starts the source, on the CPU --source-cpu, moves a small region from it and then the one that --pages, --rounds and
 * --bandwidth (bytes a second; 0: no cap) say, over --url into --spool. Resolves at the switch of that one.
 */
export async function arrive(pager: Pager): Promise<Arrived> {
  const names = ['pages', 'rounds', 'bandwidth', 'url', 'addon'];
  const words = names.flatMap((name) => [`--${name}`, side.text(name)]);
  const cpu = side.integer('source-cpu', -1);
  const pinned = cpu < 0 ? {} : { execPath: 'taskset', execArgv: ['-c', String(cpu), process.execPath] };
  const source = fork(fileURLToPath(new URL('./migration-source.js', import.meta.url)), words, pinned);
  process.once('exit', () => source.kill('SIGKILL'));
  const gone = new Promise<never>((_resolve, reject) => {
    source.once('error', reject);
    source.once('exit', (code, signal) => reject(new Error(`the source ended with ${signal ?? code}`)));
  });
  gone.catch(() => {});
  const warm = await receive(pager, source, gone);
  await warm.complete;
  await warm.moved;
  await warm.region.close();
  return receive(pager, source, gone);
}

async function receive(pager: Pager, source: ChildProcess, gone: Promise<never>): Promise<Arrived> {
  const told = <T extends SourceNews['type']>(type: T) => {
    const news = new Promise<Extract<SourceNews, { type: T }>>((resolve) => {
      const hear = (said: SourceNews) => {
        if (said.type !== type) return;
        source.off('message', hear);
        resolve(said as Extract<SourceNews, { type: T }>);
      };
      source.on('message', hear);
    });
    return Promise.race([news, gone]);
  };
  const moved = told('moved');
  moved.catch(() => {});
  await told('ready');
  const options = { pager, spool: side.text('spool'), onListening: () => void source.send('go') };
  return { ...(await Promise.race([receiveRegion(side.text('url'), options), gone])), moved };
}

/** Words of what has arrived that are not what the source had: all of it is brought in and looked at. */
export async function wrongIn({ region }: ReceivedRegion): Promise<number> {
  const words = new Int32Array(region.buffer);
  const pages = region.byteLength / PAGE_BYTES;
  let wrong = 0;
  for (let first = 0; first < pages; first += 4096) {
    const end = Math.min(pages, first + 4096);
    await region.load(first * PAGE_BYTES, (end - first) * PAGE_BYTES);
    for (let page = first; page < end; page++) wrong += wrongWords(words, page * PAGE_WORDS, page, false);
  }
  return wrong;
}
