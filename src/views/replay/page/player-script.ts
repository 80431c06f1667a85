/** Runs in the reader's browser, last: time, controls and keys. */
export const playerScript = `
const MODES = ['', 'Kick-off', 'Goal kick', 'Free kick', 'Corner', 'Throw-in', 'Penalty']
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8]
let game = null
/** A row, or a time between two while playing. */
let moment = 0
let playing = false
/** Of the last frame drawn while playing. */
let before = null
let selected = -1

const rowNow = () => Math.floor(moment)

function showRow(row) {
  document.body.dataset.row = row
  find('position').value = row
  find('clock').textContent = timeOf(row) + ' · step ' + row + ' of ' + (game.rows - 1)
  find('score').textContent = game.score[2 * row] + ' – ' + game.score[2 * row + 1]
  find('mode').textContent = MODES[game.mode[row]] ?? ''
  const owner = game.owner[row]
  const [, , z] = ballOf(game, row)
  const who = owner < 0 ? 'loose ball' : 'ball with ' + game.about.teams[game.players[owner].side].name + ' ' + game.players[owner].index
  find('said').textContent = who + (z > 0.5 ? ', ' + z.toFixed(1) + ' m high' : '')
  find('back').disabled = row === 0
  find('forward').disabled = row === game.rows - 1
  markEvent(row)
  fillTable(game, row)
  drawStrip(game, row)
}

let shownRow = -1
function draw() {
  const row = rowNow()
  if (row !== shownRow) showRow((shownRow = row))
  drawPitch(game, moment)
}
function drawAll() {
  if (game === null) return
  fitCanvas()
  shownRow = -1
  draw()
}

function goTo(row) {
  moment = Math.min(Math.max(row, 0), game.rows - 1)
  draw()
}
function step(by) {
  pause()
  goTo(rowNow() + by)
}
function pause() {
  playing = false
  find('play').textContent = 'Play'
}
function start() {
  if (rowNow() >= game.rows - 1) moment = 0
  playing = true
  before = null
  find('play').textContent = 'Pause'
  requestAnimationFrame(tick)
}
function tick(now) {
  if (!playing) return
  if (before !== null) moment += ((now - before) / 100) * Number(find('speed').value)
  before = now
  if (moment >= game.rows - 1) {
    moment = game.rows - 1
    pause()
  }
  draw()
  if (playing) requestAnimationFrame(tick)
}

/** While playing, a little before it happens. */
function jumpTo(event) {
  goTo(playing ? sightOf(event) - 15 : sightOf(event))
}
function jumpBy(ahead, kind) {
  const events = shownEvents(game).filter((event) => kind === undefined || event.kind === kind)
  const row = rowNow()
  const next = ahead > 0 ? events.find((event) => sightOf(event) > row) : events.findLast((event) => sightOf(event) < row)
  if (next !== undefined) {
    pause()
    goTo(sightOf(next))
  }
}
function changeSpeed(by) {
  const at = SPEEDS.indexOf(Number(find('speed').value)) + by
  if (at >= 0 && at < SPEEDS.length) find('speed').value = SPEEDS[at]
}
function select(player) {
  selected = player === selected ? -1 : player
  if (selected >= 0) {
    document.querySelector('#team input[value="' + game.players[selected].side + '"]').checked = true
    makeTable(game)
  }
  drawAll()
}

function choose(index) {
  pause()
  game = openGame(index)
  selected = -1
  moment = 0
  const { title, teams, seed } = game.about
  find('title').textContent = title + (seed === undefined ? '' : ' · seed ' + seed)
  teams.forEach((team, side) => {
    for (const place of document.querySelectorAll('.team-' + side)) place.textContent = team.name
  })
  find('position').max = game.rows - 1
  listEvents(game)
  makeTable(game)
  drawAll()
}

const KEYS = {
  ' ': () => (playing ? pause() : start()),
  ArrowLeft: (shift) => step(shift ? -10 : -1),
  ArrowRight: (shift) => step(shift ? 10 : 1),
  ArrowUp: () => changeSpeed(1),
  ArrowDown: () => changeSpeed(-1),
  Home: () => step(-game.rows),
  End: () => step(game.rows),
  n: () => jumpBy(1),
  p: () => jumpBy(-1),
  g: () => jumpBy(1, 'goal'),
}
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  const tag = event.target.tagName
  // Keys that a control of the page has a use for itself.
  if (tag === 'SELECT' || (event.key === ' ' && tag !== 'BODY' && tag !== 'CANVAS' && event.target.type !== 'range')) return
  if (event.key.startsWith('Arrow') && event.target.type === 'radio') return
  const work = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  if (work === undefined) return
  event.preventDefault()
  work(event.shiftKey)
})
find('play').addEventListener('click', KEYS[' '])
find('back').addEventListener('click', () => step(-1))
find('forward').addEventListener('click', () => step(1))
find('previous').addEventListener('click', () => jumpBy(-1))
find('next').addEventListener('click', () => jumpBy(1))
find('position').addEventListener('input', () => {
  pause()
  goTo(Number(find('position').value))
})
strip.addEventListener('click', (event) => {
  pause()
  goTo(Math.round((event.offsetX / strip.clientWidth) * (game.rows - 1)))
})
canvas.addEventListener('click', (event) => {
  const player = playerAt(game, rowNow(), event.offsetX, event.offsetY)
  if (player >= 0 || selected >= 0) select(player < 0 ? selected : player)
})
for (const box of document.querySelectorAll('#kinds input'))
  box.addEventListener('change', () => {
    listEvents(game)
    drawAll()
  })
for (const choice of document.querySelectorAll('#team input'))
  choice.addEventListener('change', () => {
    makeTable(game)
    drawAll()
  })
find('game')?.addEventListener('change', () => choose(Number(find('game').value)))
new ResizeObserver(() => drawAll()).observe(document.querySelector('.stage'))
choose(0)
`
