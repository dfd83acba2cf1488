// Writes messages to standard error. They may be lost (no reader, a full disk, a held terminal); the command continues.
// `process.stderr` is not used: it makes a shared pipe non-blocking for the programs that share it.
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { native } from '../native/native.js';
import { printable } from '../printable.js';
import { painter, type Style } from './output.js';

const STDERR = 2;
/** Milliseconds to wait for room in the pipe: for a message, and for a command's last lines. */
const PATIENCE = { message: 20, last: 2000 } as const;

export const stderrIsTerminal = (): boolean => isatty(STDERR);

/** Colours, where standard error is a terminal that takes them. */
export const paintMessages = (): ((text: string, style: Style) => string) => painter(stderrIsTerminal());

/** A message of farpage's, in one line. It may hold the words of other programs. */
export function say(line: string): void {
  writeMessage(`farpage: ${printable(line.replace(/\s*\n\s*/g, ' '))}\n`, PATIENCE.message);
}

/** Text as it is. */
export function put(text: string): void {
  writeMessage(text, PATIENCE.message);
}

/** Lines that a command ends with. */
export function sayLast(text: string): void {
  writeMessage(`${text}\n`, PATIENCE.last);
}

function writeMessage(text: string, patience: number): void {
  let write = (): unknown => writeSync(STDERR, text);
  try {
    const { writeMessage: writeNative } = native();
    write = () => writeNative(text, patience);
  } catch {
    // The addon is missing, which is what the message reports.
  }
  try {
    write();
  } catch {
    // No reader is left.
  }
}
