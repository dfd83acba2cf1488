// Draws the distribution of fault times.
import type { LatencyData } from './data.js';
import { formatCount, formatShort, formatTime } from './format.js';
import { bottomAxis, leftAxis, MARGIN, PLOT, svg } from './frame.js';
import { html, type Markup } from './markup.js';
import { linear, logarithmic, logTicks, ticks } from './scale.js';

const HEIGHT = 300;
const BARS_PER_OCTAVE = 12;
/** A bar for one access in a million has to be seen. */
const MIN_BAR = 1.5;

/** How long faulting accesses took, on a logarithmic axis, with the quantiles marked. */
export function latencyChart({ buckets, marks }: LatencyData): Markup {
  const bars = rebin(buckets);
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return html`<p class="empty">No access faulted.</p>`;
  const domain = [first.from / 1.15, last.to * 1.15] as const;
  const max = Math.max(...bars.map(({ count }) => count));
  const yTicks = ticks(max, 4);
  const bottom = HEIGHT - MARGIN.bottom;
  const x = logarithmic(domain, [PLOT.left, PLOT.right]);
  const y = linear([0, yTicks.at(-1) ?? max], [bottom, MARGIN.top + 18]);
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  const drawn = bars.map(({ from, to, count }) => {
    const left = x(from);
    const height = Math.max(MIN_BAR, bottom - y(count));
    const share = ((count / total) * 100).toPrecision(3);
    return html`<rect class="bar" x="${left + 0.5}" y="${bottom - height}" width="${Math.max(1, x(to) - left - 1)}" height="${height}" rx="1"><title>${formatTime(from)} to ${formatTime(to)}: ${formatCount(count)} accesses (${share}%)</title></rect>`;
  });
  const description = `${formatCount(total)} accesses. ${marks.map(({ label, at }) => `${label} ${formatTime(at)}`).join(', ')}.`;
  return svg(
    'latency',
    HEIGHT,
    'Latency of faulting accesses',
    description,
    html`${leftAxis({ scale: y, ticks: yTicks, format: formatShort, label: 'accesses' })}${drawn}
${drawMarks(marks, x, bottom)}
${bottomAxis({ scale: x, ticks: logTicks(domain), format: formatTime, label: 'time of one access' }, bottom)}`,
  );
}

const LABEL_WIDTH = 104;

/** Each label stands right of its line, or on a line of its own where it would run into the one before. */
function drawMarks(marks: LatencyData['marks'], x: (value: number) => number, bottom: number): Markup[] {
  const ends: number[] = [];
  const placed = marks.map(({ label, at }) => {
    const left = x(at);
    const flipped = left + LABEL_WIDTH > PLOT.right;
    const from = flipped ? left - LABEL_WIDTH : left;
    let row = ends.findIndex((end) => end <= from);
    if (row === -1) row = ends.length;
    ends[row] = from + LABEL_WIDTH;
    return { label, at, left, flipped, top: 12 + row * 15 };
  });
  // All lines first: none may cross a label.
  const lines = placed.map(
    ({ left, top }) => html`<line class="mark" x1="${left}" x2="${left}" y1="${top - 9}" y2="${bottom}"/>`,
  );
  const labels = placed.map(({ label, at, left, flipped, top }) => {
    const anchor = flipped ? 'end' : 'start';
    return html`<text class="marked" x="${flipped ? left - 5 : left + 5}" y="${top}" text-anchor="${anchor}"><tspan class="strong">${label}</tspan> ${formatTime(at)}</text>`;
  });
  return [...lines, ...labels];
}

/** Bars of equal width on the logarithmic axis; a bucket counts where its middle falls. */
function rebin(buckets: LatencyData['buckets']): Array<{ from: number; to: number; count: number }> {
  const counts = new Map<number, number>();
  for (const { from, to, count } of buckets) {
    const bin = Math.floor(Math.log2(Math.max(1, (from + to) / 2)) * BARS_PER_OCTAVE);
    counts.set(bin, (counts.get(bin) ?? 0) + count);
  }
  const edge = (bin: number): number => 2 ** (bin / BARS_PER_OCTAVE);
  return [...counts].sort(([a], [b]) => a - b).map(([bin, count]) => ({ from: edge(bin), to: edge(bin + 1), count }));
}
