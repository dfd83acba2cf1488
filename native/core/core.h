/*
 * The core, compiled ahead of time: `core.c` is made from dist/core.wasm, the module that V8 runs. All of its state lies in
 * the core's memory, so that either may take the next step.
 */
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** SHA-256 of the module that core.c was made from, in hexadecimal. */
extern const char CORE_HASH[];

/** As the module's exports of these names; `memory` is where the core's memory begins. */
uint32_t coreLayoutHash(uint8_t* memory);
uint32_t coreStep(uint8_t* memory);
void coreSettle(uint8_t* memory);

/** An assertion of the core has failed: offsets of its text and file (UTF-16, as AssemblyScript keeps them). Ends the process. */
__attribute__((noreturn, cold)) void coreAborted(uint8_t* memory, uint32_t text, uint32_t file, uint32_t line);

#ifdef __cplusplus
}
#endif
