// `farpage trace`: the events of a record, a line each, or one JSON document.
import { writeSync } from 'node:fs';
import { PagerError } from '../errors.js';
import { Replay } from '../record/replay.js';
import { type TraceEvent, Tracer } from '../record/trace.js';
import { EXIT, type ExitCode } from './exit.js';
import { differenceLine } from './replay.js';

/** The options as the command line gives them. */
export interface TraceFlags {
  region?: string;
  page?: string;
  from: string;
  to?: string;
  json?: boolean;
}

const LEGEND = `step    a call of the core: what enters with it, and what comes out of it
us      microseconds by the core's clock, since the record began
event   fault, fork, remap, remove, unmap: a message of the kernel
        do …, done …: a command that the core issues, and its completion
        ask …: a request to a store, or to the loop
        mark: a digest of the core's memory in the record
        else a call of the loop: arrive, release, storeWritten and so on are answers of stores
region  its number; of a process under run, its space
page    the first page of the event, and +n where there are n more
frame   the first frame
state   of the first page: when it enters, before the step; when it comes out, after it
`;
const HEAD = row(['step', 'us', 'event', 'region', 'page', 'frame', 'state', 'detail']);
/** Bytes that are gathered before they are written. */
const WRITTEN_AT_ONCE = 65_536;

export async function traceCommand(file: string, flags: TraceFlags): Promise<ExitCode> {
  const region = number('--region', flags.region);
  const page = number('--page', flags.page);
  const from = number('--from', flags.from) ?? 1;
  const to = number('--to', flags.to) ?? Number.POSITIVE_INFINITY;
  const out = new Output();
  const json = flags.json === true;
  let events = 0;
  const tell = (event: TraceEvent): void => {
    if (event.step < from || event.step > to) return;
    if (region !== undefined && event.region !== region) return;
    if (page !== undefined && !covers(event, page)) return;
    out.write(json ? `${events === 0 ? '' : ',\n'}${JSON.stringify(event)}` : line(event));
    events++;
  };
  const replay = new Replay(file, (core) => new Tracer(core, tell));
  out.write(json ? '{"events":[\n' : `${LEGEND}\n${HEAD}`);
  const { difference, end, reason } = replay.run();
  if (json) out.write(`\n],${JSON.stringify({ same: difference === null, end, reason, difference }).slice(1)}\n`);
  else if (difference !== null) out.write(`${differenceLine(difference)}\n`);
  else if (reason !== null) out.write(`the core stopped itself: ${reason}\n`);
  out.flush();
  return difference === null ? EXIT.done : EXIT.failed;
}

function covers({ page, pages }: TraceEvent, wanted: number): boolean {
  return page !== null && wanted >= page && wanted < page + Math.max(1, pages);
}

function line(event: TraceEvent): string {
  const more = event.pages > 1 ? `+${event.pages - 1}` : '';
  const cell = (value: number | string | null) => (value === null ? '-' : String(value));
  return row([
    String(event.step),
    event.microseconds.toFixed(1),
    event.event,
    cell(event.region),
    event.page === null ? '-' : `${event.page}${more}`,
    cell(event.frame),
    cell(event.state),
    event.detail,
  ]);
}

function row([
  step = '',
  us = '',
  event = '',
  region = '',
  page = '',
  frame = '',
  state = '',
  detail = '',
]: string[]): string {
  const cells = [step.padStart(8), us.padStart(12), event.padEnd(16), region.padStart(6), page.padStart(12)];
  return `${[...cells, frame.padStart(5), state.padEnd(8), detail].join('  ').trimEnd()}\n`;
}

function number(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new PagerError('OPTION', `${option}: '${text}' is not a whole number`);
}

/** Standard output, written during the replay: a trace may be longer than memory. */
class Output {
  #text = '';

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= WRITTEN_AT_ONCE) this.flush();
  }

  flush(): void {
    let bytes = Buffer.from(this.#text);
    this.#text = '';
    while (bytes.length > 0) {
      try {
        bytes = bytes.subarray(writeSync(1, bytes));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EPIPE') process.exit();
        if (code !== 'EAGAIN') throw error;
      }
    }
  }
}
