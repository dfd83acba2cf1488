// Starts and commands the reaper, which kills the guests when this process has died: see native/programs/reaper.c.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { getSystemErrorName } from 'node:util';
import { PagerError } from '../errors.js';
import { nativePart } from '../native/native.js';

interface Ward {
  pid: number;
  start: string;
  userfaultfd: number;
  gone: () => void;
  added: (() => void) | undefined;
  refused: ((error: PagerError) => void) | undefined;
}

export class Reaper {
  readonly #kills: boolean;
  readonly #say: (line: string) => void;
  readonly #wards = new Map<number, Ward>();
  #child: ChildProcessByStdio<Writable, Readable, null>;
  #text = '';
  #ending = false;

  /** @param kills whether the processes left are killed when this one ends */
  constructor(kills: boolean, say: (line: string) => void) {
    this.#kills = kills;
    this.#say = say;
    this.#child = this.#start();
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /**
   * Watches a process from now on; `gone` is called once, when it has ended.
   * @throws (rejects) PagerError 'CLOSED' if it has ended already, or its pid names another process by now
   */
  async watch(id: number, pid: number, start: string | null, userfaultfd: number, gone: () => void): Promise<void> {
    if (start === null) throw ended(pid, 'ESRCH');
    await new Promise<void>((added, refused) => {
      this.#wards.set(id, { pid, start, userfaultfd, gone, added, refused });
      this.#tell(`add ${id} ${pid} ${start} ${userfaultfd}`);
    });
  }

  kill(id: number): void {
    this.#tell(`kill ${id}`);
  }

  forget(id: number): void {
    if (this.#wards.delete(id)) this.#tell(`remove ${id}`);
  }

  /** Ends the reaper; no process may be watched any more. */
  async end(): Promise<void> {
    this.#ending = true;
    const child = this.#child;
    await new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.stdin.end();
    });
  }

  #start(): ChildProcessByStdio<Writable, Readable, null> {
    // A session of its own: a signal to the server's process group must not end the reaper first.
    const child = spawn(nativePart('farpage-guardian'), this.#kills ? [] : ['--no-kill'], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {},
    });
    child.stdin.on('error', () => {}); // it has ended: its exit event reports that
    child.stdout.setEncoding('latin1');
    child.stdout.on('data', (text: string) => this.#hear(text));
    child.on('error', (error) => this.#lost(`cannot be started: ${error.message}`));
    child.on('exit', (code, signal) => this.#lost(`has ended (${signal ?? code})`));
    return child;
  }

  // The reaper was killed, not the guests: start another one.
  #lost(how: string): void {
    if (this.#ending) return;
    this.#say(`the reaper ${how}; another one takes over`);
    this.#text = '';
    setTimeout(() => {
      if (this.#ending) return;
      this.#child = this.#start();
      for (const [id, { pid, start, userfaultfd }] of this.#wards) {
        this.#tell(`add ${id} ${pid} ${start} ${userfaultfd}`);
      }
    }, 100);
  }

  #tell(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  #hear(text: string): void {
    this.#text += text;
    const lines = this.#text.split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      const [word, id, errno] = line.split(' ');
      const ward = this.#wards.get(Number(id));
      if (ward !== undefined) this.#heard(ward, Number(id), word ?? '', Number(errno ?? 0));
    }
  }

  #heard(ward: Ward, id: number, word: string, errno: number): void {
    const { added, refused, gone, pid } = ward;
    ward.added = undefined;
    ward.refused = undefined;
    if (word === 'added') {
      added?.();
    } else if (word === 'gone') {
      gone();
    } else if (refused !== undefined) {
      this.#wards.delete(id);
      refused(ended(pid, getSystemErrorName(-errno)));
    } else if (errno === 3) {
      gone(); // found dead by the reaper that took over
    } else {
      this.#say(`process ${pid} cannot be ended (${getSystemErrorName(-errno)})`);
    }
  }
}

function ended(pid: number, errno: string): PagerError {
  return new PagerError('CLOSED', `process ${pid} cannot be watched: it has ended, or is not this user's`, {
    errno,
    syscall: 'pidfd_open',
  });
}
