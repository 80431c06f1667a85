import { type ActionSpec, actionWidth, allocateActions } from '../../core/action-space.ts'
import { RandomStream } from '../../core/random.ts'
import { tensor } from '../../core/tensor.ts'
import type { Environment, StepBuffers, VectorEnv } from '../../envs/contract.ts'
import { steppable } from '../../envs/steppable.ts'
import type { StoredEvaluation } from '../../run/contract.ts'
import { storeFrames } from './frame-store.ts'
import type { Replay } from './report-data.ts'
import { standalonePicture } from './standalone-picture.ts'

export type Recording = StoredEvaluation['recordings'][number]

/**
 * Plays a recorded episode again in a fresh environment and draws the state before the first step and after each.
 * Null where the environment draws no states.
 * @throws AgonError `level/corrupt` where the recording's level is not one of this environment
 */
export function replayEpisode<L>(
  environment: Environment<L>,
  recording: Recording,
  played: Pick<Replay, 'slot' | 'when'>,
): Replay | null {
  if (environment.drawState === undefined) return null
  const draw = (state: Uint8Array) => standalonePicture(environment.drawState!(state))
  const { level, vector } = reopenEpisode(environment, recording)
  const buffers = stepBuffers(environment)
  const { spec } = environment
  const actions = allocateActions(spec.actions, spec.agents)
  vector.reset([0], [level], buffers.observations)
  const frames = [draw(vector.save(0))]
  const returns = [0]
  for (let at = 0; at < recording.actions.length; at += actions.length) {
    actions.set(recording.actions.slice(at, at + actions.length))
    vector.step(actions, buffers)
    frames.push(draw(vector.save(0)))
    returns.push(returns[returns.length - 1] + buffers.rewards[0])
  }
  vector.close?.()
  return {
    ...played,
    name: recording.name,
    ...(recording.solved === undefined ? {} : { solved: recording.solved }),
    return: recording.return,
    actions: actionNames(environment, recording.actions),
    returns,
    frames: storeFrames(frames),
    faithful: Math.abs(returns[returns.length - 1] - recording.return) < 1e-6,
  }
}

/**
 * The level of a recorded episode, and one slot with the luck that it had.
 * @throws AgonError `level/corrupt` where the recording's level is not one of this environment
 */
export function reopenEpisode<L>(
  environment: Environment<L>,
  recording: Recording,
): { readonly level: L; readonly vector: VectorEnv<L> } {
  const { dynamics } = recording
  return {
    level: environment.levels.decode(Buffer.from(recording.level, 'base64')),
    vector: steppable(environment, 'a replay plays a recorded episode again').vector({
      slots: 1,
      autoReset: 'none',
      ...(dynamics === undefined ? {} : { stream: () => RandomStream.load(dynamics) }),
    }),
  }
}

/** For one slot. */
export function stepBuffers<L>({ spec }: Environment<L>): StepBuffers {
  const observations = Object.entries(spec.observations).map(
    ([name, { dtype, shape }]) => [name, tensor(dtype, [spec.agents, ...shape]).data] as const,
  )
  return {
    observations: Object.fromEntries(observations),
    rewards: new Float32Array(spec.agents),
    terminated: new Uint8Array(spec.agents),
    truncated: new Uint8Array(spec.agents),
  }
}

/** One label a step; agents of one slot are joined. */
function actionNames<L>({ spec }: Environment<L>, actions: readonly number[]): string[] {
  const width = actionWidth(spec.actions)
  const rows = Array.from({ length: actions.length / width }, (_, row) =>
    actionLabel(spec.actions, actions.slice(row * width, (row + 1) * width)),
  )
  const steps = Math.floor(rows.length / spec.agents)
  return Array.from({ length: steps }, (_, step) =>
    rows.slice(step * spec.agents, (step + 1) * spec.agents).join(', '),
  )
}

/** `forward`, `action 3`; of several numbers `gas 2, wheel 0` or, without names, `(2, 0)`. */
function actionLabel(spec: ActionSpec, row: readonly number[]): string {
  if (spec.kind === 'discrete') return spec.names?.[row[0]] ?? `action ${row[0]}`
  const short = row.map((value) => String(Number(value.toPrecision(4))))
  const { names } = spec
  if (names === undefined) return `(${short.join(', ')})`
  return short.map((value, i) => `${names[i]} ${value}`).join(', ')
}
