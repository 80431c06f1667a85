import { describe, expect, it } from 'vitest'
import type { LevelFeatures } from '../../envs/contract.ts'
import { featureMeans } from './level-metrics.ts'

describe('feature means', () => {
  it('are over passable levels, with the passable ratio beside them', () => {
    const levels: readonly LevelFeatures[] = [
      { nWalls: 10, passable: 1, min_actions: 4 },
      { nWalls: 20, passable: 1 },
      { nWalls: 90, passable: 0 },
    ]
    expect(featureMeans('level_', levels)).toEqual({
      level_n_walls: 15,
      level_passable: 2 / 3,
      level_min_actions: 4,
    })
  })
  it('leave out what no level has, and what is not finite', () => {
    expect(featureMeans('level_', [{ a: Number.NaN }, {}])).toEqual({})
  })

  it('have names that metrics may have, however long those of features are', () => {
    const long = 'walls_'.repeat(40)
    const means = featureMeans('replay_level_', [{ [`${long}a`]: 1, [`${long}b`]: 2 }])
    expect(Object.values(means)).toEqual([1, 2])
    for (const name of Object.keys(means)) expect(name).toMatch(/^[a-z][a-z0-9_]{0,99}$/)
  })
})
