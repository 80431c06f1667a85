/** Runs in the reader's browser: the list of events, the strip over the slider and the table of players. */
export const panelScript = `
const ARROWS = ['←', '↖', '↑', '↗', '→', '↘', '↓', '↙']
const GROUPS = { goal: 'goals', shot: 'shots', 'yellow card': 'cards', 'red card': 'cards', possession: 'possession' }
const groupOf = (event) => GROUPS[event.kind] ?? 'restarts'
const strip = find('strip')

/** Where an event is looked at: in the row that has the goal, everybody stands at the kick-off already. */
const sightOf = (event) => (event.kind === 'goal' ? event.row - 1 : event.row)

const wanted = () => new Set([...document.querySelectorAll('#kinds input:checked')].map((box) => box.value))
const shownEvents = (game) => {
  const kinds = wanted()
  return game.events.filter((event) => kinds.has(groupOf(event)))
}

function wordsFor(game, event) {
  const who = event.player === undefined ? '' : ' ' + event.player + ' ' + game.about.teams[event.team].roles[event.player]
  if (event.kind === 'goal') {
    const score = game.score[2 * event.row] + '–' + game.score[2 * event.row + 1]
    return 'Goal ' + score + (event.player === undefined ? ', off the other team' : ',' + who)
  }
  if (event.kind === 'possession') return 'Ball won by' + who
  return event.kind[0].toUpperCase() + event.kind.slice(1) + ',' + who
}

function listEvents(game) {
  const list = find('events')
  const events = shownEvents(game)
  list.replaceChildren(
    ...events.map((event) => {
      const item = document.createElement('li')
      const button = document.createElement('button')
      const time = document.createElement('time')
      const swatch = document.createElement('i')
      const words = document.createElement('span')
      button.type = 'button'
      item.dataset.row = sightOf(event)
      time.textContent = timeOf(event.row)
      swatch.className = 'swatch' + (event.team === 1 ? ' right' : '')
      words.textContent = wordsFor(game, event)
      if (event.kind === 'goal') words.className = 'goal'
      button.append(time, swatch, words)
      button.addEventListener('click', () => jumpTo(event))
      item.append(button)
      return item
    }),
  )
  find('no-events').hidden = events.length > 0
}

/** The newest event at the row stays in view, without moving the page. */
function markEvent(row) {
  const list = find('events')
  let now = null
  for (const item of list.children) {
    item.classList.remove('now')
    if (Number(item.dataset.row) <= row) now = item
  }
  if (now === null) return
  now.classList.add('now')
  const [top, bottom] = [now.offsetTop, now.offsetTop + now.offsetHeight]
  if (top < list.scrollTop) list.scrollTop = top
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight
}

/** Who has the ball along the game, below marks of what happened. */
function drawStrip(game, row) {
  const ratio = window.devicePixelRatio || 1
  const [width, height] = [strip.clientWidth * ratio, strip.clientHeight * ratio]
  strip.width = width
  strip.height = height
  const pen = strip.getContext('2d')
  const teams = [colour('left'), colour('right')]
  const x = (at) => (at / Math.max(1, game.rows - 1)) * (width - 1)
  const band = height * 0.3
  let last = -1
  for (let from = 0; from < game.rows; ) {
    const side = sideOf(game, from)
    let to = from
    while (to < game.rows && sideOf(game, to) === side) to++
    if (side >= 0) last = side
    // A loose ball counts faintly for who had it last.
    pen.globalAlpha = side >= 0 ? 0.85 : 0.3
    pen.fillStyle = teams[last]
    if (last >= 0) pen.fillRect(x(from), height - band, Math.max(1, x(to) - x(from)), band)
    from = to
  }
  pen.globalAlpha = 1
  const kinds = wanted()
  for (const event of game.events) {
    const group = groupOf(event)
    if (group === 'possession' || !kinds.has(group)) continue
    drawMark(pen, group, x(event.row), height - band, teams[event.team], ratio)
  }
  pen.fillStyle = colour('ink')
  pen.fillRect(x(row) - ratio, 0, 2 * ratio, height)
}

const sideOf = (game, row) => (game.owner[row] < 0 ? -1 : game.owner[row] < game.sizes[0] ? 0 : 1)

/** Goals are discs, shots tall bars, cards yellow, restarts low bars. */
function drawMark(pen, group, x, floor, team, ratio) {
  pen.fillStyle = group === 'cards' ? '#e0b400' : team
  if (group === 'goals') {
    pen.beginPath()
    pen.arc(Math.max(5.5 * ratio, Math.min(pen.canvas.width - 5.5 * ratio, x)), floor / 2, 5 * ratio, 0, 7)
    pen.fill()
    pen.lineWidth = 1.5 * ratio
    pen.strokeStyle = colour('card')
    pen.stroke()
    return
  }
  const tall = group === 'restarts' ? 0.35 : 0.8
  if (group === 'restarts') pen.globalAlpha = 0.6
  pen.fillRect(x - ratio, floor * (1 - tall), 2 * ratio, floor * tall)
  pen.globalAlpha = 1
}

function heldBy(game, at) {
  const bits = game.sticky[at]
  const direction = ARROWS.findIndex((_, k) => (bits >> k) & 1)
  return (direction < 0 ? '·' : ARROWS[direction]) + ((bits >> 8) & 1 ? 'S' : ' ') + ((bits >> 9) & 1 ? 'D' : ' ')
}

function emptyCell(name) {
  const cell = document.createElement('td')
  cell.className = name
  return cell
}

function makeTable(game) {
  const team = Number(document.querySelector('#team input:checked').value)
  const body = find('players')
  body.dataset.team = team
  body.replaceChildren(
    ...game.about.teams[team].roles.map((role, index) => {
      const line = document.createElement('tr')
      const player = numberOf(game, team, index)
      line.dataset.player = player
      const number = document.createElement('th')
      number.className = 'number'
      number.scope = 'row'
      number.textContent = index
      const tired = document.createElement('td')
      tired.append(document.createElement('span'))
      tired.firstChild.className = 'tired'
      tired.firstChild.append(document.createElement('i'))
      line.append(number, ...['role', 'act', 'hold', 'number speed'].map(emptyCell), tired)
      line.querySelector('.role').textContent = role
      line.addEventListener('click', () => select(player))
      return line
    }),
  )
}

function cardOf(bits) {
  const card = document.createElement('i')
  card.className = (bits & 2) !== 0 ? 'card red' : 'card'
  return card
}

function fillTable(game, row) {
  for (const line of find('players').children) {
    const player = Number(line.dataset.player)
    const at = row * game.players.length + player
    const action = game.action[at]
    const [vx, vy] = velocityOf(game, row, player)
    const cell = (name) => line.querySelector(name)
    line.className = [game.owner[row] === player && 'owner', player === selected && 'selected', sentOff(game, row, player) && 'off'].filter(Boolean).join(' ')
    cell('.act').textContent = action < 0 ? '' : page.actions[action]
    cell('.act').classList.toggle('ai', action === page.builtin)
    cell('.hold').textContent = heldBy(game, at)
    cell('.speed').textContent = Math.hypot(vx, vy).toFixed(1)
    cell('.tired i').style.width = Math.round(game.tired[at] / 2.55) + '%'
    cell('.role').textContent = game.players[player].role
    if (game.cards[at] !== 0) cell('.role').append(cardOf(game.cards[at]))
  }
}
`
