/* Where what lies in the agent's memory: its struct, a guard, three stacks with one behind each, staging, the bin, the shelf. */
#ifndef FARPAGE_AREA_H
#define FARPAGE_AREA_H

#include "kernel.h"
#include "preload.h"

#define STAGE_BYTES (FARPAGE_REQUEST_PAGES * PAGE_BYTES)
#define STRUCT_BYTES (2 * PAGE_BYTES)
#define STACK_BYTES (8 * PAGE_BYTES)
#define AGENT_STACK_END (STRUCT_BYTES + PAGE_BYTES + STACK_BYTES)
#define CLERK_STACK_END (AGENT_STACK_END + PAGE_BYTES + STACK_BYTES)
/* The process that starts the agent may still be on its own when the clerk begins. */
#define LAUNCHER_STACK_END (CLERK_STACK_END + PAGE_BYTES + 2 * PAGE_BYTES)
#define STAGING_AT (LAUNCHER_STACK_END + PAGE_BYTES)
#define BIN_AT (STAGING_AT + STAGE_BYTES)
#define SHELF_AT (BIN_AT + STAGE_BYTES)
#define AREA_BYTES (SHELF_AT + STAGE_BYTES)

_Static_assert(sizeof(struct agent) <= STRUCT_BYTES, "the agent's struct fits");

#endif
