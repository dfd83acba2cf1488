// Starts `farpage home` for the examples, at any port of this host.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./bin/farpage.js', import.meta.resolve('farpage/package.json')));

export async function startHome(...args) {
  const words = [MAIN, 'home', '--listen', 'tcp://127.0.0.1:0', ...args];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill());
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /home at (\S+)/.exec(line) ?? [];
    if (url !== undefined) return { url, stop: () => child.kill() };
  }
  throw new Error('the home has not started');
}
