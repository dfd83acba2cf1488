// What `experiment --stacks` waits in: one function for each kind of access, as a program has places that load.
import type { Region } from '../index.js';
import { SLOT_BYTES } from './content.js';
import type { Loads } from './toucher.js';

export function loadsOf(region: Region): Loads {
  return {
    toRead: function loadToRead(byteOffset) {
      return region.load(byteOffset, SLOT_BYTES);
    },
    toWrite: function loadToWrite(byteOffset) {
      return region.load(byteOffset, SLOT_BYTES);
    },
  };
}
