import { z } from 'zod'

const service = z.string().min(1).max(32)

export const promptedOptions = z.strictObject({
  tasks: z.int().min(1).max(100_000).default(32).describe('Prompts of a cycle. Default 32.'),
  service: service
    .default('target')
    .describe('The service that answers: the model that is tested. Default target.'),
  system: z
    .string()
    .max(100_000)
    .default('')
    .describe('What the model is told before every prompt; empty: nothing.'),
  layout: z
    .string()
    .max(100_000)
    .default('{{prompt}}')
    .describe('How a prompt is put to it, `{{prompt}}` being the prompt. Default that alone.'),
  temperature: z.number().min(0).max(10).default(0).describe('Of its answers. Default 0.'),
  topP: z.number().gt(0).max(1).default(1).describe('Nucleus mass. Default 1.'),
  maxTokens: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(256)
    .describe('Most tokens of an answer. Default 256.'),
  scorer: service
    .default('scorer')
    .describe('The service that says how far a sealed answer fails. Default scorer.'),
  scores: z
    .boolean()
    .default(false)
    .describe(
      'Whether attempts are scored too, so that their return is 1 − failure: for adversaries that go by returns. Default false.',
    ),
})

export type PromptedOptions = z.output<typeof promptedOptions>
