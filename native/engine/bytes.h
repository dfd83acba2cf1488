// Commands on bytes alone: files, compression, digests. Each writes its outcome into its record.
#pragma once
#include "engine/command.h"
#include "record.h"

namespace farpage {

void fail(Record& record, int error);
/** ENODATA where the file is shorter than it must be, ESTALE where it is watched and has changed; past its end there are zeros. */
void readFile(Record& record);
void writeFile(Record& record);
/** Leaves the digests of the pages at the record's target in the core's table. EILSEQ: one is not what it must be. */
void digestFrames(const Context& context, Record& record, size_t pageBytes);
void compressPage(Record& record, size_t pageBytes);
void decompressPage(Record& record, size_t pageBytes);

}  // namespace farpage
