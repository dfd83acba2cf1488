// Writes a report file with mode 0600, whole or not at all.
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { ReportData } from './data.js';
import { renderReport } from './html.js';

/** Writes a report for its owner alone (0600): whole, or not at all where something was there before. */
export async function writeReport(path: string, data: ReportData): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  // 'wx' follows no link and overwrites nothing.
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(renderReport(data));
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}
