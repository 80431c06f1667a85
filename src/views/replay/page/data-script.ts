/** Runs in the reader's browser, first: the games of the page as typed arrays, and the theme. */
export const dataScript = `'use strict'
const page = JSON.parse(document.getElementById('agon-data').textContent)
const find = (id) => document.getElementById(id)
const TYPES = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array }
/** Metres of a field unit, and half the pitch. */
const METRES = [54.4, 83.6]
const HALF = [55, 36]
const UNITS = 2 ** 14

function bytesOf(base64) {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes.buffer
}

/** Columns become typed arrays the first time a game is shown. */
function openGame(index) {
  const game = page.games[index]
  if (game.players !== undefined) return game
  for (const [name, type] of Object.entries(page.columns)) game[name] = new TYPES[type](bytesOf(game.columns[name]))
  delete game.columns
  game.players = game.about.teams.flatMap((team, side) => team.roles.map((role, index) => ({ side, index, role })))
  game.sizes = game.about.teams.map((team) => team.roles.length)
  return game
}

const numberOf = (game, team, index) => (team === 0 ? index : game.sizes[0] + index)
const timeOf = (row) => {
  const seconds = row / 10
  return Math.floor(seconds / 60) + ':' + String((seconds % 60).toFixed(1)).padStart(4, '0')
}

/** Metres, y down. */
function placeOf(game, row, player) {
  const at = 2 * (row * game.players.length + player)
  return [(game.place[at] / UNITS) * METRES[0], (game.place[at + 1] / UNITS) * METRES[1]]
}
function velocityOf(game, row, player) {
  const at = 2 * (row * game.players.length + player)
  return [game.velocity[at] / 10, game.velocity[at + 1] / 10]
}
function ballOf(game, row) {
  return [(game.ball[3 * row] / UNITS) * METRES[0], (game.ball[3 * row + 1] / UNITS) * METRES[1], game.ball[3 * row + 2] / 512]
}
const sentOff = (game, row, player) => (game.cards[row * game.players.length + player] & 2) !== 0

/** Between two rows, unless what lies between them is a leap to a new place. */
function between(from, to, share, leap) {
  if (Math.hypot(to[0] - from[0], to[1] - from[1]) > leap) return from
  return from.map((value, axis) => value + (to[axis] - value) * share)
}

find('theme').addEventListener('click', () => {
  const root = document.documentElement
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
  drawAll()
})
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll())
`
