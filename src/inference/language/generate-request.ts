import { z } from 'zod'
import { AgonError } from '../../core/errors.ts'
import type { GenerateRequest } from './contract.ts'

const MOST_TEXT = 10_000_000

const schema = z.object({
  messages: z
    .array(
      z.object({
        role: z.enum(['system', 'user', 'assistant']),
        content: z.string().max(MOST_TEXT),
      }),
    )
    .min(1),
  maxTokens: z.int().min(1),
  temperature: z.number().min(0).max(100),
  topP: z.number().gt(0).max(1),
  stop: z.array(z.string().min(1)).optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
  sample: z.int().min(0).default(0),
  topLogProbs: z.int().min(0).max(100).optional(),
})

/**
 * A request that came as JSON. Keys that it does not know are left out: what is beside the request is for others.
 * @throws AgonError `model/request` with the key
 */
export function readGenerateRequest(payload: unknown): GenerateRequest {
  const { success, data, error } = schema.safeParse(payload)
  if (success) return data
  const [{ path, message }] = error.issues
  const place = path.join('.')
  throw new AgonError(
    'model/request',
    `this is no request to a language model${place === '' ? '' : `, at \`${place}\``}: ${message}`,
    { remedy: 'ask { messages: [{ role, content }], maxTokens, temperature, topP, sample }' },
  )
}
