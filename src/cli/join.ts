// `farpage join --bench`: joins a region twice, and says what a thread waits for at each kind of touch.
import { type HomeMeasure, measureHome, type TouchTimes } from '../dsm/measure.js';
import { createPager, type JoinOptions } from '../index.js';
import { formatCount, formatPages, formatTime, trim } from '../report/format.js';
import { columns, print, printJson } from '../terminal/output.js';
import { EXIT, type ExitCode } from './exit.js';
import { type TlsFlags, tlsOf } from './tls.js';
import { tokenOf } from './token.js';

export interface JoinFlags extends TlsFlags {
  name: string;
  size: string;
  bench: true;
  tokenFile?: string;
  json?: boolean;
}

export async function joinCommand(urls: readonly string[], flags: JoinFlags): Promise<ExitCode> {
  const { name, size } = flags;
  const [tls, token] = [tlsOf(flags), tokenOf(flags.tokenFile)];
  const options: JoinOptions = { name, byteLength: size };
  if (tls !== null) options.tls = tls;
  if (token !== undefined) options.token = token;
  const pager = await createPager();
  try {
    const near = await pager.join(urls, options);
    const far = await pager.join(urls, options);
    const measured = await measureHome([near, far]);
    const { pages } = near.stats();
    const url = urls.join(',');
    if (flags.json === true) await printJson({ url, name, pages, ...measured });
    else await print(describe(url, name, pages, measured));
  } finally {
    await pager.close();
  }
  return EXIT.done;
}

function describe(url: string, name: string, pages: number, measured: HomeMeasure): string {
  const { readClean, readDirty, writeAlone, writeShared, handOffsPerSecond, loadBytesPerSecond } = measured;
  const line = (what: string, { count, p50, p99 }: TouchTimes) => {
    return [what, `p50 ${formatTime(p50 * 1000)}`, `p99 ${formatTime(p99 * 1000)}`, `${formatCount(count)} touches`];
  };
  const rows = [
    line('read, the home has the page', readClean),
    line('read, another node has written it', readDirty),
    line('first write, no other copy', writeAlone),
    line('first write, another node has a copy', writeShared),
    ['one word, written by two in turn', `${trim(handOffsPerSecond)} times a second`],
    ['load, the home has the pages', `${trim(loadBytesPerSecond / 2 ** 20)} MiB/s`],
  ];
  return `${url}, region '${name}' of ${formatPages(pages)}; both nodes are in this process\n${columns(rows)}`;
}
