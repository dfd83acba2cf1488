// To follow a hint: what it says is taken out of its text, so that text and test cannot differ.
import assert from 'node:assert/strict';
import type { Attempt } from './process/attempt.js';

interface Advice {
  message: string;
  hint?: string | undefined;
}

/** What a hint names: the groups of `pattern`, which must match the hint. */
export function follow({ message, hint = '' }: Advice, pattern: RegExp): string[] {
  const match = pattern.exec(hint);
  assert.ok(match, `'${hint}' of '${message}' does not say ${pattern}`);
  return match.slice(1).map((group) => group ?? '');
}

/** That the attempt failed, with the hint, and what the hint names. */
export function refused(told: Attempt, pattern: RegExp): string[] {
  assert.ok(told.failed, `it worked: ${JSON.stringify(told.value)}`);
  return follow(told, pattern);
}

/** That the attempt did not fail. @returns what it returned */
export function works(told: Attempt): unknown {
  assert.ok(!told.failed, `${told.message} (${told.errno}): ${told.hint}\n${told.stderr}`);
  return told.value;
}
