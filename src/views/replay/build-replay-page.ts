import { actionNames, BUILTIN_AI } from '../../envs/football/actions.ts'
import type { Replay, ReplayAbout } from '../../play/record/contract.ts'
import { REPLAY_COLUMNS } from '../../play/record/replay-columns.ts'
import { html, type Markup, raw } from '../report/html.ts'
import { pageDocument } from '../report/page-document.ts'
import { dataScript } from './page/data-script.ts'
import { panelScript } from './page/panel-script.ts'
import { pitchScript } from './page/pitch-script.ts'
import { playerScript } from './page/player-script.ts'
import { style } from './page/style.ts'

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8]
const KINDS = ['goals', 'shots', 'restarts', 'cards', 'possession']
const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Space'], 'play and pause'],
  [['←', '→'], 'a step back or on; with Shift a second'],
  [['↑', '↓'], 'faster or slower'],
  [['N', 'P'], 'next or previous of the events shown'],
  [['G'], 'next goal'],
  [['Home', 'End'], 'begin or end'],
]

/** Games to look at, as one HTML file that loads nothing else. @param games at least one */
export function buildReplayPage(games: readonly Replay[]): string {
  const page = {
    columns: Object.fromEntries(
      Object.entries(REPLAY_COLUMNS).map(([name, { type }]) => [name, type]),
    ),
    actions: actionNames('v2').map(spoken),
    builtin: BUILTIN_AI,
    games: games.map(({ about, rows, events, columns }) => ({ about, rows, events, columns })),
  }
  const [{ about }] = games
  const body = html`<noscript><p>The game is drawn by the page’s own script, which is switched off here.</p></noscript>
<main>
${header(games)}
${stage()}
${side()}
</main>`
  return pageDocument({
    title: `${about.teams[0].name} – ${about.teams[1].name} – Agon replay`,
    style,
    body,
    data: page,
    scripts: [dataScript, pitchScript, panelScript, playerScript],
  })
}

const spoken = (name: string): string =>
  name === 'builtin_ai' ? 'built-in AI' : name.replaceAll('_', ' ')

function header(games: readonly Replay[]): Markup {
  const choice =
    games.length === 1
      ? null
      : html`<select id="game" aria-label="Game">${games.map(({ about }, index) => html`<option value="${index}">${index + 1} of ${games.length}: ${nameOf(about)}</option>`)}</select>`
  return html`<header>
<h1 id="title"></h1>
<div class="scoreboard"><span class="name"><i class="swatch"></i><span class="team-0"></span></span><span id="score" aria-label="Score"></span><span class="name"><span class="team-1"></span><i class="swatch right"></i></span></div>
<div class="corner">${choice}<button type="button" id="theme">Dark or light</button></div>
</header>`
}

const nameOf = ({ title, seed }: ReplayAbout): string =>
  seed === undefined ? title : `${title} · seed ${seed}`

function stage(): Markup {
  const speeds = SPEEDS.map(
    (speed) =>
      html`<option value="${speed}"${speed === 1 ? raw(' selected') : null}>${speed}×</option>`,
  )
  return html`<section class="stage">
<canvas id="pitch" role="img" aria-label="The pitch, seen from above"></canvas>
<p class="status"><span id="clock"></span><span class="mode" id="mode"></span><span class="said" id="said"></span></p>
<div class="timeline">
<canvas id="strip" aria-hidden="true" title="Who has the ball, and what happened"></canvas>
<input type="range" id="position" min="0" value="0" step="1" aria-label="Step of the game">
</div>
<div class="buttons">
<button type="button" id="play" class="primary">Play</button>
<button type="button" id="back">Back</button><button type="button" id="forward">Step</button>
<button type="button" id="previous" title="Previous event">‹ Event</button><button type="button" id="next" title="Next event">Event ›</button>
<label class="field">Speed <select id="speed">${speeds}</select></label>
</div>
<details class="keys"><summary>Keys</summary><dl>${KEYS.map(([keys, what]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${what}</dd>`)}</dl></details>
</section>`
}

function side(): Markup {
  const kinds = KINDS.map(
    (kind) =>
      html`<label><input type="checkbox" value="${kind}"${kind === 'possession' ? null : raw(' checked')}><span>${kind}</span></label>`,
  )
  const teams = [0, 1].map(
    (team) =>
      html`<label><input type="radio" name="team" value="${team}"${team === 0 ? raw(' checked') : null}><span><i class="swatch${team === 1 ? ' right' : ''}"></i><b class="team-${team}"></b></span></label>`,
  )
  return html`<aside class="side">
<section class="panel"><div class="panel-head"><h2>Events</h2><div class="choices" id="kinds">${kinds}</div></div>
<ol id="events"></ol><p class="empty" id="no-events" hidden>None of these.</p></section>
<section class="panel"><div class="panel-head"><h2>Players</h2><div class="choices" id="team">${teams}</div></div>
<table><thead><tr><th class="number">#</th><th>role</th><th>action</th><th title="held: direction, Sprint, Dribble">held</th><th class="number">m/s</th><th>tired</th></tr></thead><tbody id="players"></tbody></table></section>
</aside>`
}
