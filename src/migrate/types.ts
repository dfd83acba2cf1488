// What a migration is told, and what it tells.

export interface TlsFiles {
  /** Paths of PEM files: who signs the other end's certificate, and this end's own with its key. */
  ca: string;
  cert: string;
  key: string;
}

export interface LineSpec {
  /** 'tcp://host:port' or 'unix:/path'. */
  url: string;
  tls: TlsFiles | null;
  /** Milliseconds for which a connection that is lost after the switch is tried for. */
  patience: number;
}

export interface SendSpec extends LineSpec {
  /** Passes while the source runs; 0: postcopy alone. */
  rounds: number;
  /** Bytes a second of what nobody waits for; null: no cap. */
  bandwidth: number | null;
}

export type ReceiveSpec = LineSpec;

export interface SendProgress {
  phase: 'pre-copy' | 'postcopy';
  sentBytes: number;
  /** Pages taken in this phase, and how many there may be. */
  pages: number;
  most: number;
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
  pages: number;
  zeroPages: number;
  sentBytes: number;
  urgentPages: number;
  reconnects: number;
  rounds: number;
  /** From the switch until the other side had all. */
  postcopySeconds: number;
}

export interface Offer {
  pages: number;
  pageSize: number;
}

export interface ReceiveReport {
  pages: number;
  zeroPages: number;
  urgentPages: number;
  /** Pages that came when they were there already. */
  doubled: number;
  reconnects: number;
  postcopySeconds: number;
}
