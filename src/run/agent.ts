// This process's side of an agent: the two memfiles that both map, and what the agent says there of its end.
import { readFileSync, readSync, writeSync } from 'node:fs';
import { native } from '../native/native.js';
import { CONTROL_BYTES, DISMISSED_AT, KILLED_AT, LEFT_AT, readUnregistered, WINDOW_BYTES } from '../wire/agent.js';

const WORD = 4;

/** The two memfiles of one agent. No other process has them, so none sees another's pages on their way out. */
export class AgentMemory {
  readonly control = native().createMemfd('farpage-control', CONTROL_BYTES, false);
  readonly window = native().createMemfd('farpage-window', WINDOW_BYTES, false);

  /** Whether the agent has ended because its program has. */
  get left(): boolean {
    return this.#read(LEFT_AT) !== 0;
  }

  /** Whether the pager's thread killed the program because the agent had ended with a request in hand. */
  get killed(): boolean {
    return this.#read(KILLED_AT) !== 0;
  }

  /** The agent ends where its socket does, and the program lives on. */
  dismiss(): void {
    const word = Buffer.alloc(WORD);
    word.writeUInt32LE(1);
    writeSync(this.control, word, 0, WORD, DISMISSED_AT);
  }

  /** Mappings that could not be paged, and the last errno. */
  get unregistered(): { mappings: number; errno: number } {
    const words = new Uint8Array(64);
    readSync(this.control, words, 0, words.byteLength, 0);
    return readUnregistered(words);
  }

  close(): void {
    native().closeFile(this.control);
    native().closeFile(this.window);
  }

  #read(at: number): number {
    const word = Buffer.alloc(WORD);
    readSync(this.control, word, 0, WORD, at);
    return word.readUInt32LE();
  }
}

/** The pid of a pidfd's process; null: it has ended, and was reaped. */
export function pidOf(pidfd: number): number | null {
  const [, pid] = /^Pid:\s*(-?\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${pidfd}`, 'latin1')) ?? [];
  return Number(pid) > 0 ? Number(pid) : null;
}
