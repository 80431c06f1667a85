import { afterAll, describe, expect, it } from 'vitest'
import type { NamedPolicies } from '../seats/contract.ts'
import { createEvaluator } from './index.ts'

const environment = {
  module: new URL('../learners/fixtures/two-doors.mjs', import.meta.url).href,
  options: { apart: true },
}
const policies: NamedPolicies = {
  friend: { kind: 'bot', bot: 'pointing' },
  foe: { kind: 'bot', bot: 'contrary' },
  luck: { kind: 'bot', bot: 'random' },
}
const evaluator = createEvaluator({ policies })
afterAll(() => evaluator.close())

const request = { environment, suite: 'random:20', episodes: 3, seed: 4 }
const measured = (seating: Readonly<Record<string, string>>) =>
  evaluator.measure(null, { ...request, seating })

describe('an evaluation of named policies alone', () => {
  it('seats them, and measures the first seat', async () => {
    const [friends, mixed] = [
      await measured({ left: 'friend', right: 'friend' }),
      await measured({ left: 'foe', right: 'friend' }),
    ]
    expect([friends.meanReturn, friends.solvedRate, friends.policySha256]).toEqual([1, 1, ''])
    expect([mixed.meanReturn, mixed.solvedRate]).toEqual([0.5, 0])
  })

  it('gives chance the same luck whoever it is played by, and half of the open doors', async () => {
    const seating = { left: 'luck', right: 'friend' }
    const report = await measured(seating)
    expect(report.meanReturn).toBeGreaterThan(0.6)
    expect(report.meanReturn).toBeLessThan(0.9)
    const two = createEvaluator({ policies, workers: 2 })
    expect(await two.measure(null, { ...request, seating })).toEqual(report)
    await two.close()
  })

  it('refuses a seat that nobody plays, one that is not there, and a policy without a name', async () => {
    await expect(measured({ left: 'luck' })).rejects.toMatchObject({
      code: 'evaluation/request',
      message: "nobody plays the seat 'right'",
    })
    await expect(measured({ left: 'luck', middle: 'foe' })).rejects.toMatchObject({
      code: 'seat/unknown',
    })
    await expect(measured({ left: 'lucky', right: 'foe' })).rejects.toMatchObject({
      code: 'seat/policy',
      fields: { nearest: 'luck' },
    })
  })
})
