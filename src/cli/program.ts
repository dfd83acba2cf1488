import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { doctor } from './doctor.js';
import { EXIT, type ExitCode } from './exit.js';
import {
  DEFAULT_OPS,
  DEFAULT_REGION,
  ENGINES,
  EVICTIONS,
  type ExperimentFlags,
  MEMORIES,
  READAHEADS,
} from './experiment-options.js';
import { WORKLOADS } from './pattern.js';

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 bad usage, 3 this machine cannot (with advice).`;

/** Runs the command of `argv`. @throws CommanderError for bad usage and after help, PagerError for the rest */
export async function run(argv: ReadonlyArray<string>): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = makeProgram((result) => {
    code = result;
  });
  await program.parseAsync([...argv]);
  return code;
}

function makeProgram(end: (code: ExitCode) => void): Command {
  const program = new Command('farpage')
    .description('Pages memory of a process through userfaultfd, on a store of your choice.')
    .version(version())
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'farpage: ')) })
    .showHelpAfterError("hint: see 'farpage --help', or --help after a command")
    .addHelpText('after', EXIT_CODES);
  program
    .command('doctor')
    .description('What this machine can do, feature by feature, and how to get what is missing.')
    .option('--json', 'print the capabilities as one JSON document')
    .action(async (flags: { json?: boolean }) => end(await doctor(flags)));
  addExperiment(program, end);
  program
    .command('bench')
    .description('Measures each question beside its peers, in one run, as a ratio.')
    .argument('[question...]', 'the questions to ask (default: all)')
    .option('--json [file]', 'write JSON to a file, or without one to standard output')
    .option('--quick', 'fewer rounds and smaller regions: a look, not a result')
    .action(async (questions: string[], flags: { json?: string | true; quick?: boolean }) => {
      const { bench } = await import('./bench.js');
      end(await bench(questions, flags));
    });
  addConformance(program, end);
  return program;
}

function addConformance(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('conformance')
    .description("Runs the kernel's own list of userfaultfd tests, and more, through farpage/userfaultfd.")
    .argument('[test...]', 'the tests to run (default: all)')
    .option('--json', 'print the rows as one JSON document')
    .action(async (tests: string[], flags: { json?: boolean }) => {
      const { conformance } = await import('./conformance.js');
      end(await conformance(tests, flags));
    });
}

function addExperiment(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('experiment')
    .description('Runs one workload over one region, checks every byte it reads against a model, and reports.')
    .option(
      '--region <size>',
      `bytes of the region (default: "${DEFAULT_REGION}", or as long as a source that is a file)`,
    )
    .option('--resident <size>', 'most bytes that may be resident', '128MiB')
    .option('--store <url>', 'where evicted pages go: memory:, file:/path, redis://…', 'memory:')
    .option('--source <url>', "where pages' first bytes come from: none, file:/path, http(s)://…", 'none')
    .addOption(new Option('--workload <name>', 'order of the accesses').choices(WORKLOADS).default('random'))
    .option('--write-ratio <ratio>', 'share of the operations that write, 0 to 1', '0.3')
    .option('--ops <count>', 'operations, each of 512 bytes', String(DEFAULT_OPS))
    .option('--seed <number>', 'seed of the accesses and of what is written', '1')
    .addOption(new Option('--eviction <policy>', 'which pages go').choices(EVICTIONS).default('s3-fifo'))
    .addOption(new Option('--readahead <policy>', 'which pages come early').choices(READAHEADS).default('sequential'))
    .option(
      '--page-size <size>',
      'unit of paging, a power of two from 4KiB to 2MiB (default: "4KiB", or 2MiB with huge memory)',
    )
    .addOption(new Option('--memory <kind>', 'what the region lives in').choices(MEMORIES).default('anonymous'))
    .addOption(new Option('--engine <name>', 'how faults are caught').choices(ENGINES).default('auto'))
    .option('--threads <count>', 'threads that touch, each on its own part of the region', '1')
    .option('--cpu <number>', "CPU to pin the pager's thread to (default: the scheduler decides)")
    .option('--no-populate', 'leave pages absent until the workload touches them (default: each is written once first)')
    .option('--report <file>', 'write an HTML page with the figures')
    .option('--json', 'print the result as one JSON document')
    .addHelpText('after', "\nSizes take '64KiB', '512MiB', '8GiB'. Ctrl-C ends the run and prints what was reached.")
    .action(async (flags: ExperimentFlags & { json?: boolean }) => {
      const { experiment } = await import('./experiment-command.js');
      end(await experiment(flags));
    });
}

/** The version of the package that this file is part of. */
function version(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const parsed: { version?: string } = JSON.parse(text);
  return parsed.version ?? 'unknown';
}
