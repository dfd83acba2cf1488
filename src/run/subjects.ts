// Offers the processes of a run to `farpage snapshot` and `farpage dump`.
import type { Host } from '../control/server.js';
import type { Subject } from '../control/take.js';
import { PagerError } from '../errors.js';
import { identityOf } from '../linux/identity.js';
import type { ProcessPager } from '../pager/process-pager.js';
import type { Served } from '../wire/control.js';
import type { Launcher } from './launcher.js';
import type { LivingProcess, Processes } from './processes.js';

export interface SubjectsOptions {
  /** The program's. */
  pid: number;
  pager: ProcessPager;
  processes: Processes;
  launcher: Launcher;
}

export class Subjects implements Host {
  readonly #options: SubjectsOptions;
  /** Spaces whose agents are paused. */
  #spared: number[] = [];

  constructor(options: SubjectsOptions) {
    this.#options = options;
  }

  served(): readonly Served[] {
    return this.#options.processes.members.map(({ identity, pid, name }) => ({ identity, pid, name }));
  }

  /** Finds a process by its identity; the run's own identity means its only process. */
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
      dump: () => pager.dump(),
      program: () => [this.#options.pid, ...processes.members.map((each) => each.pid)],
      onStop: (stopping) => {
        launcher.hold(stopping);
      },
      leaveAlone: (alone) => this.#leaveAlone(alone),
      settled: () => pager.settled(),
      snapshot: async (output, { incrementalFrom, onInstant, format, ...options }) => {
        if (format !== 'image') {
          throw new PagerError('OPTION', `a program's memory is not written in the format '${format}'`, {
            hint: "it lies at many places, of which only the format 'image' keeps account",
          });
        }
        const from = incrementalFrom === null ? {} : { incrementalFrom };
        // A client that took an incremental image will take another.
        const track = incrementalFrom !== null;
        const isSame = () => identityOf(pid) === identity;
        return pager.snapshot(space, { pid, name, isSame, onInstant }, output, { ...options, ...from, track });
      },
    };
  }

  // An agent that cannot run would keep the pager waiting for its answer.
  #leaveAlone(alone: boolean): void {
    const { pager, processes } = this.#options;
    if (alone) this.#spared = processes.members.map(({ space }) => space);
    // The pager may be closed by now: then do not call it.
    for (const space of this.#spared) pager.pauseAgent(space, alone).catch(() => undefined);
    if (!alone) this.#spared = [];
  }
}
