// The command's side of a control socket.
import { createConnection, type Socket } from 'node:net';
import type { CoreDump } from '../core/dump.js';
import { PagerError, unpackError } from '../errors.js';
import { identityOf, partsOf } from '../linux/identity.js';
import {
  type ControlReport,
  checkReply,
  Lines,
  type Reply,
  type Request,
  type Served,
  type SnapshotOrder,
  writeLine,
} from '../wire/control.js';
import { listSockets, removeSocket } from './folder.js';

/** An identity that no process has. */
const NOBODY = '0:0:0';
/** Milliseconds within which a pager must answer whether it pages a process. */
const FIND_PATIENCE = 5000;

export interface SnapshotHooks {
  onProgress?(progress: { pages: number; most: number }): void;
  /** The instant has passed: the image's content is fixed. */
  onInstant?(): void;
  /** Cancels the snapshot: the pager keeps running, and leaves no image. */
  signal?: AbortSignal;
}

/**
 * The socket of the pager that pages a process. Sockets of killed pagers are removed.
 * @param pid as this process's /proc numbers it
 * @throws (rejects) PagerError 'OPTION' if there is no such process, or no pager has it
 */
export async function findPager(pid: number): Promise<{ path: string; served: Served }> {
  const identity = identityOf(pid);
  const others: Served[] = [];
  const failures: unknown[] = [];
  // Ask also if there is no such process: the pagers know whose memory they have.
  for (const path of listSockets()) {
    try {
      const reply = await ask(
        path,
        { type: 'find', identity: identity ?? NOBODY },
        () => {},
        AbortSignal.timeout(FIND_PATIENCE),
      );
      if (reply.type === 'found') return { path, served: reply.served };
      if (reply.type === 'absent') others.push(...reply.served);
    } catch (error) {
      failures.push(error);
    }
  }
  const [failure] = failures;
  const absent = identity === null ? `there is no process ${pid} here; ` : '';
  throw new PagerError('OPTION', `no pager of this user has the memory of process ${pid}`, {
    cause: failure,
    hint: `${absent}${describeOthers(others)}`,
  });
}

// A pid has a meaning only in its own pid namespace.
function describeOthers(others: readonly Served[]): string {
  const { namespace } = partsOf(identityOf('self') ?? NOBODY);
  const seen = others.map(({ identity, name }) => ({ ...partsOf(identity), name }));
  const here = seen.filter((each) => each.namespace === namespace).map(({ pid, name }) => `${pid} (${name})`);
  const beyond = seen.length - here.length;
  if (here.length > 0) return `there are: ${here.join(', ')}`;
  if (beyond > 0) return `there are ${beyond} in other pid namespaces (containers): give the command there`;
  return 'give the number of a process under farpage run, or of a VM monitor that farpage serve serves';
}

/** @throws (rejects) PagerError as the pager reported it; 'CLOSED' if the pager has ended or the snapshot was cancelled */
export async function orderSnapshot(
  path: string,
  order: SnapshotOrder,
  hooks: SnapshotHooks = {},
): Promise<ControlReport> {
  const hear = (reply: Reply): void => {
    if (reply.type === 'progress') hooks.onProgress?.({ pages: reply.pages, most: reply.most });
    else if (reply.type === 'instant') hooks.onInstant?.();
  };
  const reply = await ask(path, { type: 'snapshot', ...order }, hear, hooks.signal);
  if (reply.type === 'done') return reply.report;
  throw new PagerError('PROTOCOL', `the pager answered a snapshot with '${reply.type}'`);
}

/** @throws (rejects) PagerError as the pager reported it; 'CLOSED' if it has ended, or does not answer */
export async function orderDump(path: string, identity: string): Promise<{ served: Served; dump: CoreDump }> {
  const reply = await ask(path, { type: 'dump', identity }, () => {}, AbortSignal.timeout(FIND_PATIENCE));
  if (reply.type === 'dumped') return { served: reply.served, dump: reply.dump };
  throw new PagerError('PROTOCOL', `the pager answered a dump with '${reply.type}'`);
}

/** Resolves to the last reply; the others go to `hear`. */
async function ask(
  path: string,
  request: Request,
  hear: (reply: Reply) => void,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const socket = await connect(path);
  const lines = new Lines();
  try {
    return await new Promise<Reply>((resolve, reject) => {
      socket.setEncoding('utf8');
      socket.on('data', (text: string) => {
        try {
          for (const line of lines.push(text)) {
            const reply = checkReply(line);
            if (reply.type === 'error') reject(unpackError(reply.error));
            else if (reply.type === 'progress' || reply.type === 'instant') hear(reply);
            else resolve(reply);
          }
        } catch (error) {
          reject(error);
        }
      });
      const ended = (cause?: Error) =>
        reject(new PagerError('CLOSED', 'the pager has ended before it had answered', { cause }));
      socket.on('error', ended);
      socket.on('close', () => ended());
      const abort = () => reject(new PagerError('CLOSED', 'the request was cancelled', { cause: signal?.reason }));
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted === true) return abort();
      writeLine(socket, request);
    });
  } finally {
    socket.destroy();
  }
}

function connect(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      // No process listens there any more: the pager was killed.
      if (cause.code === 'ECONNREFUSED') removeSocket(path);
      reject(new PagerError('CLOSED', `no pager answers at ${path}`, { errno: cause.code, syscall: 'connect', cause }));
    });
  });
}
