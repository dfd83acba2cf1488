// Numbers of the DSM machine that its hosts use too: states, messages, operations, and where their fields are.

// ---- states of a page at a node ------------------------------------------------------------------------------------
export const NODE_I = 0;
export const NODE_S = 1;
export const NODE_M = 2;
export const NODE_IS = 3;
export const NODE_IM = 4;
export const NODE_SM = 5;
export const NODE_SI = 6;
export const NODE_MS = 7;
export const NODE_MI = 8;
export const NODE_F = 9;
export const NODE_L = 10;
export const NODE_STATE_COUNT = 11;

// ---- states of a page at the home, and phases of its transaction ---------------------------------------------------
export const HOME_U = 0;
export const HOME_S = 1;
export const HOME_M = 2;
export const HOME_L = 3;
export const PHASE_IDLE = 0;
export const PHASE_ACKS = 1;
export const PHASE_STORING = 2;
export const PHASE_LOADING = 3;
export const PHASE_GRANTING = 4;
/** A request to write waits for a cut. */
export const PHASE_HELD = 5;

// ---- phases of a cut, and marks of pages (cut.ts) ------------------------------------------------------------------
export const CUT_NONE = 0;
export const CUT_AHEAD = 1;
export const CUT_GATHERING = 2;
export const CUT_COPYING = 3;
export const CUT_ENDING = 4;
export const CUT_AWAITED = 1;
export const CUT_LACKED = 2;
export const CUT_WANTED = 3;

// ---- what tests break at a home ------------------------------------------------------------------------------------
/** It grants without waiting for acknowledgements. */
export const BREAK_ACKS = 1;
/** Exclusive grants begin while pages are gathered for a cut. */
export const BREAK_CUT_HOLD = 2;
/** Pages are granted before they are copied. */
export const BREAK_CUT_MARK = 4;

// ---- messages ------------------------------------------------------------------------------------------------------
export const MESSAGE_GET = 1;
export const MESSAGE_OWN = 2;
export const MESSAGE_ACK = 3;
export const MESSAGE_DATA = 4;
export const MESSAGE_PUT = 5;
export const MESSAGE_TOOK = 6;
export const MESSAGE_DECLINE = 7;
export const MESSAGE_INV = 8;
export const MESSAGE_RECALL = 9;
export const MESSAGE_SHARE = 10;
export const MESSAGE_GRANT = 11;
export const MESSAGE_KEPT = 12;
export const MESSAGE_LOST = 13;
/** To a new home: this node has bytes of this version that the home may not have; with FLAG_TO_I they are saved, and it is not the owner's any more. */
export const MESSAGE_HAVE = 14;
/** As GET, of a page that no thread waits for: a home that would have to wait for another node answers PASS. */
export const MESSAGE_AHEAD = 15;
export const MESSAGE_PASS = 16;
/** A node asks for a cut; the request is its number for it, in all messages of the cut. */
export const MESSAGE_CUT = 17;
/** A node asks for the bytes of pages of its cut: the transaction is how many, from the page on. */
export const MESSAGE_COPY = 18;
/** A node has written a page to its image that the home sent with FLAG_HELD. */
export const MESSAGE_SAVED = 19;
/** A node needs no more of its cut. */
export const MESSAGE_CUT_END = 20;
/** Nobody could write to any page at the instant of the cut, which has passed. */
export const MESSAGE_INSTANT = 21;
/** A page's bytes at the instant. */
export const MESSAGE_COPIED = 22;
/** The page was lost at the instant; with FLAG_STORE the store did not answer. */
export const MESSAGE_NO_COPY = 23;
/** The home has ended the cut; the transaction says why (src/dsm/message.ts). */
export const MESSAGE_CUT_OVER = 24;
/** Of a message's flags: the page's bytes follow. */
export const FLAG_BYTES = 1;
/** Of a RECALL: nothing may stay at the owner. Of a HAVE: the page is in MI. */
export const FLAG_TO_I = 2;
/** Of a LOST: the store did not answer. */
export const FLAG_STORE = 4;
/** Of a PUT, DATA or COPIED: the page is zeros, and no bytes follow. */
export const FLAG_ALL_ZEROS = 8;
/** Of a COPIED: a writer waited for it. The node answers SAVED. */
export const FLAG_HELD = 16;

// ---- operations that a machine asks of its host, in their order ----------------------------------------------------
export const DO_SEND = 1;
/** Install the message's bytes, write-protected; wake. */
export const DO_INSTALL = 2;
/** Install the message's bytes, writable; wake. */
export const DO_INSTALL_WRITABLE = 3;
/** Install the saved bytes, writable; wake. */
export const DO_INSTALL_SAVED = 4;
/** Remove the write-protection; wake. */
export const DO_UNPROTECT = 5;
export const DO_PROTECT = 6;
/** Protect, copy the bytes aside, punch. */
export const DO_SAVE = 7;
/** Punch. */
export const DO_ZAP = 8;
/** The saved bytes are needed no more. */
export const DO_FORGET = 9;
export const DO_WAKE = 10;
/** Every touch is SIGBUS from now on. */
export const DO_POISON = 11;
/** Call `nodeTick` at the time in DO_TIME_AT. */
export const DO_HOLD = 12;
/** Keep the message's bytes in hand, write them to the store, then call `homeStored`. */
export const DO_KEEP = 13;
/** Read the page from the store into the hand, then call `homeLoaded`. */
export const DO_READ = 14;
/** The bytes in hand are needed no more. */
export const DO_RELEASE = 15;
/** The page's owner is lost, and its writes since the last put. */
export const DO_LOST = 16;
/** Record, before what follows is done: `node` owns the page, in this version. */
export const DO_GRANTED = 17;
/** Record, before what follows is done: the store has the bytes of this version. */
export const DO_STORED = 18;
/** Punch the page if it is there, forget its saved bytes; wake. Its content is zeros now, and the home must learn it. */
export const DO_DISCARD = 19;
/** Keep zeros in hand, let the store forget the page, then call `homeStored`. */
export const DO_ERASE = 20;
/** The instant of the cut has passed. */
export const DO_INSTANT = 21;
/** Call `homeCopy` when the node of the cut has room for the page's bytes. */
export const DO_ROOM = 22;

// ---- fields of an operation ----------------------------------------------------------------------------------------
export const DO_KIND_AT = 0;
export const DO_MESSAGE_AT = 1;
export const DO_NODE_AT = 2;
export const DO_FLAGS_AT = 3;
export const DO_PAGE_AT = 4;
export const DO_TXN_AT = 8;
export const DO_REQ_AT = 12;
export const DO_VERSION_AT = 16;
export const DO_TIME_AT = 24;
export const DO_BYTES = 32;
/** Most operations of one call: a message to each of 64 nodes, a LOST to each, and a few. */
export const DO_LIMIT = 144;

// ---- sizes ---------------------------------------------------------------------------------------------------------
export const MAX_NODES = 64;
export const HEADER_BYTES = 64;
export const NODE_ENTRY_BYTES = 40;
export const HOME_ENTRY_BYTES = 48;
export const WAITER_BYTES = 24;
/** Nobody: an owner or a requester. */
export const NO_NODE = 255;

// ---- fields that hosts and tests read ------------------------------------------------------------------------------
export const NODE_STATE_AT = 0;
export const NODE_WANT_AT = 1;
export const NODE_DUE_AT = 2;
export const NODE_SHIFT_AT = 3;
export const NODE_REQ_AT = 4;
export const NODE_VERSION_AT = 8;
export const NODE_TXN_AT = 16;
export const NODE_DUE_TXN_AT = 20;
export const NODE_SINCE_AT = 24;
export const NODE_HAND_OFFS_AT = 32;
/** In MI: the page is zeros, and no bytes are saved. */
export const NODE_ZEROS_AT = 36;
/** In NODE_WANT_AT: the page is wanted to be made zeros. */
export const WANT_DISCARD = 3;

export const HOME_STATE_AT = 0;
export const HOME_PHASE_AT = 1;
export const HOME_OWNER_AT = 2;
export const HOME_REQUESTER_AT = 3;
export const HOME_WANT_AT = 4;
export const HOME_CUT_AT = 7;
export const HOME_HEAD_AT = 8;
export const HOME_VERSION_AT = 16;
export const HOME_SHARERS_AT = 24;
export const HOME_PENDING_AT = 32;
export const HOME_TXN_AT = 40;
export const HOME_REQ_AT = 44;
