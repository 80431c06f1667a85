import { utf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import { formatModelCard } from '../../inference/language/onnx/model-card.ts'
import type { StudentDefinition } from '../contract.ts'
import { segmentTensors } from '../nets/segments.ts'
import { modelFile } from './model-file.ts'
import { type CausalOptions, causalOptions } from './options.ts'
import { createCausalStudent, shapeOf } from './student.ts'
import { transformerLayout } from './transformer.ts'

export type { CausalOptions } from './options.ts'

/** A small language model that learns lessons by next-token cross entropy. */
export const student: StudentDefinition<CausalOptions> = {
  id: 'causal-lm',
  options: causalOptions,
  taskCount: ({ tasks }) => tasks,
  envSteps: (_, tasks) => tasks,
  parameterCount: (options) => transformerLayout(shapeOf(options)).size,
  checkEnvironment(_, { spec }) {
    if (spec.id === 'lessons') return
    throw new AgonError(
      'student/environment',
      `a language model learns lessons, and ${spec.id} has none`,
      {
        remedy: 'take env: lessons',
      },
    )
  },
  leaves(options, { state, tensors }, training) {
    const shape = shapeOf(options)
    const flat = tensors.parameters.data as Float32Array
    const { updates } = state as { readonly updates: number }
    const weights = segmentTensors(transformerLayout(shape), flat)
    const { onnx, tokenizer, card } = modelFile(options.name, shape, weights, {
      ...training,
      gradientUpdates: updates,
    })
    return {
      'model.onnx': onnx,
      'tokenizer.json': utf8(tokenizer),
      'model.yaml': utf8(formatModelCard(card)),
    }
  },
  create: createCausalStudent,
}
