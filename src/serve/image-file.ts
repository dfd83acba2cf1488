// A file that guests are served from, held open so that it stays the same file whatever is put at its path.
import { closeSync, constants, openSync, statSync } from 'node:fs';
import { checkFile } from '../store/file-check.js';
import { versionOf } from '../store/file-claim.js';
import type { HeldFile } from '../store/store.js';

export class ImageFile implements HeldFile {
  readonly path: string;
  readonly fd: number;
  readonly version: string;

  /** @throws PagerError 'OPTION' */
  static async open(path: string): Promise<ImageFile> {
    await checkFile(path, true);
    return new ImageFile(path, openSync(path, constants.O_RDONLY));
  }

  private constructor(path: string, fd: number) {
    this.path = path;
    this.fd = fd;
    this.version = versionOf(fd);
  }

  /** Whether another file is at its path, or this one was written to. A removed file counts as unchanged. */
  get isReplaced(): boolean {
    const isThere = statSync(this.path, { throwIfNoEntry: false }) !== undefined;
    return versionOf(isThere ? this.path : this.fd) !== this.version;
  }

  close(): void {
    closeSync(this.fd);
  }
}
