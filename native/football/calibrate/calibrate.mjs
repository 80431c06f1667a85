// From traces to rows: replays experiments, plays the games that recorded ones are compared with.
import { agreementStarts, gameAgreement, totalVariation } from './agreement.mjs'
import { gameRow, gameRows, recordedRows } from './game-rows.mjs'
import { lackingOf, pairings } from './pairings.mjs'
import { buildPrograms, output } from './programs.mjs'
import { PLAYED } from './read-games.mjs'
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

async function* pairingRows(group, asked, say) {
  const lacking = lackingOf(group.games[0], asked.policy)
  if (!group.played || lacking.length > 0) {
    const why = group.played ? { verdict: 'no policy', lacking } : { verdict: 'another game' }
    yield* recordedRows(group.name, await recordedFigures(group.games), why)
    return
  }
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

const AGREEMENT = 'one-step action agreement'
const variation = (of, measured) => ({
  experiment: AGREEMENT,
  row: `total variation, ${of}`,
  measured,
  unit: '',
  verdict: 'reported',
})

/** Why a game with TiZero is not shown to it; undefined where it is. Its length does not matter. */
function agreementBar(game, policy) {
  if (game.scenario !== PLAYED.scenario) return { verdict: 'another game' }
  const lacking = lackingOf(game, policy)
  if (lacking.length > 0) return { verdict: 'no policy', lacking }
  return agreementStarts(game.floats).length === 0 ? { verdict: 'too short' } : undefined
}

/** Reported without a tolerance: none is known yet. */
async function* agreementRows(games, asked, say) {
  const watched = games.filter(({ head }) => head.left === 'tizero' || head.right === 'tizero')
  if (watched.length === 0) return
  if (asked.policy === undefined) {
    yield { ...nothing(AGREEMENT, 'no policy'), lacking: ['tizero'] }
    return
  }
  const shown = watched.filter((game) => agreementBar(game, asked.policy) === undefined)
  for (const game of watched)
    if (!shown.includes(game))
      yield {
        experiment: AGREEMENT,
        row: `total variation, ${game.name}`,
        ...agreementBar(game, asked.policy),
      }
  if (shown.length > 0) yield* shownRows(shown, asked, say)
}

async function* shownRows(games, asked, say) {
  const session = await openTizero(asked.policy)
  const sums = { recorded: new Float64Array(20), simulated: new Float64Array(20) }
  try {
    for (const game of games) {
      say(`${AGREEMENT}: ${game.name}`)
      const one = await gameAgreement(game, session)
      for (const side of ['recorded', 'simulated'])
        one[side].forEach((value, action) => {
          sums[side][action] += value
        })
      yield variation(game.name, totalVariation(one.recorded, one.simulated))
    }
  } finally {
    await session.release()
  }
  yield variation('all states pooled', totalVariation(sums.recorded, sums.simulated))
}

const RESULTS = 'goals of built-in games by difficulties'
const BUILT_IN = 'builtin v builtin'

async function* resultRows(results, asked, say) {
  const others = new Set(results.map(({ policy }) => policy ?? BUILT_IN))
  others.delete(BUILT_IN)
  for (const policy of others)
    yield { experiment: RESULTS, row: `results.json: ${policy}`, verdict: 'another game' }
  const groups = new Map()
  for (const game of results) {
    if ((game.policy ?? BUILT_IN) !== BUILT_IN) continue
    const key = `${game.left} v ${game.right}`
    groups.set(key, [...(groups.get(key) ?? []), game])
  }
  for (const name of [...groups.keys()].sort()) {
    const games = groups.get(name)
    say(`${RESULTS}: ${name}`)
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
        RESULTS,
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
  const { experiments, games, results, unknown } = readTraces(asked.traces)
  buildPrograms(['micro', 'games', 'agreement'])
  for (const name of unknown) say(`${name}: no row of the table needs it`)
  if (experiments.length > 0) {
    say(`micro-experiments: ${experiments.length}`)
    yield* await experimentRows(experiments)
  }
  for (const name of Object.keys(EXPERIMENTS))
    if (!experiments.some((experiment) => experiment.name === name))
      yield nothing(name, 'not in these traces')
  if (asked.games > 0) for (const group of pairings(games)) yield* pairingRows(group, asked, say)
  if (games.length === 0) yield nothing('games', 'not in these traces')
  yield* agreementRows(games, asked, say)
  if (asked.games > 0) yield* resultRows(results, asked, say)
}
