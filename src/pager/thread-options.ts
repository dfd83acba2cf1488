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

/** Options that load a module before the program, and the modules by which Yarn's Plug'n'Play finds packages. */
const PRELOADS: ReadonlySet<string> = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader']);
const PLUG_N_PLAY = /(?:^|[/\\])\.pnp\.(?:cjs|loader\.mjs)$/;

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
    const value = flag === name ? flags[index + 1] : flag.slice(name.length + 1);
    if (value === undefined || !(KEPT_VALUES.has(name) || findsPackages(name, value))) continue;
    if (flag !== name) kept.push(flag);
    else kept.push(flag, value);
  }
  return kept;
}

function findsPackages(name: string, value: string): boolean {
  return PRELOADS.has(name) && PLUG_N_PLAY.test(value);
}

/** The options of Plug'n'Play in NODE_OPTIONS, without which Node.js finds none of our packages. */
export function packageOptions(env: NodeJS.ProcessEnv): string[] {
  const flags = (env.NODE_OPTIONS ?? '').split(/\s+/);
  return flags.flatMap((flag, index) => {
    const value = flags[index + 1];
    return value !== undefined && findsPackages(flag, value) ? [flag, value] : [];
  });
}
