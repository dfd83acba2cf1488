// Loads the part of the addon that the binding uses, and declares its exports.
import { isMainThread } from 'node:worker_threads';
import { type Native, native } from '../native/native.js';

/** A descriptor in this thread's event loop; see native/door/watcher.h. */
export interface NativeWatcher {
  arm(events: number): void;
  rest(): void;
  stop(): void;
  close(): void;
}

/** What the addon exports as `userfaultfd`; the comments in native/*.cc say what each call takes. */
export interface Door {
  /** Arguments and results of the seven calls that follow; src/userfaultfd/call.ts has the places. */
  readonly words: ArrayBuffer;
  /** Room for 64 messages of 32 bytes. */
  readonly messages: ArrayBuffer;
  copy(): void;
  move(): void;
  zeropage(): void;
  continue(): void;
  poison(): void;
  writeProtect(): void;
  wake(): void;
  read(fd: number, limit: number): number;

  open(via: number, nonblock: boolean, userModeOnly: boolean): { fd: number; device: boolean; kernelFaults: boolean };
  adopt(fd: number): boolean;
  duplicate(fd: number): number;
  guard(fd: number, file: number, start: bigint, byteLength: number): void;
  close(fd: number, inode: number): void;
  noteExit(code: number): void;
  api(fd: number, api: bigint, features: bigint): { error: number; features: bigint; ioctls: bigint };
  register(fd: number, start: bigint, byteLength: number, mode: number): bigint;
  unregister(fd: number, start: bigint, byteLength: number): void;
  errorName(errno: number): string;
  readonly Watcher: new (
    fd: number,
    callback: (status: number, events: number) => void,
    duplicated: boolean,
  ) => NativeWatcher;

  map(fd: number, byteLength: number, align: number, flags: number): bigint;
  memoryFile(byteLength: number, huge: boolean): number;
  resizeFile(fd: number, byteLength: number): void;
  unmap(address: bigint, byteLength: number): void;
  remap(address: bigint, byteLength: number, newByteLength: number, to: bigint): bigint;
  advise(address: bigint, byteLength: number, advice: number, name: string): void;
  view(address: bigint, byteLength: number): ArrayBuffer;
  detach(buffer: ArrayBuffer): void;

  scan(start: bigint, end: bigint, clear: boolean, regions: BigUint64Array): number;
  entries(firstPage: bigint, into: BigUint64Array): number;

  listen(path: string, stream: boolean): number;
  connect(path: string, stream: boolean): number;
  accept(fd: number): number;
  peer(fd: number): { pid: number; uid: number; gid: number };
  send(fd: number, data: Uint8Array, descriptors: readonly number[]): number;
  receive(fd: number, into: Uint8Array, max: number): { bytes: number; descriptors: number[] } | null;
  unanswered(fd: number): number;
  readInto(fd: number, into: Uint8Array): number;
  sendPieces(fd: number, ...pieces: readonly Uint8Array[]): number;
  endReading(fd: number): void;
  closeSocket(fd: number): void;
}

/**
 * The addon's exports for the binding. Loaded with the module, so that hot calls need no check.
 * @throws PagerError 'UNSUPPORTED' if the addon was not built for this machine
 */
export const door: Door = (native() as Native & { readonly userfaultfd: Door }).userfaultfd;

// Node.js joins Workers at its exit; one that is blocked on a page that only this thread can fill would never end.
if (isMainThread) process.on('exit', (code) => door.noteExit(code));
