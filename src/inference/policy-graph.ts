import { AgonError } from '../core/errors.ts'
import type { NamedTensors, Tensor } from '../core/tensor.ts'
import type { ValueInfo } from './binding.ts'
import type { ActBatch, PolicyCard } from './contract.ts'

/** What a graph does besides turning observations and state into logits and state. Plain data. */
export interface PolicyTraits {
  readonly takesNoise: boolean
  readonly hasValue: boolean
  /** It has `action` and `log_prob`; otherwise whoever runs it decodes the logits. */
  readonly chooses: boolean
}

export function policyTraits(
  card: PolicyCard,
  graph: { readonly inputs: readonly ValueInfo[]; readonly outputs: readonly ValueInfo[] },
): PolicyTraits {
  const has = (side: 'inputs' | 'outputs', name: string): boolean =>
    graph[side].some((value) => value.name === graphName(card, name))
  return {
    takesNoise: has('inputs', 'noise'),
    hasValue: has('outputs', 'value'),
    chooses: has('outputs', 'action'),
  }
}

/** What the graph calls an input or output. */
export function graphName({ names }: PolicyCard, name: string): string {
  return names !== undefined && Object.hasOwn(names, name) ? names[name] : name
}

/** The same record by the names of the graph. */
export function byGraphNames<T>(
  card: PolicyCard,
  record: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  if (card.names === undefined) return record
  const renamed: Record<string, T> = {}
  for (const name in record) renamed[graphName(card, name)] = record[name]
  return renamed
}

/**
 * Everything that a graph is fed, by its own names.
 * @throws AgonError `policy/mask` where the policy needs a mask and the batch has none
 */
export function feedsOf(
  card: PolicyCard,
  { takesNoise }: PolicyTraits,
  batch: ActBatch,
): NamedTensors {
  const { observations, state, noise, mask } = batch
  const feeds: Record<string, Tensor> = { ...observations, ...state }
  if (takesNoise) feeds.noise = noise
  if (card.mask === true) {
    if (mask === undefined)
      throw new AgonError('policy/mask', 'the policy needs to be told which actions are allowed', {
        remedy: 'give `mask`, float32 [rows, choices], or use an environment that has one',
      })
    feeds.mask = mask
  }
  return byGraphNames(card, feeds)
}

/** What an environment shows, as a policy takes it: the observation `mask` apart, where the card says that it is one. */
export function seenBy(
  card: PolicyCard,
  shown: Readonly<Record<string, Tensor>>,
): Pick<ActBatch, 'observations' | 'mask'> {
  if (card.mask !== true) return { observations: shown }
  const { mask, ...observations } = shown
  return { observations, mask: mask as Tensor<'float32'> }
}
