import { AgonError } from '../core/errors.ts'
import { type RandomStream, type StreamPath, stream } from '../core/random.ts'
import type { Environment, Measure } from '../envs/contract.ts'
import type { Measurement } from './measurement.ts'
import { isSolvable, measuresOf } from './measures.ts'
import { isRandomSuite, randomSuite } from './random-suite.ts'

/** One level (or one generator of levels) that an evaluation measures. */
export interface EvaluationEntry<L> {
  readonly name: string
  /** What keys every random draw of it, with the seed before and the episode behind. */
  readonly key: readonly [suite: string, entry: string]
  level(episode: number): L
}

export interface EvaluationPlan<L> {
  readonly entries: readonly EvaluationEntry<L>[]
  readonly episodes: number
  /** Whether any return solves a level. */
  readonly solvable: boolean
  readonly measures: readonly Measure[]
  /** Streams of one episode; sealed: the path starts with the seed and `evaluation`, which no other actor uses. */
  readonly random: (pair: number, ...purpose: StreamPath) => RandomStream
  /** entries × episodes; pair = entry · episodes + episode. */
  readonly pairs: number
}

/**
 * What is to be played, by name and number; nothing is drawn yet.
 * @throws AgonError `evaluation/request`, `suite/unknown`, `level/invalid`, `level/corrupt`
 */
export function planEvaluation<L>(
  environment: Environment<L>,
  request: Measurement,
): EvaluationPlan<L> {
  checkRequest(request)
  const { episodes, seed } = request
  const entries =
    request.levels === undefined
      ? suiteEntries(environment, request.suite, seed)
      : userEntries(environment, request.levels)
  return {
    entries,
    episodes,
    solvable: isSolvable(environment),
    measures: measuresOf(environment),
    pairs: entries.length * episodes,
    random: (pair, ...purpose) => {
      const { key } = entries[Math.floor(pair / episodes)]
      return stream(seed, 'evaluation', ...key, pair % episodes, ...purpose)
    },
  }
}

function suiteEntries<L>(
  environment: Environment<L>,
  names: string,
  seed: number,
): readonly EvaluationEntry<L>[] {
  const parts = names.split('+').map((part) => part.trim())
  if (parts.includes('') && names.trim() !== '')
    throw requestError(`'${names}' names an empty suite; + stands between two names`)
  const repeated = parts.find((part, index) => parts.indexOf(part) !== index)
  if (repeated !== undefined) throw requestError(`suite '${repeated}' is named twice`)
  return parts.flatMap((part) => {
    const entries = isRandomSuite(part)
      ? randomEntries(environment, part, seed)
      : listedEntries(environment, part, seed)
    // With several suites the same maze may stand in two of them.
    if (parts.length === 1) return entries
    return entries.map((entry) => ({ ...entry, name: `${part}/${entry.name}` }))
  })
}

function listedEntries<L>(
  environment: Environment<L>,
  id: string,
  seed: number,
): readonly EvaluationEntry<L>[] {
  return environment.suite(id).entries.map((entry) => ({
    name: entry.name,
    key: [id, entry.name],
    level: (episode) =>
      entry.level(stream(seed, 'evaluation', id, entry.name, episode, 'level'), episode),
  }))
}

/** Level `i` is the same in `random:10` and in `random:100`, and in every episode. */
function randomEntries<L>(
  environment: Environment<L>,
  part: string,
  seed: number,
): readonly EvaluationEntry<L>[] {
  const asked = randomSuite(part)
  if (asked.fault !== null)
    throw new AgonError('suite/unknown', asked.fault, { remedy: 'write random:100' })
  return Array.from({ length: asked.count }, (_, i) => ({
    name: `random-${i}`,
    key: ['random', `random-${i}`] as const,
    level: () => environment.levels.sample(stream(seed, 'evaluation', 'random', i)),
  }))
}

function userEntries<L>(
  environment: Environment<L>,
  levels: Readonly<Record<string, Uint8Array>>,
): readonly EvaluationEntry<L>[] {
  const names = Object.keys(levels)
  if (names.length === 0) throw requestError('the file of levels has none')
  return names.map((name) => {
    const level = environment.levels.decode(levels[name])
    const obstacle = environment.levels.validate(level)
    if (obstacle !== null) throw new AgonError('level/invalid', obstacle, { place: name })
    return { name, key: ['levels', name], level: () => level }
  })
}

function checkRequest(request: Measurement): void {
  const { episodes, seed, record = 0 } = request
  if (!Number.isSafeInteger(episodes) || episodes < 1)
    throw requestError(`episodes per level is a whole number from 1, not ${episodes}`)
  if (!Number.isSafeInteger(seed)) throw requestError(`the seed is a whole number, not ${seed}`)
  if (!Number.isSafeInteger(record) || record < 0)
    throw requestError(`recordings per level is a whole number from 0, not ${record}`)
}

function requestError(message: string): AgonError {
  return new AgonError('evaluation/request', message)
}
