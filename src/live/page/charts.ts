// The four charts, by uPlot.
import { bytes, count, microseconds } from './format.js';
import { type History, limitOf, percentile, sum, type Times, timesBetween } from './history.js';

/** Milliseconds whose faults the histogram shows. */
const HISTOGRAM_SPAN = 10_000;

export class Charts {
  readonly #resident: uPlot;
  readonly #rate: uPlot;
  readonly #latency: uPlot;
  readonly #store: uPlot;

  constructor() {
    this.#resident = chart('resident', { show: bytes, steps: POWERS }, [
      line('resident', '--accent', bytes, true),
      line('limit', '--limit', bytes),
    ]);
    this.#rate = chart('rate', { show: count }, [
      line('faults', '--accent', count, true),
      line('evictions', '--second', count),
    ]);
    this.#store = chart('store', { show: microseconds }, [
      line('read', '--accent', microseconds),
      line('write', '--second', microseconds),
    ]);
    this.#latency = chart('latency', { show: count, showX: microseconds }, [
      { ...line('faults', '--accent', count, true), paths: uPlot.paths.stepped?.({ align: 1 }) ?? (() => null) },
    ]);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      for (const each of this.#all()) each.redraw(false);
    });
    new ResizeObserver(() => {
      for (const each of this.#all()) each.setSize(sizeOf(each.root.parentElement));
    }).observe(document.body);
  }

  #all(): uPlot[] {
    return [this.#resident, this.#rate, this.#latency, this.#store];
  }

  draw(history: History): void {
    const { samples, last } = history;
    if (last === undefined) return;
    const seconds = samples.map(({ at }) => (at - last.at) / 1000);
    const resident = samples.map((sample) => sum(sample, 'resident'));
    this.#resident.setData([seconds, resident, samples.map(limitOf)]);
    this.#rate.setData([seconds, history.rate('faults'), history.rate('evictions')]);
    const medians = (which: Times) =>
      samples.map((sample, index) => {
        const before = samples[index - 1];
        return before === undefined ? null : percentile(timesBetween(before, sample, which), 0.5);
      });
    this.#store.setData([seconds, medians('storeRead'), medians('storeWrite')]);
    const before = history.before(HISTOGRAM_SPAN);
    if (before !== undefined) this.#latency.setData(bars(timesBetween(before, last, 'fault')));
  }
}

/** Four steps an octave: finer ones show the noise alone. A step without faults is 0, so that the line falls there. */
function bars(times: ReadonlyArray<readonly [number, number]>): [number[], number[]] {
  const steps = new Map<number, number>();
  for (const [low, many] of times) {
    const step = Math.floor(Math.log2(Math.max(low, 0.064)) * 4);
    steps.set(step, (steps.get(step) ?? 0) + many);
  }
  const [first, last] = [Math.min(...steps.keys()), Math.max(...steps.keys())];
  if (steps.size === 0) return [[], []];
  const all = Array.from({ length: last - first + 3 }, (_, index) => first - 1 + index);
  return [all.map((step) => 2 ** (step / 4)), all.map((step) => steps.get(step) ?? 0)];
}

type Show = (value: number) => string;

function line(label: string, colour: string, show: Show, filled = false): uPlot.Series {
  return {
    label,
    stroke: () => variable(colour),
    width: 1.5,
    points: { show: false },
    value: (_, value: number | null) => (value === null ? '–' : show(value)),
    ...(filled && { fill: () => `color-mix(in srgb, ${variable(colour)} 16%, transparent)` }),
  };
}

interface Look {
  show: Show;
  /** Between the ticks of the vertical axis. Default: uPlot's, round in tens. */
  steps?: number[];
  /** Of a logarithmic horizontal axis. Default: seconds ago. */
  showX?: Show;
}

/** Steps of an axis of bytes. */
const POWERS = Array.from({ length: 50 }, (_, power) => 2 ** power);

function chart(id: string, { show, steps, showX }: Look, series: uPlot.Series[]): uPlot {
  const parent = document.getElementById(id);
  if (parent === null) throw new Error(`the page has no ${id}`);
  const axis = { stroke: () => variable('--soft'), grid: { stroke: () => variable('--grid'), width: 1 } };
  const options: uPlot.Options = {
    ...sizeOf(parent),
    series: [{ label: showX ? 'from' : 'ago', value: (_, x: number | null) => textOf(x, showX ?? ago) }, ...series],
    scales: {
      x: { time: false, ...(showX && { distr: 3 }) },
      y: { range: (_, __, max) => [0, Math.max(max, 1) * 1.08] },
    },
    axes: [
      {
        ...axis,
        ...(showX === undefined && { incrs: [1, 5, 10, 30, 60] }),
        values: (_, values) => values.map((value) => textOf(showX && !isDecade(value) ? null : value, showX ?? ago)),
      },
      {
        ...axis,
        ...(steps && { incrs: steps }),
        size: 74,
        values: (_, values) => values.map((value) => textOf(value, show)),
      },
    ],
    cursor: { drag: { x: false, y: false } },
  };
  return new uPlot(options, [[], ...series.map(() => [])], parent);
}

function isDecade(value: number): boolean {
  const power = Math.log10(value);
  return Math.abs(power - Math.round(power)) < 1e-9;
}

function textOf(value: number | null, show: Show): string {
  return value === null ? '' : show(value);
}

function ago(seconds: number): string {
  return `${Math.round(-seconds)} s`;
}

function sizeOf(parent: HTMLElement | null): { width: number; height: number } {
  // The legend below the plot takes the rest of the height.
  return { width: parent?.clientWidth ?? 400, height: 160 };
}

export function variable(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
