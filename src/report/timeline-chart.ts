// Draws resident bytes and faults over time.
import { formatSize } from '../units.js';
import type { TimelineData } from './data.js';
import { formatShort, trim } from './format.js';
import { bottomAxis, leftAxis, MARGIN, PLOT, path, round, svg } from './frame.js';
import { html, type Markup } from './markup.js';
import { byteTicks, linear, type Scale, ticks } from './scale.js';

const HEIGHT = 240;
const BOTTOM = HEIGHT - MARGIN.bottom;
/** Points of the fault rate at most: a rate over less time than that is noise. */
const RATE_POINTS = 160;

/** What was resident, against the limit. */
export function residentChart(timeline: TimelineData): Markup {
  const { resident, limit } = timeline;
  const x = timeScale(timeline);
  const peak = Math.max(0, ...resident.map(({ bytes }) => bytes));
  const yTicks = byteTicks(Math.max(peak, limit) * 1.02, 4);
  const y = linear([0, yTicks.at(-1) ?? limit], [BOTTOM, MARGIN.top]);
  const line = resident.map(({ seconds, bytes }) => [x(seconds), y(bytes)] as const);
  return svg(
    'resident',
    HEIGHT,
    'Resident set over time',
    `The most was ${formatSize(peak)}, the limit is ${formatSize(limit)}.`,
    html`${bands(timeline, x)}${leftAxis({ scale: y, ticks: yTicks, format: formatSize, label: 'resident' })}
<path class="area" d="${area(line)}"/><path class="line" d="${path(line)}"/>
<line class="limit" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(limit)}" y2="${y(limit)}"/><text class="limited" x="${PLOT.right - 4}" y="${y(limit) - 6}" text-anchor="end">limit ${formatSize(limit)}</text>
${timeAxis(timeline, x)}`,
  );
}

/** Faults a second, over the same time. */
export function faultChart(timeline: TimelineData): Markup {
  const x = timeScale(timeline);
  const rates = faultRates(timeline);
  const max = Math.max(1, ...rates.map(({ rate }) => rate));
  const yTicks = ticks(max, 4);
  const y = linear([0, yTicks.at(-1) ?? max], [BOTTOM, MARGIN.top]);
  const line = rates.map(({ seconds, rate }) => [x(seconds), y(rate)] as const);
  return svg(
    'faults',
    HEIGHT,
    'Faults per second over time',
    `At most ${formatShort(max)} faults a second.`,
    html`${bands(timeline, x)}${leftAxis({ scale: y, ticks: yTicks, format: formatShort, label: 'faults/s' })}
<path class="area second" d="${area(line)}"/><path class="line second" d="${path(line)}"/>
${timeAxis(timeline, x)}`,
  );
}

function lastSecond({ faults }: TimelineData): number {
  return faults.at(-1)?.seconds || 1;
}

function timeScale(timeline: TimelineData): Scale {
  return linear([0, lastSecond(timeline)], [PLOT.left, PLOT.right]);
}

function timeAxis(timeline: TimelineData, x: Scale): Markup {
  const inside = ticks(lastSecond(timeline), 8).filter((tick) => tick <= lastSecond(timeline));
  return bottomAxis({ scale: x, ticks: inside, format: (tick) => trim(tick), label: 'seconds' }, BOTTOM);
}

/** The phases as bands behind the plot, every other one shaded, named above where there is room. */
function bands({ phases }: TimelineData, x: Scale): Markup[] {
  return phases.map(({ name, from, to }, i) => {
    const left = x(from);
    const width = Math.max(0, x(to) - left);
    const shade = i % 2 === 0 ? 'band even' : 'band';
    const roomy = width > name.length * 7;
    const label = roomy
      ? html`<text class="axis" x="${left + width / 2}" y="16" text-anchor="middle">${name}</text>`
      : html``;
    return html`<rect class="${shade}" x="${left}" y="${MARGIN.top - 6}" width="${width}" height="${BOTTOM - MARGIN.top + 6}"><title>${name}: ${trim(to - from)} s</title></rect>${label}`;
  });
}

function faultRates({ faults }: TimelineData): Array<{ seconds: number; rate: number }> {
  const every = Math.max(1, Math.ceil(faults.length / RATE_POINTS));
  const rates = [];
  for (let i = every; i < faults.length; i += every) {
    const before = faults[i - every];
    const after = faults[i];
    if (before === undefined || after === undefined || after.seconds <= before.seconds) continue;
    const rate = Math.max(0, after.count - before.count) / (after.seconds - before.seconds);
    rates.push({ seconds: (before.seconds + after.seconds) / 2, rate });
  }
  return rates;
}

function area(line: ReadonlyArray<readonly [number, number]>): string {
  const first = line[0];
  const last = line.at(-1);
  if (first === undefined || last === undefined) return '';
  return `${path(line)}L${round(last[0])} ${BOTTOM}L${round(first[0])} ${BOTTOM}Z`;
}
