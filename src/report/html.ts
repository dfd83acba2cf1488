// Renders a report as one HTML page that loads nothing and runs nothing.
import type { Grid, ReportData, Table } from './data.js';
import { latencyChart } from './latency-chart.js';
import { html, Markup } from './markup.js';
import { pageMap } from './page-map.js';
import { STYLE } from './style.js';
import { faultChart, residentChart } from './timeline-chart.js';

/** One whole page that needs nothing but itself: no script, no font, no address; its policy forbids them all. */
export function renderReport(data: ReportData): string {
  const { title, subtitle, date, verdict, tiles, latency, timeline, map, grids = [], tables } = data;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<header><div><h1>${title}</h1><p>${subtitle}</p></div><span class="verdict${verdict.ok ? '' : ' bad'}">${verdict.text}</span></header>
<dl class="tiles">${tiles.map(({ label, value, note }) => html`<div class="tile"><dt>${label}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>`)}</dl>
${section('Latency of faulting accesses', 'What the touching thread waited, on a logarithmic axis. Accesses that found their page resident are not in it.', latencyChart(latency))}
${section('Resident set', "By the kernel's own account of the pager's mappings, not by the pager's counters.", residentChart(timeline))}
${section('Fault rate', 'Faults of every kind, on the same time.', faultChart(timeline))}
${section('Page map', mapText(map.states !== undefined), pageMap(map))}
${grids.map((each) => section(each.title, each.text, grid(each)))}
<div class="tables">${tables.map(table)}</div>
<footer>Made by farpage at <time datetime="${date}">${date.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>.</footer>
</main>
</body>
</html>
`;
  return page.text;
}

function mapText(states: boolean): string {
  const order = 'The region in order of addresses, from the top left. ';
  return order + (states ? 'The state of its pages at the end.' : 'The more a cell faulted, the stronger its colour.');
}

function section(title: string, text: string, content: Markup): Markup {
  return html`<section><h2>${title}</h2><p>${text}</p>${content}</section>`;
}

function table({ title, rows }: Table): Markup {
  const lines = rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return html`<section><h2>${title}</h2><table>${lines}</table></section>`;
}

function grid({ head, rows }: Grid): Markup {
  const heads = head.map((name) => html`<th scope="col">${name}</th>`);
  const lines = rows.map(([first, ...rest]) => {
    const name = first.map((line) => html`<div>${line}</div>`);
    return html`<tr><th scope="row">${name}</th>${rest.map((value) => html`<td>${value}</td>`)}</tr>`;
  });
  return html`<table class="wide"><thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table>`;
}
