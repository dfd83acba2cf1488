// The buffer of a pass: slots of a page each, outside the core's memory, for pages that are saved and that the sink has not
// taken yet. What does not fit waits, and with it who wants to change it.
import { clearBit, findSet, runLength, setBit } from '../bitmap';
import { NO_FRAME } from '../books/frame';
import { PAGE_SHIFT_AT } from '../layout';
import { requestRoom } from '../ring';
import { pass } from '../books/records';

export const SLOT_LIMIT: u32 = 16384;
/** Requests that are left to others. */
export const REQUESTS_KEPT: u32 = 1024;

const SLOT_MAP: usize = memory.data(2048);

export function openBuffer(slots: u32, address: u64): void {
  pass.cellCount = min(slots, SLOT_LIMIT);
  pass.cellsInUse = 0;
  pass.cellsPeak = 0;
  pass.cellHint = 0;
  pass.savesUnderWay = 0;
  pass.bufferAddress = address;
  for (let slot: u32 = 0; slot < SLOT_LIMIT; slot++) {
    if (slot < pass.cellCount) setBit(SLOT_MAP, slot);
    else clearBit(SLOT_MAP, slot);
  }
}

export function saveBegun(): void {
  pass.savesUnderWay++;
}

export function saveEnded(): void {
  pass.savesUnderWay--;
}

/** Address of a slot's bytes; they are outside the core's memory. */
// @ts-ignore: decorator
@inline
export function slotBytes(slot: u32): u64 {
  return pass.bufferAddress + ((<u64>slot) << load<u32>(PAGE_SHIFT_AT));
}

/** Slots that pages may take that nobody waits for: a half is kept for writers. */
export function backgroundSlots(): u32 {
  const most = pass.cellCount - (pass.cellCount >> 1);
  return pass.cellsInUse < most ? most - pass.cellsInUse : 0;
}

/** Takes up to `most` adjacent slots, their number in `slotsFound`; NO_FRAME where none is free. */
export function takeSlots(most: u32): u32 {
  if (pass.cellsInUse == pass.cellCount || requestRoom() <= REQUESTS_KEPT + pass.savesUnderWay) return NO_FRAME;
  let at = findSet(SLOT_MAP, pass.cellHint, pass.cellCount);
  if (at == pass.cellCount) at = findSet(SLOT_MAP, 0, pass.cellCount);
  pass.cellsFound = runLength(SLOT_MAP, at, most, pass.cellCount);
  for (let i: u32 = 0; i < pass.cellsFound; i++) clearBit(SLOT_MAP, at + i);
  pass.cellHint = at + pass.cellsFound;
  pass.cellsInUse += pass.cellsFound;
  pass.cellsPeak = max(pass.cellsPeak, pass.cellsInUse);
  return at;
}

export function freeSlots(first: u32, slots: u32): void {
  for (let i: u32 = 0; i < slots; i++) setBit(SLOT_MAP, first + i);
  pass.cellsInUse -= slots;
}
