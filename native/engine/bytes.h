// Commands on bytes alone: files, compression, digests. Each writes its outcome into its record.
#pragma once
#include "engine/command.h"
#include "engine/record.h"

namespace farpage {

void fail(Record& record, int error);
/** Past the end of the file there are zeros. */
void readFile(Record& record);
void writeFile(Record& record);
/** Leaves the digests of the pages at the record's target in the core's table. */
void digestFrames(const Context& context, const Record& record, size_t pageBytes);
void compressPage(Record& record, size_t pageBytes);
void decompressPage(Record& record, size_t pageBytes);

}  // namespace farpage
