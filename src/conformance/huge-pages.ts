// Reserves huge pages for the rows that need them, and returns them however this process ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../errors.js';
import { native } from '../native/native.js';

const FOLDER = '/sys/kernel/mm/hugepages/hugepages-2048kB';
const SETTING = `${FOLDER}/nr_hugepages`;
/** Milliseconds between checks whether another run has ended. */
const LOOK = 100;

/** Huge pages for the rows that need them. */
export interface HugePages {
  /** Why there are none; undefined if there are. */
  readonly lacking: string | undefined;
  /** Undoes the change of the setting; resolves to the reason if that fails. */
  release(): Promise<string | undefined>;
}

/**
 * Raises the machine's setting until so many 2 MiB pages are free. One run at a time may do that: a lock is held until the
 * change is undone. A separate process does so when this one has ended, so that no way to end leaves pages reserved.
 * @param onWait called if another run holds the lock
 */
export async function reserveHugePages(count: number, onWait: () => void, signal?: AbortSignal): Promise<HugePages> {
  const nothing = (lacking: string): HugePages => ({ lacking, release: async () => undefined });
  let lock: number;
  try {
    lock = openSync(SETTING, 'r');
  } catch (error) {
    return nothing(`this kernel has no huge pages of 2 MiB (${describeError(error)})`);
  }
  try {
    for (let waits = 0; !native().lockFile(lock, 'exclusive'); waits++) {
      if (waits === 0) onWait();
      await sleep(LOOK, undefined, { signal }).catch(() => undefined);
      if (signal?.aborted) return nothing('interrupted');
    }
    const keeper = new Keeper(count, lock);
    const refused = await keeper.started;
    const free = readCount('free_hugepages');
    const lacking =
      free >= count ? undefined : (refused ?? `memory is too fragmented for ${count} huge pages: there are ${free}`);
    return { lacking, release: () => keeper.end() };
  } finally {
    // The keeper has it too, and so keeps the lock.
    closeSync(lock);
  }
}

function readCount(name: 'nr_hugepages' | 'free_hugepages'): number {
  return Number(readFileSync(`${FOLDER}/${name}`, 'latin1'));
}

/**
 * Raises the setting until $1 pages are free, prints "ready" or the reason why not, and at the end of its standard input
 * lowers it by as many as it added: others may have changed it meanwhile. It holds the lock (descriptor 3) until then.
 */
const SCRIPT = `before=$(cat "$2/nr_hugepages"); free=$(cat "$2/free_hugepages"); why=
if [ "$free" -lt "$1" ]; then
  why=$( { echo $((before + $1 - free)) > "$2/nr_hugepages"; } 2>&1 )
fi
added=$(($(cat "$2/nr_hugepages") - before))
echo "\${why:-ready}"
cat > /dev/null
[ "$added" -le 0 ] || echo $(($(cat "$2/nr_hugepages") - added)) > "$2/nr_hugepages" || echo "$added pages of 2 MiB stay reserved"`;

class Keeper {
  /** Resolves to why the setting could not be raised. */
  readonly started: Promise<string | undefined>;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #said = '';

  constructor(count: number, lock: number) {
    // In a session of its own, so that Ctrl-C does not reach it.
    const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(count), FOLDER], {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore', lock],
    });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.on('close', () => resolve());
      child.on('error', () => resolve());
    });
    this.started = new Promise((resolve) => {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
        const [first = '', ...rest] = this.#said.split('\n');
        if (rest.length > 0) resolve(first === 'ready' ? undefined : explain(first));
      });
      child.on('error', (error) =>
        resolve(`no process can be started that gives huge pages back (${describeError(error)})`),
      );
      child.on('close', () => resolve('the process that gives huge pages back has ended'));
    });
    child.stdin?.on('error', () => {}); // it has ended: `started` says so
    child.unref();
  }

  async end(): Promise<string | undefined> {
    this.#child.ref();
    this.#child.stdin?.end();
    await this.#ended;
    const [, second = ''] = this.#said.split('\n');
    return second === '' ? undefined : second;
  }
}

function explain(said: string): string {
  return /denied|not permitted|Read-only/i.test(said) ? `reserving huge pages needs root (${said})` : said;
}
