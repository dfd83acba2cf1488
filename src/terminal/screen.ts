// The whole terminal, for a command that draws again and again: a screen of its own without a cursor, keys, and its size.
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { isIgnored } from './ignored.js';
import { heard } from './output.js';

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
/** Before the line is written: behind a line as wide as the screen it would take the last letter. */
const ERASE_LINE = '\u001b[2K';
const REST_OF_SCREEN = '\u001b[J';
const CTRL_C = '\u0003';
const CTRL_Z = '\u001a';
/** Their default effect ends the command; SIGINT and SIGTERM are the user's (interrupt.ts). */
const DEADLY = (['SIGHUP', 'SIGQUIT'] as const).filter((signal) => !isIgnored(signal));
/** Of a terminal that does not say. */
const USUAL = { columns: 80, rows: 24 } as const;

export interface ScreenUser {
  /** 'q' or Ctrl-C was typed, or the terminal is gone and SIGHUP is ignored. */
  leave(): void;
  /** The terminal has another size, or shows the command again. */
  redraw(): void;
}

export class Screen {
  readonly #user: ScreenUser;
  /** Keys can be read. */
  readonly hasKeys = isatty(0);
  readonly #onKeys = (text: string): void => this.#take(text);
  readonly #onResize = (): void => this.#user.redraw();
  readonly #onContinue = (): void => {
    this.#enter();
    this.#user.redraw();
  };
  readonly #onExit = (): void => this.close();
  readonly #onDeadly = (signal: NodeJS.Signals): void => {
    this.close();
    // Nothing listens to it any more: it ends the command.
    process.kill(process.pid, signal);
  };
  // The terminal is gone. A command of another session gets no SIGHUP then. To return would not do: Node.js fails an assertion
  // at its exit if the modes of a terminal cannot be reset.
  readonly #onGone = (): void => {
    if (isIgnored('SIGHUP')) this.#user.leave();
    else this.#onDeadly('SIGHUP');
  };
  #isOpen = false;

  /** Null if standard output is not a terminal that can move its cursor. */
  static open(user: ScreenUser): Screen | null {
    return isatty(1) && process.env.TERM !== 'dumb' ? new Screen(user) : null;
  }

  private constructor(user: ScreenUser) {
    this.#user = user;
    if (this.hasKeys) {
      process.stdin.setEncoding('utf8').on('data', this.#onKeys).on('end', this.#onGone).on('error', this.#onGone);
    }
    process.stdout.on('resize', this.#onResize).on('error', heard);
    process.on('SIGCONT', this.#onContinue);
    for (const signal of DEADLY) process.on(signal, this.#onDeadly);
    process.on('exit', this.#onExit);
    this.#enter();
  }

  get columns(): number {
    return process.stdout.columns || USUAL.columns;
  }

  get rows(): number {
    return process.stdout.rows || USUAL.rows;
  }

  /** Resolves when they are written. Lines beyond the screen are left out; none may be wider than it. */
  draw(lines: readonly string[]): Promise<void> {
    const shown = lines.slice(0, this.rows).map((line) => `${ERASE_LINE}${line}`);
    return new Promise((resolve) => {
      process.stdout.write(`${HOME}${shown.join('\n')}${REST_OF_SCREEN}`, (error) => {
        if (error) this.#onGone();
        resolve();
      });
    });
  }

  /** The terminal is as it was before. Idempotent. */
  close(): void {
    this.#leave();
    if (this.hasKeys) {
      process.stdin.off('data', this.#onKeys).off('end', this.#onGone).off('error', this.#onGone).pause();
    }
    process.stdout.off('resize', this.#onResize).off('error', heard);
    process.off('SIGCONT', this.#onContinue);
    for (const signal of DEADLY) process.off(signal, this.#onDeadly);
    process.off('exit', this.#onExit);
  }

  #enter(): void {
    // A shell changes the modes of a stopped command's terminal. libuv, which takes them for raw still, would do nothing.
    if (this.hasKeys) process.stdin.setRawMode(false).setRawMode(true);
    this.#write(ENTER);
    this.#isOpen = true;
  }

  #leave(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    if (this.hasKeys) process.stdin.setRawMode(false);
    this.#write(LEAVE);
  }

  // At once: the process may be about to stop or to end.
  #write(text: string): void {
    try {
      writeSync(1, text);
    } catch {
      // The terminal is gone.
    }
  }

  #take(text: string): void {
    for (const key of text) {
      if (key === 'q' || key === 'Q' || key === CTRL_C) this.#user.leave();
      else if (key === CTRL_Z) {
        this.#leave();
        // It returns when the command is continued, or at once where nobody could continue it. No signal has to tell that.
        process.off('SIGCONT', this.#onContinue);
        process.kill(process.pid, 'SIGTSTP');
        process.on('SIGCONT', this.#onContinue);
        this.#onContinue();
      }
    }
  }
}
