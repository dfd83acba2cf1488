// Shows the progress of a long command on standard error.
import { Presets, SingleBar } from 'cli-progress';
import { put, stderrIsTerminal } from './messages.js';

/** Milliseconds between two lines if standard error is not a terminal. */
const LINE_INTERVAL = 5000;

/** Shows progress on standard error: a bar on a terminal, lines from time to time elsewhere. */
export interface Progress {
  /** Begins a phase of `total` units. */
  begin(phase: string, total: number): void;
  update(done: number): void;
  /** Prints a line of its own, above the bar. */
  say(line: string): void;
  end(): void;
}

export function makeProgress(): Progress {
  return stderrIsTerminal() ? new Bar(process.stderr) : new Lines();
}

class Bar implements Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #bar: SingleBar;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    const format = '{phase} {bar} {percentage}%  {value}/{total}  {eta_formatted} left';
    // A hidden cursor would stay hidden after a signal ends the process.
    const options = { stream, format, hideCursor: false, clearOnComplete: true, gracefulExit: false, fps: 8 };
    this.#bar = new SingleBar(options, Presets.shades_classic);
  }

  begin(phase: string, total: number): void {
    this.#bar.stop();
    this.#bar.start(total, 0, { phase: phase.padEnd(9) });
  }
  update(done: number): void {
    this.#bar.update(done);
  }
  say(line: string): void {
    this.#stream.write(`\r\u001b[K${line}\n`);
  }
  end(): void {
    this.#bar.stop();
  }
}

class Lines implements Progress {
  #phase = '';
  #total = 0;
  #next = 0;

  begin(phase: string, total: number): void {
    this.#phase = phase;
    this.#total = total;
    this.#next = performance.now() + LINE_INTERVAL;
  }
  update(done: number): void {
    if (performance.now() < this.#next) return;
    this.#next = performance.now() + LINE_INTERVAL;
    const percent = this.#total === 0 ? 100 : Math.floor((done / this.#total) * 100);
    this.say(`${this.#phase}: ${percent}% (${done} of ${this.#total})`);
  }
  say(line: string): void {
    put(`${line}\n`);
  }
  end(): void {}
}
