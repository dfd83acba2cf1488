// Declares the commands that serve other processes' memory, and the options that commands share, for commander.
import { type Command, Option } from 'commander';
import type { ThinOptions, UploadOptions } from '../criu/index.js';
import { CORES, FAULTS } from '../options.js';
import type { ServeOptions } from '../serve/index.js';
import { PROTOCOLS } from '../store/page-server-wire.js';
import type { CriuFlags } from './criu.js';
import type { PageServerFlags } from './criu-pages.js';
import type { ExitCode } from './exit.js';
import { tlsOptions } from './tls.js';

const CHECKPOINT = 'the folder that criu dump wrote its images to (-D), or its http(s)://… or redis://… URL';

export const LIVE = 'show the pager at work in a browser, at HOST:PORT or any port of 127.0.0.1 (default: nowhere)';
export const METRICS = 'serve metrics for Prometheus over HTTP at HOST:PORT, or a port of 127.0.0.1 (default: nowhere)';

export function addServe(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('serve')
    .description("Pages virtual machines' memory from an image: takes a userfaultfd handed over as Firecracker does.")
    .requiredOption('--socket <path>', 'the unix socket to listen at')
    .requiredOption(
      '--image <file|url>',
      "where memory comes from: a file, http(s)://…, redis://…, or 'none' for zeros",
    )
    .option('--resident <size>', "most of each guest's memory that may be resident (default: all of it)")
    .option('--store <url>', 'where evicted pages go: memory:, file:/path, redis://…', 'memory:')
    .option('--record <file>', 'record which pages the first guest touches, in order')
    .option('--replay <file>', 'load the recorded pages ahead of the guest')
    .addOption(coreOption())
    .addOption(loopOption())
    .option('--live [address]', LIVE)
    .option('--metrics <address>', METRICS)
    .option('--once', 'end when the first session ends')
    .option(
      '--no-kill',
      'do not kill a process whose memory can no longer be served: it blocks at its next absent page',
    )
    .option('--cache <size>', 'most bytes of a remote image that are kept for other guests', '1GiB')
    .option('--ram-block <name>', "the RAM block to serve from QEMU's migration file (default: the usual names)")
    .option('--json', 'print the sessions as one JSON document at the end')
    .action(async (flags: ServeOptions & { json?: boolean }) => {
      const { serveCommand } = await import('./serve.js');
      end(await serveCommand(flags));
    });
}

export function addCriu(program: Command, end: (code: number) => void): void {
  const criu = tlsOptions(
    program
      .command('criu')
      .description('Restores processes lazily, in place of criu lazy-pages: their pages come as they touch them.')
      .argument(
        '[restore...]',
        'criu restore --lazy-pages and its arguments, after --: started once the socket listens',
      )
      .option('--images <folder|url>', CHECKPOINT)
      .option(
        '--work-dir <folder>',
        'where criu restore looks for the socket: its -W (default: the folder of the images)',
      )
      .option('--page-server <host:port>', 'where the pages are that criu dump --lazy-pages did not write')
      .addOption(protocolOption('as the CRIU that wrote the images')),
  )
    .option(
      '--patience <seconds>',
      'how long to retry a lost connection to the page server, or to the images (default: 30)',
    )
    .option('--no-push', 'bring in only pages that are touched, and serve until the tasks have ended')
    .option('--keep', 'serve any number of restores of these images, until interrupted')
    .addOption(new Option('--resident <size>').hideHelp())
    .addOption(new Option('--store <url>').hideHelp())
    .option('--record <file>', 'record which pages are touched first, in order; implies --no-push')
    .option('--replay <file>', 'bring in the recorded pages first, in their order')
    .addOption(coreOption())
    .addOption(loopOption())
    .option('--live [address]', LIVE)
    .option('--metrics <address>', METRICS)
    .option('--json', 'print the tasks as one JSON document at the end')
    .passThroughOptions()
    .action(async (restore: string[], flags: Partial<CriuFlags>, command: Command) => {
      const { images } = flags;
      // As a required option: this command's would be required of its subcommand, too.
      if (images === undefined) {
        const code = 'commander.missingMandatoryOptionValue';
        return command.error("error: required option '--images <folder|url>' not specified", { code });
      }
      const { criuCommand } = await import('./criu.js');
      return end(await criuCommand(restore, { ...flags, images }));
    });
  tlsOptions(
    criu
      .command('page-server')
      .description("Serves a checkpoint's pages to criu lazy-pages --page-server, or to farpage criu, of another host.")
      .requiredOption('--images <folder|url>', CHECKPOINT)
      .option('--listen <host:port>', 'where to listen (default: any port of 127.0.0.1)')
      .addOption(protocolOption('as the first request tells')),
  )
    .option('--keep', 'serve any number of clients, until interrupted')
    .option('--json', 'print the clients as one JSON document at the end')
    .action(async (flags: PageServerFlags) => {
      const { pageServerCommand } = await import('./criu-pages.js');
      end(await pageServerCommand(flags));
    });
  criu
    .command('upload')
    .description('Puts a checkpoint into Redis or Valkey, for farpage criu --images redis://… on other hosts.')
    .requiredOption('--images <folder|url>', CHECKPOINT)
    .requiredOption('--to <url>', 'where to: redis://host:port?prefix=TEXT, or env:NAME')
    .option('--replace', 'take the place of a checkpoint that is there')
    .option('--json', 'print what was uploaded as JSON at the end')
    .action(async (flags: UploadOptions & { json?: boolean }) => {
      const { uploadCommand } = await import('./criu-upload.js');
      end(await uploadCommand(flags));
    });
  criu
    .command('thin')
    .description('Copies a checkpoint without its lazy pages, for criu restore on a host that gets those from farpage.')
    .requiredOption('--images <folder>', 'the folder that criu dump wrote its images to (-D)')
    .requiredOption('--to <folder>', 'the new folder')
    .option('--json', 'print what was copied as JSON at the end')
    .action(async (flags: ThinOptions & { json?: boolean }) => {
      const { thinCommand } = await import('./criu-thin.js');
      end(await thinCommand(flags));
    });
}

function protocolOption(otherwise: string): Option {
  const text = `what the page server speaks: that of CRIU 4.2, or of 4.1 and before (default: ${otherwise})`;
  return new Option('--protocol <version>', text).choices(PROTOCOLS);
}

export function coreOption(): Option {
  return new Option('--core <host>', 'what runs the core').choices(CORES).default('auto');
}

/** Of commands that page other processes. */
export function loopOption(): Option {
  return new Option('--faults <server>', "who serves a fault: the pager's loop ('inline' works in experiment only)")
    .choices(FAULTS)
    .default('auto');
}
