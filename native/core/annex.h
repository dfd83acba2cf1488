// The annex: memory outside a core memory, to which its core moves leaves of the page table (assembly/books/annex.ts).
#pragma once
#include <stdint.h>

#ifdef __cplusplus
namespace farpage {

/** Addresses of a pager's annex: room for 4 TiB of touched pages of 4 KiB. The kernel backs only those in use. */
constexpr uint64_t ANNEX_BYTES = uint64_t{1} << 34;

/**
 * Gives a core memory an annex; an earlier one of the same memory is closed. False if the process has a limit on its addresses: then
 * the core does without. It takes addresses when the core first writes to it.
 */
bool openAnnex(const uint8_t* core, uint64_t bytes);
void closeAnnex(const uint8_t* core);

}  // namespace farpage

extern "C" {
#endif

/** The core's imports of these names; places count units of 256 bytes. */
uint32_t coreAnnexWrite(uint8_t* memory, uint32_t at, uint32_t place, uint32_t bytes);
void coreAnnexRead(uint8_t* memory, uint32_t place, uint32_t at, uint32_t bytes);
void coreAnnexVacate(uint8_t* memory, uint32_t place, uint32_t bytes);

#ifdef __cplusplus
}
#endif
