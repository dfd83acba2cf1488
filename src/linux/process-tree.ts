// Reads trees of processes from /proc. A process that ends meanwhile is left out.
import { readdirSync, readFileSync } from 'node:fs';

/** Words of /proc/PID/stat, after the name in brackets: the third of proc(5) is the first here. */
const STATE = 0;
const PARENT = 1;
const START = 19;

/** The living ones of these processes and all their descendants, parents first. */
export function withDescendants(roots: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(name)?.[PARENT] ?? -1);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [Number(name)]);
    else siblings.push(Number(name));
  }
  const found = new Set<number>();
  const add = (pid: number): void => {
    if (found.has(pid) || !isAlive(pid)) return;
    found.add(pid);
    for (const child of children.get(pid) ?? []) add(child);
  };
  for (const pid of roots) add(pid);
  return [...found];
}

/** Whether it is stopped, by a signal or a debugger. */
export function isStopped(pid: number): boolean {
  const state = statOf(String(pid))?.[STATE];
  return state === 'T' || state === 't';
}

/** Whether none of its threads runs; 'waiting': the others are blocked in the kernel, uninterruptibly. */
export function isAtRest(pid: number): boolean | 'waiting' {
  let rest: boolean | 'waiting' = true;
  for (const thread of threadsOf(pid)) {
    const state = statOf(`${pid}/task/${thread}`)?.[STATE] ?? 'X';
    if (/[TtZX]/.test(state)) continue;
    if (state !== 'D') return false;
    rest = 'waiting';
  }
  return rest;
}

/** Its start time, which distinguishes it from a later process with the same pid; null: there is none, or it is a zombie. */
export function startOf(pid: number): string | null {
  return isAlive(pid) ? (statOf(String(pid))?.[START] ?? null) : null;
}

export function isAlive(pid: number): boolean {
  const state = statOf(String(pid))?.[STATE];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function statOf(which: string): string[] | null {
  try {
    const text = readFileSync(`/proc/${which}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
