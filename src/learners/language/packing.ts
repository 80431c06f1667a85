import { type NamedTensors, tensor } from '../../core/tensor.ts'

/** A text to be learnt or scored: a question's tokens, then those of its answer with the token that ends it. */
export interface Example {
  readonly prompt: readonly number[]
  readonly answer: readonly number[]
}

/** Where an example lies: tokens `from` … of row `row`. Its answer's first target stands at `from + prompt.length − 1`. */
export interface Berth {
  readonly row: number
  readonly from: number
}

/** Lays examples into rows of `context` tokens in their order, each whole; an example is at most one token longer than a row. */
export function packRows(examples: readonly Example[], context: number): Berth[] {
  let row = 0
  let used = 0
  return examples.map(({ prompt, answer }) => {
    // The last token is predicted and never read.
    const length = prompt.length + answer.length - 1
    if (used + length > context) {
      row++
      used = 0
    }
    const berth = { row, from: used }
    used += length
    return berth
  })
}

/**
 * The batch of rows `first` … `first + rows − 1`, of which those beyond the last are empty. `promptWeight` is how much a token of a
 * question counts beside one of an answer; weights add up to 1.
 */
export function packedBatch(
  examples: readonly Example[],
  berths: readonly Berth[],
  { first, rows, context, promptWeight }: PackedSize,
): NamedTensors {
  const ints = () => tensor('int32', [rows, context])
  const [tokens, places, texts, targets] = [ints(), ints(), ints(), ints()]
  const weights = tensor('float32', [rows, context])
  let total = 0
  examples.forEach(({ prompt, answer }, text) => {
    const { row, from } = berths[text]
    if (row < first || row >= first + rows) return
    const all = [...prompt, ...answer]
    for (let i = 0; i + 1 < all.length; i++) {
      const at = (row - first) * context + from + i
      tokens.data[at] = all[i]
      places.data[at] = i
      texts.data[at] = text + 1
      targets.data[at] = all[i + 1]
      const weight = i + 1 < prompt.length ? promptWeight : 1
      weights.data[at] = weight
      total += weight
    }
  })
  if (total > 0) for (let i = 0; i < weights.data.length; i++) weights.data[i] /= total
  return { tokens, places, texts, targets, weights }
}

export interface PackedSize {
  readonly first: number
  readonly rows: number
  readonly context: number
  readonly promptWeight: number
}
