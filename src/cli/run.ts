// `farpage run`: checks its options, runs a program with its memory paged, and ends as the program did.
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PagerError } from '../errors.js';
import { type CORES, type FAULTS, SMALLEST_LIMIT_PAGES } from '../options.js';
import { redact } from '../redact.js';
import { type RunOptions, type RunResult, runProgram } from '../run/run.js';
import { say, sayLast } from '../terminal/messages.js';
import { print } from '../terminal/output.js';
import { parseSize } from '../units.js';
import { parseLive, parseMetrics } from '../web/listen.js';
import { EXIT, type ExitCode } from './exit.js';
import { summarizeRun } from './run-summary.js';

/** The options as the command line gives them. */
export interface RunFlags {
  resident: string;
  store: string;
  minMapping: string;
  cpu?: string;
  core: (typeof CORES)[number];
  faults: (typeof FAULTS)[number];
  live?: string | true;
  metrics?: string;
  allowUnpaged?: boolean;
  json?: boolean;
  output?: string;
  table?: boolean;
  summary: boolean;
}

const PAGE = 4096;
const MAX_CPU = 1023;

export async function run([program = '', ...args]: readonly string[], given: RunFlags): Promise<ExitCode> {
  const { output, ...others } = given;
  const flags: RunFlags = output === '-' ? { ...others, json: true } : given;
  const options = plan(program, args, flags);
  const result = await runProgram(options);
  if (flags.summary) sayLast(summarizeRun(result, flags.table === true));
  const text = `${JSON.stringify(document(result, options), null, 2)}\n`;
  if (flags.output !== undefined) writeFileSync(flags.output, text);
  if (flags.json === true && flags.output === undefined) await print(text);
  // The launcher ends as the program did.
  return EXIT.done;
}

function plan(program: string, args: readonly string[], flags: RunFlags): RunOptions {
  const minMapping = parseSize(flags.minMapping, '--min-mapping');
  if (minMapping < PAGE) {
    throw new PagerError('OPTION', `--min-mapping: '${flags.minMapping}' is less than a page`, {
      hint: 'give 4KiB or more',
    });
  }
  const resident = parseSize(flags.resident, '--resident');
  if (resident < SMALLEST_LIMIT_PAGES * PAGE) {
    throw new PagerError('OPTION', `--resident: '${flags.resident}' is less than 16 pages`, {
      hint: 'give 64KiB or more',
    });
  }
  const cpu = flags.cpu === undefined ? null : Number(flags.cpu);
  if (cpu !== null && !(Number.isInteger(cpu) && cpu >= 0 && cpu <= MAX_CPU && flags.cpu !== '')) {
    throw new PagerError('OPTION', `--cpu: '${flags.cpu}' is not a CPU's number`, { hint: `give 0 to ${MAX_CPU}` });
  }
  if (flags.output !== undefined) checkFile(flags.output);
  return {
    program,
    args,
    resident,
    store: flags.store,
    minMapping,
    cpu,
    core: flags.core,
    faults: flags.faults,
    allowUnpaged: flags.allowUnpaged === true,
    live: parseLive(flags.live),
    metrics: parseMetrics(flags.metrics),
    dropStdout: flags.json !== true || flags.output !== undefined,
    say,
  };
}

function checkFile(path: string): void {
  const folder = dirname(resolve(path));
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new PagerError('OPTION', `--output: cannot write into ${folder}`, {
      hint: 'give a path in a folder that exists and can be written',
      cause,
    });
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new PagerError('OPTION', `--output: ${path} is a folder`, { hint: 'give the path of a file' });
  }
}

/** The document of --json: docs/run.md explains its fields. */
function document({ program, ...result }: RunResult, options: RunOptions) {
  const { resident, store, minMapping, cpu, core, faults, allowUnpaged } = options;
  return {
    options: { resident, store: redact(store), minMapping, cpu, core, faults, allowUnpaged },
    program: { ...program, args: [...program.args] },
    ...result,
  };
}
