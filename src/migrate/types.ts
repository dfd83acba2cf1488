// What a migration is told, and what it tells.

export interface TlsFiles {
  /** Paths of PEM files: who signs the other end's certificate, and this end's own with its key. */
  ca: string;
  cert: string;
  key: string;
}

export interface ConnectionSpec {
  /** 'tcp://host:port' or 'unix:/path'. */
  url: string;
  tls: TlsFiles | null;
  /** Milliseconds for which a connection that is lost after the switch is tried for. */
  patience: number;
}

export interface SendSpec extends ConnectionSpec {
  /** Passes while the source runs; 0: postcopy alone. */
  rounds: number;
  /** Bytes a second of what nobody waits for; null: no cap. */
  bandwidth: number | null;
  /** 'auto' (default): LZ4 where the connection is slower than it; 'off': never. */
  compress?: 'auto' | 'off';
}

export interface ReceiveSpec extends ConnectionSpec {
  /** Bytes: a sender with pages of another size is refused. Default: any is taken. */
  pageSize?: number;
  /** The folder of the file that received pages are kept in. Default: the system's for temporary files. */
  spool?: string;
}

export interface SendProgress {
  phase: 'pre-copy' | 'postcopy';
  sentBytes: number;
  /** Pages taken in this phase, and how many there may be. */
  pages: number;
  most: number;
  /** Of the last seconds. */
  bytesPerSecond: number;
  /** Until this phase's pages have been sent; null: nothing can be said yet. */
  secondsLeft: number | null;
}

export interface SendHooks {
  /** Ends it; before the switch the source goes on as if nothing had been. */
  signal?: AbortSignal;
  /** The source stops, and gives what the other side needs to know beside the pages: up to 1 MiB. */
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
  /** Pages that somebody waited for, and those that came along with them. */
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

/** What a sender says at first. */
export interface FullOffer extends Offer {
  /** Bytes of pages with content, at the most: so much room they take. */
  content: number;
}

export interface ReceiveReport {
  /** Pages that came with bytes, in all rounds; pages that came as zeros. */
  pages: number;
  zeroPages: number;
  urgentPages: number;
  /** Pages that came when they were there already. */
  doubled: number;
  reconnects: number;
  postcopyMs: number;
  /** The older name of `postcopyMs`, in seconds. */
  postcopySeconds: number;
}
