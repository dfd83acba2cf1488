// Real servers of a test's own, on loopback alone: Redis and nginx.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { allowed, within } from '../budget.js';
import { find } from '../process/packages.js';

/** A real server of this test process's own, on 127.0.0.1; it dies with the process. */
export interface Server {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Its own directory, mode 0700. */
  readonly directory: string;
  /** Ends it and removes its directory. */
  stop(): Promise<void>;
  /** Sends a signal; of one that ends it, resolves when it has ended. Its directory stays. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again with the same port and directory, after `kill`; resolves when it answers. */
  restart(): Promise<void>;
}

export interface Cluster {
  readonly url: string;
  readonly nodes: readonly Server[];
  stop(): Promise<void>;
}

const START_BUDGET = 20_000;
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param options.args further arguments; by default it keeps what it holds over a restart, by an append-only file */
export async function startRedis(options: { port?: number; args?: readonly string[] } = {}): Promise<Server> {
  const port = options.port ?? (await freePort());
  const directory = makeDirectory('redis');
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  args.push('--daemonize', 'no', '--appendonly', 'yes', '--appendfsync', 'no', ...(options.args ?? []));
  return startServer(find('redis-server'), args, `redis://127.0.0.1:${port}`, port, directory, isLoaded);
}

export async function startRedisCluster(count = 3): Promise<Cluster> {
  const cli = find('redis-cli');
  const nodes: Server[] = [];
  try {
    for (let at = 0; at < count; at++) {
      nodes.push(await startRedis({ args: ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'] }));
    }
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
    const create = ['--cluster', 'create', ...addresses, '--cluster-replicas', '0', '--cluster-yes'];
    execFileSync(cli, create, { stdio: 'pipe', timeout: START_BUDGET });
    const isUp = ({ port }: Server) =>
      String(execFileSync(cli, ['-p', String(port), 'cluster', 'info'], { timeout: START_BUDGET })).includes(
        'cluster_state:ok',
      );
    await until(() => nodes.every(isUp), 'the cluster');
    const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())));
    return { url: `redis-cluster://${addresses.join(',')}`, nodes, stop };
  } catch (error) {
    await Promise.all(nodes.map((node) => node.stop()));
    throw error;
  }
}

/**
 * nginx over one directory.
 * @param options.root what it serves
 * @param options.locations further lines for its `server` block
 */
export async function startNginx(options: { root: string; locations?: string }): Promise<Server> {
  const port = await freePort();
  const directory = makeDirectory('nginx');
  const config = path.join(directory, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const lines = [
    // One process under one pid; fine for a test.
    'daemon off; master_process off;',
    `pid ${directory}/nginx.pid; error_log ${directory}/error.log;`,
    'events { worker_connections 256; }',
    `http { access_log off; ${temporary.map((name) => `${name}_temp_path ${directory}/${name};`).join(' ')}`,
    `server { listen 127.0.0.1:${port}; root ${options.root}; ${options.locations ?? ''} } }`,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const args = ['-p', directory, '-c', config, '-e', path.join(directory, 'error.log')];
  return startServer(find('nginx'), args, `http://127.0.0.1:${port}`, port, directory);
}

function makeDirectory(name: string): string {
  // mkdtemp makes it with mode 0700.
  return mkdtempSync(path.join(tmpdir(), `farpage-${name}-`));
}

async function startServer(
  binary: string,
  args: readonly string[],
  url: string,
  port: number,
  directory: string,
  answers = accepts,
): Promise<Server> {
  let child = await launch(binary, args, port, answers);
  const kill = async (signal: NodeJS.Signals) => {
    const ended = hasEnded(child) ? Promise.resolve() : new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await within(START_BUDGET, ended, `the end of ${binary}`);
  };
  return {
    url,
    port,
    directory,
    get pid() {
      return child.pid ?? -1;
    },
    kill,
    async stop() {
      await kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
    async restart() {
      if (!hasEnded(child)) throw new Error(`${binary} still runs: kill it first`);
      child = await launch(binary, args, port, answers);
    },
  };
}

async function launch(
  binary: string,
  args: readonly string[],
  port: number,
  answers: (port: number) => Promise<boolean>,
): Promise<ChildProcess> {
  // The kernel ends it when this process is killed without a word; `setpriv` becomes the server, so the pid is right.
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));
  const [command = binary, ...rest] =
    setpriv === undefined ? [binary, ...args] : [setpriv, '--pdeathsig', 'KILL', '--', binary, ...args];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      printed = (printed + text.toString('latin1')).slice(-4000);
    });
  }
  child.once('exit', () => running.delete(child));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const isReady = async () => {
    if (hasEnded(child)) throw new Error(`${binary} ended: ${printed}`);
    return answers(port);
  };
  await until(isReady, `${binary} on port ${port}`);
  return child;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Asks until the answer is yes, for `ms` at the machine's usual speed. */
export async function until(ask: () => boolean | Promise<boolean>, what: string, ms = START_BUDGET): Promise<void> {
  const limit = allowed(ms);
  const end = performance.now() + limit;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${limit} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Redis listens while it still reads its append-only file, and refuses commands until then. */
function isLoaded(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(!answer.toString('latin1').startsWith('-LOADING'));
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

/** A port that is free together with the one 10000 above, which Redis takes for its cluster. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await canListen(port)) && (await canListen(port + 10_000))) return port;
  }
  throw new Error('found no free port');
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
