import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { parseLevel } from '../maze/index.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { createHiddenGoal, hiddenGoalOptions } from './index.ts'

const make = (maze: object) => createHiddenGoal(hiddenGoalOptions.parse({ maze }))
const FORWARD = 2

describe.each(['minimax', 'dcd'] as const)('a maze with a hidden goal, profile %s', (profile) => {
  const environment = make({ profile, height: 1, width: 5, nWalls: 0, view: 3 })

  it('shows what it would with the goal anywhere else, and pays for finding it', () => {
    const vector = environment.vector({ slots: 2, autoReset: 'same-level' })
    const out = allocateStepBuffers(environment.spec, 2)
    const images = () => {
      const { image } = out.observations
      return [image.slice(0, image.length / 2), image.slice(image.length / 2)]
    }
    vector.reset([0, 1], ['>.G..', '>...G'].map(parseLevel), out.observations)
    expect(images()[0]).toEqual(images()[1])
    vector.step(Int32Array.of(FORWARD, FORWARD), out)
    expect(images()[0]).toEqual(images()[1])
    const saved = vector.save(0)
    vector.step(Int32Array.of(FORWARD, FORWARD), out)
    expect([...out.terminated]).toEqual([1, 0])
    expect(out.rewards[0]).toBeGreaterThan(0.9)
    const seen = allocateStepBuffers(environment.spec, 2)
    vector.load(0, saved, seen.observations)
    expect((seen.observations.image as Uint8Array).includes(8)).toBe(false)
  })

  // Every maze of one wall and one corridor that the generator draws, by what is seen of it.
  it('has the generator’s own prior: each free cell is as likely to be the goal as each other', () => {
    const { levels } = make({ profile, height: 2, width: 2, nWalls: 1 })
    const goals = new Map<string, number[]>()
    for (let i = 0; i < 6000; i++) {
      const { walls, agent, goal } = levels.sample(stream(1, i))
      const seen = `${walls} ${agent}`
      const counts = goals.get(seen) ?? [0, 0, 0, 0]
      counts[goal]++
      goals.set(seen, counts)
    }
    for (const [seen, counts] of goals) {
      const total = counts.reduce((sum, count) => sum + count)
      const possible = counts.filter((count) => count > 0)
      if (total < 200) continue
      const share = 1 / possible.length
      const error = Math.sqrt((share * (1 - share)) / total)
      for (const count of possible)
        expect(Math.abs(count / total - share), seen).toBeLessThan(4.5 * error)
    }
  })
})

it('draws the goal alone again, where it may be', () => {
  const environment = make({ height: 2, width: 3, nWalls: 1 })
  const level = parseLevel('>.#\n..G')
  const drawn = Array.from({ length: 200 }, (_, i) => environment.resample(level, stream(2, i)))
  expect(new Set(drawn.map(({ goal }) => goal))).toEqual(new Set([1, 3, 4, 5]))
  for (const one of drawn) expect({ ...one, goal: level.goal }).toEqual(level)
})

it('refuses generators that put the goal in a place of its own, and builders', () => {
  for (const maze of [{ generator: 'crossing', height: 9, width: 9 }, { building: {} }])
    expect(hiddenGoalOptions.safeParse({ maze }).success).toBe(false)
  expect(make({}).building).toBeUndefined()
})
