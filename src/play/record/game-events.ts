import type { EventKind, ReplayEvent } from './contract.ts'
import type { GameRows } from './game-row.ts'
import { kicksOf, lastOwner } from './kicks.ts'

const RESTARTS: readonly (EventKind | null)[] = [
  null,
  'kick-off',
  'goal kick',
  'free kick',
  'corner',
  'throw-in',
  'penalty',
]

/** What happened in a game, in the order of its rows. */
export function gameEvents(rows: GameRows): readonly ReplayEvent[] {
  const events = [
    ...goals(rows),
    ...shots(rows),
    ...restarts(rows),
    ...cards(rows),
    ...possession(rows),
  ]
  return events.sort((a, b) => a.row - b.row)
}

function goals(game: GameRows): ReplayEvent[] {
  const events: ReplayEvent[] = []
  for (let row = 1; row < game.rows; row++)
    for (const team of [0, 1] as const) {
      if (game.score(row, team) <= game.score(row - 1, team)) continue
      const last = lastOwner(game, row - 1, row)
      const scorer = last >= 0 && game.ownerTeam(last) === team ? game.owner(last) : undefined
      events.push({ row, kind: 'goal', team, ...(scorer === undefined ? {} : { player: scorer }) })
    }
  return events
}

const shots = (game: GameRows): ReplayEvent[] =>
  kicksOf(game)
    .filter(({ shot }) => shot)
    .map(({ row, team, player }) => ({ row, kind: 'shot', team, player }))

function restarts(game: GameRows): ReplayEvent[] {
  const events: ReplayEvent[] = []
  for (let row = 0; row < game.rows; row++) {
    const kind = RESTARTS[game.mode(row)]
    if (kind === null || kind === undefined || (row > 0 && game.mode(row - 1) === game.mode(row)))
      continue
    let end = row
    while (end + 1 < game.rows && game.mode(end + 1) === game.mode(row)) end++
    events.push({ row, kind, ...nearestPlayer(game, end) })
  }
  return events
}

/** Who stands at the ball. */
function nearestPlayer(game: GameRows, row: number): { team: 0 | 1; player: number } {
  const [x, y] = game.ball(row)
  let found: { team: 0 | 1; player: number } = { team: 0, player: 0 }
  let least = Number.POSITIVE_INFINITY
  for (const team of [0, 1] as const)
    for (let player = 0; player < game.players(team); player++) {
      const [px, py] = game.place(row, team, player)
      const distance = Math.hypot(px - x, py - y)
      if (distance >= least) continue
      least = distance
      found = { team, player }
    }
  return found
}

function cards(game: GameRows): ReplayEvent[] {
  const events: ReplayEvent[] = []
  for (const team of [0, 1] as const)
    for (let player = 0; player < game.players(team); player++)
      for (let row = 1; row < game.rows; row++) {
        const yellow = game.yellow(row, team, player) && !game.yellow(row - 1, team, player)
        const red = !game.active(row, team, player) && game.active(row - 1, team, player)
        if (red) events.push({ row, kind: 'red card', team, player })
        else if (yellow) events.push({ row, kind: 'yellow card', team, player })
      }
  return events
}

/** Where the ball goes to the other team; loose balls in between count for nobody. */
function possession(game: GameRows): ReplayEvent[] {
  const events: ReplayEvent[] = []
  let last = -1
  for (let row = 0; row < game.rows; row++) {
    const team = game.ownerTeam(row)
    if (team < 0 || team === last) continue
    if (last >= 0)
      events.push({ row, kind: 'possession', team: team as 0 | 1, player: game.owner(row) })
    last = team
  }
  return events
}
