import { palette } from './palette.ts'

const curveColours = Array.from({ length: 8 }, (_, k) => `.s${k} { color: var(--s${k}); }`).join(
  ' ',
)

/** The page's one style sheet: light and dark, from 360 px up. */
export const style = `
${palette}
* { box-sizing: border-box; }
html { scroll-padding-top: 3rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
nav { position: sticky; top: 0; z-index: 1; display: flex; gap: 1.1rem; overflow-x: auto; padding: .55rem max(1rem, calc(50vw - 590px)); background: var(--card); border-bottom: 1px solid var(--line); font-size: .9rem; white-space: nowrap; }
nav a { color: var(--muted); text-decoration: none; }
nav a:hover { color: var(--accent); }
main { max-width: 1212px; margin: 0 auto; padding: 1.2rem 1rem 4rem; }
section { margin-top: 2.6rem; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; }
h2 { margin: 0 0 .4rem; font-size: 1.25rem; }
h3 { margin: 1.4rem 0 .5rem; font-size: 1.02rem; }
h4 { margin: 1.2rem 0 .5rem; font-size: .95rem; }
h3 .muted, h4 .muted { font-weight: 400; font-size: .88rem; }
p { margin: .35rem 0; }
code, pre { font: .86em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.muted, small { color: var(--muted); }
small { font-size: .84em; }
.empty { padding: .8rem 1rem; border: 1px dashed var(--line); border-radius: 8px; color: var(--muted); }
.note { padding: .55rem .8rem; border: 1px solid var(--warn-line); border-radius: 8px; background: var(--warn-bg); }
.note.error { border-color: var(--bad); background: var(--bad-bg); }
.title, .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .9rem; }
.status { padding: .1rem .65rem; border: 1px solid currentColor; border-radius: 99px; font-size: .85rem; color: var(--muted); }
.status.finished { color: var(--good); } .status.failed { color: var(--bad); } .status.running { color: var(--accent); }
.headline { font-size: 1.08rem; margin: .6rem 0 0; } .headline .final { color: var(--accent); font-size: 1.45rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .6rem; margin: 1rem 0 0; }
.tiles > div { padding: .6rem .8rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
dt { color: var(--muted); font-size: .82rem; } dd { margin: 0; }
.tiles dd { font-size: 1.12rem; font-weight: 600; } .tiles small { display: block; font-weight: 400; }
button, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .75rem; max-width: 100%; }
button { cursor: pointer; } button:hover:enabled { border-color: var(--accent); } button:disabled { opacity: .45; cursor: default; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--page); min-width: 5rem; }
nav button { margin: -.2rem 0 -.2rem auto; padding: .1rem .6rem; font-size: .82rem; color: var(--muted); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
summary { cursor: pointer; color: var(--accent); padding: .25rem 0; }

.key { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem .5rem; color: var(--muted); font-size: .88rem; }
.key > span { display: inline-flex; align-items: center; gap: .45rem; margin-right: .7rem; }
.swatch { width: 1.1rem; height: .7rem; border-radius: 2px; background: var(--accent); } .swatch.baseline { background: var(--before); }
.bars { display: grid; gap: .4rem; }
.bar-row { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr 11.5rem; align-items: center; gap: .2rem .9rem; }
.bar-row.mean { padding-bottom: .45rem; border-bottom: 1px solid var(--line); font-weight: 600; }
.bar-row .value small { font-weight: 400; } .bar-row .before { display: block; }
.track { display: grid; gap: 3px; }
.stripe { position: relative; display: block; height: 11px; background: var(--quiet); border-radius: 3px; }
.stripe.baseline { height: 7px; }
.stripe i { position: absolute; inset: 0 auto 0 0; border-radius: 3px; background: var(--accent); } .stripe.baseline i { background: var(--before); }
.stripe u { position: absolute; top: 50%; height: 1.5px; margin-top: -.75px; background: var(--ink); box-shadow: 0 0 0 1px var(--card); }
.stripe u::before, .stripe u::after { content: ''; position: absolute; top: -2.5px; width: 1.5px; height: 6.5px; background: inherit; }
.stripe u::before { left: 0; } .stripe u::after { right: 0; }

.switch { display: flex; align-items: center; gap: 0; margin: 0; padding: 0; border: 0; font-size: .88rem; }
.switch legend { float: left; padding: 0; margin-right: .5rem; color: var(--muted); }
.switch input { position: absolute; opacity: 0; }
.switch span { display: block; padding: .15rem .65rem; border: 1px solid var(--line); margin-left: -1px; cursor: pointer; background: var(--card); }
.switch label:first-of-type span { border-radius: 6px 0 0 6px; } .switch label:last-of-type span { border-radius: 0 6px 6px 0; }
.switch input:checked + span { background: var(--accent); border-color: var(--accent); color: var(--page); }
.switch input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
.check { font-size: .88rem; color: var(--muted); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 350px), 1fr)); gap: .8rem; margin-top: .7rem; }
.charts.small { grid-template-columns: repeat(auto-fill, minmax(min(100%, 270px), 1fr)); }
.chart { margin: 0; padding: .6rem .7rem .3rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; display: flex; flex-direction: column; }
.chart figcaption { font-size: .9rem; line-height: 1.35; } .chart figcaption .muted { font-size: .93em; }
.legend { display: flex; flex-wrap: wrap; gap: 0 .9rem; margin: .25rem 0 auto; font-size: .82rem; color: var(--muted); min-height: 1.4em; }
.legend i { display: inline-block; width: .8rem; height: 3px; margin-right: .35rem; vertical-align: middle; border-radius: 2px; } .legend b { color: var(--ink); }
.plot { height: 190px; overflow: hidden; touch-action: pan-y; cursor: crosshair; }
.plot svg { display: block; }
.grid { stroke: var(--line); } .tick { fill: var(--muted); font-size: 11px; } .at { fill: var(--ink); font-size: 11px; } .rule { stroke: var(--muted); stroke-dasharray: 3 3; } .border { stroke: var(--muted); } .point { fill: currentColor; }
${curveColours}
.curve { fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linejoin: round; } .curve.faint { opacity: .28; stroke-width: 1; }

.player { display: grid; grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); gap: 1.4rem; align-items: center; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.frame img { display: block; width: 100%; height: auto; max-height: 75vh; border-radius: 4px; }
.controls { display: grid; grid-template-columns: minmax(0, 1fr); gap: .7rem; min-width: 0; } .controls input[type=range] { width: 100%; margin: 0; accent-color: var(--accent); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; } .field { display: flex; flex-wrap: wrap; gap: .2rem .5rem; align-items: center; color: var(--muted); font-size: .9rem; } .field select { color: var(--ink); min-width: 0; }
.buttons .field { margin-left: auto; }
.readout { font-weight: 600; min-height: 1.5em; }

.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 160px), 1fr)); gap: .8rem; align-items: start; }
.level { margin: 0; padding: .6rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; font-size: .86rem; min-width: 0; }
.level:has(details[open]) { grid-column: 1 / -1; display: grid; grid-template-columns: minmax(6rem, 11rem) minmax(0, 1fr); gap: .3rem 1rem; }
.level figcaption > b { display: block; }
.picture { display: block; } .picture img { display: block; width: 100%; height: auto; border-radius: 4px; }
.picture.none { display: grid; place-items: center; aspect-ratio: 1; border: 1px dashed var(--line); border-radius: 4px; color: var(--muted); }
.level figcaption { margin-top: .45rem; }
.features { display: flex; flex-wrap: wrap; gap: 0 .8rem; margin: .15rem 0 0; padding: 0; list-style: none; color: var(--muted); } .features b { color: var(--ink); font-weight: 600; }
.lineage ol { display: flex; gap: .35rem; margin: .3rem 0 0; padding: 0 0 .5rem; list-style: none; overflow-x: auto; align-items: end; }
.lineage li { flex: 0 0 6rem; text-align: center; font-size: .78rem; } .lineage li + li .operator::before { content: '→ '; }
.operator { display: block; color: var(--muted); }

.search { margin-top: .8rem; } .search > .bar { margin-bottom: .6rem; }
.search-body { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem; align-items: start; }
.maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: .8rem; }
.map { margin: 0; padding: .5rem .6rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; } .map figcaption { font-size: .88rem; } .map svg { display: block; width: 100%; height: auto; }
.ground { fill: var(--quiet); } .cell { cursor: pointer; fill-opacity: .88; } .cell:hover, .cell:focus-visible { stroke: var(--ink); stroke-width: 2; outline: none; } .cell.on { stroke: #fff; stroke-width: 2.5; paint-order: stroke; }
.scale { display: flex; gap: .5rem; align-items: center; font-size: .85rem; color: var(--muted); } .ramp { flex: 0 0 9rem; height: .7rem; border-radius: 3px; }
.chosen { position: sticky; top: 3.2rem; padding: .6rem .8rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; font-size: .9rem; min-width: 0; } .chosen h3 { margin: 0 0 .4rem; } .chosen img { display: block; width: 100%; height: auto; border-radius: 4px; } .chosen dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .8rem; margin: .5rem 0; } .chosen .line { max-height: 7rem; overflow-y: auto; color: var(--muted); }
.pick { padding: 0 .5rem; } .numbers td.told, .numbers thead th.told:not(:first-child) { text-align: left; }

.scroll { overflow-x: auto; max-height: 32rem; }
pre { margin: .3rem 0; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow-wrap: normal; }
table { border-collapse: collapse; font-size: .88rem; } th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
thead th { color: var(--muted); font-weight: 500; } tbody th { font-weight: 500; }
.numbers td, .numbers thead th:not(:first-child) { text-align: right; padding: .25rem 0 .25rem 1.2rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr)); gap: .5rem 1.2rem; margin: .6rem 0; }
.facts dd { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .84rem; }
@media (max-width: 720px) {
  .bar-row { grid-template-columns: 1fr auto; } .bar-row .track { grid-column: 1 / -1; grid-row: 2; } .bar-row .value { text-align: right; }
  .player, .search-body { grid-template-columns: minmax(0, 1fr); } .chosen { position: static; }
}
@media print { nav, .controls, #theme { display: none; } }
`
