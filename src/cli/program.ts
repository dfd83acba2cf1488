// Declares every command and option of `farpage` for commander; the work is in the other files of this folder.

import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { DEFAULT_OPS, DEFAULT_REGION, ENGINES, EVICTIONS, MEMORIES, READAHEADS } from '../experiment/options.js';
import { WORKLOADS } from '../experiment/pattern.js';
import { FAULTS } from '../options.js';
import { packageFile } from '../place.js';
import { redact } from '../redact.js';
import { put } from '../terminal/messages.js';
import type { BenchFlags } from './bench.js';
import { CommandLine } from './command-line.js';
import { doctor } from './doctor.js';
import { addExamples } from './examples.js';
import { EXIT, type ExitCode } from './exit.js';
import type { ExperimentWords } from './experiment-command.js';
import { addHome, addJoin } from './home-options.js';
import type { MergeFlags } from './image.js';
import type { ReceiveFlags, SendFlags } from './migrate.js';
import { addCriu, addServe, coreOption, LIVE, loopOption, METRICS } from './others.js';
import type { RunFlags } from './run.js';
import type { SnapshotFlags } from './snapshot.js';
import { tlsOptions } from './tls.js';
import type { TopFlags } from './top.js';
import type { TraceFlags } from './trace.js';

const EXIT_CODES = `
Start with 'farpage doctor', then 'farpage experiment --report'.
Exit codes: 0 done, 1 failed, 2 bad usage, 3 this machine cannot (with advice).`;

/** Runs the command of `argv`; resolves to an ExitCode, or to that of the program it ran.
 * @throws CommanderError for bad usage and after help, PagerError for the rest */
export async function run(argv: ReadonlyArray<string>): Promise<number> {
  let code: number = EXIT.done;
  const program = makeProgram((result) => {
    code = result;
  });
  await program.parseAsync(withOutput(argv));
  return code;
}

/** `run --json FILE -- …`, the older form. Without `--` a word after --json is the program. */
function withOutput(argv: readonly string[]): string[] {
  const words = [...argv];
  const end = words.indexOf('--');
  const equals = words.findIndex((word) => word.startsWith('--json='));
  if (words[2] === 'run' && equals > 2 && equals < end)
    words[equals] = `--output${words[equals]?.slice('--json'.length)}`;
  const at = words.indexOf('--json');
  const file = words[at + 1];
  const names = words[2] === 'run' && at > 2 && at + 1 < end && file !== undefined && !file.startsWith('-');
  if (names) words[at] = '--output';
  return words;
}

function makeProgram(end: (code: number) => void): Command {
  const program = new CommandLine('farpage')
    .description('Loads pages of memory as they are touched, and evicts them over a limit to a store of your choice.')
    .version(version())
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({
      writeErr: put,
      outputError: (text, write) => write(redact(text).replace(/^error: /, 'farpage: ')),
    })
    .showHelpAfterError("hint: see 'farpage --help', or --help after a command")
    .addHelpText('after', EXIT_CODES);
  program
    .command('doctor')
    .description('Shows what this machine offers, feature by feature, and how to get what is missing.')
    .option('--json', 'print the capabilities as one JSON document')
    .action(async (flags: { json?: boolean }) => end(await doctor(flags)));
  program
    .command('build')
    .description('Compiles the native parts of this package, where no prebuilt ones fit the machine.')
    .action(async () => {
      const { build } = await import('./build.js');
      end(await build());
    });
  addExperiment(program, end);
  addRun(program, end);
  program
    .command('bench')
    .description('Measures farpage and other programs that do the same work, in turn, and shows the ratios.')
    .argument('[question...]', 'the questions to ask (default: all)')
    .option('--json [file]', 'write JSON to a file, or without one to standard output')
    .option('--quick', 'fewer rounds and smaller regions: quick, but not a result to quote')
    .option('--list', 'list the questions, and how long each takes, and ask none')
    .option('--phases', 'show where the time of a fault goes, phase by phase, in place of the questions')
    .action(async (questions: string[], flags: BenchFlags) => {
      const { bench } = await import('./bench.js');
      end(await bench(questions, flags));
    });
  addConformance(program, end);
  addServe(program, end);
  addCriu(program, end);
  addMigrate(program, end);
  addHome(program, end);
  addJoin(program, end);
  addSnapshot(program, end);
  addImage(program, end);
  addRecords(program, end);
  addTrace(program, end);
  addDump(program, end);
  addTop(program, end);
  addExamples(program);
  return program;
}

function addSnapshot(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('snapshot')
    .description(
      'Writes an image of the memory of a program under run, or of a VM under serve, at one instant, while it runs.',
    )
    .requiredOption('--pid <number>', 'the process: of a program under run, or a VM monitor under serve')
    .requiredOption('--output <file|url>', 'where the image goes: a file, or a store: redis://…')
    .option('--stop [until]', "stop the whole program until the instant ('instant'), or until all is written ('all')")
    .option('--incremental-from <image>', 'write only what differs from this earlier image of the same process')
    .addOption(new Option('--format <name>', 'format of the image').choices(['image', 'mapped-ram']).default('image'))
    .option('--buffer <size>', 'most memory for pages that are copied and not written yet', '16MiB')
    .option('--json', 'print the report as one JSON document')
    .action(async (flags: SnapshotFlags) => {
      const { snapshotCommand } = await import('./snapshot.js');
      end(await snapshotCommand(flags));
    });
}

function addImage(program: Command, end: (code: ExitCode) => void): void {
  const image = program.command('image').description('Inspects, checks and merges images that snapshots have written.');
  const json = 'print one JSON document';
  image
    .command('info <image>')
    .description('Shows what an image holds, and which images it consists of.')
    .option('--json', json)
    .action(async (where: string, flags: { json?: boolean }) => {
      const { imageInfoCommand } = await import('./image.js');
      end(await imageInfoCommand(where, flags.json === true));
    });
  image
    .command('verify <image>')
    .description('Reads and checks every page of an image and of its parents.')
    .option('--json', json)
    .action(async (where: string, flags: { json?: boolean }) => {
      const { imageVerifyCommand } = await import('./image.js');
      end(await imageVerifyCommand(where, flags.json === true));
    });
  image
    .command('merge <image>')
    .description('Merges a chain, or a stream, into one whole image.')
    .requiredOption('--output <file|url>', 'where the image goes')
    .addOption(new Option('--format <name>', 'format of the image').choices(['image', 'mapped-ram']).default('image'))
    .option('--keep', 'keep all images of the chain, and the id of the newest one for the new image to stand in for it')
    .option('--json', json)
    .action(async (where: string, flags: MergeFlags) => {
      const { imageMergeCommand } = await import('./image.js');
      end(await imageMergeCommand(where, flags));
    });
}

function addMigrate(program: Command, end: (code: ExitCode) => void): void {
  const migrate = program.command('migrate').description("Moves a virtual machine's memory while it runs.");
  const line = (command: Command): Command =>
    tlsOptions(command)
      .option('--patience <seconds>', 'how long to retry a lost connection', '30')
      .option('--json', 'print the outcome as one JSON document at the end');
  line(migrate.command('send').description('Sends the memory of a guest that is being stopped, or has stopped.'))
    .requiredOption('--memory <file>', "the guest's memory: /proc/PID/fd/N of its memfd, or its backend's file")
    .requiredOption('--to <url>', 'where the receiver listens: tcp://host:port, unix:/path')
    .option('--qmp <path>', "QEMU's control socket: makes QEMU stop, and send its devices' state")
    .option('--devices <uri>', 'where the other QEMU waits for the devices, as QEMU writes it: tcp:host:port')
    .option('--bandwidth <size>', 'most bytes a second, not counting pages that a thread waits for (default: no cap)')
    .addOption(new Option('--compress <when>', 'LZ4, where it pays').choices(['auto', 'off']).default('auto'))
    .action(async (flags: SendFlags) => {
      const { migrateSend } = await import('./migrate.js');
      end(await migrateSend(flags));
    });
  line(migrate.command('receive').description("Receives a migration and serves the guest's memory."))
    .requiredOption('--from <url>', 'where to listen for the sender: tcp://host:port, unix:/path')
    .requiredOption('--socket <path>', 'the unix socket where the guest hands its memory over')
    .option(
      '--spool <folder>',
      "folder for the received pages: it must have room for all (default: the system's for temporary files)",
    )
    .option('--resident <size>', "most of the guest's memory that may be resident (default: all of it)")
    .option('--store <url>', 'where evicted pages go: memory:, file:/path, redis://…', 'memory:')
    .option(
      '--no-kill',
      'do not kill a process whose memory can no longer be served: it blocks at its next absent page',
    )
    .action(async (flags: ReceiveFlags) => {
      const { migrateReceive } = await import('./migrate.js');
      end(await migrateReceive(flags));
    });
}

/** The argument that names a record (FARPAGE_RECORD=FILE). */
function addRecords(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('replay')
    .description('Runs the core once more on a record, and compares what it does, up to the first difference.')
    .argument('<file>', 'a record: what a pager started with FARPAGE_RECORD=FILE has written')
    .option('--json', 'print the outcome as one JSON document')
    .action(async (file: string, flags: { json?: boolean }) => {
      const { replayCommand } = await import('./replay.js');
      end(await replayCommand(file, flags.json === true));
    });
}

function addTrace(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('trace')
    .description('Prints the events of a record, one per line.')
    .argument('<file>', 'a record: what a pager started with FARPAGE_RECORD=FILE has written')
    .option('--region <number>', 'events of this region only')
    .option('--page <number>', 'events of this page only')
    .option('--from <step>', 'the first step to print', '1')
    .option('--to <step>', 'the last step to print (default: the last one)')
    .option('--json', 'print the events as one JSON document')
    .action(async (file: string, flags: TraceFlags) => {
      const { traceCommand } = await import('./trace.js');
      end(await traceCommand(file, flags));
    });
}

function addDump(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('dump')
    .description(
      'Shows queues, frames, requests and regions of the pagers in a process, or of the pager that serves its memory.',
    )
    .requiredOption(
      '--pid <pid>',
      'a process that uses the library; one under run, or a VM monitor under serve; or the run or serve itself',
    )
    .option('--json', 'print the dump as one JSON document')
    .action(async (flags: { pid: string; json?: boolean }) => {
      const { dumpCommand } = await import('./dump.js');
      end(await dumpCommand(flags.pid, flags.json === true));
    });
}

function addTop(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('ls')
    .description(
      "Lists this user's processes that have pagers: programs that use the library, and commands of farpage.",
    )
    .option('--json', 'print the list as one JSON document')
    .action(async (flags: { json?: boolean }) => {
      const { lsCommand } = await import('./ls.js');
      end(await lsCommand(flags.json === true));
    });
  program
    .command('top')
    .description("Shows what the pagers of this user's processes do (root: of all users'), again and again.")
    .option('--interval <seconds>', 'seconds between two looks', '1')
    .option('--count <number>', 'how many tables (default: no end on a terminal, else one)')
    .option('--json', 'print one look as one JSON document')
    .action(async (flags: TopFlags) => {
      const { topCommand } = await import('./top.js');
      end(await topCommand(flags));
    });
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
    .addOption(new Option('--eviction <policy>', 'how victims are chosen').choices(EVICTIONS).default('s3-fifo'))
    .addOption(
      new Option('--readahead <policy>', 'which pages are loaded ahead').choices(READAHEADS).default('sequential'),
    )
    .option(
      '--page-size <size>',
      'unit of paging, a power of two from 4KiB to 2MiB (default: "4KiB", or 2MiB with huge memory)',
    )
    .addOption(new Option('--memory <kind>', 'the kind of memory of the region').choices(MEMORIES).default('anonymous'))
    .addOption(new Option('--engine <name>', 'how faults reach the pager').choices(ENGINES).default('auto'))
    .addOption(coreOption())
    .addOption(new Option('--faults <server>', 'who serves a fault (default: inline where that works)').choices(FAULTS))
    .option('--threads <count>', 'threads that touch, each on its own part of the region', '1')
    .option('--cpu <number>', "CPU to pin the pager's thread to (default: the scheduler decides)")
    .option('--no-populate', 'leave pages absent until the workload touches them (default: each is written once first)')
    .option('--live [address]', LIVE)
    .option('--metrics <address>', METRICS)
    .option('--stacks [count]', 'load before each access, and show where every COUNTth load (default: 10) waits')
    .option('--report [file]', 'write an HTML page with the figures: to that file, or to a new one')
    .option('--json', 'print the result as one JSON document')
    .addHelpText('after', "\nSizes: '64KiB', '512MiB', '8GiB'. Ctrl-C ends it and prints what was reached.")
    .action(async (flags: ExperimentWords) => {
      const { experiment } = await import('./experiment-command.js');
      end(await experiment(flags));
    });
}

function addRun(program: Command, end: (code: number) => void): void {
  program
    .command('run')
    .description('Runs an unmodified program, its large private memory paged under a limit.')
    .argument('<program...>', 'the program and its arguments, after --')
    .option('--resident <size>', 'most bytes that may be resident, of all its processes together', '256MiB')
    .option('--store <url>', 'where evicted pages go: memory:, file:/path, redis://…', 'memory:')
    .option('--min-mapping <size>', 'smaller mappings are not paged', '1MiB')
    .option('--cpu <number>', "CPU to pin the pager's thread to (default: it follows the program's faults)")
    .addOption(coreOption())
    .addOption(loopOption())
    .option('--live [address]', LIVE)
    .option('--metrics <address>', METRICS)
    .option('--allow-unpaged', 'run a program that cannot be paged (static, setuid) unpaged')
    .option('--json', "print the counters as one JSON document, after the program's output")
    .option('--output <file>', 'write that document to a file')
    .option('--table', 'print a table with the counters of each process below the summary')
    .option('--no-summary', 'print no summary at the end')
    .passThroughOptions()
    .addHelpText('after', "\nOutput, exit code and signals are the program's; two lines follow on stderr.")
    .action(async (argv: string[], flags: RunFlags) => {
      const { run: runProgram } = await import('./run.js');
      end(await runProgram(argv, flags));
    });
}

/** The version of the package that this file is part of. */
function version(): string {
  const text = readFileSync(packageFile('package.json'), 'utf8');
  const parsed: { version?: string } = JSON.parse(text);
  return parsed.version ?? 'unknown';
}
