// What two threads may say to each other over a wire, as types. A contract names, for each side, its requests and its notices.

/** One request: what is sent, what it resolves to, and what the answering side may say before that. */
export interface RequestShape {
  ask: unknown;
  result: unknown;
  events?: unknown;
}

/** An event of a request: what is sent, and what the listener answers where it is asked. */
export interface Event<T, Answer = void> {
  event: T;
  answer: Answer;
}

export type EventsOf<R> = R extends { events: infer E } ? E : Record<never, never>;
export type AskOf<R> = R extends { ask: infer A } ? A : never;
export type ResultOf<R> = R extends { result: infer T } ? T : never;
export type EventBody<E> = E extends { event: infer T } ? T : never;
export type EventAnswer<E> = E extends { answer: infer A } ? A : never;

/** What one side answers (`requests`), and what it only hears (`notices`). */
export interface Side {
  requests: object;
  notices: object;
}

/** What may be moved in place of copied: buffers, ports. */
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
  /** Aborted when the asker ends the call, or is gone; its reason is a PagerError 'CLOSED'. */
  readonly signal: AbortSignal;
  /** Sends an event and does not wait. Nothing once the call has ended. */
  tell<K extends keyof E & string>(name: K, event: EventBody<E[K]>): void;
  /**
   * Sends an event, and resolves to what the listener answers: whoever sends much waits so for the other side.
   * @throws (rejects) PagerError: what the listener threw; 'CLOSED' where the call has ended, or the asker is gone
   */
  ask<K extends keyof E & string>(name: K, event: EventBody<E[K]>): Promise<EventAnswer<E[K]>>;
  /** `work`, or a rejection with the signal's reason as soon as it is aborted. The work goes on, and its result goes to `late`. */
  unlessEnded<T>(work: Promise<T>, late?: (value: T) => void): Promise<T>;
}

export type Handler<R> = (
  ask: AskOf<R>,
  call: Serving<EventsOf<R>>,
) => ResultOf<R> | Moved<ResultOf<R>> | Promise<ResultOf<R> | Moved<ResultOf<R>>>;

/** What a side does with what it is asked, and told. */
export interface Handlers<S extends Side> {
  requests: { [K in keyof S['requests']]: Handler<S['requests'][K]> };
  notices: { [K in keyof S['notices']]: (notice: S['notices'][K]) => void };
}

/** A listener for each event of a request. What one throws ends the call, and the asker gets it. */
export type Listeners<E> = {
  [K in keyof E]: (event: EventBody<E[K]>) => EventAnswer<E[K]> | Promise<EventAnswer<E[K]>>;
};

export interface CallOptions<R> {
  /** Ends the call: it rejects with 'CLOSED' and the signal's reason as cause, once the other side has ended it. */
  signal?: AbortSignal | undefined;
  /** What the call is, for the message of its end. Default: 'the call'. */
  what?: string;
  /** Moved to the other thread, not copied. */
  transfer?: readonly Movable[];
  /** The call does not count as waiting: it may last for as long as the wire. */
  background?: boolean;
  on?: Listeners<EventsOf<R>>;
}
