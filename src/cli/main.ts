#!/usr/bin/env node
import { keepIgnored } from '../terminal/ignored.js';
import { sayLast } from '../terminal/messages.js';
import { EXIT, errorLines, exitCodeOf } from './exit.js';
import { run } from './program.js';

let code: number = EXIT.failed;
try {
  keepIgnored();
  code = await run(process.argv);
} catch (error) {
  const lines = errorLines(error);
  if (lines.length > 0) sayLast(lines.join('\n'));
  code = exitCodeOf(error);
}
// What was printed has been waited for; nothing that still runs has anything to say.
process.exit(code);
