import type { NamedTensors } from '../../core/tensor.ts'
import type { LanguageModelFile, ModelCard } from '../../inference/language/onnx/contract.ts'
import {
  characterTokenizer,
  formatTokenizer,
  PLAIN_CHARACTERS,
} from '../../inference/language/onnx/tokenizer.ts'
import { version } from '../../version.ts'
import { causalOnnx } from './causal-graph.ts'
import type { Example } from './packing.ts'
import type { TransformerShape } from './transformer.ts'

const TOKENIZER = characterTokenizer(PLAIN_CHARACTERS)
/** How a lesson is laid out as text. */
const TEMPLATE: ModelCard['template'] = {
  user: 'Q: {content}\n',
  assistant: 'A: {content}\n',
  answer: 'A: ',
}
const END = '\n'

export const VOCABULARY = TOKENIZER.tokens.length

/** A lesson as tokens; the answer ends with the token that ends it. */
export function exampleOf({
  prompt,
  answer,
}: {
  readonly prompt: string
  readonly answer: string
}): Example {
  const asked = TEMPLATE.user.replace('{content}', () => prompt) + TEMPLATE.answer
  return { prompt: TOKENIZER.encode(asked), answer: TOKENIZER.encode(answer + END) }
}

/** The files of a model folder. */
export function modelFile(
  name: string,
  shape: TransformerShape,
  weights: NamedTensors,
  training: ModelCard['training'],
): LanguageModelFile {
  const { vocabulary, context } = shape
  return {
    onnx: causalOnnx(shape, weights),
    tokenizer: formatTokenizer(TOKENIZER),
    card: {
      ...{ format: 1, agon: version, kind: 'causal-lm', name, vocabulary, context },
      ...{ template: TEMPLATE, end: END, training },
    },
  }
}
