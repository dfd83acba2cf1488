// Commands on bytes only: files, compression, digests. Each writes its outcome into its record.
#pragma once
#include "engine/command.h"
#include "record.h"

namespace farpage {

void fail(Record& record, int error);
/** A page that is copied out of the pool was rarely read lately: its bytes come while the system call finds the page's place. */
void fetchIntoCache(const Record& record);
/** ENODATA if the file is shorter than it must be, ESTALE if it is watched and has changed; zeros follow its end. */
void readFile(Record& record);
/** OUTCOME_NO_FIT: the file has other bytes there. The buffer's bytes are lost. */
void matchFile(CompressionState& buffer, Record& record);
void writeFile(Record& record);
/** Writes the digests of the pages at the record's target into the core's table. EILSEQ: one is not what it must be. */
void digestFrames(const Context& context, Record& record, size_t pageBytes);
void compressPage(Context& context, Record& record, size_t pageBytes);
void decompressPage(Record& record, size_t pageBytes);

}  // namespace farpage
