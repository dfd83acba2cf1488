// The options, hooks and reports of migrations.
import type { PagerError } from '../errors.js';
import type { TlsFiles } from '../tls-files.js';

export interface ConnectionSpec {
  /** 'tcp://host:port' or 'unix:/path'. */
  url: string;
  tls: TlsFiles | null;
  /** Milliseconds for reconnecting if the connection is lost after the switch. */
  patience: number;
}

export interface SendSpec extends ConnectionSpec {
  /** Passes while the source runs; 0: only postcopy. */
  rounds: number;
  /** Bytes a second of pages that are not urgent; null: no cap. */
  bandwidth: number | null;
  /** 'auto' (default): LZ4 if the connection is slower than it; 'off': never. */
  compress?: 'auto' | 'off';
}

export interface ReceiveSpec extends ConnectionSpec {
  /** Bytes: a sender with pages of another size is refused. Default: any is taken. */
  pageSize?: number;
  /** The folder of the file that holds received pages. Default: the system's folder for temporary files. */
  spool?: string;
}

/**
 * Puts pages with these bytes into their region, if no other page has to leave it. Returns how many of the first it has put there:
 * their bytes are the region's from now on, and it never reads them again. The caller keeps the others.
 */
export type Deliver = (first: number, count: number, bytes: Uint8Array) => number;

export interface SendProgress {
  phase: 'pre-copy' | 'postcopy';
  sentBytes: number;
  /** Pages taken in this phase, and how many there may be. */
  pages: number;
  most: number;
  /** Of the last seconds. */
  bytesPerSecond: number;
  /** Until this phase's pages have been sent; null: not known yet. */
  secondsLeft: number | null;
}

export interface SendHooks {
  /** Ends the migration; before the switch the source simply runs on. */
  signal?: AbortSignal;
  /** Stops the source, and returns the state that the other side needs beside the pages: up to 1 MiB. */
  switch(): Promise<Uint8Array>;
  onProgress?(progress: SendProgress): void;
  /** Lines for people: a connection lost, another made. */
  say?(line: string): void;
}

export interface SendReport {
  /** Pages whose bytes were sent, in all rounds. */
  pages: number;
  zeroPages: number;
  /** Of both connections, as they travelled. */
  sentBytes: number;
  /** Urgent pages, including those sent along with them. */
  urgentPages: number;
  reconnects: number;
  rounds: number;
  /** From the switch until the other side had all. */
  postcopyMs: number;
  /** The older name of `postcopyMs`, in seconds. */
  postcopySeconds: number;
}

export interface Offer {
  pages: number;
  pageSize: number;
}

/** A sender's first message. */
export interface FullOffer extends Offer {
  /** Most bytes of pages with content: the room they need. */
  content: number;
}

export interface ReceiveReport {
  /** Pages that came with bytes, in all rounds; pages that came as zeros. */
  pages: number;
  zeroPages: number;
  urgentPages: number;
  /** Pages that arrived twice. */
  doubled: number;
  reconnects: number;
  postcopyMs: number;
  /** The older name of `postcopyMs`, in seconds. */
  postcopySeconds: number;
}

export interface ReceiverEvents {
  /** The sender waits until `ready` is called: all resources for the memory must be allocated by then. */
  offered(offer: Offer, ready: () => void): void;
  switched(state: Uint8Array): void;
  completed(report: ReceiveReport): void;
  /** The sender has not reconnected: missing pages cannot be read. */
  failed(error: PagerError): void;
  say(connection: string): void;
  closed(): void;
}
