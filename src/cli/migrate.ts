// `farpage migrate-send` and `migrate-receive`: check flags, show progress, and end with one summary.
import { PagerError } from '../errors.js';
import { Machine } from '../migrate/machine.js';
import { MemoryFile } from '../migrate/memory-file.js';
import { sendPages } from '../migrate/sender.js';
import type { SendReport } from '../migrate/types.js';
import { formatCount as count } from '../report/format.js';
import { Interrupt } from '../terminal/interrupt.js';
import { say, sayLast } from '../terminal/messages.js';
import { printJson } from '../terminal/output.js';
import { makeProgress } from '../terminal/progress.js';
import { formatSize, parseSize } from '../units.js';
import { EXIT, type ExitCode } from './exit.js';
import { describeSessions } from './serve.js';
import { type TlsFlags, tlsOf } from './tls.js';

/** Options of both ends. */
interface LineFlags extends TlsFlags {
  patience: string;
  json?: boolean;
}

export interface SendFlags extends LineFlags {
  memory: string;
  to: string;
  qmp?: string;
  devices?: string;
  bandwidth?: string;
  compress: 'auto' | 'off';
}

export interface ReceiveFlags extends LineFlags {
  from: string;
  socket: string;
  spool?: string;
  resident?: string;
  store: string;
  kill: boolean;
}

/** Most seconds of patience: a day. */
const MAX_PATIENCE = 86_400;

/** Sends the memory of a guest that is stopped, or stops it at the switch. */
export async function migrateSend(flags: SendFlags): Promise<ExitCode> {
  const { memory, to, qmp, devices, bandwidth, compress } = flags;
  if ((qmp === undefined) !== (devices === undefined)) {
    throw new PagerError('OPTION', 'of --qmp and --devices only one is given', {
      hint: "--devices is where the other QEMU waits for its devices' state, 'tcp:host:port' or 'unix:path', and --qmp is the control socket of this one",
    });
  }
  const spec = {
    url: to,
    tls: tlsOf(flags),
    rounds: 0,
    bandwidth: bandwidth === undefined ? null : parseSize(bandwidth, '--bandwidth'),
    compress,
    patience: patienceOf(flags),
  };
  const source = MemoryFile.open(memory, qmp === undefined);
  const interrupt = new Interrupt();
  const ending = new AbortController();
  const progress = makeProgress();
  let begun = false;
  let machine: Machine | undefined;
  // From here on the guest may run at the other end: ending this end would end it.
  let leaving = false;
  let switched = false;
  let gone: Promise<void> | undefined;
  try {
    if (qmp !== undefined) machine = await interrupt.unless(Machine.connect(qmp));
    void interrupt.heard.then(() => {
      if (!leaving) ending.abort(new PagerError('CLOSED', 'it was interrupted'));
      else
        say(
          'the guest runs there by now, and the rest of its memory is only here: continuing; a second signal ends it',
        );
    });
    const report = await sendPages(source, spec, {
      signal: ending.signal,
      switch: async () => {
        leaving = true;
        if (machine === undefined || devices === undefined) switched = true;
        else {
          // The other end gets its memory ready while the devices' state is being sent.
          ({ gone } = await machine.leave(devices));
          gone = gone.then(() => {
            switched = true;
          });
          gone.catch((error: unknown) => ending.abort(error));
          source.quietUntil(gone);
        }
        return new Uint8Array();
      },
      onProgress: ({ phase, pages, most }) => {
        if (phase !== 'postcopy') return;
        if (!begun) progress.begin('memory', most);
        begun = true;
        progress.update(pages);
      },
      say: (line) => progress.say(`farpage: ${line}`),
    });
    await gone;
    progress.end();
    if (flags.json === true) await printJson(report);
    else say(describeSend(report));
    return EXIT.done;
  } catch (error) {
    progress.end();
    // QEMU reports where the guest is.
    await gone?.catch(() => {});
    say(switched ? KEPT : machine === undefined ? STILL : 'the guest runs on here');
    if (!switched) await machine?.stay().catch(() => {});
    throw error;
  } finally {
    machine?.close();
    interrupt.close();
    source.close();
  }
}

const STILL = 'the guest’s memory is whole here, and nobody else has it';
const KEPT =
  'the guest’s memory is whole here still, as of its switch: unless the other one runs already, it can be continued here (QMP: cont)';

function describeSend({ pages, zeroPages, urgentPages, sentBytes, postcopySeconds, reconnects }: SendReport): string {
  const parts = `${count(pages)} pages and ${count(zeroPages)} of zeros, ${formatSize(sentBytes)}`;
  const again = reconnects === 0 ? '' : `, ${reconnects} times reconnected`;
  return `all is there: ${parts}; ${count(urgentPages)} pages were waited for; ${postcopySeconds.toFixed(2)} s after the switch${again}`;
}

/** Serves a guest from a migration that will arrive. */
export async function migrateReceive(flags: ReceiveFlags): Promise<ExitCode> {
  const { serveArrival } = await import('../serve/index.js');
  const { from, socket, spool, resident, store, kill } = flags;
  const line = { url: from, tls: tlsOf(flags), patience: patienceOf(flags), ...(spool === undefined ? {} : { spool }) };
  const interrupt = new Interrupt();
  const options = { from: line, socket, store, kill, ...(resident === undefined ? {} : { resident }) };
  try {
    const { serving, arrived } = await interrupt.unless(serveArrival(options, say));
    void interrupt.heard.then(() => serving.stop());
    const report = await serving.report;
    if (flags.json === true) await printJson({ ...report, migration: arrived() });
    else if (report.sessions.length > 0) sayLast(describeSessions(report));
    return report.sessions.some(({ ending }) => ending === 'failed') ? EXIT.failed : EXIT.done;
  } finally {
    interrupt.close();
  }
}

function patienceOf({ patience }: LineFlags): number {
  const seconds = Number(patience);
  if (patience !== '' && seconds > 0 && seconds <= MAX_PATIENCE) return seconds * 1000;
  throw new PagerError('OPTION', `--patience: '${patience}' is not a number of seconds`, {
    hint: `give more than 0 and up to ${MAX_PATIENCE}`,
  });
}
