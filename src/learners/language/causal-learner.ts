import { z } from 'zod'
import type { TensorSpec } from '../../core/tensor.ts'
import * as g from '../graph/index.ts'
import type { BatchSpec, LearnerDefinition } from '../trainer/contract.ts'
import { packedLogits } from './causal-graph.ts'
import { type TransformerShape, transformerLayout } from './transformer.ts'

/** Of the learner, as {@link startLearner} takes them. */
export interface CausalLearnerOptions {
  readonly shape: TransformerShape
  readonly learningRate: number
  readonly maxGradNorm: number
}

const size = z.int().min(1)

/** What a batch holds: `[B, T]` each, of which T is the context. */
export function packedSpec(context: number): BatchSpec {
  const ints = { dtype: 'int32', shape: [context], axes: 'columns' } as const
  return {
    tokens: ints,
    places: ints,
    texts: ints,
    targets: ints,
    weights: { ...ints, dtype: 'float32' },
  }
}

/**
 * Next-token cross entropy: `−Σ weight · log p(target)`. Weights are 0 where nothing is to be learnt (padding, ends of texts), and
 * add up to 1 over a whole batch. Adam with β₂ = 0.98 (Vaswani et al. 2017).
 */
export const learner: LearnerDefinition<CausalLearnerOptions> = {
  id: 'causal-lm',
  options: z.strictObject({
    shape: z.strictObject({
      vocabulary: size,
      context: size,
      layers: size,
      width: size,
      heads: size,
    }),
    learningRate: z.number().positive(),
    maxGradNorm: z.number().positive(),
  }),
  batch: ({ shape }) => packedSpec(shape.context),
  objective: ({ shape }) => ({
    layout: transformerLayout(shape),
    terms: ['loss'],
    inputs: ({ columns }) =>
      Object.fromEntries(
        Object.entries(packedSpec(shape.context)).map(([name, { dtype, shape: row }]) => [
          name,
          { dtype, shape: [columns, ...row] } as TensorSpec,
        ]),
      ),
    build({ parameters, batch }, { columns }) {
      const { tokens, places, texts, targets, weights } = batch
      const logits = packedLogits(shape, parameters, { tokens, places, texts })
      const flat = (of: g.Value): g.Value => g.reshape(of, [columns * shape.context])
      const told = g.takeLast(g.logSoftmax(logits), flat(targets))
      return { terms: { loss: g.neg(g.reduceSum(g.mul(told, flat(weights)), [0], false)) } }
    },
  }),
  rule: ({ learningRate, maxGradNorm }) => ({
    learningRate,
    maxGradNorm,
    groups: {},
    adamBeta1: 0.9,
    adamBeta2: 0.98,
    adamEpsilon: 1e-8,
  }),
}
