import { z } from 'zod'

const count = (fallback: number, most: number, about: string) =>
  z.int().min(1).max(most).default(fallback).describe(`${about} Default ${fallback}.`)

/** The network of a language model and how it is trained. */
export const causalOptions = z.strictObject({
  layers: count(2, 24, 'Blocks of attention and a perceptron.'),
  width: count(
    96,
    2048,
    'Numbers of a token on its way through the blocks, a multiple of `heads`.',
  ),
  heads: count(4, 64, 'Heads of each attention.'),
  context: count(128, 4096, 'Most tokens of a question with its answer.'),
})

export type CausalOptions = z.output<typeof causalOptions>
