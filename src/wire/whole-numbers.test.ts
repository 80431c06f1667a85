import { expect, it } from 'vitest'
import { agon } from './gen/agon.gen.js'

it('64-bit fields arrive as numbers, as their types say', () => {
  const { Run } = agon.v1
  const sent = { envSteps: Number.MAX_SAFE_INTEGER, createdMs: 2 ** 41, budget: { cycles: 5 } }
  const { envSteps, createdMs, budget, cycles } = Run.decode(Run.encode(sent).finish())
  expect({ envSteps, createdMs, budget: { cycles: budget.cycles } }).toEqual(sent)
  expect(Run.decode(new Uint8Array()).envSteps).toBe(0)
  expect(cycles).toBe(0)
})
