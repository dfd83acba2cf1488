// This process's side of farpage-launch, which starts the program and this process, and outlives both: see
// native/programs/launch.c.
import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { describeError, PagerError } from '../errors.js';
import { isStopped } from '../linux/proc.js';
import { native, nativePart } from '../native/native.js';
import { packageOptions } from '../pager/thread-options.js';
import { DescriptorSocket } from '../userfaultfd/index.js';

/** The number of its socket. */
const VARIABLE = 'FARPAGE_LAUNCH';
/** The descriptor of the launcher's own standard error; that of this process may be a pipe through the launcher. */
const LINE_VARIABLE = 'FARPAGE_LINE';
const STDERR = 2;
/** Milliseconds between checks of a stopped program. */
const STOPPED_INTERVAL = 50;
/** Signals that a terminal, or a kill of the group, sends to this process, too: the launcher handles them. */
const LEFT_TO_LAUNCHER = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGTERM',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGWINCH',
] as const;

/** How the program ended: one of them is null. */
export interface Exit {
  code: number | null;
  signal: string | null;
}

export class Launcher {
  /** Rejects if the launcher is gone. */
  readonly exited: Promise<Exit>;
  /** Called when the user asks to end after the program has. */
  onEnd: () => void = () => {};
  /** A descriptor of the run's standard error, which stays good when the launcher has gone. */
  readonly line = Number(process.env[LINE_VARIABLE] ?? STDERR);
  readonly #socket: DescriptorSocket;
  readonly #started: Promise<number>;
  #onStarted: (pid: number) => void = () => {};
  #onRefused: (error: PagerError) => void = () => {};
  #onExit: (exit: Exit) => void = () => {};
  #onLost: (error: PagerError) => void = () => {};
  #pid = -1;
  #stopped: NodeJS.Timeout | undefined;

  private constructor(fd: number) {
    this.#socket = new DescriptorSocket(fd);
    this.#started = new Promise((resolve, reject) => {
      this.#onStarted = resolve;
      this.#onRefused = reject;
    });
    this.exited = new Promise((resolve, reject) => {
      this.#onExit = resolve;
      this.#onLost = reject;
    });
    this.exited.catch(() => {}); // the caller that starts a program awaits it
  }

  /**
   * The launcher that started this process. If Node.js was started directly, this process becomes a launcher, which starts it
   * again.
   * @throws PagerError 'UNSUPPORTED' if it is not built
   */
  static find(): Launcher {
    const fd = process.env[VARIABLE];
    if (fd !== undefined) return new Launcher(Number(fd));
    const launcher = nativePart('farpage-launch');
    const [, script = ''] = process.argv;
    // The launcher keeps NODE_OPTIONS for the program.
    const options = [...packageOptions(process.env), ...process.execArgv];
    const words = ['run', '--', process.execPath, ...options, script];
    return native().becomeLauncher(launcher, words, process.argv.length - 2);
  }

  /**
   * Starts the program: the last `count` of this process's arguments, from the file `path`. From here on this process
   * leaves signals to the launcher.
   * @param entries changes to the environment that this process was started with; a name alone removes the entry
   * @returns its pid
   * @throws (rejects) PagerError 'OPTION' if it cannot be started
   */
  start(path: Buffer, count: number, entries: readonly Buffer[]): Promise<number> {
    for (const signal of LEFT_TO_LAUNCHER) native().ignoreSignal(constants.signals[signal]);
    void this.#listen();
    const end = Buffer.alloc(1);
    const parts = [Buffer.from('S '), path, end, Buffer.from(String(count)), end];
    for (const entry of entries) parts.push(entry, end);
    this.#tell(Buffer.concat(parts));
    return this.#started;
  }

  kill(signal: NodeJS.Signals): void {
    this.#tell(`K ${constants.signals[signal]}`);
  }

  /** Announces that the pager itself stops the program, so that the launcher runs on. Sent before the stop. */
  hold(on: boolean): void {
    this.#tell(on ? 'H 1' : 'H 0');
  }

  close(): void {
    clearInterval(this.#stopped);
    this.#socket.close();
  }

  #tell(message: string | Buffer): void {
    if (this.#socket.fd >= 0) writeSync(this.#socket.fd, Buffer.from(message));
  }

  async #listen(): Promise<void> {
    try {
      for (;;) {
        const message = await this.#socket.receive();
        if (message === null) break;
        const [kind, number] = Buffer.from(message.data).toString('latin1').split(' ');
        this.#hear(kind ?? '', Number(number));
      }
    } catch (error) {
      if (this.#socket.fd < 0) return;
      this.#onLost(new PagerError('CLOSED', `farpage-launch cannot be heard: ${describeError(error)}`));
    }
    this.#onLost(new PagerError('CLOSED', 'farpage-launch has ended before the run'));
  }

  #hear(kind: string, number: number): void {
    if (kind === 'p') {
      this.#pid = number;
      this.#onStarted(number);
    } else if (kind === 'f') {
      const errno = getSystemErrorName(-number);
      const hint = 'give the path of a program';
      this.#onRefused(new PagerError('OPTION', 'the program cannot be started', { errno, syscall: 'execve', hint }));
    } else if (kind === 's') this.#watchStopped();
    else if (kind === 'c') clearInterval(this.#stopped);
    else if (kind === 'e') this.#onExit({ code: number, signal: null });
    else if (kind === 'k') this.#onExit({ code: null, signal: signalName(number) });
    else if (kind === 'q') this.onEnd();
  }

  /** The launcher stopped with the program. If only the program is continued, this process must continue the launcher. */
  #watchStopped(): void {
    clearInterval(this.#stopped);
    this.#stopped = setInterval(() => {
      if (!isStopped(this.#pid)) process.kill(process.ppid, 'SIGCONT');
    }, STOPPED_INTERVAL);
  }
}

function signalName(number: number): string {
  const known = Object.entries(constants.signals).find(([, value]) => value === number);
  return known?.[0] ?? `SIG${number}`;
}
