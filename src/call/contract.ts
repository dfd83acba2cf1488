// The messages that two threads may exchange over a wire, as types. A contract names each side's requests and notices.

/** One request: its argument, its result, and the events that the answering side may send before the result. */
export interface RequestShape {
  ask: unknown;
  result: unknown;
  events?: unknown;
}

/** An event of a request: its argument, and the listener's answer if the event asks for one. */
export interface Event<T, Answer = void> {
  event: T;
  answer: Answer;
}

export type EventsOf<R> = R extends { events: infer E } ? E : Record<never, never>;
export type AskOf<R> = R extends { ask: infer A } ? A : never;
export type ResultOf<R> = R extends { result: infer T } ? T : never;
export type EventBody<E> = E extends { event: infer T } ? T : never;
export type EventAnswer<E> = E extends { answer: infer A } ? A : never;

/** The requests that one side answers, and the notices that it receives. */
export interface Side {
  requests: object;
  notices: object;
}

/** Objects that can be moved instead of copied: buffers, ports. */
export type Movable = ArrayBuffer | import('node:worker_threads').MessagePort;

/** A result whose buffers are moved to the other thread, not copied. */
export class Moved<T> {
  constructor(
    readonly value: T,
    readonly list: readonly Movable[],
  ) {}
}

/** The answering side's end of one call. `E`: the request's events. */
export interface Serving<E> {
  /** Aborted when the caller ends the call, or its thread is gone; its reason is a PagerError 'CLOSED'. */
  readonly signal: AbortSignal;
  /** Sends an event and does not wait. Does nothing once the call has ended. */
  tell<K extends keyof E & string>(name: K, event: EventBody<E[K]>): void;
  /**
   * Sends an event, and resolves to the listener's answer: backpressure for a side that sends much.
   * @throws (rejects) PagerError: what the listener threw; 'CLOSED' if the call has ended, or the caller is gone
   */
  ask<K extends keyof E & string>(name: K, event: EventBody<E[K]>): Promise<EventAnswer<E[K]>>;
  /** `work`, or a rejection with the signal's reason once that is aborted. The work continues, and its result goes to `late`. */
  unlessEnded<T>(work: Promise<T>, late?: (value: T) => void): Promise<T>;
}

export type Handler<R> = (
  ask: AskOf<R>,
  call: Serving<EventsOf<R>>,
) => ResultOf<R> | Moved<ResultOf<R>> | Promise<ResultOf<R> | Moved<ResultOf<R>>>;

/** A side's handlers of requests and of notices. */
export interface Handlers<S extends Side> {
  requests: { [K in keyof S['requests']]: Handler<S['requests'][K]> };
  notices: { [K in keyof S['notices']]: (notice: S['notices'][K]) => void };
}

/** A listener for each event of a request. If one throws, the call ends and rejects with that error. */
export type Listeners<E> = {
  [K in keyof E]: (event: EventBody<E[K]>) => EventAnswer<E[K]> | Promise<EventAnswer<E[K]>>;
};

export interface CallOptions<R> {
  /** Ends the call: it rejects with 'CLOSED' and the signal's reason as cause, once the other side has ended it. */
  signal?: AbortSignal | undefined;
  /** A name for the call in the error of its end. Default: 'the call'. */
  what?: string;
  /** Moved to the other thread, not copied. */
  transfer?: readonly Movable[];
  /** The call does not keep the process alive: it may last as long as the wire. */
  background?: boolean;
  on?: Listeners<EventsOf<R>>;
}
