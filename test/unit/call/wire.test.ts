// The wire between two threads: results, events, ends, backpressure, and a side that goes away.
import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { suite } from 'uvu';
import { type Event, type Handlers, Moved, type Serving } from '../../../src/call/contract.js';
import { Wire } from '../../../src/call/wire.js';
import { PagerError } from '../../../src/errors.js';
import { within } from '../../support/budget.js';
import { until } from '../../support/servers/servers.js';

type Events = { step: Event<number>; question: Event<string, string> };

interface There {
  requests: {
    add: { ask: { a: number; b: number }; result: number };
    fail: { ask: null; result: never };
    uncloneable: { ask: null; result: unknown };
    bytes: { ask: ArrayBuffer; result: ArrayBuffer };
    work: { ask: null; result: string; events: Events };
  };
  notices: { said: string };
}

interface Here {
  requests: { double: { ask: number; result: number } };
  notices: Record<never, never>;
}

/** How the far side does its work in one test. */
type Work = (call: Serving<Events>) => Promise<string>;

const test = suite('the wire between two threads');

function pair(work: Work = async () => 'done') {
  const { port1, port2 } = new MessageChannel();
  const waits: boolean[] = [];
  const said: string[] = [];
  const requests: Handlers<There>['requests'] = {
    add: ({ a, b }) => a + b,
    fail: () => {
      throw new PagerError('STORE_READ', 'it cannot be read', { errno: 'EIO', hint: 'try another' });
    },
    uncloneable: () => () => {},
    bytes: (buffer) => new Moved(buffer, [buffer]),
    work: (_, call) => work(call),
  };
  const here = new Wire<Here, There>(
    port1,
    { requests: { double: (n) => n * 2 }, notices: {} },
    (waiting) => void waits.push(waiting),
  );
  const there = new Wire<There, Here>(port2, { requests, notices: { said: (text) => void said.push(text) } });
  const close = () => {
    port1.close();
    port2.close();
  };
  return { here, there, waits, said, close };
}

/** Until the far side has been notified that the call ends. */
function untilEnded({ signal }: Serving<Events>): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

async function withPair(work: Work | undefined, use: (made: ReturnType<typeof pair>) => Promise<void>): Promise<void> {
  const made = pair(work);
  try {
    await within(10_000, use(made), 'the calls');
  } finally {
    made.close();
  }
}

test('each side asks the other; a notice has no answer', () =>
  withPair(undefined, async ({ here, there, waits, said }) => {
    here.notify('said', 'first');
    assert.equal(await here.call('add', { a: 2, b: 3 }), 5);
    assert.equal(await there.call('double', 21), 42);
    assert.deepEqual(said, ['first']);
    assert.deepEqual(waits, [true, false]);
  }));

test('an error keeps its code, errno and hint', () =>
  withPair(undefined, async ({ here }) => {
    await assert.rejects(here.call('fail', null), { code: 'STORE_READ', errno: 'EIO', hint: 'try another' });
  }));

test('a result that cannot be cloned rejects, and nobody waits for it', () =>
  withPair(undefined, async ({ here }) => {
    await assert.rejects(here.call('uncloneable', null), { code: 'INTERNAL' });
  }));

test('buffers are moved both ways, and come back whole', () =>
  withPair(undefined, async ({ here }) => {
    const buffer = new Uint8Array([1, 2, 3]).buffer;
    const back = await here.call('bytes', buffer, { transfer: [buffer] });
    assert.equal(buffer.byteLength, 0);
    assert.deepEqual([...new Uint8Array(back)], [1, 2, 3]);
  }));

test('what cannot be sent rejects at once, and is not waited for', () =>
  withPair(undefined, async ({ here, waits }) => {
    const buffer = new ArrayBuffer(8);
    await assert.rejects(here.call('bytes', buffer, { transfer: [buffer, buffer] }), { name: 'DataCloneError' });
    assert.deepEqual(waits, []);
  }));

test('events come in order, before the result', async () => {
  const work: Work = async (call) => {
    for (let n = 1; n <= 3; n++) call.tell('step', n);
    return 'done';
  };
  await withPair(work, async ({ here }) => {
    const seen: unknown[] = [];
    const on = { step: (n: number) => void seen.push(n), question: () => '' };
    seen.push(await here.call('work', null, { on }));
    assert.deepEqual(seen, [1, 2, 3, 'done']);
  });
});

test('the sender of a question waits for its answer: no more than one is on its way', async () => {
  let sent = 0;
  const work: Work = async (call) => {
    let all = '';
    for (const text of ['a', 'b', 'c']) {
      sent++;
      all += await call.ask('question', text);
    }
    return all;
  };
  await withPair(work, async ({ here }) => {
    const open: (() => void)[] = [];
    const gate = () => new Promise<void>((resolve) => open.push(resolve));
    const on = {
      step: () => {},
      question: async (text: string) => {
        await gate();
        return text.toUpperCase();
      },
    };
    const working = here.call('work', null, { on });
    for (let n = 1; n <= 3; n++) {
      await until(() => open.length === n, 'the question');
      assert.equal(sent, n);
      open.at(-1)?.();
    }
    assert.equal(await working, 'ABC');
  });
});

test('what a listener throws ends the call, and is what the caller gets', async () => {
  const mine = new RangeError('not so');
  const throws = () => {
    throw mine;
  };
  const told: Work = (call) => {
    call.tell('step', 1);
    return untilEnded(call);
  };
  await withPair(told, async ({ here }) => {
    await assert.rejects(
      here.call('work', null, { on: { step: throws, question: () => '' } }),
      (error) => error === mine,
    );
  });
  await withPair(
    (call) => call.ask('question', 'x'),
    async ({ here }) => {
      await assert.rejects(
        here.call('work', null, { on: { step: () => {}, question: throws } }),
        (error) => error === mine,
      );
    },
  );
});

test('a signal that is aborted already: nothing is sent', () =>
  withPair(undefined, async ({ here, waits }) => {
    const reason = new Error('too late');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(here.call('add', { a: 1, b: 1 }, { signal, what: 'the sum' }), {
      code: 'CLOSED',
      message: 'the sum was ended by its caller',
      cause: reason,
    });
    assert.deepEqual(waits, []);
  }));

test('a signal that is aborted during the call: the far side ends first, then it rejects with the reason as cause', async () => {
  const order: string[] = [];
  const work: Work = async (call) => {
    try {
      return await untilEnded(call);
    } finally {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('cleaned up');
    }
  };
  await withPair(work, async ({ here }) => {
    const ending = new AbortController();
    const reason = { any: 'value' };
    const working = here.call('work', null, { signal: ending.signal });
    await here.call('add', { a: 1, b: 1 });
    ending.abort(reason);
    await assert.rejects(working, { code: 'CLOSED', cause: reason });
    assert.deepEqual(order, ['cleaned up']);
  });
});

test('work that does not look at the signal: `unlessEnded` answers at once, and its late result is tidied up', async () => {
  let finish: (text: string) => void = () => {};
  const late: string[] = [];
  const work: Work = (call) =>
    call.unlessEnded(
      new Promise<string>((resolve) => {
        finish = resolve;
      }),
      (text) => void late.push(text),
    );
  await withPair(work, async ({ here }) => {
    const ending = new AbortController();
    const working = here.call('work', null, { signal: ending.signal });
    await here.call('add', { a: 1, b: 1 });
    ending.abort();
    await assert.rejects(working, { code: 'CLOSED' });
    finish('after all');
    await until(() => late.length === 1, 'the late result');
    assert.deepEqual(late, ['after all']);
  });
});

test('a signal that is aborted after the result, or crosses it, changes nothing', () =>
  withPair(undefined, async ({ here }) => {
    const ending = new AbortController();
    const { signal } = ending;
    const sum = here.call('add', { a: 1, b: 1 }, { signal });
    await here.call('add', { a: 0, b: 0 });
    ending.abort();
    assert.equal(await sum, 2);
    const crossing = new AbortController();
    const crossed = here.call('add', { a: 2, b: 2 }, { signal: crossing.signal });
    crossing.abort();
    assert.equal(await crossed, 4);
  }));

test('an error other than CLOSED arrives unchanged, also after an abort', async () => {
  const work: Work = (call) =>
    untilEnded(call).catch(() => {
      throw new PagerError('STORE_WRITE', 'the disk is full');
    });
  await withPair(work, async ({ here }) => {
    const ending = new AbortController();
    const working = here.call('work', null, { signal: ending.signal });
    await here.call('add', { a: 1, b: 1 });
    ending.abort();
    await assert.rejects(working, { code: 'STORE_WRITE' });
  });
});

test('a side that is gone ends what is under way, on both sides, and refuses what comes', async () => {
  let ended: unknown;
  const work: Work = (call) =>
    call.ask('question', 'is anybody there?').catch((error: unknown) => {
      ended = error;
      throw error;
    });
  await withPair(work, async ({ here, there, waits }) => {
    const on = { step: () => {}, question: () => new Promise<string>(() => {}) };
    const working = here.call('work', null, { on });
    await here.call('add', { a: 1, b: 1 });
    const gone = new PagerError('CLOSED', 'the thread has ended');
    here.fail(gone);
    there.fail(gone);
    await assert.rejects(working, (error) => error === gone);
    await assert.rejects(here.call('add', { a: 1, b: 1 }), (error) => error === gone);
    here.notify('said', 'to nobody');
    await until(() => ended !== undefined, 'the end');
    assert.equal(ended, gone);
    assert.deepEqual(waits, [true, false]);
  });
});

test('a call in the background is not waited for', async () => {
  await withPair(untilEnded, async ({ here, waits }) => {
    const ending = new AbortController();
    const working = here.call('work', null, { signal: ending.signal, background: true });
    assert.deepEqual(waits, []);
    await here.call('add', { a: 1, b: 1 });
    assert.deepEqual(waits, [true, false]);
    ending.abort();
    await assert.rejects(working, { code: 'CLOSED' });
  });
});

test('events of a call that has ended are dropped, and a question then is refused', async () => {
  let kept: Serving<Events> | undefined;
  const work: Work = async (call) => {
    kept = call;
    return 'done';
  };
  await withPair(work, async ({ here }) => {
    const seen: number[] = [];
    await here.call('work', null, { on: { step: (n) => void seen.push(n), question: () => '' } });
    kept?.tell('step', 1);
    await assert.rejects(kept?.ask('question', 'late') ?? Promise.resolve(), { code: 'CLOSED' });
    await here.call('add', { a: 1, b: 1 });
    assert.deepEqual(seen, []);
  });
});

test.run();
