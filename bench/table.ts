// Prints reports as tables, on the terminal and in a page of the documents.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Row, Target } from './harness.js';
import { machineLine } from './machine.js';
import type { Report, Result } from './report.js';

const HEADINGS = ['what', 'farpage', 'against', 'ratio', 'to reach', ''];

function figure(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function cells(row: Row): string[] {
  const { what, unit, farpage, peer, ratio, target, met } = row;
  return [
    what,
    `${figure(farpage)} ${unit}`,
    peer ? `${figure(peer.value)} ${unit} (${peer.name})` : '',
    ratio === null ? '' : ratio.toFixed(2),
    target ? reach(target) : 'reported',
    met === null ? '' : met ? 'met' : 'NOT MET',
  ];
}

function reach({ compare, value }: Target): string {
  if (compare === 'within') return `within ${Math.round((value - 1) * 100)} %`;
  return `${compare === '<=' ? '≤' : '≥'} ${value}`;
}

function aligned(lines: string[][]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function resultLines(result: Result): string[] {
  const lines = [`${result.name}: ${result.title}`];
  if (result.skipped !== undefined) return [...lines, `  skipped [${result.skipped}]`];
  if (result.failed !== undefined) return [...lines, `  failed: ${result.failed}`];
  lines.push(...aligned([HEADINGS, ...result.rows.map(cells)]).map((line) => `  ${line}`));
  return [...lines, ...result.notes.map((note) => `  - ${note}`)];
}

/** Aligned text for people. */
export function formatReport(report: Report): string {
  const parts = [machineLine(report.machine), ...report.results.map((result) => resultLines(result).join('\n'))];
  return `${parts.join('\n\n')}\n`;
}

function markdownOf(result: Result): string {
  const lines = [`### ${result.name}: ${result.title}`, ''];
  if (result.skipped !== undefined) return [...lines, `Skipped: ${result.skipped}.`].join('\n');
  if (result.failed !== undefined) return [...lines, `Failed: ${result.failed.split('\n')[0]}`].join('\n');
  const table = [HEADINGS, HEADINGS.map(() => '---'), ...result.rows.map(cells)];
  lines.push(...table.map((line) => `| ${line.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`));
  if (result.notes.length > 0) lines.push('', ...result.notes.map((note) => `- ${note}`));
  return lines.join('\n');
}

const BEGIN = '<!-- bench:begin -->';
const END = '<!-- bench:end -->';

/** Rewrites the part of a page between the markers with this report's tables. */
export function updatePage(path: string, report: Report): void {
  const page = readFileSync(path, 'utf8');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${path} has no ${BEGIN} … ${END}`);
  const head = `Measured ${report.date.slice(0, 10)} on ${machineLine(report.machine)}${report.quick ? ', **quick run**' : ''}.`;
  const body = [head, ...report.results.map(markdownOf)].join('\n\n');
  writeFileSync(path, `${page.slice(0, begin + BEGIN.length)}\n\n${body}\n\n${page.slice(end)}`);
}
