import type { ChildProcess } from 'node:child_process';
import { inForeground, isStopped } from '../linux/proc.js';

/** What a terminal sends to its whole foreground group, the program included. */
const FROM_TERMINAL = ['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGWINCH'] as const;
const PASSED_ON = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'] as const;
const ENDINGS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Signals of a run: they are the program's. What the terminal sends has reached it already, all others are passed on;
 * where it stops, this process stops too, as a shell expects. Once the program has ended, those that end a process
 * call `onEnd`.
 */
export class Signals {
  /** The program is stopped by this process itself, which goes on. */
  held = false;
  readonly #listeners = new Map<NodeJS.Signals, () => void>();

  constructor(child: ChildProcess, onEnd: () => void) {
    const living = (): boolean => child.exitCode === null && child.signalCode === null;
    const pass = (signal: NodeJS.Signals): void => {
      if (living()) child.kill(signal);
      else if (ENDINGS.includes(signal)) onEnd();
    };
    for (const signal of PASSED_ON) this.#listen(signal, () => pass(signal));
    for (const signal of FROM_TERMINAL) {
      this.#listen(signal, () => {
        if (!living() || !inForeground()) pass(signal);
      });
    }
    // It comes for a stop as for an end. A pager that is stopped serves nobody: not before the program has stopped.
    this.#listen('SIGCHLD', () => {
      if (this.held) return;
      if (living() && child.pid !== undefined && isStopped(child.pid)) process.kill(process.pid, 'SIGSTOP');
    });
  }

  /** Leaves signals to their default. */
  close(): void {
    for (const [signal, listener] of this.#listeners) process.removeListener(signal, listener);
    this.#listeners.clear();
  }

  #listen(signal: NodeJS.Signals, listener: () => void): void {
    this.#listeners.set(signal, listener);
    process.on(signal, listener);
  }
}
