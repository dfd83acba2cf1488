// The buffer of a pass: cells of a page each, outside the core's memory, for copies of pages that the sink has not
// taken yet. If no cell is free, the copy waits, and so does a thread that writes to the page.
import { CELL_LIMIT } from '../codes';
import { clearBit, findSet, runLength, setBit } from '../bitmap';
import { NO_FRAME } from '../books/frame';
import { PAGE_SHIFT_AT } from '../layout';
import { requestRoom } from '../ring';
import { PASS_CELLS_AT, Pass, turn } from '../books/records';

/** Places in the request ring that a pass leaves to faults. */
export const REQUESTS_KEPT: u32 = 1024;

// @ts-ignore: decorator
@inline
function cellMap(pass: Pass): usize {
  return changetype<usize>(pass) + PASS_CELLS_AT;
}

export function openBuffer(pass: Pass, cells: u32, address: u64): void {
  pass.cellCount = min<u32>(cells, CELL_LIMIT);
  pass.cellsInUse = 0;
  pass.cellsPeak = 0;
  pass.cellHint = 0;
  pass.cellMark = 0;
  pass.savesUnderWay = 0;
  pass.bufferAddress = address;
  for (let cell: u32 = 0; cell < <u32>CELL_LIMIT; cell++) {
    if (cell < pass.cellCount) setBit(cellMap(pass), cell);
    else clearBit(cellMap(pass), cell);
  }
}

export function saveBegun(pass: Pass): void {
  pass.savesUnderWay++;
  turn.savesUnderWay++;
}

export function saveEnded(pass: Pass): void {
  pass.savesUnderWay--;
  turn.savesUnderWay--;
}

/** Address of a cell's bytes; they are outside the core's memory. */
// @ts-ignore: decorator
@inline
export function cellBytes(pass: Pass, cell: u32): u64 {
  return pass.bufferAddress + ((<u64>cell) << load<u32>(PAGE_SHIFT_AT));
}

/** Free cells for pages that no writer is blocked on: three quarters of the buffer are kept for writers. */
export function cellsForBackground(pass: Pass): u32 {
  const limit = (pass.cellCount + 3) >> 2;
  return pass.cellsInUse < limit ? limit - pass.cellsInUse : 0;
}

/** Takes up to `limit` adjacent cells, their number in `cellsFound`; NO_FRAME if none is free. */
export function takeCells(pass: Pass, limit: u32): u32 {
  if (pass.cellsInUse == pass.cellCount || requestRoom() <= REQUESTS_KEPT + turn.savesUnderWay) return NO_FRAME;
  // Cells go round below the mark, where they have memory already; it rises where all of those are in use.
  const mark = pass.cellMark;
  let at = findSet(cellMap(pass), pass.cellHint, mark);
  if (at == mark) at = findSet(cellMap(pass), 0, mark);
  const end = at == mark ? pass.cellCount : mark;
  pass.cellsFound = runLength(cellMap(pass), at, limit, end);
  for (let i: u32 = 0; i < pass.cellsFound; i++) clearBit(cellMap(pass), at + i);
  pass.cellHint = at + pass.cellsFound;
  pass.cellMark = max(mark, pass.cellHint);
  pass.cellsInUse += pass.cellsFound;
  pass.cellsPeak = max(pass.cellsPeak, pass.cellsInUse);
  return at;
}

export function freeCells(pass: Pass, first: u32, cells: u32): void {
  for (let i: u32 = 0; i < cells; i++) setBit(cellMap(pass), first + i);
  pass.cellsInUse -= cells;
}
