// Serves criu restore --lazy-pages: takes each task's userfaultfd at the socket, and its pages from the checkpoint.
import type { RegionStats } from '../core/stats.js';
import { describeError, failureLine, PagerError } from '../errors.js';
import { openLiveView } from '../live/server.js';
import { expose } from '../metrics/exposition.js';
import { MetricsServer } from '../metrics/server.js';
import { native } from '../native/native.js';
import type { ProcessPager } from '../pager/process-pager.js';
import { writeWorkingSet } from '../pager/working-set.js';
import { Acceptor } from '../userfaultfd/accept.js';
import type { DescriptorServer, DescriptorSocket, Received } from '../userfaultfd/index.js';
import { listenAfresh } from '../userfaultfd/listen.js';
import { textOf } from '../web/listen.js';
import { Checkpoint } from './checkpoint.js';
import { PAGE } from './image-folder.js';
import { openFolder } from './images-place.js';
import type { CheckedCriu } from './options.js';
import { openPager } from './pager.js';
import { receiveRest } from './receive-rest.js';
import type { CriuReport, PageServerReport, RestoreReport, TaskReport } from './report.js';
import { ended } from './restore-end.js';
import { RestoreWords, type Word } from './restore-words.js';

const STDERR = 2;
/** Milliseconds between two looks whether all tasks have ended. */
const LOOK = 500;

/** A task that is served. */
interface Member {
  space: number;
  pid: number;
  /** As received, beside the loop's own: should the loop end in disorder, the keeper still has this one. */
  userfaultfd: number;
  pages: number;
  began: number;
  /** Its restore has ended: it has all of its memory, and what is left can be brought in. */
  restored: boolean;
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
  const checkpoint = await Checkpoint.open(await openFolder(options.images), options.pageServer !== null);
  let server: Server | undefined;
  const closers: Array<() => unknown> = [() => checkpoint.close()];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const pager = await openPager(options, checkpoint);
    closers.push(() => pager.close());
    // A pager that is killed must not leave tasks that read zeros.
    native().startKeeper('', STDERR);
    if (options.metrics !== null) {
      const metrics = await MetricsServer.listen(options.metrics, '--metrics', () => expose([pager.subject()]));
      closers.push(() => metrics.close());
      say(`metrics at ${metrics.url}`);
    }
    if (options.live !== null) {
      const core = pager.liveCore((space) => server?.nameOf(space));
      const live = await openLiveView({ title: 'farpage criu', cores: () => [core] }, options.live, '--live');
      closers.push(() => live.close());
      say(`live view at ${live.url}`);
    }
    const door = await listenAfresh(options.socket);
    closers.push(() => door.close());
    const serving = new Server(options, checkpoint, pager, door, say);
    server = serving;
    return { report: serving.run().finally(close), enough: () => serving.enough(), stop: () => serving.stop() };
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
  /**
   * Descriptors of tasks that cannot be served: they wait, and read no zeros. Never closed: a task may run, because its criu restore had
   * finished before it was refused. When this process has ended the keeper waits for those that do.
   */
  readonly #refused: number[] = [];
  /** Aborted when no more restores are taken: ends the waits for peers that have sent nothing. */
  readonly #silent = new AbortController();
  /** The one restore without `keep` has begun. */
  #taken = false;
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

  /** For people. */
  nameOf(space: number): string | undefined {
    const member = this.#members.get(space);
    return member === undefined ? undefined : nameOf(member.pid);
  }

  enough(): void {
    this.#door.close();
  }

  stop(): void {
    this.enough();
    this.#silent.abort();
    this.#push = true;
    // Those of restores that go on follow when these have ended.
    this.#noted(this.#pushAll([...this.#members.values()].filter(({ restored }) => restored)));
  }

  async run(): Promise<CriuReport> {
    const { images, socket, core } = this.#options;
    this.#say(`serving ${images.name} at ${socket}`);
    const underWay: Array<Promise<void>> = [];
    const acceptor = new Acceptor(this.#door, this.#say);
    for (let next = await acceptor.next(); next !== null; next = await acceptor.next()) {
      underWay.push(this.#take(next));
    }
    await Promise.all(underWay);
    await this.#alone();
    const pageServer = await this.#leavePageServer();
    const lost = await this.#lostPages();
    const recorded = await this.#writeRecord();
    const { files, remote } = this.#checkpoint;
    const reports = { restores: this.#restores, tasks: this.#tasks, stats: this.#pager.stats() };
    return {
      images: images.name,
      files: files.length + remote.length,
      socket,
      core,
      pageServer,
      lost,
      recorded,
      ...reports,
    };
  }

  // CRIU ends the dumped tasks when it learns that no more pages are needed, and lets them run on when the connection is reset.
  async #leavePageServer(): Promise<PageServerReport | null> {
    const { pageServer } = this.#options;
    if (pageServer === null) return null;
    const address = textOf(pageServer);
    const protocol = pageServer.protocol ?? this.#checkpoint.protocol;
    if (!this.#restores.some(({ finished }) => finished)) {
      const reason = 'no restore has finished';
      this.#say(`${reason}: the page server at ${address} is not notified that its tasks may end`);
      return { address, protocol, reason };
    }
    try {
      await this.#pager.finishPages();
      return { address, protocol, reason: null };
    } catch (error) {
      this.#say(`the page server at ${address} is not notified that its tasks may end: ${failureLine(error)}`);
      return { address, protocol, reason: describeError(error) };
    }
  }

  // Why pages of images on another host could not be read, for good.
  async #lostPages(): Promise<string | null> {
    return this.#checkpoint.remote.length === 0 ? null : this.#pager.lostPages();
  }

  async #writeRecord(): Promise<number | null> {
    const { record } = this.#options;
    if (record === null) return null;
    const pages = await this.#pager.firstTouches();
    try {
      await writeWorkingSet(record, { pageSize: PAGE, pages });
      return pages.length;
    } catch (error) {
      this.#say(failureLine(error));
      return null;
    }
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

  // A peer that sends nothing is no restore: another server looks so whether this one still listens.
  async #take(socket: DescriptorSocket): Promise<void> {
    const { pid } = socket.peer;
    try {
      const first = await this.#firstOf(socket);
      if (first === null) this.#say(`process ${pid} has connected and sent nothing: it is no criu restore`);
      else if (this.#mayBegin()) await this.#restore(socket, first);
      else {
        this.#refused.push(...first.descriptors);
        this.#say(`criu restore ${pid} is refused: another one is served, and no more than one without --keep`);
      }
    } catch (error) {
      this.#say(`process ${pid} at the socket: ${failureLine(error)}`);
    } finally {
      this.#refused.push(...(await receiveRest(socket, this.#say)));
      socket.close();
    }
  }

  // Null: the peer has sent nothing before it closed, or before no more restores were taken.
  async #firstOf(socket: DescriptorSocket): Promise<Received | null> {
    const { signal } = this.#silent;
    try {
      return await socket.receive({ signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    // What has come by now counts: with its descriptors lost, tasks would read zeros.
    const last = new AbortController();
    setImmediate(() => last.abort());
    return socket.receive({ signal: last.signal }).catch(() => null);
  }

  // As criu lazy-pages: a second restore at this socket is refused.
  #mayBegin(): boolean {
    if (this.#options.keep) return true;
    if (this.#taken) return false;
    this.#taken = true;
    this.#door.close();
    this.#silent.abort();
    return true;
  }

  async #restore(socket: DescriptorSocket, first: Received): Promise<void> {
    const number = this.#restores.length + 1;
    const { pid } = socket.peer;
    const report: RestoreReport = { number, pid, finished: false, reason: null, tasks: 0, zombies: 0 };
    this.#restores.push(report);
    const begun: Member[] = [];
    try {
      await this.#listen(socket, first, report, begun);
      const zombies = report.zombies === 0 ? '' : `, ${report.zombies} zombies`;
      this.#say(`restore ${number}: ${report.tasks} tasks${zombies}; criu restore has finished`);
    } catch (error) {
      report.reason = describeError(error);
      this.#say(`restore ${number} (criu restore: ${pid}): ${failureLine(error)}`);
    }
    for (const member of begun) member.restored = true;
    // Also what a failed restore has begun: criu kills its tasks, and one that it could not kill has its memory.
    if (!this.#push) return;
    if (report.finished) await ended(pid);
    await this.#pushAll(begun);
  }

  async #pushAll(members: readonly Member[]): Promise<void> {
    await this.#pager.push(members.map(({ space }) => space));
  }

  async #listen(socket: DescriptorSocket, first: Received, report: RestoreReport, begun: Member[]): Promise<void> {
    const words = new RestoreWords();
    for (let received: Received | null = first; received !== null; received = await socket.receive()) {
      for (const word of this.#wordsOf(words, received)) {
        if (word.kind === 'task') {
          begun.push(await this.#begin(word));
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
    throw new PagerError('PROTOCOL', 'criu restore has closed the connection before it had finished', {
      hint: 'its log says why: criu restore -v4 -o FILE',
    });
  }

  #wordsOf(words: RestoreWords, received: Received): Word[] {
    try {
      return words.add(received);
    } catch (error) {
      this.#refused.push(...received.descriptors);
      throw error;
    }
  }

  async #begin({ pid, userfaultfd }: Extract<Word, { kind: 'task' }>): Promise<Member> {
    const task = this.#checkpoint.task(pid);
    if (task === undefined) {
      this.#refused.push(userfaultfd);
      throw new PagerError('PROTOCOL', `the checkpoint has no task ${pid}`, {
        hint: 'give --images the folder that criu restore has as -D',
      });
    }
    try {
      const space = await this.#pager.seed(userfaultfd, task.runs);
      const member = { space, pid, userfaultfd, pages: task.pages, began: performance.now(), restored: false };
      this.#members.set(space, member);
      return member;
    } catch (error) {
      this.#refused.push(userfaultfd);
      throw error;
    }
  }

  async #drained(space: number, left: boolean): Promise<void> {
    if (this.#leaving.has(space)) return;
    if (left) {
      const { pid = null } = this.#members.get(space) ?? {};
      this.#say(`some pages of ${nameOf(pid)} are not mapped there, or cannot be read; it is served until it ends`);
      return;
    }
    const leaving = { dead: false };
    this.#leaving.set(space, leaving);
    const stats = await this.#pager.release(space).finally(() => this.#leaving.delete(space));
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
    const stats = await this.#pager.end(space).finally(() => this.#leaving.delete(space));
    this.#left(space, 'ended', stats);
  }

  #left(space: number, ending: TaskReport['ending'], stats: RegionStats): void {
    const member = this.#members.get(space);
    this.#members.delete(space);
    if (member !== undefined) native().closeFile(member.userfaultfd);
    const { pid = null, pages = 0, began = performance.now() } = member ?? {};
    const seconds = (performance.now() - began) / 1000;
    this.#tasks.push({ pid, pages, ending, seconds, stats });
    if (pid !== null && ending === 'drained') {
      this.#say(`${nameOf(pid)}: all of its ${pages} pages are in memory after ${seconds.toFixed(2)} s`);
    }
  }

  // A failure is only reported: the loop, which has the tasks, goes on.
  #noted(work: Promise<void>): void {
    work.then(
      () => this.#settled(),
      (error: unknown) => this.#say(failureLine(error)),
    );
  }
}

function nameOf(pid: number | null): string {
  return pid === null ? 'a fork' : `task ${pid}`;
}
