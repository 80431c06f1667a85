// From traces to rows: replays experiments, plays the games that recorded ones are compared with.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../../dist/core/errors.js'
import { gameAgreement, totalVariation } from './agreement.mjs'
import { gameRow, gameRows } from './game-rows.mjs'
import { buildPrograms, output } from './programs.mjs'
import { EXPERIMENTS, readTraces } from './read-traces.mjs'
import { playedFigures, recordedFigures, withFolder } from './simulated-games.mjs'
import { openTizero } from './tizero.mjs'
import { unpackExperiment } from './unpack-traces.mjs'

/** Standard deviation of a side's goals in a recorded game. */
const GOALS_SCATTER = 1.2

const nothing = (experiment, verdict) => ({ experiment, row: 'all', verdict })

async function experimentRows(experiments) {
  const text = await withFolder(async (folder) => {
    for (const experiment of experiments) unpackExperiment(folder, experiment)
    return output('micro', [folder])
  })
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** Recorded games by who plays, at which difficulties. */
function pairings(games) {
  const groups = new Map()
  for (const game of games) {
    const { left, right, left_difficulty: ours, right_difficulty: theirs } = game.head
    const name = `games, ${left} ${ours} v ${right} ${theirs}`
    const group = groups.get(name) ?? { name, left, right, difficulties: [ours, theirs], games: [] }
    groups.set(name, group)
    group.games.push(game)
  }
  return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function* pairingRows(group, asked, say) {
  const asks = [group.left, group.right].includes('tizero')
  if (asks && asked.policy === undefined) {
    yield nothing(group.name, 'no policy')
    return
  }
  if (asked.games === 0) return
  say(`${group.name}: playing ${asked.games}`)
  const simulated = await playedFigures({
    ...group,
    count: asked.games,
    seed: asked.seed,
    lanes: asked.lanes,
    openPolicy: () => openTizero(asked.policy),
  })
  yield* gameRows(group.name, await recordedFigures(group.games), simulated)
}

/** Reported without a tolerance: the specification has none yet. */
async function* agreementRows(games, asked, say) {
  const watched = games.filter(({ head }) => head.left === 'tizero' || head.right === 'tizero')
  const experiment = 'one-step action agreement'
  if (watched.length === 0) return
  if (asked.policy === undefined) {
    yield nothing(experiment, 'no policy')
    return
  }
  const session = await openTizero(asked.policy)
  const sums = { recorded: new Float64Array(20), simulated: new Float64Array(20) }
  try {
    for (const game of watched) {
      say(`${experiment}: ${game.name}`)
      const one = await gameAgreement(game, session)
      for (const side of ['recorded', 'simulated'])
        one[side].forEach((value, action) => {
          sums[side][action] += value
        })
      const measured = totalVariation(one.recorded, one.simulated)
      yield {
        experiment,
        row: `total variation, ${game.name}`,
        measured,
        unit: '',
        verdict: 'reported',
      }
    }
  } finally {
    await session.release()
  }
  const measured = totalVariation(sums.recorded, sums.simulated)
  yield {
    experiment,
    row: 'total variation, all states pooled',
    measured,
    unit: '',
    verdict: 'reported',
  }
}

/** Final scores of further built-in games, `results.json`, by difficulties. */
function readResults(folder) {
  const path = join(folder, 'results.json')
  if (!existsSync(path)) return []
  const malformed = (message) =>
    new AgonError('traces/malformed', message, { place: path, remedy: 'copy the file again' })
  let results
  try {
    results = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw malformed(`this is no JSON: ${cause.message}`)
  }
  if (!Array.isArray(results)) throw malformed('this is no list of games')
  results.forEach((game, i) => {
    const numbers = [game?.left, game?.right, game?.score?.[0], game?.score?.[1]]
    if (!numbers.every((value) => Number.isFinite(value)))
      throw malformed(`game ${i} has no difficulties or no score`)
  })
  return results.filter((game) => game.policy === undefined || game.policy === 'builtin v builtin')
}

async function* resultRows(results, asked, say) {
  const groups = new Map()
  for (const game of results) {
    const key = `${game.left} v ${game.right}`
    groups.set(key, [...(groups.get(key) ?? []), game])
  }
  for (const name of [...groups.keys()].sort()) {
    const games = groups.get(name)
    const experiment = 'goals of built-in games by difficulties'
    say(`${experiment}: ${name}`)
    const simulated = await playedFigures({
      left: 'builtin',
      right: 'builtin',
      difficulties: [games[0].left, games[0].right],
      count: asked.games,
      seed: asked.seed,
      lanes: asked.lanes,
    })
    for (const [i, side] of ['left', 'right'].entries()) {
      const recorded = games.map((game) => game.score[i])
      yield gameRow(
        experiment,
        `${name}: goals ${side}`,
        recorded,
        simulated[`goals ${side}`],
        GOALS_SCATTER,
      )
    }
  }
}

/**
 * The rows of the table, as they become known. `say` hears what is going on.
 * @throws AgonError `traces/…` where a file is no good, `calibrate/…` where a program or the policy is not
 */
export async function* calibrate(asked, say) {
  const { experiments, games, unknown } = readTraces(asked.traces)
  const results = readResults(asked.traces)
  buildPrograms(['micro', 'games', 'agreement'])
  for (const name of unknown) say(`${name}: no row of the table needs it`)
  if (experiments.length > 0) {
    say(`micro-experiments: ${experiments.length}`)
    yield* await experimentRows(experiments)
  }
  for (const name of Object.keys(EXPERIMENTS))
    if (!experiments.some((experiment) => experiment.name === name))
      yield nothing(name, 'not in these traces')
  for (const group of pairings(games)) yield* pairingRows(group, asked, say)
  if (games.length === 0) yield nothing('games', 'not in these traces')
  yield* agreementRows(games, asked, say)
  if (asked.games > 0) yield* resultRows(results, asked, say)
}
