import { expect, it } from 'vitest'
import { MOST_A_CALL, playStorm, type Storm } from '../support/model-faults.ts'

/** All of them with AGON_SLOW, a sample otherwise. */
const SCHEDULES = process.env.AGON_SLOW === undefined ? 100 : 1000
const MENDABLE = ['model/busy', 'model/unavailable', 'model/garbled', 'service/deadline']

function check({ schedule, ends, expected, spent, server }: Storm): void {
  const { limits } = schedule
  ends.forEach((end, i) => {
    if (typeof end === 'string') expect([...MENDABLE, 'service/cap']).toContain(end)
    else expect(end.text).toBe(expected[i])
  })
  // No call is lost, and none is counted twice.
  const answered = ends.flatMap((end) => (typeof end === 'string' ? [] : [end.usage]))
  expect(spent.calls).toBe(answered.length)
  expect(spent.calls + spent.retries).toBe(server.asked)
  const tokens = answered.reduce((sum, { input, output }) => sum + input + output, 0)
  expect(spent.tokens).toBe(tokens)
  expect(spent.nanoMoney).toBe(tokens * 1e9)
  // What the provider has made of them is within the caps and the calls that were in flight.
  expect(server.open.most).toBeLessThanOrEqual(limits.concurrency)
  expect(server.asked).toBeLessThanOrEqual(limits.calls ?? Infinity)
  const cap = limits.tokens ?? limits.money ?? Infinity
  expect(server.charged.tokens).toBeLessThanOrEqual(cap + limits.concurrency * MOST_A_CALL)
  // A question ends without an answer only when a cap or its retries are used up.
  const capped = ends.includes('service/cap')
  if (limits.calls === undefined && cap === Infinity) expect(capped).toBe(false)
}

it(`loses no call and keeps the caps in ${SCHEDULES} seeded schedules of a failing server`, async () => {
  const met = { answered: 0, failed: 0, capped: 0, retried: 0 }
  for (let seed = 0; seed < SCHEDULES; seed++) {
    const storm = await playStorm(seed)
    try {
      check(storm)
    } catch (error) {
      throw new Error(`schedule ${seed}: ${JSON.stringify(storm)}`, { cause: error })
    }
    met.answered += storm.spent.calls
    met.retried += storm.spent.retries
    met.capped += Number(storm.ends.includes('service/cap'))
    met.failed += storm.ends.filter((end) => MENDABLE.includes(String(end))).length
  }
  // The schedules are none in which nothing happens.
  expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(SCHEDULES / 10)
}, 600_000)
