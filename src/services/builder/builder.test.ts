import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../core/snapshot.ts'
import { createBuilding } from '../../envs/maze/builder/environment.ts'
import { createMaze, environment } from '../../envs/maze/environment.ts'
import { findDefect } from '../../envs/maze/level.ts'
import { teacherSpec } from '../../learners/index.ts'
import type { Json, Service } from '../contract.ts'
import { service as builder } from './index.ts'

const MAZE = environment.options.parse({ height: 3, width: 4, nWalls: 3 })
const { levels } = createMaze(MAZE)
const OPTIONS = { network: { hidden: 8, filters: 2, embedding: 2, headHidden: 8 } }
const signal = new AbortController().signal

let fresh: Snapshot
const made: Service[] = []
/** Two of them, as they began. */
async function pair(): Promise<readonly [Service, Service]> {
  const [one, two] = made
  await Promise.all([one.restore!(fresh), two.restore!(fresh)])
  return [one, two]
}
beforeAll(async () => {
  made.push(await start(), await start())
  fresh = structuredClone(await made[0].snapshot!())
})
afterAll(async () => {
  await Promise.all(made.map((one) => one.close()))
})

async function start(): Promise<Service> {
  const module = new URL('../../../dist/envs/maze/index.js', import.meta.url).href
  return builder.create(builder.options.parse(OPTIONS), {
    ...{ name: 'builder', seed: 4, environment: { module, options: MAZE }, workers: 1 },
  })
}

let asked = 0
const ask = async (of: Service, payload: Json, key = `${asked++}`): Promise<Json> =>
  (await of.ask({ key, payload }, signal)).payload

const levelsOf = (payload: Json) =>
  (payload as { levels: string[] }).levels.map((text) => levels.decode(Buffer.from(text, 'base64')))

describe('the builder', () => {
  it('builds levels that can be attempted, learns from their regrets, and shows its curve', async () => {
    const [one] = await pair()
    const built = levelsOf(await ask(one, { build: 1, count: 4 }))
    expect(built).toHaveLength(4)
    for (const level of built) expect(findDefect(level)).toBeNull()
    const { metrics } = (await ask(one, { learn: 1, regrets: [0, 0.5, 0, 0.5] })) as {
      metrics: Record<string, number>
    }
    expect(metrics).toMatchObject({ return: 0.25, entropy: expect.any(Number) })
    // Uniform over 12 cells, as a policy begins.
    expect(metrics.entropy).toBeCloseTo(Math.log(12), 2)
  })

  it('answers a question that comes again as it did, and learns nothing twice', async () => {
    const [one, two] = await pair()
    const first = await ask(one, { build: 1, count: 2 }, 'a')
    expect(await ask(one, { build: 1, count: 2 }, 'a')).toEqual(first)
    expect(await ask(two, { build: 1, count: 2 }, 'a')).toEqual(first)
    const learn = { learn: 1, regrets: [1, 0] }
    const [answer, again] = await Promise.all([ask(one, learn, 'b'), ask(one, learn, 'b')])
    expect(again).toEqual(answer)
    expect(await ask(two, learn, 'b')).toEqual(answer)
    expect(await two.snapshot!()).toEqual(await one.snapshot!())
  })

  it('goes on from a snapshot between build and learning', async () => {
    const [one, two] = await pair()
    await ask(one, { build: 1, count: 3 })
    await two.restore!(structuredClone(await one.snapshot!()))
    const learn = { learn: 1, regrets: [0.1, 0.2, 0] }
    expect(await ask(two, learn)).toEqual(await ask(one, learn))
    expect(await ask(two, { build: 2, count: 3 })).toEqual(await ask(one, { build: 2, count: 3 }))
  })

  it('refuses what is no question, regrets out of order, and levels that nobody can build', async () => {
    const [one] = await pair()
    await expect(ask(one, { count: 2 })).rejects.toThrow(
      expect.objectContaining({ code: 'builder/question' }),
    )
    await expect(ask(one, { learn: 1, regrets: [1] })).rejects.toThrow(
      expect.objectContaining({ code: 'builder/order' }),
    )
    await ask(one, { build: 2, count: 1 })
    await expect(ask(one, { learn: 1, regrets: [1] })).rejects.toThrow(/build 2 waits for 1/)
    expect(() =>
      builder.checkEnvironment!(builder.options.parse({}), createBuilding(MAZE)),
    ).toThrow(expect.objectContaining({ code: 'builder/no-game' }))
  })

  it('has 22.5 million parameters in the published game', () => {
    const published = createMaze(environment.options.parse({}))
    const { observations } = published.building!.spec
    expect(observations).toEqual(teacherSpec(13, 13, 60).observations)
    expect(builder.learning!(builder.options.parse({}), published)).toMatchObject({
      parameters: 22_502_048,
      steps: 62,
    })
  })
})
