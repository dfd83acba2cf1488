// The live view in the browser: hears samples from the server, and draws them.
import type { LiveSample } from '../types.js';
import { Charts } from './charts.js';
import { bytes, count, microseconds } from './format.js';
import { History, limitOf, percentile, sum, timesBetween } from './history.js';
import { byId, MapView } from './map.js';

const SPAN = 10_000;
const history = new History();
const charts = new Charts();
const map = new MapView();

const events = new EventSource('events');
events.addEventListener('message', ({ data }: MessageEvent<string>) => {
  const sample: LiveSample = JSON.parse(data);
  history.add(sample);
  say('live', '');
  charts.draw(history);
  map.hear(sample);
  drawTiles(sample);
  drawRegions(sample);
  drawShared(sample);
});
events.addEventListener('end', () => {
  events.close();
  map.stop();
  say('ended', 'bad');
});
events.addEventListener('error', () => say('no connection, trying again', 'bad'));

function say(text: string, kind: string): void {
  const state = byId('state');
  state.className = `verdict ${kind}`;
  if (state.textContent !== text) state.textContent = text;
}

function drawTiles(sample: LiveSample): void {
  byId('title').textContent = sample.title;
  document.title = `${sample.title}, live`;
  const before = history.before(SPAN) ?? sample;
  const times = timesBetween(before, sample, 'fault');
  const rate = history.rate('faults').at(-1) ?? 0;
  const limit = limitOf(sample);
  const tiles: Array<[string, string, string]> = [
    ['resident', bytes(sum(sample, 'resident')), limit === null ? 'no limit' : `of ${bytes(limit)}`],
    ['memory store', bytes(sum(sample, 'pool')), 'beside the limit'],
    ['faults a second', count(rate), `${count(sum(sample, 'faults'))} in all`],
    ['time of a fault', microseconds(percentile(times, 0.5)), `p99 ${microseconds(percentile(times, 0.99))}`],
    ['evictions', count(sum(sample, 'evictions')), `${bytes(sum(sample, 'bytesWritten'))} written`],
    ['store', bytes(sum(sample, 'bytesRead')), `read; ${count(sum(sample, 'storeErrors'))} errors`],
  ];
  byId('tiles').replaceChildren(
    ...tiles.map(([name, value, note]) => {
      const tile = element('div', '');
      tile.className = 'tile';
      const shown = element('dd', '');
      const figure = element('div', value);
      figure.className = 'value';
      const beside = element('div', note);
      beside.className = 'note';
      shown.append(figure, beside);
      tile.append(element('dt', name), shown);
      return tile;
    }),
  );
}

function drawRegions({ cores }: LiveSample): void {
  const rows = cores.flatMap(({ name, pageSize, regions }) =>
    regions.map((region) => [
      cores.length > 1 ? `${name}: ${region.name}` : region.name,
      `${bytes(region.pages * pageSize)}, present ${bytes(region.resident * pageSize)}, ` +
        `dirty ${bytes(region.dirty * pageSize)}, ${count(region.faults)} faults`,
    ]),
  );
  fill(byId('regions'), rows);
}

function drawShared({ shared }: LiveSample): void {
  byId('sharing').hidden = shared.length === 0;
  const rows = shared.map(({ name, node, pages, dsm }) => {
    const worst = dsm.contended.map(({ page, handOffs }) => `page ${page} (${count(handOffs)})`).join(', ');
    return [
      `${name}, node ${node}`,
      `${count(pages)} pages; ${count(dsm.reads)} came to be read, ${count(dsm.grants)} to be written; ` +
        `${count(dsm.recalls)} recalled, ${count(dsm.invalidations)} copies taken; ${count(dsm.handOffs)} hand-offs, ` +
        `${count(dsm.freezes)} freezes${worst === '' ? '' : `; most hand-offs: ${worst}`}`,
    ];
  });
  fill(byId('shared'), rows);
}

/** @param rows of a name and figures */
function fill(table: HTMLElement, rows: string[][]): void {
  table.replaceChildren(
    ...rows.map(([name = '', figures = '']) => {
      const row = element('tr', '');
      row.append(element('th', name), element('td', figures));
      return row;
    }),
  );
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  if (text !== '') made.textContent = text;
  return made;
}
