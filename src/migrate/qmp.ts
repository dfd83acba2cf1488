// QEMU's control socket (QMP): one JSON document per line, each way. Only the part that moving a guest needs.
import { createConnection, type Socket } from 'node:net';
import { PagerError } from '../errors.js';
import { countdown } from './silence.js';

/** Milliseconds for a connection and for each answer. */
const PATIENCE = 10_000;
/** Bytes of one line; QEMU's own answers to what is asked here have a few thousand at most. */
const MAX_LINE_BYTES = 2 ** 20;

interface Line {
  QMP?: unknown;
  id?: unknown;
  return?: unknown;
  error?: { desc?: unknown };
  event?: unknown;
  data?: unknown;
}

interface Asked {
  resolve(value: unknown): void;
  reject(error: PagerError): void;
}

export class Qmp {
  readonly #path: string;
  readonly #socket: Socket;
  readonly #asked = new Map<number, Asked>();
  readonly #listeners = new Set<(event: string, data: unknown) => void>();
  readonly #greeting: Promise<void>;
  #greet = (): void => {};
  #numbers = 0;
  #rest = '';
  #ended: PagerError | undefined;

  /** @throws PagerError 'PROTOCOL', 'OPTION': no process listens there, or it is not QEMU, or QEMU serves another client */
  static async open(path: string): Promise<Qmp> {
    const qmp = new Qmp(path, createConnection(path));
    try {
      await qmp.#within(qmp.#greeting, 'its greeting; it talks to one client at a time');
      await qmp.execute('qmp_capabilities');
      return qmp;
    } catch (error) {
      qmp.close();
      throw error;
    }
  }

  private constructor(path: string, socket: Socket) {
    this.#path = path;
    this.#socket = socket;
    this.#greeting = new Promise((resolve, reject) => {
      this.#greet = resolve;
      this.#asked.set(0, { resolve: () => {}, reject });
    });
    this.#greeting.catch(() => {});
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#hear(text));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const { code: errno, syscall } = error;
      const hint = `is it the socket of QEMU's option '-qmp unix:${path},server=on,wait=off'?`;
      this.#end(new PagerError('OPTION', `${path}: QEMU cannot be reached`, { errno, syscall, hint, cause: error }));
    });
    socket.on('close', () => this.#end(new PagerError('PROTOCOL', `${path}: QEMU has closed it`)));
  }

  /** @throws PagerError 'PROTOCOL' with what QEMU says */
  execute(command: string, input: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const id = ++this.#numbers;
    const answer = new Promise<unknown>((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      this.#asked.set(id, { resolve, reject });
    });
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: input, id })}\n`);
    return this.#within(answer, `an answer to ${command}`).finally(() => this.#asked.delete(id));
  }

  /** Resolves with the data of the first event from now on that `wanted` takes; rejects when QEMU goes. */
  until<T>(wanted: (event: string, data: unknown) => T | undefined): Promise<T> {
    const id = ++this.#numbers;
    let listen = (_event: string, _data: unknown): void => {};
    return new Promise<T>((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      listen = (event, data) => {
        const found = wanted(event, data);
        if (found !== undefined) resolve(found);
      };
      this.#asked.set(id, { resolve: () => {}, reject });
      this.#listeners.add(listen);
    }).finally(() => {
      this.#listeners.delete(listen);
      this.#asked.delete(id);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #hear(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    try {
      if (this.#rest.length > MAX_LINE_BYTES) throw new Error('a line without an end');
      for (const line of lines) if (line.trim() !== '') this.#take(JSON.parse(line) as Line | null);
    } catch (cause) {
      this.#end(new PagerError('PROTOCOL', `${this.#path}: its answers are not QEMU’s`, { cause }));
      this.close();
    }
  }

  #take(line: Line | null): void {
    if (line === null || typeof line !== 'object') throw new Error('no object');
    if (line.QMP !== undefined) this.#greet();
    if (typeof line.event === 'string') for (const listen of this.#listeners) listen(line.event, line.data);
    if (typeof line.id !== 'number') return;
    const asked = this.#asked.get(line.id);
    if (line.error === undefined) asked?.resolve(line.return);
    else asked?.reject(new PagerError('PROTOCOL', `QEMU: ${String(line.error.desc)}`));
  }

  #end(error: PagerError): void {
    if (this.#ended !== undefined) return;
    this.#ended = error;
    for (const { reject } of this.#asked.values()) reject(error);
  }

  async #within<T>(answer: Promise<T>, what: string): Promise<T> {
    let stop = (): void => {};
    const late = new Promise<never>((_, reject) => {
      const error = new PagerError('PROTOCOL', `${this.#path}: no sign of ${what} in ${PATIENCE / 1000} s`);
      stop = countdown(PATIENCE, () => reject(error));
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      stop();
    }
  }
}
