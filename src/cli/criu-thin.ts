// `farpage criu thin`: copies a checkpoint without its lazy pages.
import type { ThinOptions } from '../criu/index.js';
import { formatCount as count } from '../report/format.js';
import { sayLast } from '../terminal/messages.js';
import { printJson } from '../terminal/output.js';
import { EXIT, type ExitCode } from './exit.js';

export async function thinCommand({ json = false, ...options }: ThinOptions & { json?: boolean }): Promise<ExitCode> {
  const { thinCheckpoint } = await import('../criu/index.js');
  const report = await thinCheckpoint(options);
  if (json) await printJson(report);
  else sayLast(`farpage: ${report.to} has ${count(report.pages)} pages; ${count(report.lazy)} lazy ones were left out`);
  return EXIT.done;
}
