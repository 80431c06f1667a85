import type { Side, TeamView } from './contract.ts'

/** A stretch of play in which the ball is one player's, rows `from` to `to` with both. */
export interface Spell {
  readonly player: number
  readonly from: number
  readonly to: number
}

/** A sprinting carrier touches the ball every 7 or 8 rows and does not count as its owner all the while. */
const BETWEEN_TOUCHES = 10

/** Possession of single players of a side, in the order of rows; a kick, a stop of play and another owner end it. */
export function spellsOf(view: TeamView, side: Side): readonly Spell[] {
  const spells: Spell[] = []
  const kicked = new Set(view.kicks(side).map(({ row }) => row))
  let now: { player: number; from: number; to: number } | undefined
  const end = (): void => {
    if (now !== undefined) spells.push(now)
    now = undefined
  }
  for (let row = 0; row < view.rows; row++) {
    const owner = view.owner(row)
    const stopped = !view.plays(row) || kicked.has(row)
    if (stopped || (now !== undefined && row - now.to > BETWEEN_TOUCHES)) end()
    if (stopped || owner === null) continue
    if (owner.side !== side || owner.player !== now?.player) end()
    if (owner.side !== side) continue
    if (now === undefined) now = { player: owner.player, from: row, to: row }
    else now.to = row
  }
  end()
  return spells
}
