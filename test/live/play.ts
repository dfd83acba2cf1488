import assert from 'node:assert/strict';
import path from 'node:path';
import { type ChildResult, type NodeOptions, runChild } from '../support/process/child.js';

/** A program of test/live/programs, as built. */
export function program(name: string): string {
  return path.join(import.meta.dirname, 'programs', `${name}.js`);
}

/** Runs one scene of a program in a child, to an ending that is for the caller to judge. */
export function run(name: string, scene: string, input: unknown = {}, options: NodeOptions = {}): Promise<ChildResult> {
  return runChild(program(name), { ...options, args: [scene, JSON.stringify(input)] });
}

/** Runs one scene, which must end well and without a word on standard error; gives what it returned. */
export async function play<T>(name: string, scene: string, input: unknown = {}, options: NodeOptions = {}): Promise<T> {
  const result = await run(name, scene, input, options);
  assert.equal(result.code, 0, describe(result));
  assert.equal(result.stderr, '', describe(result));
  return told<T>(result);
}

/** What a scene returned. */
export function told<T>(result: ChildResult): T {
  const line = result.stdout.trimEnd().split('\n').at(-1) ?? '';
  assert.match(line, /^told /, describe(result));
  return JSON.parse(line.slice('told '.length)) as T;
}

/** The lines of standard error, but for Node.js's own word on how to trace a warning. */
export function linesOf(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !line.startsWith('(Use `node --trace-warnings'));
}

export function describe({ code, signal, stdout, stderr }: ChildResult): string {
  return `ended with ${code ?? signal}\n--- stdout\n${stdout.slice(-3000)}\n--- stderr\n${stderr.slice(-3000)}`;
}
