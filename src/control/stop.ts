// Stops all processes of a program, and guarantees that they continue: SIGSTOP, and a helper process that sends SIGCONT
// when this one has ended in any way.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { PagerError } from '../errors.js';
import { isAlive, isAtRest, isStopped, startOf, withDescendants } from '../linux/process-tree.js';

/** Milliseconds within which a process must stop; and after which one that is blocked in the kernel counts as stopped. */
const PATIENCE = 10_000;
const WAITING = 1000;
const LOOK = 2;
/** Scans of the tree: a process may fork until it stops. */
const SCANS = 100;

/**
 * The helper: reads a process per line, by pid and start time. At the end of its input it continues them, children first,
 * but none whose pid was reused. 'done': nothing to continue.
 */
const HELPER = `all=
while IFS= read -r one; do
  if [ "$one" = done ]; then all=; else all="$one $all"; fi
done
set -- $all
while [ $# -gt 1 ]; do
  IFS= read -r stat < "/proc/$1/stat" && began=$(set -- \${stat##*) }; echo "\${20}") && [ "$began" = "$2" ] && kill -CONT "$1"
  shift 2
done`;

interface StoppedProcess {
  pid: number;
  start: string;
}

/** A program that is stopped. */
export class Stopped {
  readonly #stopped: StoppedProcess[] = [];
  readonly #began = performance.now();
  readonly #helper: ChildProcessByStdio<Writable, null, null>;
  #milliseconds: number | undefined;

  private constructor() {
    // A session of its own: a terminal's signal must not end it.
    this.#helper = spawn('/bin/sh', ['-c', HELPER], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: {} });
    this.#helper.stdin.on('error', () => {}); // it has ended: its exit event reports that
  }

  /**
   * @param roots they and their descendants are stopped; those that were stopped before stay as they are
   * @throws (rejects) PagerError 'PERMISSION', 'UNSUPPORTED' if one cannot be stopped; then all are continued
   */
  static async begin(roots: () => readonly number[]): Promise<Stopped> {
    const stopped = new Stopped();
    try {
      await stopped.#start();
      await stopped.#stopAll(roots);
      return stopped;
    } catch (error) {
      stopped.end();
      throw error;
    }
  }

  get processes(): number {
    return this.#stopped.length;
  }

  /** From the first stop until they continued, or now. */
  get milliseconds(): number {
    return this.#milliseconds ?? performance.now() - this.#began;
  }

  /** Continues them (SIGCONT). Idempotent. */
  end(): void {
    if (this.#milliseconds !== undefined) return;
    this.#milliseconds = this.milliseconds;
    // Children first: a parent then never finds one stopped.
    for (const each of this.#stopped.toReversed()) signal(each, 'SIGCONT');
    this.#helper.stdin.end('done\n');
    this.#helper.unref();
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#helper.once('spawn', resolve);
      this.#helper.once('error', (cause: NodeJS.ErrnoException) => {
        reject(
          new PagerError('UNSUPPORTED', 'the process that would continue the program cannot be started', {
            errno: cause.code,
            syscall: 'execve(/bin/sh)',
            cause,
          }),
        );
      });
    });
  }

  async #stopAll(roots: () => readonly number[]): Promise<void> {
    const left = new Set<number>();
    for (let scan = 0; scan < SCANS; scan++) {
      const known = new Set(this.#stopped.map(({ pid }) => pid));
      const fresh = withDescendants(roots()).filter((pid) => !known.has(pid) && !left.has(pid));
      if (fresh.length === 0) return;
      for (const pid of fresh) {
        const start = startOf(pid);
        if (start === null || isStopped(pid)) {
          left.add(pid);
          continue;
        }
        // Before it is stopped: from then on the helper will continue it.
        await this.#sendToHelper({ pid, start });
        this.#stopped.push({ pid, start });
        if (signal({ pid, start }, 'SIGSTOP')) await untilAtRest(pid);
      }
    }
    throw new PagerError('UNSUPPORTED', 'the program starts processes faster than they can be stopped', {
      hint: 'try again, or without --stop',
    });
  }

  #sendToHelper({ pid, start }: StoppedProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#helper.stdin.write(`${pid} ${start}\n`, (error) => (error ? reject(error) : resolve()));
    });
  }
}

/** False if the process is gone. */
function signal({ pid, start }: StoppedProcess, name: 'SIGSTOP' | 'SIGCONT'): boolean {
  if (startOf(pid) !== start) return false;
  try {
    return process.kill(pid, name);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ESRCH') return false;
    // A process that could not be stopped need not be continued.
    if (name === 'SIGCONT') return false;
    throw new PagerError('PERMISSION', `process ${pid}, which belongs to the program, cannot be stopped`, {
      errno: code,
      syscall: 'kill',
      hint: 'it is another user’s: take the snapshot without --stop',
      cause,
    });
  }
}

async function untilAtRest(pid: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    const rest = isAtRest(pid);
    const waited = performance.now() - began;
    if (rest === true || !isAlive(pid) || (rest === 'waiting' && waited > WAITING)) return;
    if (waited > PATIENCE) {
      throw new PagerError('UNSUPPORTED', `process ${pid} has not stopped within ${PATIENCE / 1000} s`, {
        hint: 'try again, or without --stop',
      });
    }
    await sleep(LOOK);
  }
}
