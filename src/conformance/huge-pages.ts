import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describeError } from '../errors.js';

const FOLDER = '/sys/kernel/mm/hugepages/hugepages-2048kB';
const SETTING = `${FOLDER}/nr_hugepages`;

/** Huge pages for the rows that need them. */
export interface HugePages {
  /** Why there are none; undefined where there are. */
  readonly lacking: string | undefined;
  /** Puts the setting back, and says what hindered that. */
  release(): Promise<string | undefined>;
}

/**
 * Sees to so many free 2 MiB pages. The setting is put back by a process of its own that waits for this one's end, so
 * that no way to end leaves it changed.
 */
export function reserveHugePages(count: number): HugePages {
  const nothing = (lacking: string | undefined): HugePages => ({ lacking, release: async () => undefined });
  let before: number;
  try {
    before = readCount('nr_hugepages');
    if (readCount('free_hugepages') >= count) return nothing(undefined);
  } catch (error) {
    return nothing(`this kernel has no huge pages of 2 MiB (${describeError(error)})`);
  }
  const keeper = startKeeper(before);
  const release = async (): Promise<string | undefined> => {
    await keeper.end();
    const now = readCount('nr_hugepages');
    return now === before ? undefined : `${SETTING} is ${now} and was ${before}`;
  };
  try {
    writeFileSync(SETTING, String(before + count - readCount('free_hugepages')));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const denied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
    return { lacking: denied ? `reserving huge pages needs root (${code})` : describeError(error), release };
  }
  const free = readCount('free_hugepages');
  const lacking = free >= count ? undefined : `memory is too fragmented for ${count} huge pages: there are ${free}`;
  return { lacking, release };
}

function readCount(name: 'nr_hugepages' | 'free_hugepages'): number {
  return Number(readFileSync(`${FOLDER}/${name}`, 'latin1'));
}

/** A process that writes the setting once its standard input ends: by `end`, or with this process. */
function startKeeper(count: number): { end(): Promise<void> } {
  // In a session of its own: a Ctrl-C is not for it.
  const script = 'cat > /dev/null; echo "$1" > "$2"';
  const child = spawn('/bin/sh', ['-c', script, 'sh', String(count), SETTING], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });
  child.unref();
  return {
    end: () => {
      child.ref();
      child.stdin.end();
      return ended;
    },
  };
}
