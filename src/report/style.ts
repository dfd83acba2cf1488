/** The report's looks: system fonts, no pictures, light or dark as the reader has it, and light on paper. */
const LIGHT = `
  --page: #f6f7f9; --card: #ffffff; --line: #e3e6eb; --grid: #eceef2; --text: #14181f; --soft: #5c6675;
  --accent: #2563c9; --second: #0f8a72; --limit: #c2410c; --good: #157a3c; --good-wash: #e3f4e9; --bad: #b42318; --bad-wash: #fdeae8;
  --band: #f3f5f8; --none: #e6e9ee; --stored: #94b4e8; --dirty: #d9822b;`;
const DARK = `
  --page: #0f1318; --card: #171c23; --line: #29313b; --grid: #232a33; --text: #e8ecf2; --soft: #98a3b3;
  --accent: #6ea2f5; --second: #45c4a8; --limit: #f38b53; --good: #63d18d; --good-wash: #16301f; --bad: #ff8f85; --bad-wash: #3a1a18;
  --band: #1c222a; --none: #29303a; --stored: #3d5f99; --dirty: #e39a4a;`;

export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1080px; margin: 0 auto; padding: 36px 20px 48px; }
header { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; justify-content: space-between; margin-bottom: 22px; }
h1 { margin: 0; font-size: 25px; font-weight: 650; letter-spacing: -0.015em; }
header p { margin: 2px 0 0; color: var(--soft); }
.verdict { padding: 7px 15px; border-radius: 999px; font-weight: 600; background: var(--good-wash); color: var(--good); }
.verdict.bad { background: var(--bad-wash); color: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 0 0 14px; }
.tile, section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.tile { padding: 13px 16px 14px; }
.tile dt { color: var(--soft); font-size: 13px; }
.tile dd { margin: 0; }
.tile .value { font-size: 23px; font-weight: 620; letter-spacing: -0.02em; line-height: 1.35; white-space: nowrap; }
.tile .note { color: var(--soft); font-size: 13px; }
section { padding: 16px 20px 18px; margin-bottom: 14px; }
h2 { margin: 0 0 2px; font-size: 16px; font-weight: 620; }
section > p { margin: 0 0 12px; color: var(--soft); font-size: 13.5px; max-width: 100ch; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; fill: var(--soft); }
.axis.label { font-style: italic; }
.grid { stroke: var(--grid); } .base, .tick { stroke: var(--line); }
.bar { fill: var(--accent); }
.mark { stroke: var(--text); stroke-opacity: 0.45; stroke-dasharray: 3 3; }
svg text.marked, svg text.limited { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
svg text.marked { fill: var(--text); } .strong { font-weight: 650; }
.line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
.area { fill: var(--accent); fill-opacity: 0.13; }
.line.second { stroke: var(--second); } .area.second { fill: var(--second); }
.limit { stroke: var(--limit); stroke-width: 1.5; stroke-dasharray: 7 4; }
svg text.limited { fill: var(--limit); font-weight: 600; }
.band { fill: none; pointer-events: all; } .band.even { fill: var(--band); }
.cell.level-0, .cell.untouched { fill: var(--none); }
.cell.level-1 { fill: var(--accent); fill-opacity: 0.2; } .cell.level-2 { fill: var(--accent); fill-opacity: 0.4; }
.cell.level-3 { fill: var(--accent); fill-opacity: 0.6; } .cell.level-4 { fill: var(--accent); fill-opacity: 0.8; }
.cell.level-5, .cell.resident { fill: var(--accent); }
.cell.stored { fill: var(--stored); } .cell.dirty { fill: var(--dirty); }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(290px, 1fr)); gap: 14px; align-items: start; }
.tables section { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
th, td { padding: 5px 0; border-top: 1px solid var(--grid); vertical-align: top; }
tr:first-child > * { border-top: 0; }
th { font-weight: 400; color: var(--soft); text-align: left; padding-right: 14px; white-space: nowrap; }
td { text-align: right; overflow-wrap: anywhere; }
table.wide th[scope="col"]:not(:first-child) { text-align: right; padding: 5px 0 5px 14px; }
table.wide td { white-space: nowrap; padding-left: 14px; }
table.wide th[scope="row"] { white-space: normal; overflow-wrap: anywhere; color: var(--text); }
table.wide th div + div { color: var(--soft); font-size: 12.5px; }
.empty { color: var(--soft); padding: 24px 0; text-align: center; }
footer { color: var(--soft); font-size: 13px; margin-top: 20px; }
@media print {
  :root { ${LIGHT} --page: #ffffff; }
  body { -webkit-print-color-adjust: exact; print-color-adjust: exact; font-size: 12px; }
  main { padding: 0; max-width: none; }
  section, .tile { break-inside: avoid; }
}
`;
