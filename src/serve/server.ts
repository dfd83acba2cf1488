// Listens for guests, runs a session for each, and ends a guest whose session failed.
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlServer } from '../control/server.js';
import { describeError, failureLine, PagerError } from '../errors.js';
import { identityOf } from '../linux/identity.js';
import { startOf } from '../linux/process-tree.js';
import { openLiveView } from '../live/server.js';
import type { LiveCore } from '../live/source.js';
import { expose } from '../metrics/exposition.js';
import { MetricsServer } from '../metrics/server.js';
import { readWorkingSet, type WorkingSet, writeWorkingSet } from '../pager/working-set.js';
import { Acceptor } from '../userfaultfd/accept.js';
import type { DescriptorServer, DescriptorSocket } from '../userfaultfd/index.js';
import { listenAfresh } from '../userfaultfd/listen.js';
import { describeHandOff, type Ending, Guest } from './guest.js';
import type { GuestImage } from './image.js';
import { type CheckedServe, checkServe, type ServeOptions } from './options.js';
import { type Origin, ServedImage } from './origin.js';
import { nameOf } from './peer.js';
import { Reaper } from './reaper.js';
import { closeReception, type Reception, receiveHandOff } from './reception.js';
import type { ServeReport, SessionReport } from './report.js';
import { Subjects } from './subjects.js';

/** Milliseconds within which a killed process must be gone. */
const KILL_PATIENCE = 5000;
/** Milliseconds within which a loop's events arrive here. */
const NEWS_PATIENCE = 50;
/** Milliseconds from the end of an address space to the end of its process: its memory is freed in between. */
const EXIT_PATIENCE = 5000;

/** A connection, from its first message to its last. */
interface Visit {
  number: number;
  pid: number;
  start: string | null;
  /** See src/linux/identity.ts; '' if it had ended already. */
  identity: string;
  name: string;
  socket: DescriptorSocket;
  reception: Reception;
  /** Settles when its process has ended. */
  gone: Promise<void>;
  /** Ends its session. */
  finish: (ending: Ending, why: string | null) => void;
  finished: Promise<{ ending: Ending; why: string | null }>;
  /** null: before and after it is served. */
  guest: Guest | null;
}

export interface Serving {
  /** Settles when the server has ended: after the first session with `once`, else when it is stopped. */
  readonly report: Promise<ServeReport>;
  /** Ends all sessions, and the server. */
  stop(): void;
}

/**
 * Listens for hand-offs, and serves each guest.
 * @param say takes lines for people
 * @throws PagerError about the options, before any process can connect
 */
export async function serve(options: ServeOptions, say: (line: string) => void): Promise<Serving> {
  const checked = checkServe(options);
  return serveFrom(await ServedImage.open(checked, say), checked, say);
}

/** The same for an origin that is open already; it is closed with the server. */
export async function serveFrom(origin: Origin, checked: CheckedServe, say: (line: string) => void): Promise<Serving> {
  const workingSet = checked.replay === null ? null : await readWorkingSet(checked.replay);
  let server: Server | undefined;
  const views: Array<{ close(): Promise<void> }> = [];
  const close = () => Promise.all(views.map((view) => view.close()));
  try {
    if (checked.metrics !== null) {
      const metrics = await MetricsServer.listen(checked.metrics, '--metrics', () => server?.metrics() ?? '');
      views.push(metrics);
      say(`metrics at ${metrics.url}`);
    }
    if (checked.live !== null) {
      const source = { title: 'farpage serve', cores: () => server?.liveCores() ?? [] };
      const live = await openLiveView(source, checked.live, '--live');
      views.push(live);
      say(`live view at ${live.url}`);
    }
    const door = await listenAfresh(checked.socket);
    server = new Server(checked, origin, workingSet, door, say);
  } catch (error) {
    await close();
    throw error;
  }
  const { report } = server;
  return { report: report.finally(close), stop: () => server?.stop() };
}

class Server implements Serving {
  readonly report: Promise<ServeReport>;
  readonly #options: CheckedServe;
  readonly #origin: Origin;
  readonly #workingSet: WorkingSet | null;
  readonly #door: DescriptorServer;
  readonly #reaper: Reaper;
  readonly #say: (line: string) => void;
  readonly #visits = new Set<Visit>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #sessions: SessionReport[] = [];
  /** Kept open under --no-kill, so that blocked threads stay blocked and read no zeros. */
  readonly #left: Reception[] = [];
  #numbers = 0;
  #refused = 0;
  #recorder: number | undefined;
  #stopped = false;

  constructor(
    options: CheckedServe,
    origin: Origin,
    workingSet: WorkingSet | null,
    door: DescriptorServer,
    say: (line: string) => void,
  ) {
    this.#options = options;
    this.#origin = origin;
    this.#workingSet = workingSet;
    this.#door = door;
    this.#say = say;
    this.#reaper = new Reaper(options.kill, say);
    this.report = this.#run();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#door.close();
    for (const { finish, pid, start } of this.#visits) {
      // The event of its end may still be in flight.
      if (startOf(pid) === start) finish('interrupted', 'the server was asked to end');
    }
  }

  async #run(): Promise<ServeReport> {
    this.#say(`serving ${this.#origin.name} at ${this.#options.socket}`);
    const control = await this.#openControl();
    try {
      await this.#accept();
      this.#door.close();
      await Promise.all(this.#underWay);
    } finally {
      this.#door.close();
      await control?.close();
      for (const reception of this.#left) closeReception(reception);
      await this.#reaper.end();
    }
    const counts = await this.#origin.counts();
    await this.#origin.close();
    return {
      image: this.#origin.name,
      socket: this.#options.socket,
      core: this.#options.core,
      sessions: this.#sessions,
      refused: this.#refused,
      fetched: counts,
    };
  }

  /** Of all guests that are served now. */
  liveCores(): LiveCore[] {
    return [...this.#visits].flatMap(({ number, pid, name, guest }) =>
      guest === null ? [] : guest.liveCore(`session ${number}, ${name} (${pid})`),
    );
  }

  /** Of all guests that are served now. */
  metrics(): string {
    const subjects = [...this.#visits].flatMap(({ number, pid, guest }) =>
      guest === null ? [] : guest.subject({ session: String(number), pid: String(pid) }),
    );
    return expose(subjects);
  }

  // Without a control socket the server still serves; only snapshots do not find it.
  async #openControl(): Promise<ControlServer | null> {
    const guests = () =>
      [...this.#visits].flatMap(({ identity, pid, name, guest }) =>
        guest === null ? [] : { identity, pid, name, guest },
      );
    try {
      return await ControlServer.open(new Subjects(guests));
    } catch (error) {
      this.#say(`farpage snapshot will not find this server: ${failureLine(error)}`);
      return null;
    }
  }

  async #accept(): Promise<void> {
    const acceptor = new Acceptor(this.#door, this.#say);
    while (!this.#stopped) {
      const socket = await acceptor.next();
      if (socket === null) return;
      const visit = this.#visit(socket);
      this.#underWay.add(visit);
      visit.finally(() => this.#underWay.delete(visit));
    }
  }

  async #visit(socket: DescriptorSocket): Promise<void> {
    const { pid } = socket.peer;
    // At once, before the process can end and its pid be reused.
    const start = startOf(pid);
    const identity = identityOf(pid) ?? '';
    const reception = await receiveHandOff(socket);
    let finish: Visit['finish'] = () => {};
    const finished = new Promise<Awaited<Visit['finished']>>((resolve) => {
      finish = (ending, why) => resolve({ ending, why });
    });
    let leave = (): void => {};
    const gone = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const number = ++this.#numbers;
    const visit: Visit = {
      number,
      pid,
      start,
      identity,
      name: nameOf(pid),
      socket,
      reception,
      gone,
      finish,
      finished,
      guest: null,
    };
    try {
      if (reception.userfaultfd < 0) {
        this.#refused++;
        this.#say(`process ${pid} (${visit.name}): ${refusalOf(reception)}`);
        return;
      }
      this.#visits.add(visit);
      if (this.#stopped) finish('interrupted', 'the server was asked to end');
      await this.#reaper.watch(number, pid, start, reception.userfaultfd, () => {
        leave();
        // A lost page may have ended the process (SIGBUS): wait for its loop's report of that first.
        setTimeout(() => finish('exited', null), NEWS_PATIENCE);
      });
      await this.#serve(visit);
    } catch (error) {
      this.#say(`session ${number} (process ${pid}): ${lineOf(error)}`);
    } finally {
      this.#visits.delete(visit);
      this.#reaper.forget(number);
      if (!this.#left.includes(reception)) closeReception(reception);
      socket.close();
    }
  }

  async #serve(visit: Visit): Promise<void> {
    const { number, pid, name, reception, finish, finished } = visit;
    const { handOff, userfaultfd, file } = reception;
    const began = performance.now();
    let guest: Guest | null = null;
    let image: GuestImage | null = null;
    try {
      if (handOff instanceof PagerError) throw handOff;
      image = await this.#origin.take();
      const { say } = this.#sayer(number);
      const needs = { number, pid, userfaultfd, file, handOff, image, options: this.#options, say };
      const failed = (why: string) => finish('failed', why);
      // An exit raises two events, and this one may come first: an exit is not a failure.
      const dead = () => setTimeout(() => failed('its address space is gone'), EXIT_PATIENCE).unref();
      guest = await Guest.begin({ ...needs, workingSet: this.#workingSet, gone: finished, failed, dead });
      visit.guest = guest;
      this.#recorder ??= number;
      say(`begins: process ${pid} (${name}), ${describeHandOff(handOff)}`);
    } catch (error) {
      finish('failed', lineOf(error));
    }
    const { ending, why } = await finished;
    visit.guest = null;
    const reason = ending === 'exited' ? null : why;
    // Kill first, while its faults are still held: a thread that waits for a page must not read zeros.
    const killed = reason === null ? false : await this.#end(visit, reason);
    const report = await this.#close(visit, guest, ending);
    if (image !== null) await this.#origin.release(image);
    const seconds = (performance.now() - began) / 1000;
    this.#sessions.push({ number, pid, name, ending, reason, killed, seconds, ...report });
    this.#sayer(number).say(`ends: ${ending === 'exited' ? `process ${pid} has ended` : ending}`);
    if (this.#options.once) this.stop();
  }

  // True if the process is gone by then.
  async #end({ number, pid, gone, reception }: Visit, why: string): Promise<boolean> {
    const { say } = this.#sayer(number);
    if (!this.#options.kill) {
      say(
        `process ${pid} can no longer be served: ${why}; it is not killed, and blocks at its next absent page (--no-kill)`,
      );
      this.#left.push(reception);
      return false;
    }
    say(`process ${pid} is killed: its memory can no longer be served: ${why}`);
    this.#reaper.kill(number);
    const late = sleep(KILL_PATIENCE, true, { ref: false });
    if ((await Promise.race([gone, late])) !== true) return true;
    say(`process ${pid} is not gone after ${KILL_PATIENCE / 1000} s`);
    return false;
  }

  async #close(
    { number }: Visit,
    guest: Guest | null,
    ending: Ending,
  ): Promise<Pick<SessionReport, 'memory' | 'stats' | 'replay' | 'recorded'>> {
    if (guest === null) return { memory: null, stats: null, replay: null, recorded: null };
    const memory = { byteLength: guest.byteLength, pageSize: guest.pageSize };
    const ended = await guest.end();
    let recorded: number | null = null;
    if (this.#options.record !== null && this.#recorder === number && ending !== 'failed') {
      const set = guest.workingSet(ended);
      try {
        await writeWorkingSet(this.#options.record, set);
        recorded = set.pages.length;
      } catch (error) {
        this.#sayer(number).say(lineOf(error));
      }
    }
    return { memory, stats: ended.stats, replay: ended.replay, recorded };
  }

  #sayer(number: number): { say: (line: string) => void } {
    return { say: (line) => this.#say(`session ${number}: ${line}`) };
  }
}

function refusalOf({ handOff }: Reception): string {
  return handOff instanceof PagerError ? lineOf(handOff) : 'the hand-off is refused';
}

function lineOf(error: unknown): string {
  const { errno, syscall, hint, cause } = error instanceof PagerError ? error : {};
  const system = [errno, syscall].filter((part) => part !== undefined).join(' ');
  // If no system call explains more, show the cause.
  const under = system === '' && cause !== undefined ? describeError(cause) : system;
  const what = under === '' ? describeError(error) : `${describeError(error)} (${under})`;
  return hint === undefined ? what : `${what}; ${hint}`;
}
