import type { ActionSpec } from '../../../core/action-space.ts'
import { AgonError } from '../../../core/errors.ts'
import { elementCount, type TensorSpec } from '../../../core/tensor.ts'
import { type agon, encodeSpec } from '../../../wire/index.ts'
import { encodeActions } from '../action-spec.ts'
import type { Specs } from './dialled-world.ts'
import { DISCOUNT, type NamedSpec, REWARD } from './specs.ts'
import { decodeDmSpec } from './tensors.ts'

/** What a server of dm_env_rpc has, in the terms of one agent. */
export interface DialledSpecs {
  readonly action: DialledAction
  readonly reward: NamedSpec
  /** In the order of names. */
  readonly observations: readonly NamedSpec[]
  readonly description: agon.v1.EnvironmentDescription.$Properties
}

export interface DialledAction {
  readonly id: number
  /** What choice 0 stands for. */
  readonly first: number
  readonly spec: TensorSpec
  /** The same as an action space: one choice, several with equal counts, or real numbers with equal bounds. */
  readonly space: ActionSpec
}

const { MAX_SAFE_INTEGER } = Number
/** What an action can be without another one coming out. */
const RANGES = {
  uint8: [0, 255],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER],
} as const
/** Actions are counted in 32 bits. */
const MOST_ACTIONS = 2 ** 31 - 1

const refuse = (what: string): AgonError =>
  new AgonError('environment/description', `this dm_env_rpc environment ${what}`)

/** @throws AgonError `environment/description` naming what has no counterpart */
export function dialledSpecs({ actions, observations }: Specs): DialledSpecs {
  const named = Object.entries(observations ?? {})
    .map(([id, spec]) => ({ id: Number(id), name: spec.name ?? '', spec: decodeDmSpec(spec) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const reward = named.find(({ name }) => name === REWARD)
  if (reward === undefined) throw refuse(`has no observation named '${REWARD}'`)
  if (elementCount(reward.spec.shape) !== 1)
    throw refuse(`has a reward of shape [${reward.spec.shape}], not one number`)
  const own = named.filter(({ name }) => name !== REWARD && name !== DISCOUNT)
  const all = Object.entries(actions ?? {})
  if (all.length !== 1) throw refuse(`has ${all.length} actions; one tensor can be played`)
  const [[id, written]] = all
  const spec = decodeDmSpec(written)
  const action = { id: Number(id), spec, ...actionOf(spec) }
  const described = Object.fromEntries(own.map((one) => [one.name, encodeSpec(one.spec)]))
  return {
    action,
    reward,
    observations: own,
    description: {
      id: 'dm_env_rpc',
      profile: 'v1',
      observations: described,
      observationOrder: Object.keys(described),
      actions: encodeActions(action.space),
      agents: 1,
      seats: [{ name: 'agent', agents: [0] }],
      // What a sequence that was interrupted showed last.
      givesFinals: true,
    },
  }
}

function actionOf(spec: TensorSpec): Pick<DialledAction, 'first' | 'space'> {
  const { dtype, shape, low, high } = spec
  const width = elementCount(shape)
  if (dtype.startsWith('float')) {
    const every = (bound: number): number[] => new Array(width).fill(bound)
    const box = {
      kind: 'box',
      shape: [width],
      low: every(low ?? Number.NEGATIVE_INFINITY),
      high: every(high ?? Number.POSITIVE_INFINITY),
    } as const
    return { first: 0, space: box }
  }
  const whole = dtype.startsWith('int') || dtype === 'uint8'
  if (!whole || low === undefined || high === undefined)
    throw refuse(
      `has an action of ${dtype} [${shape}] from ${low} to ${high}, neither bounded integers nor real numbers`,
    )
  const [least, most] = RANGES[dtype as keyof typeof RANGES]
  const count = high - low + 1
  const safe = Number.isSafeInteger(low) && Number.isSafeInteger(high)
  if (!safe || low < least || high > most || count < 1 || count > MOST_ACTIONS)
    throw refuse(`has actions from ${low} to ${high}, which ${dtype} does not hold`)
  if (width === 1) return { first: low, space: { kind: 'discrete', count } }
  return { first: low, space: { kind: 'multi-discrete', counts: new Array(width).fill(count) } }
}
