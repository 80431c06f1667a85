// Recorded games by who plays what, and whether the simulator can play it too.
import { PLAYED, PLAYERS } from './read-games.mjs'

/** What the simulator plays, whoever does. */
const isPlayed = ({ scenario, rows }) => scenario === PLAYED.scenario && rows === PLAYED.rows

const sideOf = ({ head }, side) => {
  const difficulty = head[`${side}_difficulty`]
  return difficulty === undefined ? head[side] : `${head[side]} ${difficulty}`
}

function nameOf(game) {
  const name = `games, ${sideOf(game, 'left')} v ${sideOf(game, 'right')}`
  return isPlayed(game) ? name : `${name}, ${game.scenario}, ${game.rows} rows`
}

/** Who of a game cannot play in the simulator: nobody knows their policy, or it was not given. */
export function lackingOf({ head }, policy) {
  const sides = new Set([head.left, head.right])
  return [...sides].filter(
    (side) => !PLAYERS.includes(side) || (side === 'tizero' && policy === undefined),
  )
}

/** `[{name, left, right, difficulties, played, games}]` in the order of their names; `played`: of the simulator's kind. */
export function pairings(games) {
  const groups = new Map()
  for (const game of games) {
    const name = nameOf(game)
    const { left, right, left_difficulty: ours, right_difficulty: theirs } = game.head
    const who = { left, right, difficulties: [ours, theirs], played: isPlayed(game) }
    const group = groups.get(name) ?? { name, ...who, games: [] }
    groups.set(name, group)
    group.games.push(game)
  }
  return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
