import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import type { Solver } from '../../jointed/planck-internals.ts'
import { courseOf } from '../ground-of.ts'
import type { WalkerLevel } from '../level.ts'
import { WalkerWorld } from './walker-world.ts'

/** The same walker with planck's own solver. */
function planckWorld(level: WalkerLevel): WalkerWorld {
  const walker = new WalkerWorld(courseOf(level).terrain)
  const solver: { solveIsland?: Solver['solveIsland'] } = walker.world.m_solver
  delete solver.solveIsland
  expect(walker.world.m_solver.solveIsland).toBeTypeOf('function')
  return walker
}

const bits = ({ parts, feet, fallen }: WalkerWorld): readonly unknown[] => [
  ...parts.flatMap((part) => {
    const { x, y } = part.getPosition()
    const velocity = part.getLinearVelocity()
    return [x, y, part.getAngle(), velocity.x, velocity.y, part.getAngularVelocity()]
  }),
  ...feet,
  fallen,
]

describe('the walker’s island', () => {
  it.each([
    ['plain', 3],
    ['hardcore', 8],
  ] as const)(
    'moves with the bits of planck’s own solver (%s ground, seed %i)',
    (terrain, seed) => {
      const level: WalkerLevel = { terrain, seed }
      const own = new WalkerWorld(courseOf(level).terrain)
      const theirs = planckWorld(level)
      const random = stream('island', seed)
      const actions = [0, 0, 0, 0]
      let touched = 0
      for (let t = 0; t < 120; t++) {
        if (t % 9 === 0) for (let i = 0; i < 4; i++) actions[i] = 2.4 * random.uniform() - 1.2
        own.step(actions, 0)
        theirs.step(actions, 0)
        expect(bits(own), `step ${t}`).toEqual(bits(theirs))
        for (let contact = own.world.m_contactList; contact !== null; contact = contact.m_next)
          touched += contact.isTouching() ? 1 : 0
      }
      expect(touched).toBeGreaterThan(100)
    },
  )
})
