// The outer frame of a chart: its size, margins and axes as SVG.
import { html, type Markup } from './markup.js';
import type { Scale } from './scale.js';

/** The drawing's own units; it grows and shrinks with the page. */
export const WIDTH = 960;
export const MARGIN = { top: 26, right: 18, bottom: 40, left: 74 };
export const PLOT = { left: MARGIN.left, right: WIDTH - MARGIN.right };

export interface Axis {
  scale: Scale;
  ticks: ReadonlyArray<number>;
  format: (value: number) => string;
  label: string;
}

/** A drawing with a name and a description for those who do not see it. */
export function svg(id: string, height: number, title: string, description: string, content: Markup): Markup {
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>
${content}
</svg>`;
}

/** Ticks along the bottom, with the axis' label at its end. */
export function bottomAxis({ scale, ticks, format, label }: Axis, y: number): Markup {
  const marks = ticks.map((tick) => {
    const x = scale(tick);
    return html`<line class="tick" x1="${x}" x2="${x}" y1="${y}" y2="${y + 5}"/><text class="axis" x="${x}" y="${y + 19}" text-anchor="middle">${format(tick)}</text>`;
  });
  return html`<line class="base" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/>${marks}<text class="axis label" x="${PLOT.right}" y="${y + 35}" text-anchor="end">${label}</text>`;
}

/** Lines across the plot, with their values at the left and the axis' label above. */
export function leftAxis({ scale, ticks, format, label }: Axis): Markup {
  const marks = ticks.map((tick) => {
    const y = scale(tick);
    return html`<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/><text class="axis" x="${PLOT.left - 10}" y="${y + 4}" text-anchor="end">${format(tick)}</text>`;
  });
  return html`${marks}<text class="axis label" x="${PLOT.left - 10}" y="12" text-anchor="end">${label}</text>`;
}

/** 'M0 0L1 1…' */
export function path(points: ReadonlyArray<readonly [number, number]>): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
