import { choiceCounts } from '../../../core/action-space.ts'
import { stream } from '../../../core/random.ts'
import type { StepBuffers, SteppableEnvironment, VectorEnv, VectorOptions } from '../../contract.ts'
import { allocateStepBuffers } from '../../step-buffers.ts'
import { createFootball } from '../environment.ts'
import type { FootballLevel } from '../level.ts'
import type { NativeFootball } from '../native/contract.ts'
import { footballOptions } from '../options.ts'

/** Football with some options, as a config would give them. */
export const football = (
  native: NativeFootball,
  given: object,
): SteppableEnvironment<FootballLevel> => createFootball(footballOptions.parse(given), native)

/** Lanes that are being played, with buffers of their own. */
export interface Play {
  readonly env: SteppableEnvironment<FootballLevel>
  readonly vector: VectorEnv<FootballLevel>
  readonly out: StepBuffers
  readonly actions: Int32Array
  /** Steps with these actions, or random ones of `draw`. */
  step(actions?: ArrayLike<number>): void
  /** Everything that the last step wrote, for comparison. */
  written(): string
  /** An observation of all rows. */
  numbers(name: string): readonly number[]
}

/** All lanes at the start of `level`, or of sampled ones. */
export function play(
  env: SteppableEnvironment<FootballLevel>,
  options: Partial<VectorOptions<FootballLevel>> = {},
  level?: FootballLevel,
): Play {
  const { slots = 1 } = options
  const vector = env.vector({ autoReset: 'none', ...options, slots })
  const out = allocateStepBuffers(env.spec, slots)
  const actions = new Int32Array(slots * env.spec.agents)
  const random = stream('hands')
  const [choices] = choiceCounts(env.spec.actions)
  const all = Array.from({ length: slots }, (_, lane) => lane)
  vector.reset(
    all,
    all.map((lane) => level ?? env.levels.sample(stream('level', lane))),
    out.observations,
  )
  return {
    env,
    vector,
    out,
    actions,
    step(given) {
      for (let row = 0; row < actions.length; row++)
        actions[row] = given === undefined ? random.integer(choices) : given[row]
      vector.step(actions, out)
    },
    written: () => writtenOf(out),
    // Turned zeros are −0.
    numbers: (name) => Array.from(out.observations[name] as Float64Array, (value) => value + 0),
  }
}

export const writtenOf = ({ observations, rewards, terminated, truncated }: StepBuffers): string =>
  [...Object.values(observations), rewards, terminated, truncated]
    .map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    )
    .join(' ')
