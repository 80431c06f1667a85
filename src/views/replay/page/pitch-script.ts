/** Runs in the reader's browser: draws one moment of a game on the canvas. */
export const pitchScript = `
const MARGIN = 4
const PLAYER_LEAP = 2.5
const BALL_LEAP = 8
const TRAIL = 30
const KICKS = { 9: 'long pass', 10: 'high pass', 11: 'short pass', 12: 'shot', 16: 'slide' }
/** Rows for which a kick is written beside who made it. */
const KICK_SHOWN = 5
const canvas = find('pitch')
const ink = canvas.getContext('2d')
let scale = 1

/** Fits the canvas to the room there is, sharp on any screen. */
function fitCanvas() {
  const ratio = window.devicePixelRatio || 1
  const width = canvas.clientWidth
  const height = (width * (HALF[1] + MARGIN)) / (HALF[0] + MARGIN)
  canvas.style.height = height + 'px'
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  scale = canvas.width / (2 * (HALF[0] + MARGIN))
}
const toX = (x) => (x + HALF[0] + MARGIN) * scale
const toY = (y) => (y + HALF[1] + MARGIN) * scale
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()

function drawGrass() {
  ink.fillStyle = colour('around')
  ink.fillRect(0, 0, canvas.width, canvas.height)
  const shades = [colour('grass'), colour('grass2')]
  for (let i = 0; i < 10; i++) {
    ink.fillStyle = shades[i % 2]
    ink.fillRect(toX(-55 + 11 * i), toY(-36), 11 * scale + 1, 72 * scale)
  }
}

function drawLines() {
  ink.lineCap = 'butt'
  ink.strokeStyle = ink.fillStyle = colour('chalk')
  ink.lineWidth = Math.max(1, 0.16 * scale)
  ink.beginPath()
  ink.rect(toX(-55), toY(-36), 110 * scale, 72 * scale)
  ink.moveTo(toX(0), toY(-36))
  ink.lineTo(toX(0), toY(36))
  ink.moveTo(toX(9.15), toY(0))
  ink.arc(toX(0), toY(0), 9.15 * scale, 0, 7)
  for (const side of [-1, 1]) drawEnd(side)
  ink.stroke()
  for (const x of [-44, 0, 44]) dot(x, 0, 0.3)
}

/** Penalty area with its arc, goal area, corners and the goal of one end. */
function drawEnd(side) {
  const box = (depth, half) => ink.rect(Math.min(toX(55 * side), toX((55 - depth) * side)), toY(-half), Math.abs(depth) * scale, 2 * half * scale)
  box(16.5, 20.16)
  box(5.5, 9.16)
  box(-2.4, 3.7)
  const angle = Math.acos(5.5 / 9.15)
  const middle = side === 1 ? Math.PI : 0
  ink.moveTo(toX(44 * side + 9.15 * Math.cos(middle - angle)), toY(9.15 * Math.sin(middle - angle)))
  ink.arc(toX(44 * side), toY(0), 9.15 * scale, middle - angle, middle + angle)
  for (const end of [-1, 1]) {
    const start = (Math.PI / 2) * (side === 1 ? (end === 1 ? 2 : 1) : end === 1 ? 3 : 0)
    ink.moveTo(toX(55 * side) + scale * Math.cos(start), toY(36 * end) + scale * Math.sin(start))
    ink.arc(toX(55 * side), toY(36 * end), scale, start, start + Math.PI / 2)
  }
}

function dot(x, y, radius) {
  ink.beginPath()
  ink.arc(toX(x), toY(y), Math.max(1, radius * scale), 0, 7)
  ink.fill()
}

/** Where the ball, or a player, was in the rows before; a leap ends the line. */
function drawTrail(game, row, pointAt, leap, style) {
  ink.strokeStyle = style
  ink.lineCap = 'round'
  for (let back = Math.max(1, row - TRAIL + 1); back <= row; back++) {
    const [from, to] = [pointAt(back - 1), pointAt(back)]
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) > leap) continue
    ink.globalAlpha = 0.7 * (1 - (row - back) / TRAIL)
    ink.lineWidth = Math.max(1, 0.35 * scale)
    ink.beginPath()
    ink.moveTo(toX(from[0]), toY(from[1]))
    ink.lineTo(toX(to[0]), toY(to[1]))
    ink.stroke()
  }
  ink.globalAlpha = 1
}

function drawPlayer(game, row, player, at, look) {
  const { side, index, role } = game.players[player]
  const radius = Math.max(1.45 * scale, 6.2 * (window.devicePixelRatio || 1))
  const [x, y] = [toX(at[0]), toY(at[1])]
  const [vx, vy] = velocityOf(game, row, player)
  const speed = Math.hypot(vx, vy)
  if (speed > 0.3) {
    ink.strokeStyle = look.chalk
    ink.lineWidth = Math.max(1.5, 0.32 * scale)
    ink.lineCap = 'round'
    const reach = radius + Math.max(0.35 * speed * scale * 0.55, 2)
    ink.beginPath()
    ink.moveTo(x + (vx / speed) * radius, y + (vy / speed) * radius)
    ink.lineTo(x + (vx / speed) * reach, y + (vy / speed) * reach)
    ink.stroke()
  }
  if (game.owner[row] === player || player === selected) {
    ink.strokeStyle = player === selected ? look.accent : '#fff7b0'
    ink.lineWidth = Math.max(2, 0.4 * scale)
    ink.beginPath()
    ink.arc(x, y, radius + ink.lineWidth, 0, 7)
    ink.stroke()
  }
  ink.fillStyle = side === 0 ? look.left : look.right
  ink.strokeStyle = role === 'GK' ? '#ffd84d' : 'rgba(0, 0, 0, .45)'
  ink.lineWidth = role === 'GK' ? Math.max(2, 0.3 * scale) : Math.max(1, 0.12 * scale)
  ink.beginPath()
  ink.arc(x, y, radius, 0, 7)
  ink.fill()
  ink.stroke()
  ink.fillStyle = '#fff'
  ink.font = '600 ' + Math.round(radius * 1.15) + 'px system-ui, sans-serif'
  ink.textAlign = 'center'
  ink.textBaseline = 'middle'
  ink.fillText(String(index), x, y + radius * 0.08)
  if ((game.cards[row * game.players.length + player] & 1) !== 0) {
    ink.fillStyle = '#f2c200'
    ink.fillRect(x + radius * 0.6, y - radius * 1.3, radius * 0.5, radius * 0.7)
  }
}

/** A pass, shot or slide that was asked for just now. */
function drawKick(game, row, player, at, look) {
  for (let back = row; back > row - KICK_SHOWN && back >= 0; back--) {
    const word = KICKS[game.action[back * game.players.length + player]]
    if (word === undefined) continue
    const size = Math.max(1.7 * scale, 10 * (window.devicePixelRatio || 1))
    ink.font = '600 ' + Math.round(size) + 'px system-ui, sans-serif'
    ink.textAlign = 'center'
    ink.textBaseline = 'bottom'
    ink.lineWidth = size / 4
    ink.strokeStyle = 'rgba(0, 0, 0, .65)'
    ink.strokeText(word, toX(at[0]), toY(at[1]) - 2.1 * scale)
    ink.fillStyle = '#fff'
    ink.fillText(word, toX(at[0]), toY(at[1]) - 2.1 * scale)
    return
  }
}

/** The ball over its shadow: the higher, the farther apart and the larger. */
function drawBall([x, y, z]) {
  const height = Math.max(0, z - 0.11)
  const radius = Math.max(0.62 * scale, 3 * (window.devicePixelRatio || 1)) * (1 + Math.min(0.9, height * 0.07))
  const [left, ground] = [toX(x), toY(y)]
  const top = ground - height * 1.1 * scale
  ink.fillStyle = 'rgba(0, 0, 0, .38)'
  ink.beginPath()
  ink.ellipse(left + 0.25 * scale, ground + 0.25 * scale, radius, radius * 0.62, 0, 0, 7)
  ink.fill()
  if (height > 0.8) {
    ink.strokeStyle = 'rgba(255, 255, 255, .45)'
    ink.lineWidth = Math.max(1, 0.1 * scale)
    ink.beginPath()
    ink.moveTo(left, ground)
    ink.lineTo(left, top)
    ink.stroke()
  }
  ink.fillStyle = '#fff'
  ink.strokeStyle = '#111'
  ink.lineWidth = Math.max(1, 0.16 * scale)
  ink.beginPath()
  ink.arc(left, top, radius, 0, 7)
  ink.fill()
  ink.stroke()
}

/** @param moment a row, or a time between two */
function drawPitch(game, moment) {
  const row = Math.floor(moment)
  const next = Math.min(row + 1, game.rows - 1)
  const share = moment - row
  const look = { left: colour('left'), right: colour('right'), chalk: 'rgba(255, 255, 255, .85)', accent: '#7cf3ff' }
  drawGrass()
  drawLines()
  drawTrail(game, row, (at) => ballOf(game, at), BALL_LEAP, '#fff')
  if (selected >= 0) drawTrail(game, row, (at) => placeOf(game, at, selected), PLAYER_LEAP, look.accent)
  const shown = []
  for (let player = 0; player < game.players.length; player++) {
    if (sentOff(game, row, player)) continue
    shown.push([player, between(placeOf(game, row, player), placeOf(game, next, player), share, PLAYER_LEAP)])
  }
  for (const [player, at] of shown) drawPlayer(game, row, player, at, look)
  drawBall(between(ballOf(game, row), ballOf(game, next), share, BALL_LEAP))
  for (const [player, at] of shown) drawKick(game, row, player, at, look)
}

/** The player under a point of the canvas, in CSS pixels; −1 for none. */
function playerAt(game, row, x, y) {
  const ratio = canvas.width / canvas.clientWidth
  let found = -1
  let least = 2.6 * scale + 6
  for (let player = 0; player < game.players.length; player++) {
    if (sentOff(game, row, player)) continue
    const [px, py] = placeOf(game, row, player)
    const distance = Math.hypot(toX(px) - x * ratio, toY(py) - y * ratio)
    if (distance < least) [least, found] = [distance, player]
  }
  return found
}
`
