import { palette } from '../../report/page/palette.ts'

const LIGHT_PITCH = `--grass: #5d9c5f; --grass2: #569458; --chalk: #f2f7f0; --around: #4c864f; --left: #1d4ed8; --right: #c81e1e;`
const DARK_PITCH = `--grass: #2c5234; --grass2: #284b2f; --chalk: #b9cdbb; --around: #213f28; --left: #4f83f1; --right: #e5534b;`

/** The replay's style sheet: light and dark, from 360 px up. */
export const style = `${palette}
:root, :root[data-theme='light'] { ${LIGHT_PITCH} }
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { ${DARK_PITCH} } }
:root[data-theme='dark'] { ${DARK_PITCH} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main { max-width: 1400px; margin: 0 auto; padding: .7rem 1rem 2rem; display: grid; grid-template-columns: minmax(0, 1fr) 21rem; gap: .8rem 1.1rem; align-items: start; }
header { grid-column: 1 / -1; display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1rem; }
h1 { margin: 0; font-size: 1rem; font-weight: 500; color: var(--muted); flex: 1 1 16rem; }
h2 { margin: 0; font-size: .95rem; }
.scoreboard { display: flex; align-items: center; gap: .7rem; font-size: 1.05rem; font-weight: 600; }
.scoreboard .name { display: flex; align-items: center; gap: .45rem; }
.swatch { width: .8rem; height: .8rem; border-radius: 50%; background: var(--left); flex: none; } .swatch.right { background: var(--right); }
#score { font-size: 1.7rem; font-weight: 700; letter-spacing: .02em; padding: 0 .3rem; white-space: nowrap; }
.corner { display: flex; gap: .5rem; flex: 1 1 16rem; justify-content: flex-end; min-width: 0; } #game { min-width: 0; flex: 0 1 auto; text-overflow: ellipsis; } #theme { flex: none; }
button, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .22rem .7rem; max-width: 100%; }
button { cursor: pointer; } button:hover:enabled { border-color: var(--accent); } button:disabled { opacity: .45; cursor: default; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--page); min-width: 5.2rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
#theme { font-size: .85rem; color: var(--muted); }

.stage { min-width: 0; }
#pitch { display: block; width: 100%; border-radius: 8px; cursor: pointer; background: var(--around); touch-action: manipulation; }
.status { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: .45rem 0 .1rem; min-height: 1.5em; } .status #clock { font-weight: 650; } .status .mode { color: var(--accent); font-weight: 600; } .status .said { color: var(--muted); }
.timeline { position: relative; margin: .3rem 0 .5rem; }
#strip { display: block; width: 100%; height: 34px; border-radius: 4px; cursor: pointer; background: var(--quiet); }
#position { display: block; width: 100%; margin: .25rem 0 0; accent-color: var(--accent); }
.buttons { display: flex; flex-wrap: wrap; gap: .45rem; align-items: center; }
.field { display: flex; gap: .4rem; align-items: center; color: var(--muted); font-size: .9rem; } .field select { color: var(--ink); }
.buttons .field { margin-left: auto; }
.keys { color: var(--muted); font-size: .85rem; margin: .6rem 0 0; } .keys summary { cursor: pointer; }
kbd { font: .9em ui-monospace, Menlo, Consolas, monospace; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 .3em; background: var(--card); color: var(--ink); }
.keys dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem .8rem; margin: .4rem 0 0; } .keys dd { margin: 0; }

.side { display: grid; gap: .8rem; min-width: 0; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .7rem; min-width: 0; }
.panel-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .3rem .6rem; margin-bottom: .35rem; }
.choices { display: flex; flex-wrap: wrap; gap: .25rem; } .choices label { position: relative; font-size: .8rem; }
.choices input { position: absolute; opacity: 0; } .choices span { display: block; border: 1px solid var(--line); border-radius: 99px; padding: 0 .5rem; cursor: pointer; color: var(--muted); }
#team span { display: flex; align-items: center; gap: .3rem; } #team b { font-weight: 400; } #team .swatch { width: .6rem; height: .6rem; }
.choices input:checked + span { border-color: var(--accent); color: var(--accent); } .choices input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }
#events { list-style: none; margin: 0; padding: 0; max-height: 15rem; overflow-y: auto; font-size: .88rem; position: relative; }
#events button { display: grid; grid-template-columns: 3.4rem .8rem minmax(0, 1fr); gap: .45rem; align-items: center; width: 100%; text-align: left; border: 0; background: none; border-radius: 4px; padding: .12rem .3rem; } #events button:hover { background: var(--quiet); }
#events .now button { background: var(--quiet); box-shadow: inset 3px 0 var(--accent); } #events time { color: var(--muted); } #events .goal { font-weight: 700; } #events .swatch { width: .6rem; height: .6rem; }
.empty { color: var(--muted); font-size: .88rem; margin: .2rem .3rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; } th, td { text-align: left; padding: .1rem .3rem; white-space: nowrap; font-weight: 400; } thead th { color: var(--muted); font-size: .78rem; border-bottom: 1px solid var(--line); }
tbody tr { cursor: pointer; } tbody tr:hover, tbody tr.selected { background: var(--quiet); } tbody tr.owner th { color: var(--accent); font-weight: 700; } tbody tr.off { opacity: .4; }
td.number, th.number { text-align: right; } td.act { width: 100%; overflow: hidden; text-overflow: ellipsis; max-width: 0; } td.ai { color: var(--muted); }
td.hold { font-family: ui-monospace, Menlo, Consolas, monospace; white-space: pre; }
.tired { display: inline-block; width: 2.2rem; height: .45rem; background: var(--quiet); border-radius: 3px; overflow: hidden; vertical-align: middle; } .tired i { display: block; height: 100%; background: var(--s1); }
.card { display: inline-block; width: .5rem; height: .7rem; border-radius: 1px; background: #f2c200; vertical-align: -1px; margin-left: .2rem; } .card.red { background: #d3202f; }
@media (max-width: 900px) { main { grid-template-columns: minmax(0, 1fr); padding: .6rem .6rem 2rem; } .corner, h1 { flex: 1 1 auto; } }
@media (max-width: 520px) { .scoreboard { order: -1; width: 100%; justify-content: center; font-size: .95rem; } #score { font-size: 1.45rem; } .buttons .field { margin-left: 0; } }
`
