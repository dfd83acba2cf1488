// `farpage image`: describes an image, verifies it, or merges its chain into one.
import { imageInfo, mergeImage, verifyImage } from '../image/tools.js';
import { printable } from '../printable.js';
import { redact } from '../redact.js';
import { formatCount as count, formatPages } from '../report/format.js';
import { columns, print, printJson } from '../terminal/output.js';
import { makeProgress } from '../terminal/progress.js';
import { formatSize } from '../units.js';
import { EXIT, type ExitCode } from './exit.js';

export async function imageInfoCommand(where: string, json: boolean): Promise<ExitCode> {
  const info = await imageInfo(where);
  if (json) {
    await printJson(info);
    return EXIT.done;
  }
  const { id, pageSize, contentPages, meta, links, segments, chain } = info;
  // Of a program under `run` an image numbers pages from the start of each process's table: what no range has was never memory.
  const pages = meta.ranges?.reduce((sum, range) => sum + range.pages, 0) ?? info.pages;
  const rows = [
    ['image', id],
    ['taken', `${meta.created ?? 'it does not say'}${meta.program === undefined ? '' : ` of ${meta.program}`}`],
    ['memory', `${formatSize(pages * pageSize)}: ${count(pages)} pages of ${formatSize(pageSize)}`],
    ['content', `${formatPages(contentPages)}, the others are zeros`],
    ...chain.map(({ name, pages: own }, i) => [i === 0 ? 'in' : 'after', `${name}: ${formatPages(own)}`]),
    [
      'read as',
      `${segments === 1 ? 'one run' : `${count(segments)} runs`} of adjacent pages, from ${links === 1 ? 'one image' : `${count(links)} images`}`,
    ],
    ...(meta.ranges ?? []).map(({ address, first, pages: length }) => [
      'range',
      `${address}: pages ${count(first)} to ${count(first + length - 1)}`,
    ]),
  ];
  // Others may have made the image.
  await print(columns(rows.map((cells) => cells.map(printable))));
  return EXIT.done;
}

export async function imageVerifyCommand(where: string, json: boolean): Promise<ExitCode> {
  const report = await advancing('checking', (advance) => verifyImage(where, advance));
  if (json) await printJson(report);
  else if (report.damaged.length === 0) await print(`sound: ${count(report.checkedPages)} pages are what was saved`);
  else for (const { name, page } of report.damaged) await print(`damaged: page ${page} of ${printable(name)}`);
  return report.damaged.length === 0 ? EXIT.done : EXIT.failed;
}

export interface MergeFlags {
  output: string;
  format: 'image' | 'mapped-ram';
  keep?: boolean;
  json?: boolean;
}

export async function imageMergeCommand(where: string, flags: MergeFlags): Promise<ExitCode> {
  const { output, format, keep = false, json = false } = flags;
  const report = await advancing('merging', (advance) => mergeImage(where, output, { format, keep }, advance));
  if (json) await printJson(report);
  else await print(`${printable(redact(output))}: ${formatPages(report.pages)}, ${formatSize(report.bytesWritten)}`);
  return EXIT.done;
}

async function advancing<T>(
  phase: string,
  work: (advance: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const progress = makeProgress();
  let begun = false;
  try {
    return await work((done, total) => {
      if (!begun) progress.begin(phase, total);
      begun = true;
      progress.update(done);
    });
  } finally {
    progress.end();
  }
}
