// The processes of a run, as `farpage snapshot` may ask for them.
import { readSync, writeSync } from 'node:fs';
import type { Host } from '../control/server.js';
import type { Subject } from '../control/take.js';
import { PagerError } from '../errors.js';
import { identityOf } from '../linux/identity.js';
import type { ProcessPager } from '../pager/process-pager.js';
import { READY_AT } from '../wire/agent.js';
import type { Served } from '../wire/control.js';
import type { Launcher } from './launcher.js';
import type { LivingProcess, Processes } from './processes.js';

const WORD = 4;

export interface SubjectsOptions {
  /** The program's. */
  pid: number;
  pager: ProcessPager;
  processes: Processes;
  launcher: Launcher;
}

export class Subjects implements Host {
  readonly #options: SubjectsOptions;
  /** Processes whose agents are not asked for anything. */
  #spared: LivingProcess[] = [];

  constructor(options: SubjectsOptions) {
    this.#options = options;
  }

  served(): readonly Served[] {
    return this.#options.processes.members.map(({ identity, pid, name }) => ({ identity, pid, name }));
  }

  /** By its identity; the run's own stands for its only process. */
  find(identity: string): Subject | undefined {
    const { members } = this.#options.processes;
    const found = members.findLast((each) => each.identity === identity);
    if (found !== undefined) return this.#subject(found);
    const [only] = members;
    const own = identity === identityOf('self') || identity === identityOf(process.ppid);
    return own && only !== undefined && members.length === 1 ? this.#subject(only) : undefined;
  }

  #subject(member: LivingProcess): Subject {
    const { pager, processes, launcher } = this.#options;
    const { identity, pid, name, space } = member;
    return {
      identity,
      pid,
      name,
      program: () => [this.#options.pid, ...processes.members.map((each) => each.pid)],
      onStop: (stopping) => {
        launcher.hold(stopping);
      },
      leaveAlone: (alone) => (alone ? this.#spare() : this.#askAgain()),
      settled: () => pager.lastThread(),
      snapshot: async (output, { incrementalFrom, onInstant, format, ...options }) => {
        if (format !== 'image') {
          throw new PagerError('OPTION', `a program's memory is not written in the format '${format}'`, {
            hint: "it lies at many places, of which only the format 'image' keeps account",
          });
        }
        const from = incrementalFrom === null ? {} : { incrementalFrom };
        // Who has asked for one that goes on from another will ask again.
        const track = incrementalFrom !== null;
        const isSame = () => identityOf(pid) === identity;
        return pager.snapshot(space, { pid, name, isSame, onInstant }, output, { ...options, ...from, track });
      },
    };
  }

  // An agent that cannot run would keep the pager waiting for its answer.
  #spare(): void {
    this.#spared = this.#options.processes.members.filter(({ control }) => setReady(control, 1, 0));
  }

  #askAgain(): void {
    const { members } = this.#options.processes;
    for (const each of this.#spared) {
      // One that has ended meanwhile has no file any more.
      if (members.some(({ space, control }) => space === each.space && control === each.control)) {
        setReady(each.control, 0, 1);
      }
    }
    this.#spared = [];
  }
}

/** False where the word is not `from`. */
function setReady(control: number, from: number, to: number): boolean {
  const word = Buffer.alloc(WORD);
  readSync(control, word, 0, WORD, READY_AT);
  if (word.readUInt32LE() !== from) return false;
  word.writeUInt32LE(to);
  writeSync(control, word, 0, WORD, READY_AT);
  return true;
}
