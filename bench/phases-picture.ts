// Draws phases as a picture: one bar a side, as long as a fault takes, in parts.
import { machineLine } from './machine.js';
import { type PhaseReport, type PhaseTable, sharesOf } from './phases.js';

/** Parts in the order they are drawn, and the phases in each; what no part names is the last one's. */
const PARTS: ReadonlyArray<{ label: string; colour: string; phases: readonly string[] }> = [
  {
    label: 'the core decides (read, step, settle, lock)',
    colour: '#4c78a8',
    phases: [
      'read messages',
      'step',
      'settle',
      'signal to lock',
      'wait for the lock',
      'end of the turn',
      'unlock',
      'wake futexes',
    ],
  },
  { label: 'a victim leaves (UFFDIO_MOVE)', colour: '#e45756', phases: ['take victims'] },
  { label: 'digest', colour: '#b279a2', phases: ['digest'] },
  { label: 'LZ4 compress', colour: '#f58518', phases: ['compress'] },
  {
    label: 'LZ4 decompress, copy, read a file',
    colour: '#eeca3b',
    phases: ['decompress', 'copy bytes', 'zero bytes', 'read file'],
  },
  {
    label: 'install (UFFDIO_COPY, _MOVE, _ZEROPAGE)',
    colour: '#54a24b',
    phases: ['install by copy', 'install by move', 'install zeros', 'install from memfile', 'install from a file'],
  },
  { label: 'the rest of the pager', colour: '#9d755d', phases: [] },
];
const OUTSIDE = { label: 'the kernel’s part of the fault, wake-ups, the touching thread', colour: '#bab0ac' };

const WIDTH = 900;
const LEFT = 250;
const RIGHT = 70;
const BAR = 22;
const GAP = 12;
const LINE = 18;
const FONT = 'font-family="system-ui, sans-serif" font-size="13"';

interface Segment {
  colour: string;
  label: string;
  microseconds: number;
}

function segmentsOf(table: PhaseTable): Segment[] {
  const { shares, rest } = sharesOf(table);
  const named = new Set(PARTS.flatMap(({ phases }) => phases));
  const parts = PARTS.map(({ label, colour, phases }, i) => {
    const last = i === PARTS.length - 1;
    const mine = shares.filter(({ name }) => (last ? !named.has(name) : phases.includes(name)));
    return { label, colour, microseconds: mine.reduce((sum, { perFault }) => sum + perFault, 0) };
  });
  return [...parts, { ...OUTSIDE, microseconds: Math.max(0, rest ?? 0) }].filter(
    ({ microseconds }) => microseconds > 0,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Sides without a whole have no bar. */
export function drawPhases(report: PhaseReport): string {
  const tables = report.tables.filter(({ whole }) => whole !== null);
  const longest = Math.max(...tables.map(({ whole }) => whole ?? 0));
  const scale = (WIDTH - LEFT - RIGHT) / longest;
  const top = 56;
  const lines: string[] = [];
  tables.forEach((table, i) => {
    const y = top + i * (BAR + GAP);
    lines.push(
      `<text x="${LEFT - 8}" y="${y + 15}" text-anchor="end">${escaped(`${table.question}, ${table.side}`)}</text>`,
    );
    let x = LEFT;
    for (const { colour, label, microseconds } of segmentsOf(table)) {
      const width = microseconds * scale;
      const title = `<title>${escaped(label)}: ${microseconds.toFixed(2)} µs</title>`;
      lines.push(
        `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${colour}">${title}</rect>`,
      );
      if (width > 30) {
        lines.push(
          `<text x="${(x + width / 2).toFixed(1)}" y="${y + 15}" text-anchor="middle" font-size="11">${microseconds.toFixed(1)}</text>`,
        );
      }
      x += width;
    }
    lines.push(`<text x="${(x + 6).toFixed(1)}" y="${y + 15}">${table.whole?.toFixed(1)} µs</text>`);
  });
  const legendTop = top + tables.length * (BAR + GAP) + 10;
  const legend = [...PARTS, OUTSIDE].flatMap(({ label, colour }, i) => {
    const y = legendTop + i * LINE;
    return [
      `<rect x="${LEFT}" y="${y}" width="12" height="12" fill="${colour}"/>`,
      `<text x="${LEFT + 20}" y="${y + 11}">${escaped(label)}</text>`,
    ];
  });
  const height = legendTop + (PARTS.length + 1) * LINE + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" ${FONT} fill="#222" role="img">`,
    '<title>Where a fault’s time goes</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="12" y="24" font-size="16" font-weight="bold">Where a fault’s time goes, µs a fault</text>`,
    `<text x="12" y="42" font-size="11">${escaped(`${report.date.slice(0, 10)}, ${machineLine(report.machine)}`)}</text>`,
    ...lines,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}
