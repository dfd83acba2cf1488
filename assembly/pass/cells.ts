// taken yet. If no cell is free, the copy waits, and so does a thread that writes to the page.
import { CELL_LIMIT } from '../codes';
import { clearBit, findSet, runLength, setBit } from '../bitmap';
import { NO_FRAME } from '../books/frame';
import { PAGE_SHIFT_AT } from '../layout';
import { requestRoom } from '../ring';
import { pass } from '../books/records';

/** Places in the request ring that a pass leaves to faults. */
export const REQUESTS_KEPT: u32 = 1024;

const CELL_MAP: usize = memory.data(2048);

export function openBuffer(cells: u32, address: u64): void {
  pass.cellCount = min<u32>(cells, CELL_LIMIT);
  pass.cellsInUse = 0;
  pass.cellsPeak = 0;
  pass.cellHint = 0;
  pass.savesUnderWay = 0;
  pass.bufferAddress = address;
  for (let cell: u32 = 0; cell < <u32>CELL_LIMIT; cell++) {
    if (cell < pass.cellCount) setBit(CELL_MAP, cell);
    else clearBit(CELL_MAP, cell);
  }
}

export function saveBegun(): void {
  pass.savesUnderWay++;
}

export function saveEnded(): void {
  pass.savesUnderWay--;
}

/** Address of a cell's bytes; they are outside the core's memory. */
// @ts-ignore: decorator
@inline
export function cellBytes(cell: u32): u64 {
  return pass.bufferAddress + ((<u64>cell) << load<u32>(PAGE_SHIFT_AT));
}

/** Free cells for pages that no writer is blocked on: half of the buffer is kept for writers. */
export function cellsForBackground(): u32 {
  const limit = pass.cellCount - (pass.cellCount >> 1);
  return pass.cellsInUse < limit ? limit - pass.cellsInUse : 0;
}

/** Takes up to `limit` adjacent cells, their number in `cellsFound`; NO_FRAME if none is free. */
export function takeCells(limit: u32): u32 {
  if (pass.cellsInUse == pass.cellCount || requestRoom() <= REQUESTS_KEPT + pass.savesUnderWay) return NO_FRAME;
  let at = findSet(CELL_MAP, pass.cellHint, pass.cellCount);
  if (at == pass.cellCount) at = findSet(CELL_MAP, 0, pass.cellCount);
  pass.cellsFound = runLength(CELL_MAP, at, limit, pass.cellCount);
  for (let i: u32 = 0; i < pass.cellsFound; i++) clearBit(CELL_MAP, at + i);
  pass.cellHint = at + pass.cellsFound;
  pass.cellsInUse += pass.cellsFound;
  pass.cellsPeak = max(pass.cellsPeak, pass.cellsInUse);
  return at;
}

export function freeCells(first: u32, cells: u32): void {
  for (let i: u32 = 0; i < cells; i++) setBit(CELL_MAP, first + i);
  pass.cellsInUse -= cells;
}
