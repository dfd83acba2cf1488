#!/usr/bin/env node
// The entry point of `farpage`: runs the command and sets the exit code. Every error ends in lines, never in a stack.
import { hideSecrets, SECRET_SHOWN } from '../linux/title.js';
import { keepIgnored } from '../terminal/ignored.js';
import { say, sayLast } from '../terminal/messages.js';
import { EXIT, errorLines, exitCodeOf } from './exit.js';
import { run } from './program.js';

async function main(): Promise<never> {
  let code: number = EXIT.failed;
  try {
    keepIgnored();
    // `run` needs its words as they were typed, and hides them itself.
    if (process.argv[2] !== 'run' && hideSecrets()) say(SECRET_SHOWN);
    code = await run(process.argv);
  } catch (error) {
    const lines = errorLines(error);
    if (lines.length > 0) sayLast(lines.join('\n'));
    code = exitCodeOf(error);
  }
  // All output has been written; nothing that still runs will print.
  return process.exit(code);
}

// Not awaited: in the bundle a command's file may import from this one, and would wait for it.
void main();
