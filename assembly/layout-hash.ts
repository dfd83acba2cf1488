// Written by scripts/layout.mjs from assembly/layout.ts: do not edit.
export const LAYOUT_HASH = 1088912784;
