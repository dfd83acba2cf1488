// The faults that scripts/mutants.mjs plants: each replaces a text that stands exactly once in its file.

/** What happens, and how: texts and their replacements, files from the top folder. */
export const MUTANTS = [
  {
    name: 'frame-freed-before-ack',
    what: 'an eviction frees its frame before the store has acknowledged the write',
    edits: [
      {
        file: 'assembly/paging/writeback.ts',
        find: '    request(REQUEST_WRITE, region, to, frame, frameGeneration(frame), 0, 0);\n',
        replace:
          '    request(REQUEST_WRITE, region, to, frame, frameGeneration(frame), 0, 0);\n    store<u64>(entry, frameDigest(frame), ENTRY_DIGEST_AT);\n    setFlag(entry, PAGE_STORED);\n    clearFlag(entry, PAGE_SOURCED | PAGE_ZEROS);\n    finish(entry);\n',
      },
    ],
  },
  {
    name: 'evicting-read-as-zeros',
    what: 'a fault on a page whose eviction is under way is answered with zeros',
    edits: [
      {
        file: 'assembly/paging/fault.ts',
        find: '    share(entry, tick(), written);\n',
        replace: '    look(COUNTER_MISSING, region, pageAddress(region, page));\n',
      },
    ],
  },
  {
    name: 'written-page-stays-clean',
    what: 'a page that was written to since it was stored counts as clean',
    edits: [
      {
        file: 'assembly/paging/writeback.ts',
        find: '      digest == load<u64>(entry, ENTRY_DIGEST_AT)\n',
        replace: '      digest != 0\n',
      },
    ],
  },
  {
    name: 'write-during-writeback-lost',
    what: 'a page that a thread touched during its write-back is dropped when the write ends',
    edits: [
      {
        file: 'assembly/paging/evict.ts',
        find: '  transition(entry, STEP_SHARED);\n',
        replace: '  transition(entry, STEP_SHARED);\n  setFlag(entry, PAGE_STORED);\n',
      },
    ],
  },
  {
    name: 'pin-ignored',
    what: 'pinned pages stay in the queue of victims',
    edits: [
      {
        file: 'assembly/paging/pin.ts',
        find: '  if (state == PAGE_CLEAN || state == PAGE_DIRTY) forget(entry);\n  setFlag(entry, PAGE_PINNED);\n',
        replace: '  setFlag(entry, PAGE_PINNED);\n',
      },
    ],
  },
  {
    name: 'stale-reply-installed',
    what: 'a reply of a store for an older use of a frame is installed',
    edits: [
      {
        file: 'assembly/paging/arrival.ts',
        find: '  if (frameGeneration(frame) != generation) return;\n',
        replace: '',
      },
    ],
  },
  {
    name: 'discard-leaves-fill',
    what: 'a discard during a fill does not cancel the fill',
    edits: [
      {
        file: 'assembly/changes/event.ts',
        find: '  forgetting(entry);\n  const frame = frameOf(entry);\n',
        replace: '  if (state == PAGE_FILLING) return;\n  forgetting(entry);\n  const frame = frameOf(entry);\n',
      },
    ],
  },
  {
    name: 'file-digest-ignored',
    what: 'bytes of a store file with another digest are installed',
    edits: [
      {
        file: 'assembly/paging/arrival.ts',
        find: '    } else if (isAnother(entry, frame + i)) {\n',
        replace: '    } else if (false) {\n',
      },
    ],
  },
  {
    name: 'reply-digest-ignored',
    what: 'bytes of a store in the loop with another digest are installed',
    edits: [
      {
        file: 'assembly/paging/arrival.ts',
        find: '  if (fromStore && isAnother(entry, frame)) {\n',
        replace: '  if (false) {\n',
      },
    ],
  },
  {
    name: 'pause-outlives-error',
    what: 'a write that succeeds clears the error of the one before and leaves its pause',
    edits: [
      {
        file: 'assembly/paging/written.ts',
        find: '  if (load<u64>(NOW_AT) >= load<u64>(WRITE_PAUSE_AT)) store',
        replace: '  store',
      },
    ],
  },
  {
    name: 'child-page-zeros',
    what: 'a page that could not be copied into a forked child counts as absent',
    edits: [
      {
        file: 'assembly/changes/fork.ts',
        find: '  store<u32>(entry, tick(), ENTRY_PREVIOUS_AT);\n  request(',
        replace: '  request(',
      },
    ],
  },
  {
    name: 'waiter-not-noted',
    what: 'a thread that faults on a page that is being filled is not noted',
    edits: [
      {
        file: 'assembly/paging/fault.ts',
        find: '    count(region, COUNTER_COALESCED, 1);\n    joined(entry, written);\n',
        replace: '    count(region, COUNTER_COALESCED, 1);\n',
      },
    ],
  },
];
