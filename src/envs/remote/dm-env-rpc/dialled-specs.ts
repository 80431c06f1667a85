import { AgonError } from '../../../core/errors.ts'
import { elementCount, type TensorSpec } from '../../../core/tensor.ts'
import { type agon, encodeSpec } from '../../../wire/index.ts'
import type { Specs } from './dialled-world.ts'
import { DISCOUNT, type NamedSpec, REWARD } from './specs.ts'
import { decodeDmSpec } from './tensors.ts'

/** What a server of dm_env_rpc has, in the terms of one agent with discrete actions. */
export interface DialledSpecs {
  readonly action: { readonly id: number; readonly first: number; readonly spec: TensorSpec }
  readonly reward: NamedSpec
  /** In the order of names. */
  readonly observations: readonly NamedSpec[]
  readonly description: agon.v1.EnvironmentDescription.$Properties
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
  if (all.length !== 1) throw refuse(`has ${all.length} actions; one discrete one can be played`)
  const [[id, written]] = all
  const spec = decodeDmSpec(written)
  const { dtype, shape, low, high } = spec
  const discrete = dtype.startsWith('int') || dtype === 'uint8'
  if (!discrete || shape.some((size) => size !== 1) || low === undefined || high === undefined)
    throw refuse(
      `has an action of ${dtype} [${shape}] from ${low} to ${high}, not a bounded integer`,
    )
  const [least, most] = RANGES[dtype as keyof typeof RANGES]
  const count = high - low + 1
  const whole = Number.isSafeInteger(low) && Number.isSafeInteger(high)
  if (!whole || low < least || high > most || count < 1 || count > MOST_ACTIONS)
    throw refuse(`has actions from ${low} to ${high}, which ${dtype} does not hold`)
  return {
    action: { id: Number(id), first: low, spec },
    reward,
    observations: own,
    description: {
      id: 'dm_env_rpc',
      profile: 'v1',
      observations: Object.fromEntries(own.map((one) => [one.name, encodeSpec(one.spec)])),
      actions: { count },
      agents: 1,
      seats: [{ name: 'agent', agents: [0] }],
    },
  }
}
