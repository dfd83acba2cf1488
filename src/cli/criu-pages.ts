// `farpage criu page-server`: serves a checkpoint's pages to criu lazy-pages, and ends when a client has them all.
import type { PageServerOptions } from '../criu/index.js';
import { Interrupt } from '../terminal/interrupt.js';
import { say } from '../terminal/messages.js';
import { printJson } from '../terminal/output.js';
import { EXIT, type ExitCode } from './exit.js';
import { type TlsFlags, tlsOf } from './tls.js';

/** Its options, as commander has them. */
export type PageServerFlags = Omit<PageServerOptions, 'tls'> & TlsFlags & { json?: boolean };

export async function pageServerCommand(flags: PageServerFlags): Promise<ExitCode> {
  const { checkPageServing, servePages } = await import('../criu/index.js');
  const { json = false } = flags;
  const tls = tlsOf(flags);
  const checked = checkPageServing({ ...flags, ...(tls !== null && { tls }) });
  const interrupt = new Interrupt();
  const serving = await servePages(checked, say);
  void interrupt.heard.then(() => serving.stop());
  const report = await serving.report;
  interrupt.close();
  if (json) await printJson(report);
  const isWhole = checked.keep || report.clients.some(({ finished }) => finished);
  return isWhole ? EXIT.done : EXIT.failed;
}
