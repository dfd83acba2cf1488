// Views: mappings of a node's memory in processes that are attached to it. Each has a userfaultfd that reports minor faults too, so no page
// is in its page table that this node has not put there. What changes a page's protection here is repeated there; a punch reaches all.
import { PagerError } from '../errors.js';
import { attempt } from '../userfaultfd/failure.js';
import { type Result, Userfaultfd } from '../userfaultfd/index.js';
import { door, type NativeWatcher } from '../userfaultfd/native.js';
import { READABLE } from '../userfaultfd/readiness.js';
import { PAGE_BYTES } from './message.js';

export interface ViewRequest {
  /** Descriptors of the process, which the caller closes. */
  userfaultfd: number;
  /** Its other end is closed when the process is gone. */
  socket: number;
  /** The region's address in that process. */
  base: bigint;
}

/** The node, as its views use it. */
export interface ViewedNode {
  readonly pages: number;
  /** The node may write to the page. */
  isOwned(page: number): boolean;
  /** A thread of an attached process has touched the page, and waits until the page is served. */
  touched(page: number, write: boolean): void;
}

interface View {
  readonly userfaultfd: Userfaultfd;
  readonly base: bigint;
  readonly watcher: NativeWatcher;
  /** Pages that its threads wait for. */
  readonly waits: Set<number>;
  /** Pages that may be writable there. */
  readonly writable: Set<number>;
}

/** Tries of a call that the kernel refuses while the address space changes. */
const MAX_TRIES = 1000;
const SCARCE = { EMFILE: 'this process has too many open files: ulimit -n' };
const WRITE_PROTECTED = { writeProtect: true } as const;
const UNPROTECT = { on: false } as const;

export class Views {
  readonly #node: ViewedNode;
  readonly #views = new Set<View>();

  constructor(node: ViewedNode) {
    this.#node = node;
  }

  /** @throws PagerError 'REGION' */
  add({ userfaultfd, socket, base }: ViewRequest): void {
    const scarce = <T>(work: () => T) => attempt('no descriptor for an attached process', 'REGION', work, SCARCE);
    const own = Userfaultfd.fromDescriptor(scarce(() => door.duplicate(userfaultfd)));
    let view: View | undefined;
    try {
      // Removing a protection that was never set checks that the range is registered and mapped.
      const { outcome, errno } = own.writeProtect(base, this.#node.pages * PAGE_BYTES, UNPROTECT);
      if (outcome !== 'done') {
        throw new PagerError('REGION', 'the other process has not registered the region where it says', {
          errno,
          hint: 'attach with attachRegion',
        });
      }
      const watcher = scarce(() => new door.Watcher(socket, () => this.#drop(view), true));
      view = { userfaultfd: own, base, watcher, waits: new Set(), writable: new Set() };
      // Nothing is sent on it: readable means that the process is gone. It does not keep this thread alive.
      watcher.arm(READABLE);
      watcher.rest();
      this.#views.add(view);
    } catch (error) {
      own.close();
      throw error;
    }
    this.#read(view).then(
      () => this.#drop(view),
      // Its process has broken the userfaultfd, or this node has ended and has said why.
      () => this.#drop(view),
    );
  }

  /** The page is there: threads that wait for it go on, and touch it again if they want more than they get. */
  serve(page: number): void {
    for (const view of this.#views) {
      if (!view.waits.delete(page)) continue;
      const start = startOf(view, page);
      if (this.#node.isOwned(page)) {
        view.writable.add(page);
        this.#demand(view, () => present(view.userfaultfd.continue(start, PAGE_BYTES)));
        // It was there to be read, or only its mark was: wakes too.
        this.#demand(view, () => view.userfaultfd.writeProtect(start, PAGE_BYTES, UNPROTECT));
      } else {
        this.#demand(view, () => present(view.userfaultfd.continue(start, PAGE_BYTES, WRITE_PROTECTED)));
        this.#demand(view, () => view.userfaultfd.wake(start, PAGE_BYTES));
      }
    }
  }

  /** Returns when no attached process can write to the pages any more. */
  protect(first: number, count = 1): void {
    for (const view of this.#views) {
      for (let page = first; view.writable.size > 0 && page < first + count; page++) {
        if (!view.writable.delete(page)) continue;
        this.#demand(view, () => view.userfaultfd.writeProtect(startOf(view, page), PAGE_BYTES));
      }
    }
  }

  /** Threads that wait for the page touch it again. */
  wake(page: number): void {
    for (const view of this.#views) {
      if (view.waits.delete(page)) this.#demand(view, () => view.userfaultfd.wake(startOf(view, page), PAGE_BYTES));
    }
  }

  /** The page is lost: SIGBUS for threads that wait for it. Others that touch it wait first. */
  poison(page: number): void {
    for (const view of this.#views) {
      if (!view.waits.delete(page)) continue;
      const start = startOf(view, page);
      // The kernel poisons nothing over the mark of a protection.
      this.#demand(view, () => view.userfaultfd.writeProtect(start, PAGE_BYTES, UNPROTECT));
      this.#demand(view, () => present(view.userfaultfd.poison(start, PAGE_BYTES)));
      this.#demand(view, () => view.userfaultfd.wake(start, PAGE_BYTES));
    }
  }

  /** The memory is removed: each touch is SIGBUS, also by threads that wait. Their processes hear that there is no node any more. */
  close(): void {
    for (const view of this.#views) {
      view.writable.clear();
      view.userfaultfd.wake(view.base, this.#node.pages * PAGE_BYTES);
      this.#drop(view);
    }
  }

  async #read(view: View): Promise<void> {
    for await (const message of view.userfaultfd) {
      if (message.event !== 'pagefault') continue;
      const page = Number((message.address - view.base) / BigInt(PAGE_BYTES));
      // Its process may have registered more than the region.
      if (message.address < view.base || page >= this.#node.pages) continue;
      view.waits.add(page);
      this.#node.touched(page, message.write || message.wp);
    }
  }

  /** @throws PagerError 'REGION': the page is not in the file */
  #demand(view: View, call: () => Result): void {
    if (!this.#views.has(view)) return;
    const { outcome, errno } = retried(call);
    if (outcome === 'done') return;
    if (errno === 'EFAULT') {
      throw new PagerError('REGION', 'a page was removed by code outside farpage (madvise in an attached process?)');
    }
    this.#drop(view);
  }

  /** What its process has written is the node's. From now on it can write no more; the end of its socket tells it, if it lives. */
  #drop(view: View | undefined): void {
    if (view === undefined || !this.#views.delete(view)) return;
    for (const page of view.writable) {
      const { outcome } = view.userfaultfd.writeProtect(startOf(view, page), PAGE_BYTES);
      if (outcome === 'exited') break;
    }
    view.userfaultfd.close();
    view.watcher.close();
  }
}

/** Calls again while the address space changes. */
export function retried(call: () => Result): Result {
  let result = call();
  for (let tries = 0; result.outcome === 'changing' && tries < MAX_TRIES; tries++) result = call();
  return result;
}

function startOf({ base }: View, page: number): bigint {
  return base + BigInt(page * PAGE_BYTES);
}

/** A page that is there already is as good. */
function present(result: Result): Result {
  return result.outcome === 'present' ? { bytes: PAGE_BYTES, outcome: 'done' } : result;
}
