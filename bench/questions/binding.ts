// Question: what do calls through the userfaultfd binding cost, against the same in C?
import { type Answer, type Context, middle, type Question, type Row, row } from '../harness.js';

/** 1 / 1.2, in three digits. */
const WITHIN_A_FIFTH = 0.834;
/** Faults a second, enough whatever the ratio. */
const ENOUGH = 200_000;

/** A rate against the C loop's: near it, or enough in itself. */
function rate(what: string, farpage: number, peer: Row['peer']): Row {
  const judged = row(what, '/s', farpage, peer, { compare: '>=', value: WITHIN_A_FIFTH });
  return { ...judged, met: judged.met === true || farpage >= ENOUGH };
}

async function run(context: Context): Promise<Answer> {
  const { cpu, quick } = context;
  const copy = { pages: 16384, passes: quick ? 3 : 8 };
  const messages = { pages: 65536, threads: 64, passes: quick ? 1 : 3 };
  const scan = { pages: 262144, stride: 100, rounds: quick ? 15 : 61 };
  const sparse = { ...scan, stride: 26214 };
  const server = { ...messages, program: context.peer('uffd_messages', {}).program, how: 'batches' };
  const single = { ...server, how: 'messages' };
  const runs = await context.inTurn({
    'farpage copy': context.subject('binding-copy', copy, cpu),
    'C ioctl': context.peer('uffd_copy', copy, cpu),
    'farpage messages, one CPU': context.subject('binding-messages', server, cpu),
    'C loop, one CPU': context.peer('uffd_messages', messages, cpu),
    'farpage messages one by one, one CPU': context.subject('binding-messages', single, cpu),
    'farpage messages': context.subject('binding-messages', server),
    'C loop': context.peer('uffd_messages', messages),
    'farpage scan': context.subject('binding-scan', scan, cpu),
    'C scan': context.peer('pagemap_scan', scan, cpu),
    'farpage scan, 10 pages': context.subject('binding-scan', sparse, cpu),
    'C scan, 10 pages': context.peer('pagemap_scan', sparse, cpu),
  });
  const of = (name: string, field: string) => middle(runs[name], field);
  const against = (name: string, field: string) => ({ name, value: of(name, field) });
  const more = of('farpage copy', 'usPerCall') - of('C ioctl', 'usPerCall');
  const rows = [
    row('one COPY: more than the ioctl', 'µs', more, null, { compare: '<=', value: 0.3 }),
    row('one COPY', 'µs', of('farpage copy', 'usPerCall'), against('C ioctl', 'usPerCall'), null),
    rate(
      'faults, batched at 64, one CPU',
      of('farpage messages, one CPU', 'faultsPerSecond'),
      against('C loop, one CPU', 'faultsPerSecond'),
    ),
    row(
      'faults, one message after the other, one CPU',
      '/s',
      of('farpage messages one by one, one CPU', 'faultsPerSecond'),
      against('C loop, one CPU', 'faultsPerSecond'),
      null,
    ),
    rate(
      'faults, batched at 64, default placement',
      of('farpage messages', 'faultsPerSecond'),
      against('C loop', 'faultsPerSecond'),
    ),
    row('scanWritten, 1 GiB, 1 % dirty', 'µs', of('farpage scan', 'usPerScan'), against('C scan', 'usPerScan'), {
      compare: '<=',
      value: 1.2,
    }),
    row('scanWritten, 1 GiB, 10 pages dirty', 'µs', of('farpage scan, 10 pages', 'usPerScan'), null, {
      compare: '<=',
      value: 1000,
    }),
    row('the same', 'µs', of('farpage scan, 10 pages', 'usPerScan'), against('C scan, 10 pages', 'usPerScan'), null),
  ];
  const notes = [
    `COPY: 4 KiB from one resident page, ${copy.pages * copy.passes} calls in chunks of 256, the middle chunk; pinned`,
    `faults: ${messages.threads} threads of a C process touch ${messages.pages} pages; another process answers them, ` +
      'in JavaScript by `for await` over batches, in C by poll, read and ioctl, each batch woken once; the threads and the pinning are the same',
    'a rate of 200,000 faults a second is enough in itself, whatever the ratio',
    'scans clear what they find, in one CPU’s memory of 4 KiB pages that are all resident',
  ];
  return { rows, notes, runs };
}

export const binding: Question = {
  name: 'binding',
  minutes: 1.5,
  title: 'farpage/userfaultfd against the same calls in C',
  target: 'one COPY ≤ 0.3 µs more; ≥ 200,000 faults/s or within 1.2 × of the C loop; scanWritten ≤ 1.2 × of the ioctl',
  run,
};
