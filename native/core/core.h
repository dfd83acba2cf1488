/*
 * The core, compiled ahead of time: `core.c` is generated from dist/core.wasm, the module that V8 runs. All state lies in
 * the core memory, so that either host may take the next step.
 */
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** SHA-256 of the module that core.c was made from, in hexadecimal. */
extern const char CORE_HASH[];

/** The module's exports of these names; `memory` is the start of the core memory. */
uint32_t coreLayoutHash(uint8_t* memory);
uint64_t corePageAt(uint8_t* memory, uint32_t low, uint32_t high);
uint32_t corePageState(uint8_t* memory, uint32_t region, uint32_t page);
uint32_t coreStep(uint8_t* memory);
void coreSettle(uint8_t* memory);
void coreArrive(uint8_t* memory, uint32_t frame, uint32_t generation);

/** Called when an assertion of the core fails, with offsets of its text and file (UTF-16). Ends the process. */
__attribute__((noreturn, cold)) void coreAborted(uint8_t* memory, uint32_t text, uint32_t file, uint32_t line);

#ifdef __cplusplus
}
#endif
