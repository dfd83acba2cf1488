// Starts a Redis server of the benchmark's own.
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Skip } from './harness.js';

export interface RedisServer {
  port: number;
  url: string;
  flush(): Promise<void>;
  stop(): void;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** One inline command over a socket of its own: nothing here needs a client. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.setTimeout(30_000, () => socket.destroy(new Error(`Redis did not answer ${command}`)));
    socket.on('error', reject);
    socket.on('data', (reply) => {
      socket.destroy();
      resolve(reply.toString());
    });
  });
}

/** A server of our own on loopback, pinned, that keeps nothing on disk. */
export async function startRedis(context: Context, cpu: number): Promise<RedisServer> {
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  for (const program of ['redis-server', 'valkey-server']) {
    const child = spawn('taskset', ['-c', String(cpu), program, ...settings], { stdio: 'ignore', cwd: context.folder });
    let ended = false;
    const gone = new Promise<void>((resolve) => {
      const end = () => {
        ended = true;
        resolve();
      };
      child.on('exit', end);
      child.on('error', end);
    });
    context.onCleanup(() => child.kill('SIGKILL'));
    for (let tries = 0; tries < 200 && !ended; tries++) {
      const reply = await ask(port, 'PING').catch(() => '');
      if (reply.startsWith('+PONG')) {
        const flush = async () => {
          const answer = await ask(port, 'FLUSHALL SYNC');
          if (!answer.startsWith('+OK')) throw new Error(`Redis: ${answer}`);
        };
        return { port, url: `redis://127.0.0.1:${port}`, flush, stop: () => void child.kill('SIGKILL') };
      }
      await Promise.race([gone, sleep(25)]);
    }
  }
  throw new Skip('no redis-server or valkey-server (Debian: apt-get install redis-server)');
}
