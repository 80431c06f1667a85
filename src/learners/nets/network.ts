import { type ActionSpec, describeActions } from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { elementCount, type TensorSpec } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import type { RealDistribution } from './action-distribution.ts'
import { type CoreKind, coreFor } from './core.ts'
import { encodedImage, encoderFor, layersOf, type Parameters } from './encoders.ts'
import { actorOutputs, deviationSegments, head, headSegments, parametersOf } from './heads.ts'
import type { Channels } from './image-axes.ts'
import type { EncoderName, ImageLayer } from './image-layers.ts'
import type { Init } from './init.ts'
import { INIT_TABLES, type InitName } from './inits.ts'
import { inputNames } from './input-names.ts'
import { INPUT_CLIP, type RunningInputs, runningInputs } from './running-inputs.ts'
import { type Layout, layoutOf } from './segments.ts'
import type { Carry } from './sequence-core.ts'
import type { StateSpaceOptions } from './state-space.ts'

/** An actor-critic of the form encoders → core → two heads, described before any graph exists. */
export interface NetworkOptions {
  readonly core: CoreKind
  /** Units of the core. */
  readonly hidden: number
  /** Of an S5 core. */
  readonly s5?: StateSpaceOptions
  /** Convolution filters and kernel edge (stride 1, no padding). */
  readonly filters: number
  readonly kernel: number
  /** Instead of that one convolution: layers by name, or one's own. */
  readonly encoder?: EncoderName
  readonly layers?: readonly ImageLayer[]
  /** Where images have their channels; default auto. */
  readonly channels?: Channels
  /** Features of an embedded integer. */
  readonly embedding: number
  readonly headHidden: number
  readonly activation: 'tanh' | 'relu'
  readonly inits: InitName
  /** Of the last actor layer: orthogonal with gain .01, or every weight .01 (minimax; an exactly uniform policy). */
  readonly actorInit: 'orthogonal' | 'constant'
  readonly scale: Readonly<Record<string, number>>
  /** How real numbers are drawn; default gaussian. */
  readonly distribution?: RealDistribution
  /** Whether observations of float32 are normalised by running statistics; default not. */
  readonly running?: boolean
  /** Heads that estimate the value, from first weights of their own; default one. */
  readonly critics?: number
}

export interface NetworkSpec {
  readonly observations: Readonly<Record<string, TensorSpec>>
  readonly actions: ActionSpec
  /** Which observation says what may be chosen, float32 `[choices]` of 0 and 1; no features are made of it. */
  readonly mask?: string
}

export type Observations = Readonly<Record<string, g.Value>>

export interface Network {
  readonly layout: Layout
  readonly state: Readonly<Record<string, TensorSpec>>
  readonly actions: ActionSpec
  /** Of real numbers, where it is not gaussian. */
  readonly distribution?: RealDistribution
  /** How many heads estimate the value. */
  readonly critics: number
  /** Observation → what graphs call it. */
  readonly inputs: Readonly<Record<string, string>>
  readonly normalisation: Readonly<Record<string, string>>
  readonly cost: NetworkCost
  /** Where observations are normalised by running statistics, which `p` then has beside the parameters. */
  readonly running?: RunningInputs
  /**
   * One step of B rows: observations `[B, …]` → logits `[B, A]`, value `[B]`, next carry. `logits` are the parameters of the
   * distribution over actions (`distributionOf`): of real numbers the means and the logarithms of the deviations, or every α and β.
   */
  step(p: Parameters, observations: Observations, carry: Carry): StepValues
  /**
   * T steps of B columns, both known numbers: observations `[T·B, …]`, reset `[T, B]` → logits `[T·B, A]`,
   * values `[T·B]`.
   */
  sequence(p: Parameters, observations: Observations, carry: Carry, reset: g.Value): HeadValues
}

/** What one row takes. */
export interface NetworkCost {
  /** Floating-point operations of the encoders, forwards. */
  readonly encoderFlops: number
  /** float32 values of the encoders that the gradient of one row holds at its peak. */
  readonly encoderValues: number
  /** Parameters of the encoders; every other one takes part in a row once. */
  readonly encoderParameters: number
}

/** What stands on the core for N rows. */
export interface HeadValues {
  readonly logits: g.Value
  /** `[N]`; of several critics their mean. */
  readonly value: g.Value
  /** `[N, critics]`, where there are several. */
  readonly critics?: g.Value
}

export interface StepValues extends HeadValues {
  readonly carry: Carry
}

/** What a policy graph calls its other inputs and its outputs. */
const TAKEN = ['noise', 'action', 'log_prob', 'logits', 'value', 'critics']

/**
 * @throws AgonError `network/observation` for a name or a dtype that a policy graph cannot have, `network/encoder` for
 * layers that nothing goes through, `network/distribution` for actions that cannot be drawn so
 */
export function createNetwork(spec: NetworkSpec, options: NetworkOptions): Network {
  for (const name of Object.keys(spec.observations))
    if (TAKEN.includes(name) || name.startsWith('state_'))
      throw new AgonError('network/observation', `no observation may be called '${name}'`, {
        remedy: `policy graphs use ${TAKEN.join(', ')} and state_… themselves`,
        place: name,
      })
  for (const name of Object.keys(options.scale))
    if (!Object.hasOwn(spec.observations, name))
      throw new AgonError(
        'network/observation',
        `network.scale names '${name}', which is no observation`,
        {
          remedy: `there are ${Object.keys(spec.observations).join(', ')}`,
          place: name,
        },
      )
  checkLayers(spec, options)
  checkDistribution(spec.actions, options)
  const acted =
    options.distribution === 'beta' ? { ...spec, distribution: options.distribution } : spec
  const inits = INIT_TABLES[options.inits]
  const inputs = inputNames(spec.observations)
  const running =
    options.running === true
      ? runningInputs(spec.observations, inputs, spec.mask, options.scale)
      : undefined
  const encoders = Object.entries(spec.observations)
    .filter(([name]) => name !== spec.mask)
    .map(([name, observation]) => encoderFor(name, inputs[name], observation, options, inits))
  const features = encoders.reduce((sum, encoder) => sum + encoder.features, 0)
  const core = coreFor(features, options, inits)
  const actorInit: Init =
    options.actorInit === 'constant'
      ? { kind: 'constant', value: 0.01 }
      : { kind: 'orthogonal', gain: 0.01 }
  const layout = layoutOf([
    ...encoders.flatMap(({ segments }) => segments),
    ...core.segments,
    ...headSegments('actor', options, inits.headHidden, actorInit, actorOutputs(acted)),
    ...deviationSegments(acted),
    ...criticNames(options).flatMap((name) =>
      headSegments(name, options, inits.headHidden, inits.critic, 1),
    ),
  ])

  const encode = (p: Parameters, observations: Observations): g.Value => {
    const parts = encoders.map((encoder) => {
      const { observation } = encoder
      const seen = observations[observation]
      return encoder.apply(p, running === undefined ? seen : running.apply(p, observation, seen))
    })
    return parts.length === 1 ? parts[0] : g.concat(parts, 1)
  }
  const heads = (p: Parameters, y: g.Value, observations: Observations): HeadValues => ({
    logits: parametersOf(acted, p, head('actor', p, y, options), observations),
    ...valuesOf(criticNames(options).map((name) => head(name, p, y, options))),
  })

  return {
    layout,
    state: core.state,
    actions: spec.actions,
    critics: options.critics ?? 1,
    ...(options.distribution === 'beta' ? { distribution: options.distribution } : {}),
    inputs,
    cost: {
      encoderFlops: total(encoders, ({ flops }) => flops),
      encoderValues: total(encoders, ({ kept }) => kept),
      encoderParameters: total(encoders, ({ segments }) =>
        total(segments, ({ shape }) => elementCount(shape)),
      ),
    },
    ...(running === undefined ? {} : { running }),
    normalisation: Object.fromEntries([
      ...encoders.flatMap(({ observation, normalisation }) =>
        normalisation === undefined ? [] : [[observation, normalisation]],
      ),
      ...(running?.observations ?? []).map((name) => [
        name,
        `(${name} − running mean) ÷ running deviation, at most ±${INPUT_CLIP}`,
      ]),
    ]),
    step(p, observations, carry) {
      const next = core.step(p, encode(p, observations), carry)
      return { ...heads(p, next.y, observations), carry: next.carry }
    },
    sequence(p, observations, carry, reset) {
      const [steps, columns] = reset.shape
      const x = g.reshape(encode(p, observations), [steps, columns, features])
      const y = core.sequence(p, x, carry, reset)
      return heads(p, g.reshape(y, [-1, options.hidden]), observations)
    },
  }
}

const total = <T>(of: readonly T[], value: (each: T) => number): number =>
  of.reduce((sum, each) => sum + value(each), 0)

/** Numbers that are drawn between bounds have some. */
function checkDistribution(actions: ActionSpec, { distribution }: NetworkOptions): void {
  if (distribution !== 'beta') return
  const bounded =
    actions.kind === 'box' &&
    actions.low.every(
      (low, i) => Number.isFinite(low) && Number.isFinite(actions.high[i]) && low < actions.high[i],
    )
  if (bounded) return
  throw new AgonError(
    'network/distribution',
    `network.distribution beta needs real numbers between two bounds, and there are ${describeActions(actions)}`,
    { remedy: 'leave network.distribution out', place: 'network.distribution' },
  )
}

/** The first is called as the only one is. */
const criticNames = ({ critics = 1 }: NetworkOptions): string[] =>
  Array.from({ length: critics }, (_, i) => (i === 0 ? 'critic' : `critic-${i + 1}`))

/** @param estimates `[N, 1]` each */
function valuesOf(estimates: readonly g.Value[]): Pick<HeadValues, 'value' | 'critics'> {
  if (estimates.length === 1) return { value: g.reshape(estimates[0], [-1]) }
  const critics = g.concat(estimates, 1)
  return { value: g.reduceMean(critics, [1], false), critics }
}

/** Layers that somebody asked for have an image to go through. */
function checkLayers({ observations, mask }: NetworkSpec, options: NetworkOptions): void {
  if (layersOf(options) === undefined) return
  const seen = Object.entries(observations).filter(([name]) => name !== mask)
  if (seen.some(([, spec]) => encodedImage(spec, options) !== null)) return
  const shapes = seen.map(([name, { shape }]) => `'${name}' of ${shape.join(' × ') || '1'}`)
  const asked =
    options.layers === undefined ? `network.encoder ${options.encoder}` : 'network.layers'
  throw new AgonError('network/encoder', `${asked} fits no observation: ${shapes.join(', ')}`, {
    remedy:
      'images have three axes, or four as a stack, and are as large as the first window at least; leave the option out where there are none, and say network.channels where the channels come first',
    place: options.layers === undefined ? 'network.encoder' : 'network.layers',
  })
}
