// Declares `farpage home` and `farpage join` for commander.
import type { Command } from 'commander';
import type { ExitCode } from './exit.js';
import type { HomeFlags } from './home.js';
import type { JoinFlags } from './join.js';
import { METRICS } from './others.js';
import { tlsOptions } from './tls.js';

export function addHome(program: Command, end: (code: ExitCode) => void): void {
  const home = program
    .command('home')
    .description('Keeps regions that processes and hosts share (pager.join), and knows which of them has which page.')
    .requiredOption('--listen <url>', 'where nodes connect: tcp://host:port (port 0: any), unix:/path')
    .option('--store <url>', "where pages go: file:/path, redis://… (default: this process's memory)")
    .option(
      '--journal <place>',
      'where it is written who has what, so that a home started again continues: a file (it needs --store), or redis://host:port?prefix=NAME:, with the pages, for homes on several hosts (default: none)',
    )
    .option(
      '--journal-replicas <n>',
      'how many replicas of that Redis must have what is written before a node hears it',
      '0',
    )
    .option('--token-file <file>', 'a file with the secret that each node must know (default: none)')
    .option('--lease <ms>', 'milliseconds after which a node that is silent is taken out', '2000')
    .option('--metrics <address>', METRICS);
  tlsOptions(home).action(async (flags: HomeFlags) => {
    const { homeCommand } = await import('./home.js');
    end(await homeCommand(flags));
  });
}

export function addJoin(program: Command, end: (code: ExitCode) => void): void {
  const join = program
    .command('join')
    .description('Measures a home from here: what a touch of a page that hosts share waits for. No byte changes.')
    .argument('<url...>', 'where the home listens: tcp://host:port, unix:/path; all homes, if there are several')
    .requiredOption('--name <name>', "the region's name at the home; it is made if there is none")
    .requiredOption('--size <size>', "the region's length, '8MiB'")
    .requiredOption('--bench', 'measure: nothing else is done here')
    .option('--token-file <file>', 'a file with the secret of the home (default: none)')
    .option('--json', 'print one JSON document');
  tlsOptions(join).action(async (urls: string[], flags: JoinFlags) => {
    const { joinCommand } = await import('./join.js');
    end(await joinCommand(urls, flags));
  });
}
