// The user thread's end of the loop's thread: starts it, calls it, and rejects every open call when it ends.
import { Worker } from 'node:worker_threads';
import type { AskOf, CallOptions, Handlers, ResultOf } from '../call/contract.js';
import { Wire } from '../call/wire.js';
import { createMeters, Meters, Times } from '../core/meters.js';
import { unlessEnded } from '../ended.js';
import { PagerError } from '../errors.js';
import type { BeginRequest, LoopSide, UserSide } from '../loop/requests.js';
import { native } from '../native/native.js';
import { packageFile } from '../place.js';
import { emitWarning, type WarningMessage } from '../warn.js';
import { OwnStores } from './own-stores.js';
import { threadOptions } from './thread-options.js';

type Requests = LoopSide['requests'];
type Notices = LoopSide['notices'];
type Started = ResultOf<Requests['begin']>;

/** How a command shows warnings: as lines, not as process warnings. */
export function sayWarning({ message }: WarningMessage): void {
  native().lastWords(`farpage: ${message}\n`);
}

/** The user thread's end of the wire. Keeps the process alive only while a call waits. */
export class Channel {
  /** Handlers of the loop's notices. */
  readonly heard: Partial<Handlers<UserSide>['notices']> = {};
  /** Stores that answer on this thread. */
  readonly stores = new OwnStores();
  readonly meters = new Meters(createMeters());
  /** Of this thread's calls of `load`. */
  readonly loads = new Times();
  readonly #worker: Worker;
  readonly #wire: Wire<UserSide, LoopSide>;
  #ended = false;
  /** `end` was called. */
  #isClosed = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    const { heard } = this;
    const notices: Handlers<UserSide>['notices'] = {
      reclaimed: (notice) => heard.reclaimed?.(notice),
      storeError: (notice) => heard.storeError?.(notice),
      storeRecovered: (notice) => heard.storeRecovered?.(notice),
      pageLost: (notice) => heard.pageLost?.(notice),
      warning: (notice) => (heard.warning ?? emitWarning)(notice),
      dead: (notice) => heard.dead?.(notice),
      drained: (notice) => heard.drained?.(notice),
    };
    this.#wire = new Wire<UserSide, LoopSide>(worker, { requests: this.stores.handlers, notices }, (waiting) => {
      if (waiting) worker.ref();
      // Messages posted before its end still arrive, so wait for the end.
      else if (!this.#ended) worker.unref();
    });
    worker.on('error', (error) => {
      this.#lost(new PagerError('INTERNAL', `the loop's thread failed: ${error.message}`, { cause: error }));
    });
    worker.on('exit', () => {
      const why = this.#isClosed ? 'the pager was closed meanwhile' : 'the loop’s thread has ended';
      this.#lost(new PagerError('CLOSED', why));
    });
  }

  /** @throws PagerError 'UNSUPPORTED' or 'PERMISSION', with a hint; 'CLOSED' by the signal */
  static async start(
    asked: Omit<BeginRequest, 'owner' | 'meters'>,
    signal?: AbortSignal,
  ): Promise<{ channel: Channel; started: Started }> {
    // Under `farpage run` the streams are the program's: Node.js would make a pipe non-blocking for all processes that share it.
    const apart = { stdout: asked.spaces, stderr: asked.spaces };
    // A snapshot's garbage, some 40 MB a second, would make V8 double its young generation up to 48 MB.
    const resourceLimits = { maxYoungGenerationSizeMb: 24 };
    const options = { ...threadOptions(process.execArgv, process.env), ...apart, resourceLimits };
    const worker = new Worker(packageFile('dist/src/bundle/loop/worker.js'), { ...options, name: 'farpage' });
    const channel = new Channel(worker);
    try {
      const begun = channel.call('begin', {
        ...asked,
        meters: channel.meters.buffer,
        owner: native().threadId(),
      });
      return { channel, started: await unlessEnded(signal, 'createPager', begun) };
    } catch (error) {
      await channel.end();
      throw error;
    }
  }

  /** @throws (rejects) the loop's PagerError; 'CLOSED' if the loop has ended, or the signal ended the call */
  call<K extends keyof Requests & string>(
    name: K,
    ask: AskOf<Requests[K]>,
    options?: CallOptions<Requests[K]>,
  ): Promise<ResultOf<Requests[K]>> {
    return this.#wire.call(name, ask, options);
  }

  notify<K extends keyof Notices & string>(name: K, notice: Notices[K]): void {
    this.#wire.notify(name, notice);
  }

  /** Ends the thread, after it has closed everything. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#isClosed = true;
    this.#wire.refuse(new PagerError('CLOSED', 'the pager is closed'));
    await this.#worker.terminate();
  }

  #lost(error: PagerError): void {
    this.#ended = true;
    this.#wire.fail(error);
  }
}
