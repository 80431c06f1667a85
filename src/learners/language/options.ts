import { z } from 'zod'

const count = (fallback: number, most: number, about: string) =>
  z.int().min(1).max(most).default(fallback).describe(`${about} Default ${fallback}.`)

/** The network of a language model, and how it is trained. */
export const causalOptions = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w.:-]{1,100}$/)
      .default('lessons')
      .describe('What the model is called. Default lessons.'),
    from: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe(
        'A model folder whose weights it begins with, from the working directory; its network has to be this one.',
      ),
    network: z
      .strictObject({
        layers: count(2, 24, 'Blocks of attention and a perceptron.'),
        width: count(96, 2048, 'Numbers of a token on its way, a multiple of `heads`.'),
        heads: count(4, 64, 'Heads of each attention.'),
        context: count(128, 4096, 'Most tokens (characters) of a prompt with its answer.'),
      })
      .prefault({})
      .describe('The transformer.'),
    tasks: count(256, 100_000, 'Lessons of a cycle.'),
    rows: count(16, 4096, 'Rows of `context` tokens of an optimiser step; lessons share them.'),
    learningRate: z
      .number()
      .gt(0)
      .max(1)
      .default(0.002)
      .describe('Of Adam, at its height. Default 0.002.'),
    warmup: count(50, 1_000_000, 'Optimiser steps over which the rate rises to it.'),
    decay: z
      .int()
      .min(0)
      .max(10_000_000)
      .default(0)
      .describe(
        'Optimiser steps after which it has fallen to a tenth, along half a cosine; 0: it stays. Default 0.',
      ),
    maxGradNorm: z
      .number()
      .gt(0)
      .max(1e6)
      .default(1)
      .describe('Norm to which gradients are cut. Default 1.'),
    promptWeight: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe('How much a token of a prompt counts beside one of an answer. Default 0.1.'),
    shards: count(
      2,
      64,
      'Pieces of an optimiser step that are computed apart; part of the result.',
    ),
  })
  .refine(({ network }) => network.width % network.heads === 0, {
    path: ['network', 'width'],
    error: 'is no multiple of network.heads',
  })

export type CausalOptions = z.output<typeof causalOptions>
