import { z } from 'zod'

const count = (fallback: number, about: string) =>
  z.int().min(1).max(100_000).default(fallback).describe(`${about} Default ${fallback}.`)
const fraction = (fallback: number, about: string) =>
  z.number().min(0).max(1).default(fallback).describe(`${about} Default ${fallback}.`)

export const frozenOptions = z.strictObject({
  policy: z
    .string()
    .min(1)
    .max(100)
    .describe('The name of the policy that attempts, one of `policies`.'),
  rollout: z
    .strictObject({
      envs: count(32, 'Tasks that it asks for in a cycle.'),
      steps: count(256, 'Steps per task and cycle; episodes that they cut are not finished.'),
    })
    .prefault({})
    .describe('The size of one cycle.'),
  discount: fraction(0.995, 'Discount per step, for statistics of a policy with a critic.'),
  gaeLambda: fraction(0.98, 'Decay of advantage estimates, for the same.'),
  shards: count(2, 'Pieces of a batch that are attempted apart; part of the result.'),
})

export type FrozenOptions = z.output<typeof frozenOptions>
