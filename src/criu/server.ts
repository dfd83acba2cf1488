// Serves criu restore --lazy-pages: takes each task's userfaultfd at the socket, and its pages from the checkpoint.
import type { RegionStats } from '../core/stats.js';
import { describeError, PagerError } from '../errors.js';
import { openLiveView } from '../live/server.js';
import { expose } from '../metrics/exposition.js';
import { MetricsServer } from '../metrics/server.js';
import { native } from '../native/native.js';
import { createProcessPager, type ProcessPager } from '../pager/process-pager.js';
import { Acceptor } from '../userfaultfd/accept.js';
import type { DescriptorServer, DescriptorSocket } from '../userfaultfd/index.js';
import { listenAfresh } from '../userfaultfd/listen.js';
import { Checkpoint } from './checkpoint.js';
import type { CheckedCriu } from './options.js';
import type { CriuReport, RestoreReport, TaskReport } from './report.js';
import { RestoreWords, type Word } from './restore-words.js';

const STDERR = 2;
/** Milliseconds between two looks whether all tasks have ended. */
const LOOK = 500;

/** A task that is served. */
interface Member {
  pid: number | null;
  pages: number;
  began: number;
  /** The process maps no more of its pages: it is served until it ends. */
  left: boolean;
}

export interface Serving {
  /** Settles when the server has ended. */
  readonly report: Promise<CriuReport>;
  /** Takes no more restores, and ends when those it has have ended. */
  enough(): void;
  /** As `enough`, and brings in all that is left. */
  stop(): void;
}

/**
 * Listens for criu restore.
 * @param say takes lines for people
 * @throws PagerError about the options or the checkpoint, before any process can connect
 */
export async function serveRestores(options: CheckedCriu, say: (line: string) => void): Promise<Serving> {
  const checkpoint = Checkpoint.open(options.images);
  const closers: Array<() => unknown> = [() => checkpoint.close()];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const pager = await createProcessPager({ core: options.core, pages: checkpoint.files });
    closers.push(() => pager.close());
    // A pager that is killed must not leave tasks that read zeros.
    native().startKeeper('', STDERR);
    if (options.metrics !== null) {
      const metrics = await MetricsServer.listen(options.metrics, '--metrics', () => expose([pager.subject()]));
      closers.push(() => metrics.close());
      say(`metrics at ${metrics.url}`);
    }
    if (options.live !== null) {
      const core = pager.liveCore(() => undefined);
      const live = await openLiveView({ title: 'farpage criu', cores: () => [core] }, options.live, '--live');
      closers.push(() => live.close());
      say(`live view at ${live.url}`);
    }
    const door = await listenAfresh(options.socket);
    closers.push(() => door.close());
    const server = new Server(options, checkpoint, pager, door, say);
    return { report: server.run().finally(close), enough: () => server.enough(), stop: () => server.stop() };
  } catch (error) {
    await close();
    throw error;
  }
}

class Server {
  readonly #options: CheckedCriu;
  readonly #checkpoint: Checkpoint;
  readonly #pager: ProcessPager;
  readonly #door: DescriptorServer;
  readonly #say: (line: string) => void;
  /** By the numbers of their spaces. */
  readonly #members = new Map<number, Member>();
  /** Spaces that the loop is asked to end: a fork may get the number of one that has ended. */
  readonly #leaving = new Map<number, { dead: boolean }>();
  readonly #restores: RestoreReport[] = [];
  readonly #tasks: TaskReport[] = [];
  /** Descriptors of tasks that cannot be served: they wait, and read no zeros, until criu restore has given up. */
  readonly #refused: number[] = [];
  #push: boolean;
  #settled: () => void = () => {};

  constructor(
    options: CheckedCriu,
    checkpoint: Checkpoint,
    pager: ProcessPager,
    door: DescriptorServer,
    say: (line: string) => void,
  ) {
    this.#options = options;
    this.#checkpoint = checkpoint;
    this.#pager = pager;
    this.#door = door;
    this.#say = say;
    this.#push = options.push;
    pager.onDead((space) => this.#noted(this.#dead(space)));
    pager.onDrained((space, left) => this.#noted(this.#drained(space, left)));
  }

  enough(): void {
    this.#door.close();
  }

  stop(): void {
    this.enough();
    this.#push = true;
    this.#noted(this.#pager.push([...this.#members.keys()]));
  }

  async run(): Promise<CriuReport> {
    const { images, socket, keep, core } = this.#options;
    this.#say(`serving ${images} at ${socket}`);
    const underWay: Array<Promise<void>> = [];
    const acceptor = new Acceptor(this.#door, this.#say);
    for (let next = await acceptor.next(); next !== null; next = await acceptor.next()) {
      underWay.push(this.#restore(next));
      // As criu lazy-pages: a second restore at this socket is refused.
      if (!keep) this.#door.close();
    }
    await Promise.all(underWay);
    await this.#alone();
    for (const fd of this.#refused) native().closeFile(fd);
    const { files } = this.#checkpoint;
    const reports = { restores: this.#restores, tasks: this.#tasks, stats: this.#pager.stats() };
    return { images, files: files.length, socket, core, ...reports };
  }

  // Resolves when no task is left.
  async #alone(): Promise<void> {
    // The loop's notices do not keep this process alive.
    const alive = setInterval(() => this.#settled(), LOOK);
    while (this.#pager.living > 0) {
      await new Promise<void>((resolve) => {
        this.#settled = resolve;
      });
    }
    clearInterval(alive);
  }

  async #restore(socket: DescriptorSocket): Promise<void> {
    const number = this.#restores.length + 1;
    const { pid } = socket.peer;
    const report: RestoreReport = { number, pid, finished: false, reason: null, tasks: 0, zombies: 0 };
    this.#restores.push(report);
    const spaces: number[] = [];
    try {
      await this.#listen(socket, report, spaces);
      const zombies = report.zombies === 0 ? '' : `, ${report.zombies} zombies`;
      this.#say(`restore ${number}: ${report.tasks} tasks${zombies}; criu restore has finished`);
    } catch (error) {
      report.reason = describeError(error);
      this.#say(`restore ${number} (criu restore: ${pid}): ${lineOf(error)}`);
    } finally {
      socket.close();
    }
    // Also what a failed restore has begun: criu kills its tasks, and one that it could not kill has its memory.
    if (this.#push) await this.#pager.push(spaces);
  }

  async #listen(socket: DescriptorSocket, report: RestoreReport, spaces: number[]): Promise<void> {
    const words = new RestoreWords();
    for (;;) {
      const received = await socket.receive();
      if (received === null) throw closedEarly(words.open || report.tasks + report.zombies > 0);
      for (const word of this.#wordsOf(words, received)) {
        if (word.kind === 'task') {
          spaces.push(await this.#begin(word));
          report.tasks++;
        } else if (word.kind === 'zombie') {
          report.zombies++;
        } else {
          report.finished = true;
          return;
        }
        if (report.tasks + report.zombies > this.#checkpoint.taskCount) {
          throw new PagerError(
            'PROTOCOL',
            `the restore has more than the checkpoint's ${this.#checkpoint.taskCount} tasks`,
          );
        }
      }
    }
  }

  #wordsOf(words: RestoreWords, received: Parameters<RestoreWords['add']>[0]): Word[] {
    try {
      return words.add(received);
    } catch (error) {
      this.#refused.push(...received.descriptors);
      throw error;
    }
  }

  async #begin({ pid, userfaultfd }: Extract<Word, { kind: 'task' }>): Promise<number> {
    const task = this.#checkpoint.task(pid);
    if (task === undefined) {
      this.#refused.push(userfaultfd);
      throw new PagerError('PROTOCOL', `the checkpoint has no task ${pid}`, {
        hint: 'give --images the folder that criu restore has as -D',
      });
    }
    try {
      const space = await this.#pager.seed(userfaultfd, task.runs);
      this.#members.set(space, { pid, pages: task.pages, began: performance.now(), left: false });
      native().closeFile(userfaultfd);
      return space;
    } catch (error) {
      this.#refused.push(userfaultfd);
      throw error;
    }
  }

  async #drained(space: number, left: boolean): Promise<void> {
    if (this.#leaving.has(space)) return;
    if (left) {
      const { pid = null } = this.#members.get(space) ?? {};
      this.#say(`${nameOf(pid)} does not map some of its pages; it is served until it ends`);
      return;
    }
    const leaving = { dead: false };
    this.#leaving.set(space, leaving);
    const stats = await this.#pager.release(space);
    this.#leaving.delete(space);
    if (stats !== null) this.#left(space, 'drained', stats);
    else if (leaving.dead) await this.#dead(space);
    else await this.#pager.push([space]);
  }

  async #dead(space: number): Promise<void> {
    const leaving = this.#leaving.get(space);
    if (leaving !== undefined) {
      leaving.dead = true;
      return;
    }
    this.#leaving.set(space, { dead: true });
    const stats = await this.#pager.end(space);
    this.#leaving.delete(space);
    this.#left(space, 'ended', stats);
  }

  #left(space: number, ending: TaskReport['ending'], stats: RegionStats): void {
    const member = this.#members.get(space);
    this.#members.delete(space);
    const { pid = null, pages = 0, began = performance.now() } = member ?? {};
    const seconds = (performance.now() - began) / 1000;
    this.#tasks.push({ pid, pages, ending, seconds, stats });
    if (pid !== null && ending === 'drained') {
      this.#say(`${nameOf(pid)}: all of its ${pages} pages are in memory after ${seconds.toFixed(2)} s`);
    }
  }

  // What the loop tells of is handled one after the other there; a failure ends the server.
  #noted(work: Promise<void>): void {
    work.then(
      () => this.#settled(),
      (error: unknown) => this.#say(lineOf(error)),
    );
  }
}

function nameOf(pid: number | null): string {
  return pid === null ? 'a fork' : `task ${pid}`;
}

function closedEarly(begun: boolean): PagerError {
  return new PagerError(
    'PROTOCOL',
    `criu restore has closed the connection ${begun ? 'before it had finished' : 'at once'}`,
    {
      hint: 'its log says why: criu restore -v4 -o FILE',
    },
  );
}

function lineOf(error: unknown): string {
  const { errno, syscall, hint } = error instanceof PagerError ? error : {};
  const system = [errno, syscall].filter((part) => part !== undefined).join(' ');
  const what = system === '' ? describeError(error) : `${describeError(error)} (${system})`;
  return hint === undefined ? what : `${what}; ${hint}`;
}
