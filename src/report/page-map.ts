// Draws a region as a grid of cells.
import { type MapData, PAGE_STATES } from './data.js';
import { formatCount } from './format.js';
import { svg, WIDTH } from './frame.js';
import { html, Markup } from './markup.js';

const COLUMNS = 128;
const CELL = WIDTH / COLUMNS;
const GAP = 0.8;
const LEGEND_HEIGHT = 34;
/** Shades of the counts, the first for none. */
const LEVELS = 6;

interface Kind {
  style: string;
  label: string;
}

/** The region as a grid, its first page at the top left: what became of each cell, or how often it faulted. */
export function pageMap({ faults, states, pagesPerCell }: MapData): Markup {
  const max = faults.reduce((a, b) => Math.max(a, b), 0);
  const kinds = states === undefined ? levelKinds(max) : PAGE_STATES.map((label) => ({ style: label, label }));
  const kindOf = (cell: number): number => states?.[cell] ?? levelOf(faults[cell] ?? 0, max);
  const cells = states?.length ?? faults.length;
  const rows = Math.ceil(cells / COLUMNS);
  const height = rows * CELL + LEGEND_HEIGHT;
  const what = states === undefined ? 'faulting accesses' : 'state at the end';
  const pages = pagesPerCell === 1 ? 'one page' : `${formatCount(Math.round(pagesPerCell))} pages`;
  return svg(
    'map',
    height,
    'Page map of the region',
    `${formatCount(cells)} cells of ${pages}, by ${what}; a cell had at most ${formatCount(max)} faulting accesses.`,
    html`${kinds.map((kind, i) => draw(kind, cells, (cell) => kindOf(cell) === i))}${legend(kinds, rows * CELL + 12, `one cell is ${pages}`)}`,
  );
}

/** All cells of a kind in one path: thousands of rectangles of their own would be slow to open. */
function draw({ style }: Kind, cells: number, belongs: (cell: number) => boolean): Markup {
  const side = Math.round((CELL - GAP) * 100) / 100;
  let shape = '';
  for (let cell = 0; cell < cells; cell++) {
    if (!belongs(cell)) continue;
    const x = Math.round((cell % COLUMNS) * CELL * 100) / 100;
    const y = Math.round(Math.floor(cell / COLUMNS) * CELL * 100) / 100;
    shape += `M${x} ${y}h${side}v${side}h-${side}z`;
  }
  return shape === '' ? new Markup('') : html`<path class="cell ${style}" d="${shape}"/>`;
}

function legend(kinds: ReadonlyArray<Kind>, y: number, note: string): Markup {
  let x = 0;
  const entries = kinds
    .filter(({ label }) => label !== '')
    .map(({ style, label }) => {
      const at = x;
      x += 34 + label.length * 7.2;
      return html`<rect class="cell ${style}" x="${at}" y="${y}" width="12" height="12" rx="2"/><text class="axis" x="${at + 18}" y="${y + 10.5}">${label}</text>`;
    });
  return html`${entries}<text class="axis" x="${WIDTH}" y="${y + 10.5}" text-anchor="end">${note}</text>`;
}

/** Equal steps of the square root: a few hot cells must not make all others look cold. */
function levelOf(count: number, max: number): number {
  if (count === 0) return 0;
  return Math.max(1, Math.min(LEVELS - 1, Math.ceil(Math.sqrt(count / max) * (LEVELS - 1))));
}

function levelKinds(max: number): Kind[] {
  const kinds = [{ style: 'level-0', label: 'no fault' }];
  let from = 1;
  for (let level = 1; level < LEVELS; level++) {
    const to = Math.floor(max * (level / (LEVELS - 1)) ** 2);
    // Where there are few counts, some steps hold none: they have no label and no place in the legend.
    const label = to > from ? `${formatCount(from)}–${formatCount(to)}` : to === from ? formatCount(to) : '';
    kinds.push({ style: `level-${level}`, label });
    from = Math.max(from, to + 1);
  }
  return kinds;
}
