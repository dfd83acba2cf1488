// Migrations, in the loop's thread: the pages are where the faults are.
import { PagerError, packError, unpackError } from '../../errors.js';
import { Receiver } from '../../migrate/receiver.js';
import { sendPages } from '../../migrate/sender.js';
import type { PageSource } from '../../pass/pass.js';
import type { Mapped } from '../region.js';
import type { ReceiveRequest, ReceiverNews, ReceiverOrder, SenderNews, SenderOrder, SendRequest } from '../requests.js';
import { pagesOf, queuePass } from './snapshot.js';

/** Bytes of pages that are on their way to the connection: enough for it to be busy, little enough to be copied between two faults. */
const BUFFER_BYTES = 4 * 2 ** 20;
/** Milliseconds between two words about progress. */
const PROGRESS_INTERVAL = 100;

type Home = Parameters<typeof pagesOf>[0];

const receivers = new Map<number, Receiver>();
let numbers = 0;

/** Resolves to its number, once it listens. @throws PagerError 'OPTION', 'PROTOCOL' */
export async function receive({ spec, port }: ReceiveRequest): Promise<number> {
  const tell = (news: ReceiverNews) => port.postMessage(news);
  const number = ++numbers;
  let receiver: Receiver;
  let ready = (): void => {};
  try {
    receiver = await Receiver.listen(spec, {
      offered: (offer, whenReady) => {
        ready = whenReady;
        tell({ type: 'offered', ...offer });
      },
      switched: (state) => tell({ type: 'switched', state }),
      completed: (report) => tell({ type: 'completed', report }),
      failed: (error) => tell({ type: 'failed', error: packError(error) }),
      say: (line) => tell({ type: 'said', line }),
      closed: () => {
        receivers.delete(number);
        port.close();
      },
    });
  } catch (error) {
    port.close();
    throw error;
  }
  port.on('message', (order: ReceiverOrder) => (order === 'ready' ? ready() : receiver.close()));
  receivers.set(number, receiver);
  return number;
}

export function receiverOf(number: number): Receiver | undefined {
  return receivers.get(number);
}

/** Resolves when the other end has all. @throws PagerError as `sendPages` */
export function migrate(home: Home, request: SendRequest): Promise<number> {
  // Between its passes as well no other may be: what has changed since the last is known for one at a time.
  // Found now: when its turn comes the number may be another region's.
  const mapped = home.loop.mapped.get(request.region);
  return queuePass(home.loop, () => migrateNow(home, request, mapped)).finally(() => request.port.close());
}

async function migrateNow(home: Home, { spec, port }: SendRequest, mapped: Mapped | undefined): Promise<number> {
  const pages = pagesOf(home, mapped, BUFFER_BYTES);
  if (mapped === undefined) return 0;
  mapped.trackedImage = undefined;
  const tell = (news: SenderNews) => port.postMessage(news);
  const ending = new AbortController();
  let switched: { give(state: Uint8Array): void; refuse(error: unknown): void } | undefined;
  port.on('message', (order: SenderOrder) => {
    if (order.type === 'state') switched?.give(order.state);
    else if (switched === undefined) ending.abort(unpackError(order.error));
    else switched.refuse(unpackError(order.error));
  });
  const guard = { drop: (error: unknown) => ending.abort(error) };
  mapped.passes.add(guard);
  let told = 0;
  try {
    const report = await sendPages(openPages(pages, mapped), spec, {
      signal: ending.signal,
      switch: () =>
        new Promise<Uint8Array>((give, refuse) => {
          switched = { give, refuse };
          tell({ type: 'switch' });
        }),
      onProgress: (progress) => {
        const now = performance.now();
        if (now - told < PROGRESS_INTERVAL) return;
        told = now;
        tell({ type: 'progress', ...progress });
      },
      say: (line) => tell({ type: 'said', line }),
    });
    tell({ type: 'done', report });
    return 0;
  } finally {
    mapped.passes.delete(guard);
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
