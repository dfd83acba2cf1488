// Chooses the options of the process's command line that the loop's thread inherits. A Worker would inherit all: the
// program's preloads would run again, `--input-type` make its file an error, `--inspect-brk` stop it for ever.
import type { WorkerOptions } from 'node:worker_threads';

/** Options about connections, which stores use, and about how a store's module is found. */
const KEPT_FLAGS: ReadonlySet<string> = new Set([
  '--enable-source-maps',
  '--insecure-http-parser',
  '--network-family-autoselection',
  '--no-network-family-autoselection',
  '--no-deprecation',
  '--no-warnings',
  '--preserve-symlinks',
  ...['1.0', '1.1', '1.2', '1.3'].map((version) => `--tls-min-v${version}`),
  ...['1.2', '1.3'].map((version) => `--tls-max-v${version}`),
]);
const KEPT_VALUES: ReadonlySet<string> = new Set([
  '-C',
  '--conditions',
  '--disable-warning',
  '--dns-result-order',
  '--max-http-header-size',
  '--network-family-autoselection-attempt-timeout',
]);

/** @param execArgv as `process.execArgv` gives it @param env as `process.env` */
export function threadOptions(execArgv: readonly string[], env: NodeJS.ProcessEnv): WorkerOptions {
  const { NODE_OPTIONS = '', ...rest } = env;
  return { execArgv: keptOf([...NODE_OPTIONS.split(/\s+/), ...execArgv]), env: rest };
}

function keptOf(flags: readonly string[]): string[] {
  const kept: string[] = [];
  for (const [index, flag] of flags.entries()) {
    const name = flag.split('=', 1)[0] ?? flag;
    if (KEPT_FLAGS.has(flag)) kept.push(flag);
    if (!KEPT_VALUES.has(name)) continue;
    const value = flags[index + 1];
    if (flag !== name) kept.push(flag);
    else if (value !== undefined) kept.push(flag, value);
  }
  return kept;
}
