// The live view's page and looks. Its scripts are in page/.
import { STYLE } from '../report/style.js';

export const STYLES = `${STYLE}
main { max-width: 1240px; padding-top: 22px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(460px, 1fr)); gap: 14px; margin-bottom: 14px; }
.charts section { margin: 0; }
.chart { height: 190px; }
.chart .u-legend { font-size: 12px; color: var(--soft); }
.pick { display: flex; flex-wrap: wrap; gap: 10px 18px; align-items: center; color: var(--soft); font-size: 13.5px; }
select, button { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: 4px 10px; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
canvas.map { display: block; width: 100%; height: 220px; border-radius: 6px; background: var(--band); touch-action: none; }
.key { display: inline-flex; gap: 6px; align-items: center; } .key i { width: 11px; height: 11px; border-radius: 3px; background: var(--key); }
.detail { color: var(--soft); font-size: 13px; min-height: 1.5em; margin: 8px 0 0; }
.lost { background: var(--bad-wash); color: var(--bad); } .verdict.waiting { background: var(--band); color: var(--soft); }
`;

const key = (variable: string, text: string) =>
  `<span class="key"><i style="--key: var(${variable})"></i>${text}</span>`;

export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>farpage, live</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
<script src="uplot.js" defer></script>
<script src="live.js" type="module"></script>
</head>
<body>
<main>
<header>
  <div><h1 id="title">farpage</h1><p id="subtitle"></p></div>
  <div class="verdict waiting" id="state" role="status">connecting</div>
</header>
<dl class="tiles" id="tiles"></dl>
<div class="charts">
  <section><h2 id="h-resident">Resident memory</h2><div class="chart" id="resident" role="img" aria-labelledby="h-resident"></div></section>
  <section><h2 id="h-rate">Faults and evictions a second</h2><div class="chart" id="rate" role="img" aria-labelledby="h-rate"></div></section>
  <section><h2 id="h-latency">Time of a fault, last 10 seconds</h2><div class="chart" id="latency" role="img" aria-labelledby="h-latency"></div></section>
  <section><h2 id="h-store">Time of a store's call, median</h2><div class="chart" id="store" role="img" aria-labelledby="h-store"></div></section>
</div>
<section>
  <h2 id="h-map">Page map</h2>
  <p>Arrows move, + and − zoom, 0 shows all. Drag, or turn the wheel.</p>
  <div class="pick">
    <label>Show <select id="region"></select></label>
    <button id="out" type="button">−</button><button id="in" type="button">+</button><button id="all" type="button">all</button>
    ${key('--accent', 'present')} ${key('--dirty', 'dirty')} ${key('--second', 'being fetched or evicted')} ${key('--stored', 'in the store or source')}
  </div>
  <canvas class="map" id="map" tabindex="0" aria-labelledby="h-map"></canvas>
  <p class="detail" id="detail" aria-live="polite"></p>
</section>
<section><h2>Regions and processes</h2><table id="regions"></table></section>
<section id="sharing" hidden><h2>Regions shared with other processes</h2><table id="shared"></table></section>
</main>
</body>
</html>
`;
