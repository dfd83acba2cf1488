#!/usr/bin/env node
import { endWithReader } from '../terminal/output.js';
import { EXIT, errorLines, exitCodeOf } from './exit.js';
import { run } from './program.js';

endWithReader();
let code: number = EXIT.failed;
try {
  code = await run(process.argv);
} catch (error) {
  for (const line of errorLines(error)) process.stderr.write(`${line}\n`);
  code = exitCodeOf(error);
}
// What was printed has been waited for; nothing that still runs has anything to say.
process.exit(code);
