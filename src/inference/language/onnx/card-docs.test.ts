import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { modelCardSchema } from './model-card.schema.ts'

it('has every field of the card explained in the docs by the same sentence', () => {
  const docs = readFileSync(new URL('../../../../docs/language-models.md', import.meta.url), 'utf8')
  const schema = JSON.stringify(z.toJSONSchema(modelCardSchema, { io: 'input' }))
  const sentences = [...schema.matchAll(/"description":"([^"]+)"/g)].map((match) => match[1])
  expect(sentences.length).toBeGreaterThan(10)
  for (const sentence of sentences) expect(docs).toContain(`| ${sentence} |`)
})
