// Written by scripts/layout.mjs from assembly/layout.ts and assembly/codes.ts: do not edit.
export const LAYOUT_HASH = 790470123;
