import { z } from 'zod'
import type { TakenDevice } from '../inference/device.ts'
import type { Budget } from './contract.ts'

// The JSON files of a run directory as the report and the comparison read them; see `./contract.ts` for what they mean.

const count = z.number().int().nonnegative()
const spent = z.object({
  cycles: count,
  gradientUpdates: count,
  envSteps: count,
  evaluations: count.optional(),
  calls: count.optional(),
  tokens: count.optional(),
  money: z.number().nonnegative().optional(),
  seconds: z.number().nonnegative().optional(),
})
const budget = z.record(z.string(), z.number()) as unknown as z.ZodType<Budget>
const errorRecord = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  place: z.string().optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
  origin: z.string().optional(),
})

export const manifestSchema = z.object({
  format: z.literal(1),
  agon: z.string(),
  run: z.string(),
  name: z.string(),
  created: z.string(),
  platform: z.object({
    node: z.string(),
    onnxruntime: z.string(),
    provider: z.string(),
    arch: z.string(),
    os: z.string(),
    instructions: z.string(),
  }),
  evaluation: z
    .object({
      device: z.string().regex(/^(cpu|cuda:\d+)$/) as unknown as z.ZodType<TakenDevice>,
      choice: z
        .object({
          cudaFrom: z.number().nullable(),
          timings: z.array(z.object({ rows: count, cpu: z.number(), cuda: z.number() })),
          why: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  outsiders: z
    .record(
      z.string(),
      z.object({
        engine: z.string(),
        provider: z.string(),
        arch: z.string(),
        instructions: z.string(),
        runtime: z.string(),
      }),
    )
    .optional(),
  configSha256: z.string(),
  status: z.enum(['running', 'stopped', 'failed', 'finished']),
  spent,
  stages: z.array(z.object({ name: z.string(), spent, budget })).optional(),
  inexact: z.array(z.string()).optional(),
  epochs: z.array(z.object({ epoch: count, from: count, at: z.string(), cause: z.string() })),
  error: errorRecord.optional(),
  limited: errorRecord.optional(),
})

export const gallerySchema = z.object({
  cycle: count,
  levels: z.array(
    z.object({
      reason: z.enum(['high-score', 'low-score', 'most-edited', 'recent']),
      slot: z.string().optional(),
      id: z.string(),
      level: z.string(),
      score: z.number(),
      generation: count,
      ancestry: z.array(
        z.object({ id: z.string(), operator: z.string(), level: z.string().optional() }),
      ),
    }),
  ),
})

const word = z.int().min(0).max(0xffffffff)
const streamState = z.tuple([word, word, word, word, word, word, z.int().min(0).max(4)])

const interval = z.tuple([z.number(), z.number()])
const measured = { value: z.number(), interval }
const measureResult = z.object({
  name: z.string(),
  about: z.string(),
  better: z.enum(['higher', 'lower']),
  of: z.enum(['return', 'length']),
  above: z.number().exactOptional(),
  ...measured,
})

const storedEvaluation = z.object({
  suite: z.string(),
  episodes: count,
  seed: z.number(),
  solvedRate: z.number().nullable(),
  meanReturn: z.number(),
  solvedInterval: interval.nullable(),
  measures: z.array(measureResult).optional(),
  policySha256: z.string(),
  levels: z.array(
    z.object({
      name: z.string(),
      episodes: count,
      solvedRate: z.number().nullable(),
      meanReturn: z.number(),
      meanLength: z.number(),
      measures: z.record(z.string(), z.object(measured)).optional(),
      returns: z.array(z.number()),
      lengths: z.array(z.number()),
    }),
  ),
  recordings: z.array(
    z.object({
      name: z.string(),
      level: z.string(),
      // Absent in files of an older Agon.
      dynamics: streamState.optional(),
      actions: z.array(z.number()),
      return: z.number(),
      solved: z.boolean().optional(),
    }),
  ),
})

export const evaluationSchema = z.object({
  slots: z.record(
    z.string(),
    z.object({ baseline: storedEvaluation.optional(), final: storedEvaluation.optional() }),
  ),
})
