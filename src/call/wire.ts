// The wire between two threads: requests, notices and answers, as the contract says. The only code that posts messages
// between the user's thread and the loop's.
//
//   caller                              answerer
//   ask ──────────────────────────────▶ handler(ask, call)
//       ◀────────── event ───────────── call.tell(…)           any number, in order
//       ◀────────── event ───────────── await call.ask(…)      resolves to the listener's answer: backpressure
//   answer ───────────────────────────▶
//   cancel ───────────────────────────▶ call.signal            when the caller's signal is aborted
//       ◀────────── result or error ───                        exactly one, the last of the call

import { endedByCaller } from '../ended.js';
import { type PagerError, packError, unpackError } from '../errors.js';
import type { CallOptions, Handlers, Movable, ResultOf, Serving, Side } from './contract.js';
import { Moved } from './contract.js';
import type { Message } from './message.js';
import { ServedCall } from './served.js';

/** A Worker, or either end of a port. */
export interface Port {
  postMessage(message: unknown, transfer?: readonly Movable[]): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

type Listener = (event: unknown) => unknown;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  on: Readonly<Record<string, Listener>>;
  what: string;
  signal: AbortSignal | undefined;
  cancel(): void;
  background: boolean;
  /** What a listener threw: the caller gets this very error, not a copy. */
  thrown: { error: unknown } | undefined;
}

/** `Here`: the contract of this side. `There`: that of the other. */
export class Wire<Here extends Side, There extends Side> {
  readonly #port: Port;
  readonly #handlers: Handlers<Here>;
  /** Called when the first call begins to wait, and when the last one has ended. */
  readonly #onWaiting: (waiting: boolean) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #serving = new Map<number, ServedCall>();
  #waitingCount = 0;
  #next = 1;
  #lost: PagerError | undefined;

  constructor(port: Port, handlers: Handlers<Here>, onWaiting: (waiting: boolean) => void = () => {}) {
    this.#port = port;
    this.#handlers = handlers;
    this.#onWaiting = onWaiting;
    port.on('message', (message) => this.#receive(message));
  }

  /** @throws (rejects) PagerError: the other side's error, or 'CLOSED' if it is gone or the call was ended */
  call<K extends keyof There['requests'] & string>(
    name: K,
    ask: There['requests'][K] extends { ask: infer A } ? A : never,
    options: CallOptions<There['requests'][K]> = {},
  ): Promise<ResultOf<There['requests'][K]>> {
    const { signal, what = 'the call', transfer = [], background = false, on } = options;
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    if (signal?.aborted === true) return Promise.reject(endedByCaller(what, signal.reason));
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#post({ is: 'ask', id, name, body: ask, canEnd: signal !== undefined || on !== undefined }, transfer);
      const cancel = () => this.#post({ is: 'cancel', id });
      const waiting: Waiting = {
        resolve: resolve as (value: unknown) => void,
        reject,
        on: (on ?? {}) as Readonly<Record<string, Listener>>,
        what,
        signal,
        cancel,
        background,
        thrown: undefined,
      };
      this.#waiting.set(id, waiting);
      signal?.addEventListener('abort', cancel, { once: true });
      if (!background && this.#waitingCount++ === 0) this.#onWaiting(true);
    });
  }

  /** Sends a notice, which has no answer. Does nothing once the other side is gone. */
  notify<K extends keyof There['notices'] & string>(name: K, notice: There['notices'][K]): void {
    if (this.#lost === undefined) this.#post({ is: 'notice', name, body: notice });
  }

  /** The other side is gone, or about to go: all calls, open and later ones, reject with `error`. */
  fail(error: PagerError): void {
    this.#lost ??= error;
    for (const call of this.#serving.values()) call.end(error);
    this.#serving.clear();
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error);
  }

  /** From now on new calls reject with `error`; open calls continue. */
  refuse(error: PagerError): void {
    this.#lost ??= error;
  }

  #post(message: Message, transfer: readonly Movable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  #receive(message: Message): void {
    const { is } = message;
    if (is === 'result') this.#take(message.id)?.resolve(message.body);
    else if (is === 'error') this.#failed(message);
    else if (is === 'ask') this.#serve(message);
    else if (is === 'notice') this.#hear(message);
    else if (is === 'event') void this.#listen(message);
    else if (is === 'cancel') this.#serving.get(message.id)?.end(endedByCaller('the call', undefined));
    else this.#serving.get(message.id)?.answered(message);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    this.#waiting.delete(id);
    waiting.signal?.removeEventListener('abort', waiting.cancel);
    if (!waiting.background && --this.#waitingCount === 0) this.#onWaiting(false);
    return waiting;
  }

  #failed({ id, error }: Message & { is: 'error' }): void {
    const waiting = this.#take(id);
    if (waiting === undefined) return;
    const { thrown, signal, what } = waiting;
    if (thrown !== undefined) waiting.reject(thrown.error);
    else if (signal?.aborted === true && error.code === 'CLOSED') waiting.reject(endedByCaller(what, signal.reason));
    else waiting.reject(unpackError(error));
  }

  async #listen({ id, name, body, number }: Message & { is: 'event' }): Promise<void> {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    try {
      const answer = await waiting.on[name]?.(body);
      // The call may have ended meanwhile.
      if (number > 0 && this.#waiting.has(id)) this.#post({ is: 'answer', id, number, body: answer });
    } catch (error) {
      waiting.thrown ??= { error };
      if (!this.#waiting.has(id)) return;
      if (number > 0) this.#post({ is: 'refusal', id, number, error: packError(error) });
      else waiting.cancel();
    }
  }

  #hear({ name, body }: Message & { is: 'notice' }): void {
    const notices = this.#handlers.notices as Readonly<Record<string, (notice: unknown) => void>>;
    notices[name]?.(body);
  }

  #serve({ id, name, body, canEnd }: Message & { is: 'ask' }): void {
    const requests = this.#handlers.requests as unknown as Readonly<
      Record<string, (ask: unknown, call: Serving<Record<string, never>>) => unknown>
    >;
    const call = new ServedCall(id, canEnd, (message) => this.#post(message));
    this.#serving.set(id, call);
    const answer = async (): Promise<unknown> => requests[name]?.(body, call);
    answer().then(
      (value) => this.#reply(call, value),
      (error: unknown) => this.#refuseCall(call, error),
    );
  }

  #reply(call: ServedCall, value: unknown): void {
    const { id } = call;
    const moved = value instanceof Moved ? value : new Moved(value, []);
    try {
      this.#post({ is: 'result', id, body: moved.value }, moved.list);
    } catch (error) {
      // The result cannot be cloned: reject, so that the caller does not wait for ever.
      this.#refuseCall(call, error);
      return;
    }
    this.#serving.delete(id);
    call.close();
  }

  #refuseCall(call: ServedCall, error: unknown): void {
    this.#serving.delete(call.id);
    call.close();
    this.#post({ is: 'error', id: call.id, error: packError(error) });
  }
}
