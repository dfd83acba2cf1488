// The page map: a canvas of cells, each some pages of one region. It asks for the part that it shows, once a second.
import type { LiveSample, PageMap } from '../types.js';
import { variable } from './charts.js';
import { bytes, count } from './format.js';

/** Pixels of a cell's side. */
const CELL = 8;
const INTERVAL = 1000;

export class MapView {
  readonly #canvas = byId('map') as HTMLCanvasElement;
  readonly #choice = byId('region') as HTMLSelectElement;
  readonly #detail = byId('detail');
  #sample: LiveSample | undefined;
  #first = 0;
  /** 0: to the region's end. */
  #end = 0;
  #map: PageMap | undefined;
  #columns = 1;
  #asking = false;
  readonly #timer: number;

  constructor() {
    this.#choice.addEventListener('change', () => this.#show(0, 0));
    byId('in').addEventListener('click', () => this.#zoom(0.5));
    byId('out').addEventListener('click', () => this.#zoom(2));
    byId('all').addEventListener('click', () => this.#show(0, 0));
    this.#canvas.addEventListener('keydown', (event) => this.#key(event));
    this.#canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.#zoom(event.deltaY > 0 ? 1.25 : 0.8);
    });
    this.#canvas.addEventListener('pointermove', (event) => this.#point(event));
    new ResizeObserver(() => void this.#ask()).observe(this.#canvas);
    this.#timer = setInterval(() => void this.#ask(), INTERVAL);
  }

  /** Offers the sample's regions, and keeps the chosen one if it is still open. */
  hear(sample: LiveSample): void {
    this.#sample = sample;
    const names = sample.cores.flatMap(({ name, regions }, core) =>
      regions.map((region) => ({
        key: `${core}/${region.region}`,
        text: `${sample.cores.length > 1 ? `${name}: ` : ''}${region.name}, ${bytes(region.pages * (sample.cores[core]?.pageSize ?? 0))}`,
      })),
    );
    const shown = [...this.#choice.options].map(({ value, text }) => `${value} ${text}`);
    if (shown.join('\n') === names.map(({ key, text }) => `${key} ${text}`).join('\n')) return;
    const chosen = this.#choice.value;
    this.#choice.replaceChildren(...names.map(({ key, text }) => new Option(text, key, false, key === chosen)));
    if (this.#choice.value !== chosen) this.#show(0, 0);
  }

  /** The server has ended. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #region(): { core: number; region: number; pages: number; pageSize: number } | undefined {
    const [core = -1, region = -1] = this.#choice.value.split('/').map(Number);
    const at = this.#sample?.cores[core];
    const found = at?.regions.find((each) => each.region === region);
    return at && found ? { core, region, pages: found.pages, pageSize: at.pageSize } : undefined;
  }

  #show(first: number, end: number): void {
    this.#first = first;
    this.#end = end;
    void this.#ask();
  }

  // Around the middle of what is shown.
  #zoom(factor: number): void {
    const pages = this.#region()?.pages ?? 0;
    const end = this.#end || pages;
    const middle = (this.#first + end) / 2;
    const span = Math.max(64, (end - this.#first) * factor);
    const first = Math.max(0, Math.min(pages - span, middle - span / 2));
    if (span >= pages) this.#show(0, 0);
    else this.#show(Math.floor(first), Math.ceil(first + span));
  }

  #move(share: number): void {
    const pages = this.#region()?.pages ?? 0;
    const span = (this.#end || pages) - this.#first;
    const first = Math.max(0, Math.min(pages - span, this.#first + Math.round(span * share)));
    this.#show(first, first + span);
  }

  #key(event: KeyboardEvent): void {
    const acts: Record<string, () => void> = {
      ArrowLeft: () => this.#move(-0.25),
      ArrowRight: () => this.#move(0.25),
      ArrowUp: () => this.#move(-1),
      ArrowDown: () => this.#move(1),
      '+': () => this.#zoom(0.5),
      '=': () => this.#zoom(0.5),
      '-': () => this.#zoom(2),
      '0': () => this.#show(0, 0),
    };
    const act = acts[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  }

  async #ask(): Promise<void> {
    const at = this.#region();
    if (at === undefined || this.#asking || document.hidden) return;
    this.#asking = true;
    try {
      const { clientWidth, clientHeight } = this.#canvas;
      this.#columns = Math.max(1, Math.floor(clientWidth / CELL));
      const cells = Math.min(4096, this.#columns * Math.max(1, Math.floor(clientHeight / CELL)));
      const query = `core=${at.core}&region=${at.region}&first=${this.#first}&end=${this.#end || at.pages}&cells=${cells}`;
      const response = await fetch(`map?${query}`);
      // The region was closed between two samples: the next one says so.
      if (!response.ok) return;
      this.#map = (await response.json()) as PageMap;
      this.#draw();
    } catch {
      // The server has gone: the page says so when its events end, and this is asked again.
    } finally {
      this.#asking = false;
    }
  }

  #draw(): void {
    const map = this.#map;
    const context = this.#canvas.getContext('2d');
    if (map === undefined || context === null) return;
    const scale = devicePixelRatio;
    this.#canvas.width = this.#canvas.clientWidth * scale;
    this.#canvas.height = this.#canvas.clientHeight * scale;
    context.scale(scale, scale);
    const none = variable('--none');
    const side = CELL - 1;
    for (let cell = 0; cell < map.resident.length; cell++) {
      const x = (cell % this.#columns) * CELL;
      const top = Math.floor(cell / this.#columns) * CELL;
      const dirty = map.dirty[cell] ?? 0;
      // A cell is a pile: each kind of page takes its share of the height, and a pixel at least.
      const pile = [
        [dirty, '--dirty'],
        [(map.resident[cell] ?? 0) - dirty, '--accent'],
        [map.underWay[cell] ?? 0, '--second'],
        [map.elsewhere[cell] ?? 0, '--stored'],
      ] as const;
      context.fillStyle = none;
      context.fillRect(x, top, side, side);
      let left = side;
      for (const [pages, colour] of pile) {
        if (pages <= 0) continue;
        const height = Math.min(left, Math.max(1, Math.round((pages / map.perCell) * side)));
        left -= height;
        context.fillStyle = variable(colour);
        context.fillRect(x, top + left, side, height);
      }
    }
    this.#describe(map);
  }

  #describe({ first, end, perCell, addresses, ...counts }: PageMap): void {
    const pageSize = this.#region()?.pageSize ?? 0;
    const total = (which: keyof typeof counts) => counts[which].reduce((all, each) => all + each, 0);
    this.#canvas.dataset.resident = String(total('resident'));
    this.#canvas.dataset.pages = String(end - first);
    this.#detail.textContent =
      `pages ${count(first)} to ${count(end - 1)} from ${addresses[0] ?? '0x0'}, ${bytes((end - first) * pageSize)}; ` +
      `a cell is ${count(perCell)} ${perCell === 1 ? 'page' : 'pages'}; present ${count(total('resident'))}, ` +
      `dirty ${count(total('dirty'))}, under way ${count(total('underWay'))}`;
  }

  #point(event: PointerEvent): void {
    if (event.buttons === 1) this.#move(-event.movementX / this.#canvas.clientWidth);
    const map = this.#map;
    const cell = Math.floor(event.offsetY / CELL) * this.#columns + Math.floor(event.offsetX / CELL);
    if (map?.addresses[cell] === undefined) return;
    const first = map.first + cell * map.perCell;
    const pages = Math.min(map.perCell, map.end - first);
    this.#canvas.title =
      `page ${count(first)} at ${map.addresses[cell]}` +
      (pages === 1 ? '' : `, and ${count(pages - 1)} more: present ${count(map.resident[cell] ?? 0)}`);
  }
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}
