// Receives one hand-off: its text, its descriptors, and who sent it, within a time limit.
import { fstatSync, readFileSync, readlinkSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { native } from '../native/native.js';
import type { DescriptorSocket } from '../userfaultfd/index.js';
import { type HandOff, HandOffText } from '../wire/firecracker.js';

/** Milliseconds from the connection to the end of the hand-off. */
export const PATIENCE = 5000;
const MAX_DESCRIPTORS = 2;
/** O_ACCMODE's O_RDWR, in the octal of /proc. */
const READ_WRITE = 2;

/** A received hand-off. The receiver closes the descriptors; -1: it was not sent. */
export interface Reception {
  userfaultfd: number;
  /** The memfile behind the guest's memory. */
  file: number;
  /** Its description of the regions, or why it is refused. */
  handOff: HandOff | PagerError;
}

/**
 * Receives a hand-off: text in one or more pieces, the descriptors with any of them. The other side may close the
 * connection after it (Firecracker before v1.12).
 */
export async function receiveHandOff(socket: DescriptorSocket, patience = PATIENCE): Promise<Reception> {
  const reception: Reception = { userfaultfd: -1, file: -1, handOff: refused('nothing was said') };
  const text = new HandOffText();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    socket.close();
  }, patience);
  let received = 0;
  try {
    for (;;) {
      const message = await socket.receive();
      if (message === null) throw refused(text.empty ? 'it was closed before anything was said' : 'it ends too early');
      // Own all descriptors before the first is refused, so that none is left open.
      for (const descriptor of message.descriptors) sort(descriptor, reception);
      received += message.descriptors.length;
      const handOff = text.add(message.data);
      if (handOff === undefined) continue;
      reception.handOff = complete(reception, handOff, received);
      return reception;
    }
  } catch (error) {
    const silent = text.empty ? 'nothing was said' : 'it did not end';
    const why = late ? refused(`${silent} within ${patience / 1000} s`) : error;
    reception.handOff = why instanceof PagerError ? why : refused('it cannot be received', why);
    return reception;
  } finally {
    clearTimeout(timer);
  }
}

export function closeReception(reception: Reception): void {
  for (const fd of [reception.userfaultfd, reception.file]) if (fd >= 0) native().closeFile(fd);
  reception.userfaultfd = -1;
  reception.file = -1;
}

function complete({ userfaultfd }: Reception, handOff: HandOff, received: number): HandOff | PagerError {
  const given =
    received === 0 ? 'no descriptor' : received === 1 ? 'a descriptor that is not a userfaultfd' : 'none among them';
  if (userfaultfd < 0) return refused(`it came with ${given}: a userfaultfd is needed`);
  if (received > MAX_DESCRIPTORS) return refused(`it came with ${received} descriptors, not one or two`);
  return handOff;
}

function sort(descriptor: number, reception: Reception): void {
  const link = readlinkSync(`/proc/self/fd/${descriptor}`);
  if (link === 'anon_inode:[userfaultfd]' && reception.userfaultfd < 0) reception.userfaultfd = descriptor;
  else if (reception.file < 0 && isWritableFile(descriptor)) reception.file = descriptor;
  else native().closeFile(descriptor);
}

function isWritableFile(descriptor: number): boolean {
  if (!fstatSync(descriptor).isFile()) return false;
  const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & 3) === READ_WRITE;
}

function refused(what: string, cause?: unknown): PagerError {
  return new PagerError('PROTOCOL', `the hand-off is refused: ${what}`, {
    hint: 'connect, and send the JSON of the regions together with the userfaultfd',
    ...(cause === undefined ? {} : { cause }),
  });
}
