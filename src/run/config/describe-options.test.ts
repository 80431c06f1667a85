import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { configSchema } from './config.schema.ts'
import { describeOptions } from './describe-options.ts'

describe('describeOptions', () => {
  it('sees through defaults, pipes and mappings', () => {
    const schema = z.preprocess(
      (input) => input,
      z.strictObject({
        n: z.int().min(1).max(64).default(3).describe('A number.'),
        rate: z.number().positive().default(0.1).describe('A rate.'),
        core: z.enum(['lstm', 'gru']).default('lstm').describe('A core.'),
        mode: z
          .union([z.literal('auto'), z.number().min(0)])
          .default('auto')
          .describe('A mode.'),
        sizes: z.array(z.int().min(1)).default([1, 2]).describe('A list.'),
        maybe: z.boolean().nullable().default(null).describe('A choice.'),
        inner: z
          .strictObject({ on: z.boolean().default(true).describe('A switch.') })
          .prefault({ on: false })
          .describe('Inside.'),
      }),
    )
    expect(describeOptions(schema, 'env')).toEqual([
      { path: 'env.n', type: 'integer', default: 3, allowed: '1 … 64', description: 'A number.' },
      { path: 'env.rate', type: 'number', default: 0.1, allowed: '> 0', description: 'A rate.' },
      {
        path: 'env.core',
        type: 'one of',
        default: 'lstm',
        allowed: 'lstm, gru',
        description: 'A core.',
      },
      {
        path: 'env.mode',
        type: 'one of or number',
        default: 'auto',
        allowed: 'auto or ≥ 0',
        description: 'A mode.',
      },
      {
        path: 'env.sizes',
        type: 'list of integer',
        default: [1, 2],
        allowed: '≥ 1',
        description: 'A list.',
      },
      {
        path: 'env.maybe',
        type: 'boolean or null',
        default: null,
        allowed: '',
        description: 'A choice.',
      },
      { path: 'env.inner', type: 'mapping', allowed: '', description: 'Inside.' },
      {
        path: 'env.inner.on',
        type: 'boolean',
        default: false,
        allowed: '',
        description: 'A switch.',
      },
    ])
  })

  it('has a sentence for every key of every config', () => {
    const rows = describeOptions(configSchema)
    expect(rows.length).toBeGreaterThan(25)
    for (const { path, description } of rows) expect(description, path).toMatch(/^[A-Z].*\.$/)
  })
})
