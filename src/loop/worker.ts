// The entry point of the loop's thread: starts a loop, then answers the user's thread until it is asked to close.
import { parentPort } from 'node:worker_threads';
import { FRAME_DATA_AT, OPERATION_LOAD } from '../../assembly/layout.js';
import { LAYOUT_HASH } from '../../assembly/layout-hash.js';
import type { AskOf, Handlers } from '../call/contract.js';
import { Wire } from '../call/wire.js';
import { layoutError } from '../core/core.js';
import { Meters } from '../core/meters.js';
import { describeError, PagerError, packError } from '../errors.js';
import { native as loadNative, type Native, nativeError } from '../native/native.js';
import { openCore } from '../record/open.js';
import { sendWarnings } from '../warn.js';
import { forget } from './closing.js';
import type { LoopContext } from './context.js';
import { maxCopies } from './copies.js';
import { DeadlockWatch } from './deadlock.js';
import { Lanes } from './lanes.js';
import { Loop } from './loop.js';
import { map, serveGuest } from './open-region.js';
import { operate } from './operate.js';
import type { LoopWire } from './own-store.js';
import { migrate, receive } from './passes/migration.js';
import { snapshot } from './passes/snapshot.js';
import { patienceClock } from './patience.js';
import { phasesWanted } from './phases.js';
import type { Mapped } from './region.js';
import type { BeginRequest, LoopSide, UserSide } from './requests.js';
import { Spaces } from './spaces.js';
import { addRegenerator, markVolatile, unmarkVolatile } from './volatile.js';

const EXIT_LOOP_DIED = 70; // sysexits.h: EX_SOFTWARE
const NO_LIMIT = 0xffffffff;

function begin(wire: LoopWire, { options, memory, meters, spaces: remote, owner }: BeginRequest): LoopContext {
  const native = loadNative();
  if (native.layoutHash !== LAYOUT_HASH) throw layoutError('addon', native.layoutHash);
  const core = openCore(memory, native);
  const trapPages = options.engine === 'trap' ? (options.limitPages ?? 0) : 0;
  const stamped = phasesWanted();
  const engine = new native.Engine(core.bytes, trapPages, options.faults === 'inline');
  if (options.cpu !== null) pin(native, options.cpu);
  const { pageShift, limitPages, frameCount, scratchCount, eviction, readahead } = options;
  const limit = limitPages ?? NO_LIMIT;
  const memoryPages = memory.buffer.byteLength / 65536;
  const began = core.exports.begin(memoryPages, pageShift, limit, frameCount, scratchCount, eviction, readahead);
  if (began === 0) throw new PagerError('INTERNAL', 'the core’s memory is too small for its frames');
  core.exports.setCopyPages(maxCopies(limitPages));
  engine.setOwner(owner);
  engine.useMeters(new Uint8Array(meters));
  if (stamped) engine.stampPhases();
  const loop = new Loop(core, engine, native, options);
  loop.meters = new Meters(meters);
  loop.lanes = new Lanes({
    engine,
    exports: core.exports,
    patience: options.storePatience,
    able: options.core === 'native',
  });
  const deadlock = new DeadlockWatch({ core, engine, loop, owner });
  patienceClock.onTick = () => deadlock.look();
  loop.onReclaimed = (region, ranges) => wire.notify('reclaimed', { region, ranges });
  loop.reports = {
    storeError: (region, error) => wire.notify('storeError', { region, error: packError(error) }),
    storeRecovered: (region) => wire.notify('storeRecovered', { region }),
    pageLost: (region, page, error) => wire.notify('pageLost', { region, page, error: packError(error) }),
  };
  // From here on threads may be blocked on pages: whatever fails, the process must not outlive its loop.
  process.on('uncaughtException', (error) => {
    native.lastWords(`farpage: the loop failed and the process ends: ${describeError(error)}\n${error.stack ?? ''}\n`);
    native.endProcess(EXIT_LOOP_DIED);
  });
  loop.start(remote);
  const spaces = new Spaces(core, engine, native, loop, options, wire);
  return { native, core, engine, loop, options, wire, spaces };
}

function pin(native: Native, cpu: number): void {
  try {
    native.pinThread(cpu);
  } catch (cause) {
    throw new PagerError('OPTION', `cpu: this thread may not run on CPU ${cpu}`, {
      errno: 'EINVAL',
      syscall: 'sched_setaffinity',
      hint: 'give one of Cpus_allowed_list in /proc/self/status',
      cause,
    });
  }
}

function addView({ loop, engine }: LoopContext, view: AskOf<LoopSide['requests']['addView']>): void {
  const mapped = loop.mapped.get(view.region);
  if (mapped === undefined || mapped.closing) throw new PagerError('CLOSED', 'the region is closed');
  try {
    engine.addView(view.region, view.userfaultfd, view.socket, view.base);
    mapped.attached = true;
  } catch (cause) {
    const { errno, syscall } = cause as { errno?: string; syscall?: string };
    throw new PagerError('PROTOCOL', 'the other process has not registered the region where it says', {
      errno,
      syscall,
      hint: 'attach with attachRegion',
      cause,
    });
  }
}

async function close(context: LoopContext): Promise<void> {
  const { core, loop, engine, native, spaces } = context;
  await spaces.close();
  const results = await Promise.allSettled([...loop.mapped.values()].map((mapped) => forget(context, mapped)));
  loop.stop();
  core.close();
  engine.close();
  // The user's thread still holds the core memory; only its counters matter now.
  const frames = core.u32[FRAME_DATA_AT >> 2] ?? 0;
  native.dropMemory(native.addressOf(core.bytes) + BigInt(frames), core.bytes.length - frames);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function prefetch({ loop }: LoopContext, { region, first, end }: LoopSide['notices']['prefetch']): void {
  const nothing = () => {};
  loop.operations.begin({ kind: OPERATION_LOAD, region, first, end, flags: 0, done: nothing, failed: nothing });
}

/** The context of this thread. */
let begun: LoopContext | undefined;

function context(): LoopContext {
  if (begun === undefined) throw new PagerError('INTERNAL', 'the loop is asked before it has begun');
  return begun;
}

const requests: Handlers<LoopSide>['requests'] = {
  begin: (ask) => {
    try {
      begun = begin(wire, ask);
    } catch (error) {
      throw nativeError(error, 'the pager cannot start');
    }
    const { core, native, options } = begun;
    const address = native.addressOf(core.bytes) + BigInt(core.u32[FRAME_DATA_AT >> 2] ?? 0);
    return { frames: { address, byteLength: options.frameCount * options.pageSize } };
  },
  map: (ask, call) => map(context(), ask, call),
  guest: (ask, call) => serveGuest(context(), ask, call),
  operation: (ask, call) => operate(context(), ask, call),
  closeRegion: async ({ region }) => {
    const mapped = context().loop.mapped.get(region);
    if (mapped !== undefined) await forget(context(), mapped);
  },
  addView: (ask) => addView(context(), ask),
  openSpaces: ({ store }) => context().spaces.open(store),
  lostPages: () => context().spaces.lostPages(),
  finishPages: () => context().spaces.finishPages(),
  firstTouches: () => context().spaces.firstTouches(),
  beginSpace: (ask) => context().spaces.begin(ask),
  seedSpace: (ask) => context().spaces.seed(ask),
  push: ({ spaces }) => context().spaces.push(spaces),
  releaseSpace: ({ space }) => context().spaces.release(space),
  adoptSpace: (ask) => context().spaces.adopt(ask),
  forgetKnock: (ask) => context().spaces.forgetKnock(ask),
  endSpace: ({ space }) => context().spaces.end(space),
  pauseAgent: ({ space, paused }) => context().engine.pauseAgent(space, paused),
  settle: () => void context().loop.run(),
  ride: () => context().engine.ride(),
  snapshot: (ask, call) => snapshot(context(), ask, call),
  receive: (ask, call) => receive(ask, call),
  migrate: (ask, call) => migrate(context(), ask, call),
  addRegenerator: (ask, call) => addRegenerator(context(), ask, call),
  markVolatile: (ask, call) => markVolatile(context(), ask, call),
  unmarkVolatile: (ask) => unmarkVolatile(context(), ask),
  close: () => close(context()),
};

/** A request about an open region; a turn of the loop follows it. */
function heard<T extends { region: number }>(work: (mapped: Mapped, notice: T) => void): (notice: T) => void {
  return (notice) => {
    const { loop } = context();
    const mapped = loop.mapped.get(notice.region);
    if (mapped === undefined || mapped.closing) return;
    work(mapped, notice);
    loop.run();
  };
}

const notices: Handlers<LoopSide>['notices'] = {
  prefetch: heard((_, range) => prefetch(context(), range)),
  unpin: heard((mapped, range) => context().loop.loads.unpin(mapped, range)),
  release: heard((mapped, { ranges }) => {
    for (const range of ranges) context().loop.loads.release(mapped, range);
  }),
  listen: heard((_, { region, on }) => {
    context().core.exports.listen(region, on ? 1 : 0);
  }),
};

if (parentPort === null) throw new PagerError('INTERNAL', 'the loop runs in a Worker');
const wire: LoopWire = new Wire<LoopSide, UserSide>(parentPort, { requests, notices });
sendWarnings((warning) => wire.notify('warning', warning));
// Warnings of this thread go to the user's thread: Node.js would print them through streams that a run does not have.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  const { name: type, message, code, detail } = warning as Error & { code?: string; detail?: string };
  wire.notify('warning', { type, message, code, detail });
});
