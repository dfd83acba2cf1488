// Runs migrations in the loop's thread, where the pages and their faults are.
import type { AskOf, Serving } from '../../call/contract.js';
import { PagerError } from '../../errors.js';
import { Receiver } from '../../migrate/receiver.js';
import { sendPages } from '../../migrate/sender.js';
import type { ReceiveReport, ReceiveSpec, SendReport } from '../../migrate/types.js';
import type { PageSource } from '../../pass/pass.js';
import type { LoopContext } from '../context.js';
import type { Mapped } from '../region.js';
import type { LoopSide, ReceiveEvents, SendEvents } from '../requests.js';
import { receivers } from './receivers.js';
import { pagesOf } from './snapshot.js';
import { queuePass } from './turns.js';

/** Bytes of pages handed to the connection at a time: enough to keep it busy, little enough to be copied between two faults. */
const BUFFER_BYTES = 4 * 2 ** 20;
/** Milliseconds between two progress events. */
const PROGRESS_INTERVAL = 100;

type SendRequest = AskOf<LoopSide['requests']['migrate']>;

let numbers = 0;

/** Resolves when all pages have arrived. @throws PagerError 'OPTION', 'PROTOCOL', 'STORE_READ', 'CLOSED' */
export async function receive(spec: ReceiveSpec, call: Serving<ReceiveEvents>): Promise<ReceiveReport> {
  const { signal } = call;
  const number = ++numbers;
  let completed: (report: ReceiveReport) => void = () => {};
  let failed: (error: PagerError) => void = () => {};
  const complete = new Promise<ReceiveReport>((resolve, reject) => {
    completed = resolve;
    failed = reject;
  });
  // It may reject before the code below awaits it.
  complete.catch(() => undefined);
  const receiver = await Receiver.listen(spec, {
    offered: (offer, ready) => {
      call.ask('offered', offer).then(ready, () => receiver.close());
    },
    switched: (state) => call.tell('switched', { state }),
    completed,
    failed,
    say: (line) => call.tell('notice', { line }),
    closed: () => {
      receivers.delete(number);
      failed(new PagerError('CLOSED', 'the migration’s receiver was closed before all pages had arrived'));
    },
  });
  receivers.set(number, receiver);
  const close = () => receiver.close();
  if (signal.aborted) close();
  signal.addEventListener('abort', close, { once: true });
  call.tell('listening', { receiver: number });
  return complete;
}

/** Resolves when the other end has all pages. @throws PagerError as `sendPages` */
export function migrate(
  home: LoopContext,
  { region, spec }: SendRequest,
  call: Serving<SendEvents>,
): Promise<SendReport> {
  // No other pass may run between its passes either: only one pass's changes of a region are tracked at a time.
  // Look the region up now: when the pass gets its turn, another region may have the number.
  const mapped = home.loop.mapped.get(region);
  if (mapped === undefined) return Promise.reject(new PagerError('CLOSED', 'the region is closed'));
  return queuePass(home.loop, mapped, call.signal, () => migrateNow(home, spec, call, mapped));
}

async function migrateNow(
  home: LoopContext,
  spec: SendRequest['spec'],
  call: Serving<SendEvents>,
  mapped: Mapped,
): Promise<SendReport> {
  const pages = pagesOf(home, mapped, BUFFER_BYTES);
  mapped.trackedImage = undefined;
  const ending = new AbortController();
  // After the switch the caller cannot end it: the other end may have the only copy that runs.
  const endByCaller = () => ending.abort(call.signal.reason);
  call.signal.addEventListener('abort', endByCaller, { once: true });
  const guard = { drop: (error: unknown) => ending.abort(error) };
  mapped.passes.add(guard);
  let told = 0;
  try {
    return await sendPages(openPages(pages, mapped), spec, {
      signal: ending.signal,
      switch: () => {
        call.signal.removeEventListener('abort', endByCaller);
        return call.ask('switch', null);
      },
      onProgress: (progress) => {
        const now = performance.now();
        if (now - told < PROGRESS_INTERVAL) return;
        told = now;
        call.tell('progress', progress);
      },
      say: (line) => call.tell('notice', { line }),
    });
  } finally {
    mapped.passes.delete(guard);
    call.signal.removeEventListener('abort', endByCaller);
  }
}

/** The pages, for as long as the region is open. */
function openPages(pages: PageSource, mapped: Mapped): PageSource {
  return {
    pages: pages.pages,
    pageSize: pages.pageSize,
    begin(options, sink) {
      if (mapped.closing) throw new PagerError('CLOSED', 'the region was closed meanwhile');
      return pages.begin(options, sink);
    },
    release: () => pages.release(),
  };
}
