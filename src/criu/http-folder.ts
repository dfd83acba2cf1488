// A folder of CRIU's images on an HTTP server: each file is one URL below that of the folder, and keeps the content found first.
import { PagerError } from '../errors.js';
import type { RemotePages } from '../store/checkpoint-store.js';
import { type HttpSpec, type HttpStore, httpName, openHttp } from '../store/http.js';
import type { Pin } from '../store/http-check.js';
import { retry } from '../store/retry.js';
import { fewAtOnce } from './at-once.js';
import { checkLength } from './image-file.js';
import { type ImageFolder, MAX_PARENTS, PAGE, tooShort } from './image-folder.js';
import { malformed } from './protobuf.js';

/** Milliseconds for which a server that does not answer is asked again, before anything is restored. */
const PATIENCE = 3000;

export class HttpFolder implements ImageFolder {
  readonly name: string;
  readonly #url: URL;
  readonly #depth: number;
  /** What was read, by the files' names. */
  readonly #pins = new Map<string, Pin>();
  #parent: HttpFolder | undefined;

  /** @param depth how many checkpoints build upon it */
  constructor(url: string, depth = 0) {
    this.#url = new URL(url);
    if (!this.#url.pathname.endsWith('/')) this.#url.pathname += '/';
    this.#depth = depth;
    this.name = httpName(this.#url.href);
  }

  nameOf(file: string): string {
    return this.name + file;
  }

  // A server that has no parent answers 404 for the parent's files.
  get parent(): ImageFolder {
    if (this.#depth === MAX_PARENTS) throw malformed(this.name, `it has more than ${MAX_PARENTS} parents`);
    this.#parent ??= new HttpFolder(this.#urlOf('parent/'), this.#depth + 1);
    return this.#parent;
  }

  read(file: string): Promise<Uint8Array | null> {
    return retry(() => this.#read(file), { patience: PATIENCE });
  }

  async openPages(file: string, pages: number): Promise<RemotePages> {
    const spec = this.#specOf(file);
    const store = await retry(() => openHttp(spec), { patience: PATIENCE });
    const { byteLength, pin } = store;
    await store.close();
    const name = this.nameOf(file);
    if (byteLength < pages * PAGE) throw tooShort(name, byteLength, pages);
    return { name, spec: { ...spec, pin }, first: 0, pages };
  }

  // The pages are pinned now: what names them must not have been replaced before that.
  async verify(): Promise<void> {
    await fewAtOnce([...this.#pins], async ([file, pin]) => {
      const store = await retry(() => openHttp({ ...this.#specOf(file), pin }), { patience: PATIENCE });
      await store.close();
    });
    await this.#parent?.verify();
  }

  close(): void {}

  async #read(file: string): Promise<Uint8Array | null> {
    let store: HttpStore;
    try {
      store = await openHttp(this.#specOf(file));
    } catch (error) {
      if (error instanceof PagerError && error.errno === 'ENOENT') return null;
      throw error;
    }
    try {
      const { byteLength, pin } = store;
      checkLength(byteLength, this.nameOf(file));
      const into = new Uint8Array(byteLength);
      if (byteLength > 0) await store.read([{ page: 0, into }]);
      this.#pins.set(file, pin);
      return into;
    } finally {
      await store.close();
    }
  }

  #specOf(file: string): HttpSpec {
    return { kind: 'http', url: this.#urlOf(file), headers: {} };
  }

  #urlOf(file: string): string {
    const url = new URL(this.#url);
    url.pathname += file;
    return url.href;
  }
}
