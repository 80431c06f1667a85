import { actionWidth } from '../../core/action-space.ts'
import { BYTES_PER_ELEMENT, elementCount } from '../../core/tensor.ts'
import type { ValueInfo } from '../binding.ts'
import type { PolicyCard } from '../contract.ts'
import { datatypeOf } from '../kserve-datatype.ts'
import { graphName } from '../policy-graph.ts'
import type { GraphFacts } from './contract.ts'
import { type RowLayout, rowLayout } from './row-layout.ts'
import { type ValueBounds, valueBounds } from './value-bounds.ts'

/** A recurrent state: which input takes what which output gave. */
export interface StatePair {
  readonly input: number
  readonly output: number
  readonly rowBytes: number
}

/** What the server needs to know of a model to read requests and to share batches; made once a version. */
export interface ModelShape {
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  readonly datatypes: readonly string[]
  /** Index of an input, or of an output, by name. */
  readonly inputNamed: ReadonlyMap<string, number>
  readonly outputNamed: ReadonlyMap<string, number>
  /** Undefined where requests run alone; then {@link unbatched} says why. */
  readonly layout: RowLayout | undefined
  readonly unbatched: string | undefined
  /** Empty for a model without recurrent state, or without a layout. */
  readonly states: readonly StatePair[]
  /** Index of the input that decides sampled actions; −1 where there is none. */
  readonly noise: number
  /** Numbers of one row of that input. */
  readonly noiseWidth: number
  /** The graph has the input and does not care: it takes the likeliest action. */
  readonly noiseIdle: boolean
  /** Every output, and every output that is no state. Kept as they are: answers are recognised by them. */
  readonly allOutputs: readonly number[]
  readonly statelessOutputs: readonly number[]
  /** By input; undefined for one that may hold anything. */
  readonly bounds: readonly (ValueBounds | undefined)[]
  readonly maxBatch: number
}

export function modelShape(
  { inputs, outputs }: Pick<GraphFacts, 'inputs' | 'outputs'>,
  card: PolicyCard | undefined,
  maxBatch: number,
  obstacle: string | null = null,
): ModelShape {
  const placed = obstacle ?? rowLayout(inputs, outputs, maxBatch)
  const layout = typeof placed === 'string' ? undefined : placed
  const inputNamed = new Map(inputs.map(({ name }, index) => [name, index]))
  const outputNamed = new Map(outputs.map(({ name }, index) => [name, index]))
  const states =
    layout === undefined
      ? []
      : Object.entries(card?.state ?? {}).map(([name, { dtype, shape }]) => ({
          input: inputNamed.get(graphName(card!, name))!,
          output: outputNamed.get(graphName(card!, `${name}_out`))!,
          rowBytes: elementCount(shape) * BYTES_PER_ELEMENT[dtype],
        }))
  const allOutputs = outputs.map((_, index) => index)
  return {
    inputs,
    outputs,
    datatypes: inputs.map(({ dtype }) => datatypeOf(dtype)),
    inputNamed,
    outputNamed,
    layout,
    unbatched: typeof placed === 'string' ? placed : undefined,
    states,
    noise: card === undefined ? -1 : (inputNamed.get(graphName(card, 'noise')) ?? -1),
    noiseWidth: card === undefined ? 0 : actionWidth(card.actions),
    noiseIdle: card?.decode === 'argmax',
    allOutputs,
    statelessOutputs: allOutputs.filter((index) => !states.some(({ output }) => output === index)),
    bounds: valueBounds(inputs, card),
    maxBatch,
  }
}
