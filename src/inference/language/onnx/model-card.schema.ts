import { z } from 'zod'

const turn = z
  .string()
  .max(1000)
  .refine((text) => text.includes('{content}'), 'has no {content}')

/** `model.yaml`; the sentences here are the ones of docs/language-models.md. */
export const modelCardSchema = z.strictObject({
  format: z.literal(1).describe('Version of this file’s layout'),
  agon: z
    .string()
    .min(1)
    .max(100)
    .describe('Version of Agon that wrote it, or `0` for a file made by hand'),
  kind: z.literal('causal-lm').describe('What the graph is: tokens in, logits of the next out'),
  name: z
    .string()
    .regex(/^[\w.:-]{1,100}$/, 'has 1 … 100 letters, digits and . _ : -')
    .describe('What clients call it'),
  vocabulary: z
    .int()
    .min(2)
    .max(1_000_000)
    .describe('Tokens that there are, as many as in `tokenizer.json`'),
  context: z.int().min(2).max(1_000_000).describe('Most tokens of a prompt with its answer'),
  template: z
    .strictObject({
      system: turn
        .optional()
        .describe('How a system message becomes text; absent: the model is not shown any'),
      user: turn.describe('How a user’s message becomes text'),
      assistant: turn.describe('How an earlier answer becomes text'),
      answer: z.string().min(1).max(1000).describe('What an answer is begun with'),
    })
    .readonly()
    .describe('How a chat becomes text; `{content}` stands for a message'),
  end: z.string().min(1).max(16).describe('The token at which an answer ends; it is not in it'),
  training: z
    .record(z.string().max(100), z.union([z.string().max(1000), z.number()]))
    .readonly()
    .default({})
    .describe('Where it comes from: seed, gradient updates'),
})
