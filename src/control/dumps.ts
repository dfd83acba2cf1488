// What the core of a pager knows: asked for through the control socket of a run or serve, or read out of the memory of a process
// that has a pager of its own. That process need not answer, so it is seen while its main thread waits for a page, too.
import { type CoreDump, dumpCore } from '../core/dump.js';
import { PagerError } from '../errors.js';
import { identityOf } from '../linux/identity.js';
import { nameOf } from '../linux/proc.js';
import { findPager, orderDump } from './client.js';
import { withCores } from './cores.js';

export interface Dumps {
  pid: number;
  program: string;
  /** One for each pager, at least one. */
  dumps: readonly [CoreDump, ...CoreDump[]];
}

/** @throws (rejects) PagerError 'OPTION' if the process has no pager and no pager has its memory; 'PERMISSION', 'LAYOUT', 'CLOSED' */
export async function dumpsOf(pid: number): Promise<Dumps> {
  try {
    const { path, served } = await findPager(pid);
    const { dump } = await orderDump(path, served.identity);
    return { pid: served.pid, program: served.name, dumps: [dump] };
  } catch (cause) {
    if (identityOf(pid) === null) throw cause;
    const [first, ...others] = dumpsInside(pid);
    if (first !== undefined) return { pid, program: nameOf(pid)?.name ?? '', dumps: [first, ...others] };
    const { hint } = cause as PagerError;
    throw new PagerError('OPTION', `process ${pid} has no pager, and no pager of this user has its memory`, {
      hint,
      cause,
    });
  }
}

/** Of the pagers that the process has itself. */
function dumpsInside(pid: number): CoreDump[] {
  const { found, others } = withCores(pid, dumpCore);
  if (found.length > 0 || !others) return found;
  throw new PagerError('LAYOUT', `the pager in process ${pid} is of another build of farpage`, {
    hint: 'give the command with the farpage that the process uses',
  });
}
