import { actionDType, actionFault, actionWidth, allocateActions } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import type { Environment } from '../envs/contract.ts'
import { assembleReport } from './assemble.ts'
import type { EvaluationReport } from './contract.ts'
import type { Measurement } from './measurement.ts'
import type { PieceRecording } from './piece.ts'
import { type EvaluationPlan, planEvaluation } from './plan.ts'

/** One episode of an evaluation, written out for someone who does not plan it: play `level` once from fresh state. */
export interface SealedEpisode {
  readonly levelName: string
  /** Canonical bytes. */
  readonly level: Uint8Array
  /** Keys its dynamics and its sampled actions. */
  readonly seed: number
}

/** What came of the episodes, in their order. */
export interface SealedResults {
  readonly returns: readonly number[]
  readonly lengths: readonly number[]
  /** `pair` is the index of the episode. */
  readonly recordings: readonly PieceRecording[]
}

/**
 * The episodes of an evaluation, level by level.
 * @throws AgonError `evaluation/request`, `suite/unknown`, `level/invalid`, `level/corrupt`
 */
export function sealedEpisodes<L>(
  environment: Environment<L>,
  request: Measurement,
): readonly SealedEpisode[] {
  const plan = planEvaluation(environment, request)
  return Array.from({ length: plan.pairs }, (_, pair) => {
    const entry = plan.entries[Math.floor(pair / plan.episodes)]
    return {
      levelName: entry.name,
      level: environment.levels.encode(entry.level(pair % plan.episodes)),
      seed: plan.random(pair, 'sealed').uint32(),
    }
  })
}

/**
 * The report of what someone measured elsewhere.
 * @param policySha256 of the policy's bytes; empty where a student measured itself
 * @throws AgonError `evaluator/episodes` where an episode has no result, or none was asked for
 */
export function sealedReport<L>(
  environment: Environment<L>,
  request: Measurement,
  { returns, lengths, recordings }: SealedResults,
  policySha256: string,
): EvaluationReport {
  const plan = planEvaluation(environment, request)
  if (returns.length !== plan.pairs || lengths.length !== plan.pairs)
    throw new AgonError(
      'evaluator/episodes',
      `${returns.length} results came of ${plan.pairs} episodes`,
      { remedy: 'give one result for each episode, in order' },
    )
  for (const recording of recordings) checkRecording(environment, plan, lengths, recording)
  const piece = {
    returns: Float64Array.from(returns),
    lengths: Int32Array.from(lengths),
    solved: Uint8Array.from(returns, (value) => (value > environment.solvedAbove ? 1 : 0)),
    recordings,
  }
  return assembleReport(plan, request, [piece], policySha256)
}

/** What is not what was played would be shown as if it were. @throws AgonError `evaluator/episodes` */
function checkRecording<L>(
  environment: Environment<L>,
  { entries, episodes, pairs }: EvaluationPlan<L>,
  lengths: readonly number[],
  { pair, level, actions }: PieceRecording,
): void {
  const refuse = (what: string): AgonError =>
    new AgonError('evaluator/episodes', `a recording of episode ${pair}, ${what}`)
  if (pair >= pairs) throw refuse('which was not asked for')
  const { actions: spec, agents } = environment.spec
  const width = actionWidth(spec) * agents
  const rows = actions.length / actionWidth(spec)
  if (actions.length !== lengths[pair] * width)
    throw refuse(
      width === 1
        ? `has ${actions.length} actions, and the episode ${lengths[pair]} steps`
        : `has ${actions.length} numbers, and the episode ${lengths[pair]} steps of ${width}`,
    )
  if (actionDType(spec) === 'int32') {
    const stray = actions.find((action) => !Number.isInteger(action))
    if (stray !== undefined) throw refuse(`has action ${stray}, which is no whole number`)
  }
  const taken = allocateActions(spec, rows)
  taken.set(actions)
  for (let row = 0; row < rows; row++) {
    const fault = actionFault(spec, taken, row)
    if (fault !== null) throw refuse(`has ${fault}`)
  }
  const played = entries[Math.floor(pair / episodes)].level(pair % episodes)
  if (!sameBytes(environment.levels.encode(played), level))
    throw refuse('is of another level than it had')
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])
