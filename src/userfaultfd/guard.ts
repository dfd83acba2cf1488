// Memory of farpage's own whose absent pages must never be zeros, whatever happens to the thread that fills them.
import { attempt } from './failure.js';
import { door } from './native.js';
import type { Range } from './types.js';
import type { Userfaultfd } from './userfaultfd.js';

/**
 * Once `uffd` is closed, or its thread has ended in any way, each touch of the range is SIGBUS: the memfile has no bytes any more.
 * @param file the memfile that the range maps
 * @throws PagerError 'REGION'
 */
export function guardMemory(uffd: Userfaultfd, file: number, { start, byteLength }: Range): void {
  attempt('the memory cannot be guarded', 'REGION', () => door.guard(uffd.fd, file, start, byteLength), {
    EMFILE: 'this process has too many open files: ulimit -n',
  });
}
