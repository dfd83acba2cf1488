// `farpage serve`: serves guests until it is asked to end, then prints a line per session, or JSON.
import { faultCount } from '../core/stats.js';
import { formatMicroseconds } from '../experiment/summary.js';
import { formatCount as count, formatPages } from '../report/format.js';
import type { ServeOptions, ServeReport, SessionReport } from '../serve/index.js';
import { Interrupt } from '../terminal/interrupt.js';
import { paintMessages, say, sayLast } from '../terminal/messages.js';
import { columns, printJson } from '../terminal/output.js';
import { formatSize } from '../units.js';
import { EXIT, type ExitCode } from './exit.js';

export async function serveCommand(flags: ServeOptions & { json?: boolean }): Promise<ExitCode> {
  const { serve } = await import('../serve/index.js');
  const { json = false, ...options } = flags;
  const interrupt = new Interrupt();
  const serving = await interrupt.unless(serve(options, say));
  void interrupt.heard.then(() => serving.stop());
  const report = await serving.report;
  interrupt.close();
  if (json) await printJson(report);
  else if (report.sessions.length > 0) sayLast(describeSessions(report));
  const failed = report.sessions.some(({ ending }) => ending === 'failed');
  const isUnwritten = options.record !== undefined && report.sessions.every(({ recorded }) => recorded === null);
  return (failed || isUnwritten) && options.once === true ? EXIT.failed : EXIT.done;
}

/** The table for people: a line a session. */
export function describeSessions({ sessions, fetched }: ServeReport): string {
  const colour = paintMessages();
  const heads = ['session', 'process', 'memory', 'faults', 'p50', 'p99', 'resident peak', 'evictions', 'ending'];
  const rows = [heads.map((head) => colour(head, 'bold')), ...sessions.map(rowOf)];
  const lines = [columns(rows)];
  for (const { number, replay, recorded } of sessions) {
    if (replay !== null) {
      const unused = `${count(replay.unused)} of ${count(replay.sampled)} sampled never touched`;
      const parts = `${count(replay.loaded)} of ${count(replay.pages)} pages brought in ahead, ${count(replay.late)} late`;
      lines.push(`  session ${number} replayed: ${parts}, ${count(replay.misses)} misses, ${unused}`);
    }
    if (recorded !== null) lines.push(`  session ${number} recorded: ${formatPages(recorded)}`);
  }
  if (fetched !== null) {
    const { asked, shared, bytesFetched } = fetched;
    lines.push(
      `  image: ${formatSize(bytesFetched)} fetched; ${count(shared)} of ${count(asked)} pages asked for were at hand`,
    );
  }
  return lines.join('\n');
}

function rowOf({ number, pid, name, memory, stats, ending }: SessionReport): string[] {
  const first = [String(number), `${pid} ${name}`];
  if (memory === null || stats === null) return [...first, '', '', '', '', '', '', ending];
  const { latency, evictions, residentBytesPeak } = stats;
  const times = [formatMicroseconds(latency.p50), formatMicroseconds(latency.p99)];
  return [
    ...first,
    formatSize(memory.byteLength),
    count(faultCount(stats)),
    ...times,
    formatSize(residentBytesPeak),
    count(evictions),
    ending,
  ];
}
