// Reads an image file of CRIU: its magic numbers, then messages that each have their length before them.
import { readFileSync, statSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { formatSize } from '../units.js';
import { malformed } from './protobuf.js';

/** The type of an image: its second magic number, or its first in images of before CRIU 1.6. */
export const MAGIC = { inventory: 0x58313116, pstree: 0x50273030, pagemap: 0x56084025 } as const;
const COMMON_MAGIC = 0x54564319;
const WORD = 4;
/** Of a file: 6 million page runs. Each becomes objects of the heap, which has no room for many more. */
const MAX_FILE_BYTES = 2 ** 27;
/** Of a message: none of those that are read here has even a hundredth of it. */
const MAX_MESSAGE_BYTES = 2 ** 20;

/**
 * The messages of an image file.
 * @param type see MAGIC
 * @throws PagerError 'PROTOCOL' if it is not such an image
 */
export function messagesIn(bytes: Uint8Array, name: string, type: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const word = (what: string): number => {
    if (bytes.byteLength - at < WORD) throw malformed(name, `it ends before ${what}`);
    at += WORD;
    return view.getUint32(at - WORD, true);
  };
  const first = word('its magic number');
  const found = first === COMMON_MAGIC ? word('its second magic number') : first;
  if (found !== type) throw malformed(name, `its magic number is 0x${found.toString(16)}, not 0x${type.toString(16)}`);
  const messages: Uint8Array[] = [];
  while (at < bytes.byteLength) {
    const length = word('the length of a message');
    if (length > MAX_MESSAGE_BYTES) throw malformed(name, `a message of ${length} bytes is too long`);
    if (length > bytes.byteLength - at) throw malformed(name, 'it ends within a message');
    messages.push(bytes.subarray(at, at + length));
    at += length;
  }
  return messages;
}

/** @throws PagerError 'PROTOCOL' if an image is too long */
export function checkLength(bytes: number, name: string): void {
  if (bytes > MAX_FILE_BYTES) throw malformed(name, `${formatSize(bytes)} are more than ${formatSize(MAX_FILE_BYTES)}`);
}

/** @throws PagerError 'OPTION' if the file cannot be read, 'PROTOCOL' if it is too long */
export function readImage(path: string): Uint8Array {
  try {
    const { size } = statSync(path);
    checkLength(size, path);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof PagerError) throw error;
    const { code, syscall } = error as NodeJS.ErrnoException;
    throw new PagerError('OPTION', `${path} cannot be read`, {
      errno: code,
      syscall,
      path,
      hint: 'give the folder that criu dump wrote its images to (-D)',
      cause: error,
    });
  }
}
