// The exports of the addon, for the pager.
import { PagerError } from '../errors.js';
import type { Part } from '../place.js';
import { loadAddon, originOf, partIn } from './load.js';

/** What probe() found; features and ioctls are bit masks as in linux/userfaultfd.h. */
export interface NativeProbe {
  errno?: string;
  device?: boolean;
  kernelFaults?: boolean;
  features?: bigint;
  ioctls?: bigint;
}

/** Since the engine started: rides begun; moves to another CPU; rides that the guard ended because the thread starved. */
export interface RideFigures {
  rides: number;
  moves: number;
  raised: number;
}

/** One userfaultfd, or trap, in the event loop of the thread that made it. */
export interface Engine {
  features(): { granted: bigint; kernelFaults: boolean };
  registerFrames(offset: number, byteLength: number): void;
  /** `file`: the memfile that backs the region, -1 for anonymous memory. */
  registerRegion(region: number, address: bigint, byteLength: number, file: number, huge: boolean): void;
  unregisterRegion(region: number): void;
  /** Sets the thread whose faults `ownerFault` reports: the user's, on which its store objects answer. */
  setOwner(thread: number): void;
  /** The address of the page that it faulted on last; 0n: none. */
  ownerFault(): bigint;
  /** Adds a view: another process maps the region's memfile at `base`, with this userfaultfd. Descriptors are duplicated. */
  addView(region: number, userfaultfd: number, socket: number, base: bigint): void;
  /** Memory of another process, a space of the core; the descriptor is duplicated, here and below. */
  addRemote(region: number, userfaultfd: number, spaced: boolean): void;
  /** A range of another process as an ordinary region. `file`: the memfile that it maps, or -1. */
  addRemoteRegion(
    region: number,
    userfaultfd: number,
    address: bigint,
    byteLength: number,
    file: number,
    huge: boolean,
  ): void;
  /** The agent of a space: see native/programs/preload/agent.h. `program`: a pidfd of its process, or -1. */
  setAgent(region: number, socket: number, control: number, window: number, program: number): void;
  setMailbox(region: number, mailbox: bigint): void;
  /** /proc/PID/mem of a remote's process, duplicated: a pass saves its pages through it. */
  setMemory(region: number, fd: number): void;
  /** The forked space without an agent whose mailbox was touched by thread `tid` at its page `ticket`; 0: none. */
  findFork(tid: number, ticket: number): number;
  /** That thread has ended: `findFork` finds no space by its touch any more. */
  forgetKnock(tid: number, ticket: number): void;
  /** A new descriptor of its userfaultfd; the caller closes it. */
  duplicateRemote(region: number): number;
  removeRemote(region: number): void;
  /** Remotes whose process was found gone, each reported once. */
  deadRemotes(): number[];
  /** The thread that faulted last, if the userfaultfd reports it; 0: none yet. */
  lastThread(): number;
  /**
   * Sets the parts of the guest that is added next, by address. Each is three numbers: its start, its end, its first page.
   * `noted`: whether first touches are recorded.
   */
  watchFaults(places: BigUint64Array, pageBytes: number, noted: boolean): void;
  /** Pages in the order of their first faults. */
  touchedPages(): Uint32Array;
  /** Touched pages outside the guest's parts, each reported once. */
  strayFaults(): bigint[];
  /** A paused space's agent gets no requests. */
  pauseAgent(region: number, paused: boolean): void;
  /** How the loop's thread rode beside the threads that fault: see native/engine/ride.h. */
  ride(): RideFigures;
  /** Instead of registerFrames if remotes are served: the frames keep their memory. */
  keepFrames(offset: number, byteLength: number): void;
  /** Runs the commands issued. */
  execute(): void;
  /** Reads messages without blocking; returns how many are in the ring. */
  read(): number;
  /** Where the shim counts the times of its calls: see src/core/meters.ts. */
  useMeters(meters: Uint8Array): void;
  /** From now on turns run over the compiled core, without JavaScript: `turn` of `start` is not called. */
  useCompiledCore(): void;
  /** From now on the phases of turns are stamped into the core memory. */
  stampPhases(): void;
  /** As those of src/loop/turn.ts, over the compiled core. */
  turn(): boolean;
  drain(): void;
  unfinished(): boolean;
  /** Between two steps of a pass: reads messages, and threads that wait for the turn take theirs. */
  look(): void;
  /** Begins to poll: `turn` after each read; if it returns true, `dispatch` as a callback of its own. */
  start(turn: () => boolean, dispatch: () => void): void;
  /**
   * From now on the region's requests of this kind go over the connection `fd`, which is duplicated: see native/lane/lane.h.
   * Region 0: those of all spaces. `patience`: milliseconds.
   */
  openLane(region: number, kind: number, fd: number, prefix: string, patience: number): void;
  /** Null: there is no such lane. */
  closeLane(region: number, kind: number): LostLane | null;
  /** Lanes that broke, each returned once. */
  lostLanes(): LostLane[];
  close(): void;
}

/** A lane that is broken or closed. */
export interface LostLane {
  region: number;
  kind: number;
  /** Milliseconds that its oldest page has been waited for. */
  waited: number;
  /** Pages that came over it. */
  pages: number;
  /** The pages that it did not bring. */
  owed: Array<{ page: number; frame: number; generation: number }>;
}

/** See native/others/attached-watch.cc. */
export interface AttachedWatch {
  readonly watch: unique symbol;
}

/** See native/others/lease-watch.cc. */
export interface LeaseWatch {
  readonly lease: unique symbol;
}

/** A file that the addon has opened; closed with this object, if not before. */
export interface HeldFile {
  readonly held: unique symbol;
}

/** A file of a chain of images, opened ahead: see native/engine/heads.cc. */
export interface OpenHead {
  path: string;
  fd: number;
  file: HeldFile;
  /** Its device and inode. */
  place: string;
  /** Bytes. */
  size: number;
  /** Where its bytes are in those of the job: its first 4096, then what is where these say that the map is. */
  start: number;
  length: number;
}

export interface Native {
  /** Functions of the binding that are used elsewhere, too. `listen`: a socket whose file is mode 0600 from the start. */
  readonly userfaultfd: {
    listen(path: string, stream: boolean): number;
    unanswered(fd: number): number;
    readInto(fd: number, into: Uint8Array): number;
    sendPieces(fd: number, ...pieces: readonly Uint8Array[]): number;
    readonly Watcher: new (
      fd: number,
      callback: (status: number) => void,
      duplicated: boolean,
    ) => { arm(events: number): void; stop(): void; close(): void };
  };
  readonly layoutHash: number;
  /**
   * `trapPages` 0: userfaultfd; else PROT_NONE and SIGSEGV, with at most so many pages accessible. `inlined`: faulting threads
   * take turns themselves.
   */
  readonly Engine: new (
    core: Uint8Array,
    trapPages: number,
    inlined: boolean,
  ) => Engine;
  /** The core compiled ahead of time: the hash of its module, and its `step` and `settle` over a memory that V8 has begun. */
  readonly compiledCore: {
    hash: string;
    step(memory: Uint8Array): number;
    settle(memory: Uint8Array): void;
    /** Reserves the annex of a core memory that no engine has; returns how many slabs it has, 0 if it cannot be. */
    openAnnex(memory: Uint8Array, bytes: number): number;
    closeAnnex(memory: Uint8Array): void;
    /** The core's imports of these names. */
    annexWrite(memory: Uint8Array, at: number, place: number, bytes: number): number;
    annexRead(memory: Uint8Array, place: number, at: number, bytes: number): void;
    annexVacate(memory: Uint8Array, place: number, bytes: number): void;
  };
  probe(): NativeProbe;
  /** Keeps the calling thread on a CPU. */
  pinThread(cpu: number): void;
  lastWords(text: string): void;
  /** True at the first call in the process: for warnings that are given once. */
  firstNotice(): boolean;
  /** Whether two processes share one address space; null: one has ended, or the kernel does not tell. */
  sharesMemory(pid: number, other: number): boolean | null;
  /** Closes a descriptor that the addon opened. */
  closeFile(fd: number): void;
  /**
   * Locks a file or folder for as long as the descriptor is open (flock(2)), or unlocks it; it ends with the descriptor,
   * however the process ends.
   * @returns false: another descriptor has it locked
   * @throws if the file system has no locks
   */
  lockFile(fd: number, how: 'shared' | 'exclusive' | 'none'): boolean;
  /** What `markFile` wrote; null: nothing, or the file system keeps no marks. */
  fileMark(fd: number): string | null;
  /** Writes a mark beside the file's content (an extended attribute), or removes it. @returns whether that could be done */
  markFile(fd: number, mark: string | null): boolean;
  /** These bytes read as zeros and take no room; the file's length stays. @returns errno, 0: done */
  punchFile(fd: number, position: number, byteLength: number): number;
  /** Where a file's next data, or hole, begins, at `offset` or after it; -1: there is none before its end. */
  seekExtent(fd: number, offset: number, hole: boolean): number;
  /**
   * Writes pieces of the buffer in their order, that of the file: of each its position there, its offset in the buffer, its
   * bytes. They must not be changed before it settles.
   */
  writePieces(fd: number, buffer: Uint8Array, pieces: Float64Array): Promise<void>;
  /** From now on reads of this descriptor fail with ESTALE if the file's size or change time differs. */
  watchFile(fd: number): void;
  /** Stops watching; call before the close. */
  unwatchFile(fd: number): void;
  /** Whether a watched file is unchanged; true for any other descriptor. */
  isUnchanged(fd: number): boolean;
  /** Number of the file that has the first `bytes` of each of these, in this order; the descriptors stay open meanwhile. */
  joinFiles(fds: readonly number[], bytes: Float64Array): number;
  separateFiles(number: number): void;
  /** Reserves blocks for the file's first bytes, which become its length; null, or the name of the errno. */
  reserve(fd: number, byteLength: number): string | null;
  /** The same in another thread; the descriptor must stay open meanwhile. */
  reserveSoon(fd: number, byteLength: number): Promise<string | null>;
  /** Starts write-back of these bytes to the disk, and does not wait for it; the descriptor must stay open meanwhile. */
  writeBack(fd: number, position: number, byteLength: number): Promise<void>;
  endProcess(code: number): never;
  /**
   * Becomes farpage-launch: its words, then the last `count` arguments of this process, with its environment, as bytes.
   * @throws if it cannot be executed
   */
  becomeLauncher(program: string, words: readonly string[], count: number): never;
  /** Writes to standard error; returns whether all was written within so many milliseconds. Never throws. */
  writeMessage(text: string, patience: number): boolean;
  /** Standard output becomes /dev/null: its reader sees the end when the others who have it close it. */
  dropStdout(): void;
  /**
   * Starts the keeper: it keeps this process's descriptors open after a kill, and ends the processes that it paged. Those of a
   * restore wait instead, and it waits until they have ended.
   * @param mark what the processes of a run have in their environment; '' for a restore
   * @param line a descriptor for its messages
   */
  startKeeper(mark: string, line: number): void;
  /** Ignores a signal for good, also in processes started by native calls. */
  ignoreSignal(signal: number): void;
  /** The process is exiting: threads still blocked on pages after half a second do not delay it. */
  noteExit(code: number): void;
  checkLz4(): string | null;
  /** Continues a CRC-32C over the bytes; `seed`: the sum so far, 0 at first. */
  crc32c(bytes: Uint8Array, seed: number): number;
  /** Bytes written; 0: they would not fit into `into`. Each up to 16 MiB. @throws without liblz4 */
  lz4Compress(from: Uint8Array, into: Uint8Array): number;
  /** Whether `from` is whole and fills `into` exactly. @throws without liblz4 */
  lz4Decompress(from: Uint8Array, into: Uint8Array): boolean;
  /**
   * The digests of pages, 64 bits under a key that all images share, from `into[first]` on; 0n only for pages of zeros.
   */
  pageDigests(pages: Uint8Array, pageBytes: number, into: BigUint64Array, first: number): void;
  /**
   * Opens up to `most` files of a chain of images, from an absolute path towards the oldest, and reads the header of each and,
   * with `maps`, its map; fewer where anything is not as expected. `next`: the path after them, '' if there is none. `bytes`: not
   * checked, and cut short where a file ends. The caller closes the files.
   */
  openHeads(path: string, most: number, maps: boolean): Promise<{ heads: OpenHead[]; bytes: Buffer; next: string }>;
  /** Closes the file, if it is open. */
  closeHead(file: HeldFile): void;
  /**
   * Fills the table of where a chain's pages are, for pages that no image had before: see page-index.ts.
   * @param slotBy 0: a page's slot is its number; 1: its rank; 2: what `slots` has for its rank
   * @returns how many pages the image has; -1: `pages` makes no sense; -2: `slots` does not
   */
  placePages(
    pages: Uint8Array,
    listed: boolean,
    slotBy: number,
    slots: Uint8Array,
    slotCount: number,
    holder: number,
    holders: Uint8Array,
    blocks: Uint8Array,
  ): number;
  /** Whether system calls of libuv on absent pages work, where the kernel itself is not served. Installs what they take. */
  callsServed(): boolean;
  /** Pages that traps of this process may still make accessible: vm.max_map_count. */
  trapBudget(): number;
  /** Whether traps of this process keep pages absent by guard pages (Linux 6.15), else by mprotect(2). */
  trapMarkers(): boolean;
  /** Counts the inline faults of a range by thread. @throws ENOSPC if 32 are open */
  FaultTally: new (
    address: bigint,
    byteLength: number,
  ) => FaultTally;
  /** The calling thread, as the kernel names it in messages and in /proc. */
  threadId(): number;
  /** Reports to this thread's garbage collector so many more, or fewer, bytes outside the heap. */
  adjustExternalMemory(bytes: number): void;
  mapMemory(byteLength: number): bigint;
  unmapMemory(address: bigint, byteLength: number): void;
  createMemfd(name: string, byteLength: number, huge: boolean): number;
  /** A shared mapping of a file from that byte on, in place of what is at the address; 0n: anywhere. */
  mapFile(fd: number, byteLength: number, address: bigint, from: number): bigint;
  viewOf(address: bigint, byteLength: number): ArrayBuffer;
  addressOf(view: Uint8Array): bigint;
  dropMemory(address: bigint, byteLength: number): void;
  /** Watches the pager of an attached region: if it ends without a goodbye, the process ends at its next absent page. */
  startAttachedWatch(userfaultfd: number, socket: number, address: bigint, byteLength: number): AttachedWatch;
  /** From now on a fatal touch there first writes that the region was closed. */
  rememberGone(address: bigint, byteLength: number, region: number): void;
  /** Forgets the range: the region's memory is gone. */
  forgetGone(address: bigint): void;
  /** Unmaps the region, and notifies the pager. */
  stopAttachedWatch(watch: AttachedWatch): void;
  /** Watches the node of an attached region: see native/others/lease-watch.cc. `times`: the memfile of its lease. */
  startLeaseWatch(
    userfaultfd: number,
    socket: number,
    file: number,
    times: number,
    address: bigint,
    byteLength: number,
  ): LeaseWatch;
  stopLeaseWatch(watch: LeaseWatch): void;
}

/** Inline faults of a range, by thread. It ends with its thread, and when it is collected. */
export interface FaultTally {
  /** Of each thread its number, its faults, nanoseconds, and the longest of them. */
  read(): number[][];
  close(): void;
}

let loaded: { native: Native; folder: string } | undefined;

/**
 * The addon.
 * @throws PagerError 'UNSUPPORTED' if it was not built for this machine
 */
export function native(): Native {
  return take().native;
}

/**
 * The path of a program or library that was built with the addon.
 * @throws PagerError 'UNSUPPORTED' if it was not built for this machine
 */
export function nativePart(part: Part): string {
  return partIn(take().folder, part);
}

/** The addon's folder in the package. @throws PagerError 'UNSUPPORTED' if there is none for this machine */
export function nativeOrigin(): string {
  return originOf(take().folder);
}

function take(): { native: Native; folder: string } {
  if (loaded === undefined) {
    const { exports, folder } = loadAddon();
    loaded = { native: exports as Native, folder };
  }
  return loaded;
}

/** A PagerError of an error that the addon threw. */
export function nativeError(error: unknown, what: string): PagerError {
  if (error instanceof PagerError) return error;
  const { errno, syscall } = (error ?? {}) as { errno?: unknown; syscall?: unknown };
  const name = typeof errno === 'string' ? errno : undefined;
  const denied = name === 'EPERM' || name === 'EACCES';
  const missing = name === 'ENOSYS' || name === 'EINVAL' || name === 'ENODEV';
  return new PagerError(denied ? 'PERMISSION' : missing ? 'UNSUPPORTED' : 'INTERNAL', what, {
    errno: name,
    syscall: typeof syscall === 'string' ? syscall : undefined,
    hint: denied ? PERMISSION_HINT : missing ? SUPPORT_HINT : undefined,
    cause: error,
  });
}

export const PERMISSION_HINT =
  'run as root, or let this user open /dev/userfaultfd (chmod or chgrp), or set sysctl vm.unprivileged_userfaultfd=1; ' +
  'in a container, use a seccomp profile that allows userfaultfd(2)';
export const SUPPORT_HINT = 'use Linux 6.8 or newer with CONFIG_USERFAULTFD (UFFDIO_MOVE is needed)';
