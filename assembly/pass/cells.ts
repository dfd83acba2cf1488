// The buffer of a pass: slots of a page each, outside the core's memory, for pages that are saved and that the sink has not
// taken yet. What does not fit waits, and with it who wants to change it.
import { clearBit, findSet, runLength, setBit } from '../bitmap';
import { NO_FRAME } from '../books/frame';
import { PAGE_SHIFT_AT } from '../layout';
import { requestRoom } from '../ring';

export const SLOT_LIMIT: u32 = 16384;
/** Requests that are left to others. */
export const REQUESTS_KEPT: u32 = 1024;

export let slotCount: u32 = 0;
export let slotsInUse: u32 = 0;
export let slotsPeak: u32 = 0;
/** Commands under way that save: each will ask the sink to take something. */
export let savesUnderWay: u32 = 0;

let bufferAddress: u64 = 0;
let slotHint: u32 = 0;
const SLOT_MAP: usize = memory.data(2048);

export function openBuffer(slots: u32, address: u64): void {
  slotCount = min(slots, SLOT_LIMIT);
  slotsInUse = 0;
  slotsPeak = 0;
  slotHint = 0;
  savesUnderWay = 0;
  bufferAddress = address;
  for (let slot: u32 = 0; slot < SLOT_LIMIT; slot++) {
    if (slot < slotCount) setBit(SLOT_MAP, slot);
    else clearBit(SLOT_MAP, slot);
  }
}

export function saveBegun(): void {
  savesUnderWay++;
}

export function saveEnded(): void {
  savesUnderWay--;
}

/** Address of a slot's bytes; they are outside the core's memory. */
// @ts-ignore: decorator
@inline
export function slotBytes(slot: u32): u64 {
  return bufferAddress + ((<u64>slot) << load<u32>(PAGE_SHIFT_AT));
}

/** Slots that pages may take that nobody waits for: a half is kept for writers. */
export function backgroundSlots(): u32 {
  const most = slotCount - (slotCount >> 1);
  return slotsInUse < most ? most - slotsInUse : 0;
}

/** What `takeSlots` found. */
export let slotsFound: u32 = 0;

/** Takes up to `most` adjacent slots, their number in `slotsFound`; NO_FRAME where none is free. */
export function takeSlots(most: u32): u32 {
  if (slotsInUse == slotCount || requestRoom() <= REQUESTS_KEPT + savesUnderWay) return NO_FRAME;
  let at = findSet(SLOT_MAP, slotHint, slotCount);
  if (at == slotCount) at = findSet(SLOT_MAP, 0, slotCount);
  slotsFound = runLength(SLOT_MAP, at, most, slotCount);
  for (let i: u32 = 0; i < slotsFound; i++) clearBit(SLOT_MAP, at + i);
  slotHint = at + slotsFound;
  slotsInUse += slotsFound;
  slotsPeak = max(slotsPeak, slotsInUse);
  return at;
}

export function freeSlots(first: u32, slots: u32): void {
  for (let i: u32 = 0; i < slots; i++) setBit(SLOT_MAP, first + i);
  slotsInUse -= slots;
}
