// One call, on the side that answers it.
import { PagerError, unpackError } from '../errors.js';
import type { EventAnswer, EventBody, Serving } from './contract.js';
import type { Message } from './message.js';

interface Asked {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

export class ServedCall implements Serving<Record<string, never>> {
  readonly id: number;
  readonly #canEnd: boolean;
  readonly #post: (message: Message) => void;
  readonly #asked = new Map<number, Asked>();
  #next = 1;
  /** Created on first use: most calls are short and never use it. */
  #ending: AbortController | undefined;
  #reason: PagerError | undefined;
  #closed = false;

  /** @param canEnd whether the caller may end it before its result */
  constructor(id: number, canEnd: boolean, post: (message: Message) => void) {
    this.id = id;
    this.#canEnd = canEnd;
    this.#post = post;
  }

  get signal(): AbortSignal {
    if (this.#ending === undefined) {
      this.#ending = new AbortController();
      if (this.#reason !== undefined) this.#ending.abort(this.#reason);
    }
    return this.#ending.signal;
  }

  tell<K extends string>(name: K, event: EventBody<never>): void {
    if (!this.#closed) this.#post({ is: 'event', id: this.id, number: 0, name, body: event });
  }

  ask<K extends string>(name: K, event: EventBody<never>): Promise<EventAnswer<never>> {
    if (this.#reason !== undefined) return Promise.reject(this.#reason);
    if (this.#closed) return Promise.reject(new PagerError('CLOSED', `the call of '${name}' has ended`));
    return new Promise((resolve, reject) => {
      const number = this.#next++;
      this.#post({ is: 'event', id: this.id, number, name, body: event });
      this.#asked.set(number, { resolve: resolve as (answer: unknown) => void, reject });
    });
  }

  unlessEnded<T>(work: Promise<T>, late: (value: T) => void = () => {}): Promise<T> {
    if (!this.#canEnd) return work;
    const { signal } = this;
    return new Promise((resolve, reject) => {
      const end = () => {
        reject(signal.reason);
        work.then(late, () => undefined);
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
    });
  }

  /** The caller has answered an event. */
  answered(message: Message & { is: 'answer' | 'refusal' }): void {
    const asked = this.#asked.get(message.number);
    this.#asked.delete(message.number);
    if (message.is === 'answer') asked?.resolve(message.body);
    else asked?.reject(unpackError(message.error));
  }

  /** The caller has ended the call, or is gone. */
  end(reason: PagerError): void {
    if (this.#reason !== undefined || this.#closed) return;
    this.#reason = reason;
    this.#ending?.abort(reason);
    this.#rejectAsked(reason);
  }

  /** The call has its result. */
  close(): void {
    this.#closed = true;
    if (this.#asked.size > 0) this.#rejectAsked(new PagerError('CLOSED', 'the call has ended'));
  }

  #rejectAsked(reason: PagerError): void {
    for (const { reject } of this.#asked.values()) reject(reason);
    this.#asked.clear();
  }
}
