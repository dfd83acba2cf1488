import { type MessagePort, Worker } from 'node:worker_threads';
import { PagerError, unpackError } from '../errors.js';
import type { FromLoop, ToLoop, WorkerData } from '../loop/messages.js';
import type { PageRange } from '../loop/requests.js';
import { native } from '../native/native.js';
import { threadOptions } from './thread-options.js';

type Started = Extract<FromLoop, { type: 'started' }>;
/** What is asked, without the number that the channel gives it. */
export type Ask<T = ToLoop> = T extends { id: number } ? Omit<T, 'id'> : never;

interface Waiting {
  resolve(value: number): void;
  reject(error: unknown): void;
}

/** The user's end of the loop's thread: asks, and waits for answers. Keeps the process alive only while it waits. */
export class Channel {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  /** Threads have touched pages of a region that had been reclaimed. */
  onReclaimed: ((region: number, ranges: PageRange[]) => void) | undefined;
  #next = 1;
  #ended = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** @throws PagerError 'UNSUPPORTED' or 'PERMISSION', saying what to change */
  static async start(asked: Omit<WorkerData, 'owner'>): Promise<{ channel: Channel; started: Started }> {
    const data: WorkerData = { ...asked, owner: native().threadId() };
    const url = new URL('../loop/worker.js', import.meta.url);
    // Under `farpage run` the streams are the program's: Node.js would make a pipe non-blocking for all who share it.
    const apart = { stdout: data.spaces, stderr: data.spaces };
    const options = { ...threadOptions(process.execArgv, process.env), ...apart };
    const worker = new Worker(url, { ...options, workerData: data, name: 'farpage' });
    const channel = new Channel(worker);
    const started = await new Promise<Started>((resolve, reject) => {
      worker.on('message', (message: FromLoop) => {
        if (message.type === 'started') resolve(message);
        else if (message.type === 'failed') reject(unpackError(message.error));
        else if (message.type === 'reclaimed') channel.onReclaimed?.(message.region, message.ranges);
        else channel.#answer(message);
      });
      worker.on('error', (error) => {
        const lost = new PagerError('INTERNAL', `the loop's thread failed: ${error.message}`, { cause: error });
        reject(lost);
        channel.#end(lost);
      });
      worker.on('exit', () => {
        const lost = new PagerError('CLOSED', 'the loop’s thread has ended');
        reject(lost);
        channel.#end(lost);
      });
    }).catch(async (error: unknown) => {
      await worker.terminate();
      throw error;
    });
    worker.unref();
    return { channel, started };
  }

  ask(message: Ask, transfer: MessagePort[] = []): Promise<number> {
    if (this.#ended) return Promise.reject(new PagerError('CLOSED', 'the pager is closed'));
    const id = this.#next++;
    return new Promise<number>((resolve, reject) => {
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...message, id } as ToLoop, transfer);
    });
  }

  tell(message: Extract<ToLoop, { type: 'prefetch' | 'unpin' | 'release' | 'listen' }>): void {
    if (!this.#ended) this.#worker.postMessage(message);
  }

  /** Ends the thread, which has closed everything by then. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }

  #answer(message: Extract<FromLoop, { id: number }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    // What was posted before it is ended still arrives: its end is waited for all the same.
    if (this.#waiting.size === 0 && !this.#ended) this.#worker.unref();
    if (message.type === 'reply') waiting?.resolve(message.value);
    else waiting?.reject(unpackError(message.error));
  }

  #end(error: PagerError): void {
    this.#ended = true;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
