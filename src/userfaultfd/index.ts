// farpage/userfaultfd: the kernel's interface as it is, for pagers of your own. See docs/userfaultfd.md.
export type { SignalOptions } from '../ended.js';
export { PagerError, type PagerErrorCode, type PagerErrorDetails } from '../errors.js';
export {
  DescriptorServer,
  DescriptorSocket,
  type Peer,
  type Received,
  type SocketOptions,
} from './descriptors.js';
export {
  type Advice,
  advise,
  anonymous,
  hugePages,
  type Memory,
  type MemoryKind,
  mapDescriptor,
  remap,
  sharedMemory,
  unmap,
} from './memory.js';
export type { MessageOf } from './message.js';
export type { Feature, Ioctl } from './names.js';
export { type PageFlags, pageFlags, scanWritten } from './pagemap.js';
export type { OpenOptions, Outcome, Probe, Range, Result } from './types.js';
export { type Message, Userfaultfd } from './userfaultfd.js';
export { addressOf, viewOf } from './view.js';
