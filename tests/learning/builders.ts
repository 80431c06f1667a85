import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stream } from 'agon/core'
import { buildingStarts } from 'agon/envs'
import { environment, type MazeLevel, minActions, optimalReturn } from 'agon/envs/maze'
import { createEpisodicPpo, episodicOptions } from 'agon/learners'
import { parse } from 'yaml'
import { mean, ROOT } from './train.ts'

/**
 * Whether a builder learns at all: that of recipes/maze-paired-quick.yaml with students who never change, so that what its levels pay
 * rises by its own doing alone. `builders.js [--rounds N] [--seeds N]`.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '120' },
    seeds: { type: 'string', default: '3' },
  },
})
const ROUNDS = Number(values.rounds)
const SEEDS = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1)
const WINDOW = Math.min(20, Math.floor(ROUNDS / 2))
const GAMES = 32

const recipe = parse(readFileSync(join(ROOT, 'recipes/maze-paired-quick.yaml'), 'utf8'))
const { id: _, ...mazes } = recipe.env
const maze = environment.create(environment.options.parse(mazes))
const { id: __, ...builder } = recipe.services.builder
const options = episodicOptions.parse(builder)

const rules = { maxSteps: mazes.maxSteps, timePenalty: true, discount: 1 }
const best = (level: MazeLevel): number => optimalReturn(level, rules)
/** How far the weaker student of the fixed pair sees. */
const NEAR = 8

const PAYERS: Readonly<Record<string, { gain: number; pays: (level: MazeLevel) => number }>> = {
  // An antagonist who knows the shortest way, and a protagonist who finds what is near: far goals pay.
  'a fixed pair': {
    gain: 0.08,
    pays: (level) => ((minActions(level) ?? 0) > NEAR ? best(level) : 0),
  },
  // Against one who knows the shortest way, only goals that are walled off pay.
  'the minimax adversary': { gain: 0.05, pays: (level) => -best(level) },
}

/** Mean pay of a level, round by round. */
async function payOf(pays: (level: MazeLevel) => number, seed: number): Promise<number[]> {
  const game = maze.building
  if (game === undefined) throw new Error('the maze has no building game')
  const { spec, steps } = game
  const learner = await createEpisodicPpo(options, {
    ...{ name: 'service/builder', seed, environment: game.environment, spec, steps, workers: 2 },
  })
  const random = stream(seed, 'builders')
  const paid: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const starts = Array.from({ length: GAMES }, () =>
      buildingStarts.encode(buildingStarts.sample(random)),
    )
    const played = await learner.play(round, starts)
    const rewards = played.map((actions, i) => pays(game.build(starts[i], actions)))
    await learner.learn(rewards)
    paid.push(mean(rewards))
  }
  await learner.close()
  return paid
}

const failed: string[] = []
for (const [name, { gain, pays }] of Object.entries(PAYERS))
  for (const seed of SEEDS) {
    const paid = await payOf(pays, seed)
    const [first, last] = [mean(paid.slice(0, WINDOW)), mean(paid.slice(-WINDOW))]
    console.log(`${name}, seed ${seed}: a level paid ${first.toFixed(3)}, then ${last.toFixed(3)}`)
    if (last - first < gain) failed.push(`${name}, seed ${seed}: gained less than ${gain}`)
  }
for (const complaint of failed) console.error(complaint)
console.log(failed.length === 0 ? 'learning: every builder learned' : 'learning: FAILED')
process.exit(failed.length === 0 ? 0 : 1)
