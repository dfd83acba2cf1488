// `farpage criu upload`: puts a checkpoint into Redis.
import type { UploadOptions } from '../criu/index.js';
import { formatCount as count } from '../report/format.js';
import { Interrupt } from '../terminal/interrupt.js';
import { sayLast } from '../terminal/messages.js';
import { printJson } from '../terminal/output.js';
import { makeProgress } from '../terminal/progress.js';
import { EXIT, type ExitCode } from './exit.js';

export async function uploadCommand(flags: UploadOptions & { json?: boolean }): Promise<ExitCode> {
  const { checkUpload, uploadCheckpoint } = await import('../criu/index.js');
  const { json = false, ...options } = flags;
  const checked = checkUpload(options);
  const interrupt = new Interrupt();
  const stop = new AbortController();
  void interrupt.heard.then(() => stop.abort());
  const report = await uploadCheckpoint(checked, makeProgress(), stop.signal);
  interrupt.close();
  if (json) await printJson(report);
  else sayLast(`farpage: ${count(report.pages)} pages of ${report.images} are at ${report.to}`);
  return EXIT.done;
}
