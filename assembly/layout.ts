// The one source of every offset, size and code that the core, the shim and the loop share. Only `export const NAME =
// <integer expression>` stands here, so that asc and tsc both compile it and scripts/layout.mjs can write
// native/layout.h from it. Offsets end in _AT, sizes in _BYTES; all are bytes in the core's memory.
//
//   0, HEADER         64 KiB: AssemblyScript's static data; 4 KiB: cursors, limits, clocks
//   MESSAGES, COMMANDS, REQUESTS   uffd_msg records as read(2) gives them; what native shall do, its completion in the
//                     same record; what a store in the event loop shall do
//   FRAMES, DIGESTS, BITMAPS   one record and one digest for each frame; which are vacant, which are ready
//   OPERATIONS, POOLS, REGIONS   one record each; FRAME_DATA … sized at start: frames, compression scratch, directories, slabs, leaves (see `begin`)

// ---- header: u32 each, unless the name says U64 -------------------------------------------------------------------
export const HEADER_AT = 65536;
export const HEADER_BYTES = 4096;
export const MESSAGE_COUNT_AT = HEADER_AT + 0; // native's: messages put into the message ring; `step` takes them all
export const MESSAGE_TAKEN_AT = HEADER_AT + 4; // of these, taken by the core already
export const COMMAND_HEAD_AT = HEADER_AT + 8; // issued by the core, run by native, settled by the core; they only grow
export const COMMAND_DONE_AT = HEADER_AT + 12;
export const COMMAND_SETTLED_AT = HEADER_AT + 16;
export const REQUEST_HEAD_AT = HEADER_AT + 20; // requests issued by the core, taken by the loop
export const REQUEST_TAIL_AT = HEADER_AT + 24;
export const NOW_AT = HEADER_AT + 32; // U64 ns, native's after every read and execute: the core's only clock
export const CORE_ADDRESS_AT = HEADER_AT + 40; // U64: where the core's memory begins in the process's address space
export const PAGE_SHIFT_AT = HEADER_AT + 48;
export const LIMIT_PAGES_AT = HEADER_AT + 52; // pages that may be present at once; 0xffffffff: no limit
export const RESIDENT_PAGES_AT = HEADER_AT + 56;
export const RESIDENT_PEAK_AT = HEADER_AT + 60;
export const PINNED_PAGES_AT = HEADER_AT + 64;
export const EVICTION_AT = HEADER_AT + 68;
export const READAHEAD_AT = HEADER_AT + 72;
export const FRAME_COUNT_AT = HEADER_AT + 76;
export const FRAME_DATA_AT = HEADER_AT + 80;
export const SCRATCH_AT = HEADER_AT + 84;
export const SCRATCH_COUNT_AT = HEADER_AT + 88;
export const VACANT_COUNT_AT = HEADER_AT + 92;
export const READY_COUNT_AT = HEADER_AT + 96;
export const STAGED_COUNT_AT = HEADER_AT + 100;
export const IN_FLIGHT_COUNT_AT = HEADER_AT + 104;
export const EVICTION_SEQUENCE_AT = HEADER_AT + 108; // evictions ever, mod 2^32: the clock of the ghost queue
export const RETRY_AT = HEADER_AT + 112; // non-zero: a command met EAGAIN; the turn is to be repeated soon
export const REGION_COUNT_AT = HEADER_AT + 116;
export const ZERO_DIGEST_AT = HEADER_AT + 120; // digest of a page of zeros under this pager's key, U64
export const DIRECTORY_NEXT_AT = HEADER_AT + 128;
export const DIRECTORY_END_AT = HEADER_AT + 132;
export const LEAVES_AT = HEADER_AT + 136;
export const LEAF_LIMIT_AT = HEADER_AT + 140;
export const LEAF_COUNT_AT = HEADER_AT + 144;
export const LEAF_FREE_AT = HEADER_AT + 148;
export const LEAF_BASES_AT = HEADER_AT + 152;
export const OPERATION_COUNT_AT = HEADER_AT + 156;
export const WINDOW_AT = HEADER_AT + 164; // pages of the last readahead window, kept ready beside the reserve
export const WRITE_PAUSE_AT = HEADER_AT + 168; // U64 ns: nothing is written back before: a local store's write failed
export const WRITE_DELAY_AT = HEADER_AT + 176;
export const PATIENCE_AT = HEADER_AT + 184; // U64 ns after which a page that waits for a frame is given up
export const WRITE_ERRNO_AT = HEADER_AT + 192; // errno of the last failed write-back, 0 since one succeeded
export const VICTIMS_BUSY_AT = HEADER_AT + 196;
export const COPY_PAGES_AT = HEADER_AT + 200; // pages that may be there twice for a moment, where moving means copying
export const CHUNKS_AT = HEADER_AT + 204; // tables of the spaces, see chunk.ts and slot.ts: 0 until `openSpaces`
export const SLOTS_AT = HEADER_AT + 208;
export const SLOT_LIMIT_AT = HEADER_AT + 212;
export const SLOT_NEXT_AT = HEADER_AT + 216; // slots ever used
export const SLOT_FREE_AT = HEADER_AT + 220; // list of free slots, number + 1
export const OVERDRAFT_AT = HEADER_AT + 224; // pages above the limit while all that is resident is busy
export const PASS_AT = HEADER_AT + 228; // 0 no pass, 1 another step gets on with it, 2 it waits for a store or a slot

// Queues of pages: {head, tail, count, unused}, linked through the entries.
export const QUEUE_HEAD_AT = 0;
export const QUEUE_TAIL_AT = 4;
export const QUEUE_COUNT_AT = 8;
export const QUEUE_MAIN_AT = HEADER_AT + 512;
export const QUEUE_SMALL_AT = HEADER_AT + 528;
// Lists through ENTRY_NEXT, oldest at the head: pages that wait for a frame; that are in theirs, to be installed.
export const LIST_STARVED_AT = HEADER_AT + 544;
export const LIST_PARKED_AT = HEADER_AT + 560;
export const QUEUE_STAGED_AT = HEADER_AT + 576; // staged pages, the oldest at the tail
export const DIRECTORY_FREE_AT = HEADER_AT + 640; // free directories by the logarithm of their size, u32 each

// ---- messages -----------------------------------------------------------------------------------------------------
export const MESSAGES_AT = HEADER_AT + HEADER_BYTES;
export const MESSAGE_BYTES = 32;
export const MESSAGE_LIMIT = 64;
export const MESSAGE_EVENT_AT = 0;
export const MESSAGE_SPACE_AT = 4; // u32, native's: the space it came from, 0 none
export const MESSAGE_CHILD_AT = 8; // u32, native's: in place of a fork's userfaultfd, the child's space
export const MESSAGE_FLAGS_AT = 8;
export const MESSAGE_ADDRESS_AT = 16;
export const MESSAGE_START_AT = 8;
export const MESSAGE_END_AT = 16;
export const MESSAGE_FROM_AT = 8;
export const MESSAGE_TO_AT = 16;
export const MESSAGE_LENGTH_AT = 24;
export const EVENT_PAGEFAULT = 0x12;
export const EVENT_FORK = 0x13;
export const EVENT_REMAP = 0x14;
export const EVENT_REMOVE = 0x15;
export const EVENT_UNMAP = 0x16;
export const FAULT_WRITE = 1;
export const FAULT_WP = 2;
export const FAULT_MINOR = 4;

// ---- commands -----------------------------------------------------------------------------------------------------
export const COMMANDS_AT = MESSAGES_AT + MESSAGE_BYTES * MESSAGE_LIMIT;
export const COMMAND_BYTES = 64;
export const COMMAND_LIMIT = 4096;
export const COMMAND_MASK = COMMAND_LIMIT - 1;
export const COMMAND_OP_AT = 0; // u8
export const COMMAND_FLAGS_AT = 1; // u8
export const COMMAND_OUTCOME_AT = 2; // u16, native's
export const COMMAND_ERRNO_AT = 4; // u32, native's
export const COMMAND_TARGET_AT = 8; // u64 address
export const COMMAND_SOURCE_AT = 16; // u64 address, or offset in a file
export const COMMAND_LENGTH_AT = 24; // u64 bytes
export const COMMAND_BYTES_DONE_AT = 32; // i64, native's
export const COMMAND_PURPOSE_AT = 40; // u32, the core's: what to do with the completion
export const COMMAND_REGION_AT = 44; // u32
export const COMMAND_PAGE_AT = 48; // u32 first page
export const COMMAND_COUNT_AT = 52; // u32 pages
export const COMMAND_FRAME_AT = 56; // u32 first frame
export const COMMAND_FD_AT = 60; // u32 file descriptor, or the scratch slot of a compression

export const OP_COPY = 1;
export const OP_ZEROPAGE = 2;
export const OP_MOVE = 3;
export const OP_WAKE = 4;
export const OP_POISON = 5;
export const OP_READ_FILE = 6;
export const OP_WRITE_FILE = 7;
export const OP_COMPRESS = 8;
export const OP_DECOMPRESS = 9;
export const OP_COPY_BYTES = 10;
export const OP_DIGEST = 11;
export const OP_ZERO_BYTES = 12;
export const OP_RELEASE = 13;
export const OP_SEAL = 14; // mprotect(PROT_NONE): a source's pages must not read as zeros once their region is closed
export const OP_VACATE = 15; // gives the memory of frames back to the system, without an event
export const OP_TAKE = 16; // victims out of their region, source, into frames, target
export const OP_CONTINUE = 17; // maps what the memory file holds already
export const OP_UNPROTECT = 18;
export const OP_PUNCH = 19; // what the memory file holds of removed pages goes
export const OP_PROTECT = 20; // a write is a fault from now on
export const OP_SAVE = 21; // pages of a region, source, into slots of a pass's buffer, target
export const FLAG_LINK = 1; // run only if every command since the last one without this flag succeeded
export const FLAG_DIGEST = 2; // leave the digests of the pages read in the table of digests

export const OUTCOME_DONE = 1; // outcomes: ordinary things the kernel says
export const OUTCOME_PRESENT = 2; // EEXIST
export const OUTCOME_CHANGING = 3; // EAGAIN: the address space is changing
export const OUTCOME_GONE = 4; // ENOENT: no such page or range
export const OUTCOME_BUSY = 5; // EBUSY: pinned or shared with a fork
export const OUTCOME_EXITED = 6; // ESRCH
export const OUTCOME_NO_FIT = 7; // incompressible
export const OUTCOME_FAILED = 8; // anything else; see errno
export const OUTCOME_SKIPPED = 9; // linked to a command that did not succeed

export const PURPOSE_FILL = 1;
export const PURPOSE_READ = 2;
export const PURPOSE_READ_CHECKED = 3;
export const PURPOSE_DECOMPRESS = 4;
export const PURPOSE_STAGE = 5;
export const PURPOSE_SHARE = 7;
export const PURPOSE_VERIFY = 8;
export const PURPOSE_COMPRESS = 9;
export const PURPOSE_KEEP = 10;
export const PURPOSE_WRITE = 11;
export const PURPOSE_ARRIVED = 12;
export const PURPOSE_NONE = 14;
export const PURPOSE_PROBE = 15;
export const PURPOSE_VACATE = 16;
export const PURPOSE_FORKED = 17;
export const PURPOSE_GUARD = 18;
export const PURPOSE_SAVE = 19;
// What a fill's bytes are, in COMMAND_FD_AT of its install.
export const CONTENT_ZERO = 0;
export const CONTENT_SOURCE_FILE = 1;
export const CONTENT_SOURCE_ASYNC = 2;
export const CONTENT_POOL = 3;
export const CONTENT_STORE_FILE = 4;
export const CONTENT_STORE_ASYNC = 5;
export const CONTENT_SOFT = 6;
export const CONTENT_REGENERATE = 7;

// ---- requests to stores in the event loop --------------------------------------------------------------------------
export const REQUESTS_AT = COMMANDS_AT + COMMAND_BYTES * COMMAND_LIMIT;
export const REQUEST_BYTES = 32;
export const REQUEST_LIMIT = 4096;
export const REQUEST_MASK = REQUEST_LIMIT - 1;
export const REQUEST_KIND_AT = 0;
export const REQUEST_REGION_AT = 4;
export const REQUEST_PAGE_AT = 8;
export const REQUEST_FRAME_AT = 12;
export const REQUEST_GENERATION_AT = 16;
export const REQUEST_ERRNO_AT = 20;
export const REQUEST_READ_SOURCE = 1;
export const REQUEST_READ_STORE = 2;
export const REQUEST_WRITE = 3;
export const REQUEST_DISCARD = 4;
export const REQUEST_FAIL = 5; // A page cannot be had: the loop says so, then calls `fail`
export const REQUEST_REGENERATE = 7;
export const REQUEST_RECLAIMED = 8; // reclaimed pages came back as zeros: GENERATION how many
export const REQUEST_SAVED = 6; // pages of a pass: FRAME their first slot (none: zeros), GENERATION how many
export const CAUSE_READ = 1;
export const CAUSE_CONTENT = 2;
export const CAUSE_NO_FRAME = 3;
export const CAUSE_NO_TABLE = 4;
export const CAUSE_INSTALL = 5;
export const CAUSE_GONE = 6; // given back by the application before it could be saved
export const REQUEST_CAUSE_AT = 24;

// ---- frames -------------------------------------------------------------------------------------------------------
export const FRAMES_AT = REQUESTS_AT + REQUEST_BYTES * REQUEST_LIMIT;
export const FRAME_BYTES = 32;
export const FRAME_LIMIT = 1024;
export const FRAME_STATE_AT = 0; // u8
export const FRAME_FLAGS_AT = 1; // u8
export const FRAME_ENTRY_AT = 4; // u32 the page it holds, 0 none
export const FRAME_GENERATION_AT = 8; // u32
export const FRAME_SLOT_AT = 12; // u32 the slot of a space's store that it is being written to, plus 1
export const FRAME_VACANT = 0; // no memory behind it: a victim can be moved in
export const FRAME_READY = 1; // memory behind it, content of no use: a page can be filled in it
export const FRAME_FILLING = 2;
export const FRAME_STAGED = 3; // holds a page's only bytes, or a page read ahead
export const FRAME_WRITING = 4; // a store reads it
export const FRAME_RETURN = 1; // the page goes back into its region when its write-back has ended (flush)
export const FRAME_AHEAD = 4; // read ahead and never mapped: as good as what the store holds

export const DIGESTS_AT = FRAMES_AT + FRAME_BYTES * FRAME_LIMIT;
export const DIGEST_BYTES = 8;
export const BITMAP_VACANT_AT = DIGESTS_AT + DIGEST_BYTES * FRAME_LIMIT;
export const BITMAP_READY_AT = BITMAP_VACANT_AT + 128;

// ---- operations: load, evict, flush, discard ------------------------------------------------------------------------
export const OPERATIONS_AT = BITMAP_READY_AT + 128;
export const OPERATION_BYTES = 64;
export const OPERATION_LIMIT = 64;
export const OPERATION_KIND_AT = 0;
export const OPERATION_REGION_AT = 4;
export const OPERATION_ISSUE_AT = 8; // the next page to begin with
export const OPERATION_CURSOR_AT = 12; // all pages before it are done
export const OPERATION_END_AT = 16;
export const OPERATION_RESULT_AT = 20; // pages dropped
export const OPERATION_FAILED_AT = 24; // the first page that failed, plus 1
export const OPERATION_FLAGS_AT = 28;
export const OPERATION_ERRORS_AT = 32; // the region's failed writes when it began
export const OPERATION_NONE = 0;
export const OPERATION_LOAD = 1;
export const OPERATION_EVICT = 2;
export const OPERATION_FLUSH = 3;
export const OPERATION_DISCARD = 4;
export const OPERATION_PIN = 1;
export const OPERATION_RUNNING = 0;
export const OPERATION_DONE = 1;
export const OPERATION_FAILED = 2;

// ---- pools: slots for compressed pages ------------------------------------------------------------------------------
export const POOLS_AT = OPERATIONS_AT + OPERATION_BYTES * OPERATION_LIMIT;
export const POOL_BYTES = 512;
export const POOL_LIMIT = 64;
export const POOL_STATE_AT = 0; // 1 in use
export const POOL_COMPRESS_AT = 4;
export const POOL_ADDRESS_AT = 8; // u64
export const POOL_SLABS_AT = 16; // u32 table of slab records
export const POOL_SLAB_LIMIT_AT = 20;
export const POOL_SLAB_NEXT_AT = 24; // slabs ever used
export const POOL_SLAB_FREE_AT = 28; // list of empty slabs, number + 1
export const POOL_SLAB_USED_AT = 32; // slabs with a slot in use
export const POOL_BYTES_USED_AT = 40; // u64 bytes of content
export const POOL_TABLE_AT = 48; // slabs the table has room for
export const POOL_PARTIAL_AT = 128; // u32 for each class: list of slabs with room, number + 1
export const SLAB_BYTES = 96;

// ---- regions --------------------------------------------------------------------------------------------------------
export const REGIONS_AT = POOLS_AT + POOL_BYTES * POOL_LIMIT;
export const REGION_BYTES = 4096;
export const REGION_LIMIT = 256; // region 0 holds what closed regions counted
export const REGION_STATE_AT = 0;
export const REGION_FREE = 0;
export const REGION_OPEN = 1;
export const REGION_CLOSED = 2; // its pages are gone, its stores still close: the number is not given to another region
export const REGION_ADDRESS_AT = 8; // u64
export const REGION_PAGES_AT = 16;
export const REGION_DIRECTORY_AT = 20;
export const REGION_LEAVES_AT = 24;
export const REGION_SOURCE_AT = 28;
export const REGION_STORE_AT = 32;
export const REGION_SOURCE_FD_AT = 36;
export const REGION_STORE_FD_AT = 40;
export const REGION_POOL_AT = 44;
export const REGION_SOURCE_PAGES_AT = 48; // pages the source has bytes for; past them zeros
export const REGION_FILE_AT = 52; // 1: its pages live in a memory file, 0: in anonymous memory
export const REGION_SPACE_AT = 56; // 1: a space, whose pages are found by chunk (see chunk.ts)
export const REGION_CHUNK_NEXT_AT = 60; // leaves of a space ever used
export const REGION_CHUNK_FREE_AT = 176; // list of its free leaves, number + 1
export const REGION_LISTENED_AT = 180; // 1: somebody wants to be told of reclaimed pages that came back as zeros
// Readahead: four streams by recency, and the strides between faults (see readahead.ts).
export const REGION_STREAMS_AT = 64;
export const REGION_CLOCK_AT = 160; // ages streams
export const REGION_LAST_AT = 164; // the last fault's page, plus 1
export const REGION_HISTORY_NEXT_AT = 168;
export const EXTENT_COUNT_AT = 172;
export const REGION_EXTENTS_AT = 3200; // see region.ts
export const EXTENT_LIMIT = 56;
export const EXTENT_BYTES = 16;
export const EXTENT_FIRST_AT = 8;
export const EXTENT_PAGES_AT = 12;
export const REGION_HISTORY_AT = 3072; // i32 strides, a ring
export const REGION_COUNTERS_AT = 256; // u64 each, in the order of RegionStats
export const COUNTER_RESIDENT = 0;
export const COUNTER_DIRTY = 1;
export const COUNTER_PINNED = 2;
export const COUNTER_MISSING = 3;
export const COUNTER_MINOR = 4;
export const COUNTER_WP = 5;
export const COUNTER_FILL_ZERO = 6;
export const COUNTER_FILL_SOURCE = 7;
export const COUNTER_FILL_STORE = 8;
export const COUNTER_FILL_SOFT = 9;
export const COUNTER_AHEAD_ISSUED = 10;
export const COUNTER_AHEAD_USED = 11;
export const COUNTER_EVICTIONS = 12;
export const COUNTER_WRITEBACKS = 13;
export const COUNTER_STORE_READS = 14;
export const COUNTER_STORE_WRITES = 15;
export const COUNTER_STORE_BYTES_READ = 16;
export const COUNTER_STORE_BYTES_WRITTEN = 17;
export const COUNTER_STORE_ERRORS = 18;
export const COUNTER_STORE_RETRIES = 19;
export const COUNTER_COALESCED = 20;
export const COUNTER_WAIT_MAX = 21; // longest fault, ticks
export const COUNTER_FAILED = 22;
export const COUNTER_WRITE_ERRORS = 23;
export const COUNTER_RECLAIMED = 24;
export const COUNTER_REGENERATED = 25;
export const COUNTER_LIMIT = 26;
export const REGION_HISTOGRAM_AT = 512; // faults by their time in ticks of 64 ns: 16 buckets an octave, u32 each
export const HISTOGRAM_COUNT = 464;
export const TICK_SHIFT = 6;

export const SOURCE_ZERO = 0;
export const SOURCE_FILE = 1;
export const SOURCE_ASYNC = 2;
export const STORE_POOL = 1;
export const STORE_FILE = 2;
export const STORE_ASYNC = 3;

// ---- pages: leaves of 512 entries -----------------------------------------------------------------------------------
export const FIXED_END = REGIONS_AT + REGION_BYTES * REGION_LIMIT;
export const LEAF_SHIFT = 9;
export const LEAF_PAGES = 512;
export const ENTRY_SHIFT = 5;
export const ENTRY_BYTES = 32;
export const LEAF_BYTES = LEAF_PAGES * ENTRY_BYTES;
export const ENTRY_STATE_AT = 0; // u8
export const ENTRY_REGION_AT = 1; // u8
export const ENTRY_FLAGS_AT = 2; // u16
export const ENTRY_FRAME_AT = 4; // u32 frame + 1
export const ENTRY_NEXT_AT = 8;
export const ENTRY_PREVIOUS_AT = 12; // queued: the entry before; absent: the eviction's number; filling: since, in ticks
export const ENTRY_DIGEST_AT = 16; // u64
export const ENTRY_SLOT_AT = 24;
export const ENTRY_SLOT_BYTES_AT = 28;

export const PAGE_ABSENT = 0;
export const PAGE_FILLING = 1;
export const PAGE_CLEAN = 2;
export const PAGE_DIRTY = 3;
export const PAGE_STAGED = 4;
export const PAGE_EVICTING = 5;
export const PAGE_WRITING = 6;
export const PAGE_REMOVED = 7;
export const PAGE_FAILED = 8;
export const PAGE_STATE_COUNT = 9;

export const PAGE_STORED = 1; // the store holds a copy, and its digest stands in the entry
export const PAGE_SOURCED = 2; // the digest in the entry is the source's
export const PAGE_PINNED = 4;
export const PAGE_REFERENCED = 8;
export const PAGE_IN_MAIN = 16;
export const PAGE_QUEUED = 32;
export const PAGE_FLUSHING = 64; // a flush waits until what the page holds now is in the store
export const PAGE_WRITTEN = 128; // the fault that is being answered was a write
export const PAGE_ZEROS = 256; // reads as zeros whatever source and store hold, until it is stored anew
export const PAGE_PENDING = 512; // to be saved by the pass under way (see guard.ts)
export const PAGE_GUARDED = 1024; // write-protected: a write to it is told
export const PAGE_KEPT = 2048; // unchanged since a tracked pass saved it
export const PAGE_VOLATILE = 4096; // see volatile.ts
export const PAGE_RECLAIMED = 8192; // dropped while it was volatile, and not in its region since
export const PAGE_SAVING = 16384; // being saved by a command of this very step
export const PAGE_REGENERATE = 32768; // what is reclaimed of it is made anew by the loop

export const EVICTION_FIFO = 0;
export const EVICTION_CLOCK = 1;
export const EVICTION_S3_FIFO = 2;
export const READAHEAD_OFF = 0;
export const READAHEAD_SEQUENTIAL = 1;
export const READAHEAD_STRIDE = 2;

export const BATCH_COUNT = 32; // victims staged at a time
export const CHUNK_SHIFT = 21; // a leaf of pages of 4 KiB
export const CHUNK_COUNT = 65536; // records of the chunk table
export const SPACE_LEAVES = 32768; // leaves of one space: 64 GiB of chunks that were touched
export const SLOT_RECORD_SHIFT = 3;
