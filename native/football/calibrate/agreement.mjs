// One-step action agreement: TiZero's action distributions in a recorded game, and in the simulator's own continuations
// of two seconds from the same states.
import { join } from 'node:path'
import { converse } from './programs.mjs'
import { GAME_COLUMNS } from './read-games.mjs'
import { unpackGames, withFolder } from './simulated-games.mjs'
import { addDistributions, Players } from './tizero.mjs'

const STEPS = 20
/** A state every four seconds. */
const SPACING = 40
const MODE = 11
const MEMORY = 256

/** Rows in open play with four seconds of the game behind and two before them; none in a game that is too short. */
export function agreementStarts(floats) {
  const rows = []
  const count = floats.length / GAME_COLUMNS
  for (let row = SPACING; row + STEPS < count; row += SPACING)
    if (floats[row * GAME_COLUMNS + MODE] === 0) rows.push(row)
  return rows
}

/** Sums of the distributions met in one game that has starts: `{recorded, simulated}`, float64 `[20]` each. */
export async function gameAgreement(game, session) {
  const { head, floats } = game
  const sides = [head.left, head.right]
  const agents = 10 * sides.filter((side) => side === 'tizero').length
  const starts = agreementStarts(floats)
  const recorded = new Float64Array(20)
  const simulated = new Float64Array(20)
  const total = floats.length / GAME_COLUMNS
  const watching = new Players(session, agents)
  const going = new Players(session, agents * starts.length)
  let asked = 0
  const sizes = () => (asked < total ? agents : asked < total + STEPS ? going.rows : 0)
  const answer = async (encodings, masks) => {
    const row = asked++
    if (row >= total) {
      const actions = await going.act(encodings, masks)
      addDistributions(going.logits, simulated)
      return actions
    }
    const fork = starts.indexOf(row)
    // The states go on with what the players remember of the game up to there.
    if (fork >= 0)
      for (const part of ['h', 'c'])
        going.memory[part].set(watching.memory[part], fork * agents * MEMORY)
    const actions = await watching.act(encodings, masks)
    if (starts.some((start) => row >= start && row < start + STEPS))
      addDistributions(watching.logits, recorded)
    return actions
  }
  await withFolder(async (folder) => {
    unpackGames(folder, [game])
    const side = (who) => (who === 'tizero' ? 'policy' : 'builtin')
    const fixed = [
      ...sides.map(side),
      head.left_difficulty,
      head.right_difficulty,
      head.seed,
      head.episode_number,
    ]
    const args = [join(folder, `${game.name}.f32`), ...fixed, STEPS, ...starts].map(String)
    await converse('agreement', args, sizes, answer)
  })
  return { recorded, simulated }
}

/** Total variation between two sums of distributions, 0 … 1. */
export function totalVariation(a, b) {
  const [ofA, ofB] = [a, b].map((sums) => sums.reduce((sum, value) => sum + value, 0))
  return a.reduce((sum, value, i) => sum + Math.abs(value / ofA - b[i] / ofB), 0) / 2
}
