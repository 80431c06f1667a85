import { describe, expect, it } from 'vitest'
import { castRays } from '../lidar.ts'
import { OBSERVATION_NAMES, OBSERVATION_SIZE, observe } from '../observe.ts'
import { scriptedGait } from '../testing/gait.ts'
import {
  actionsOf,
  beginRecorded,
  hullPlace,
  observationOf,
  type Recorded,
  recordedWalks,
  shiftStart,
  standAs,
} from '../testing/recorded.ts'
import type { WalkerWorld } from './walker-world.ts'

/** Ground flags, which are 0 or 1 and compared by themselves. */
const FEET = [8, 13]
/** Numbers of body and legs; lidar follows, which jumps where a ray passes a corner. */
const BODY = 14
const walks = recordedWalks()
const named = walks.map((walk) => [walk.name, walk] as const)

function seenIn(world: WalkerWorld, walk: Recorded): Float32Array {
  const seen = new Float32Array(OBSERVATION_SIZE)
  observe(world, walk.terrain, seen, 0)
  return seen
}

const apart = (a: Float32Array, b: Float32Array): number =>
  Math.max(
    ...Array.from(a.subarray(0, BODY), (value, i) =>
      FEET.includes(i) ? 0 : Math.abs(value - b[i]),
    ),
  )
const feet = (seen: Float32Array): number[] => FEET.map((i) => seen[i])

describe('against Box2D', () => {
  it('has a name for each number that is seen', () => {
    expect(OBSERVATION_NAMES).toHaveLength(OBSERVATION_SIZE)
    expect(FEET.map((i) => OBSERVATION_NAMES[i])).toEqual(['leg 0 foot down', 'leg 1 foot down'])
  })

  it('sees by lidar what was seen from where the hull was, and from elsewhere', () => {
    for (const walk of walks) {
      const inWalk = Array.from({ length: walk.rows }, (_, row) => [
        ...hullPlace(walk, row),
        ...observationOf(walk, row).subarray(BODY),
      ])
      // The observation of a walk that was moved after its reset is of the place before.
      for (const [x, y, ...fractions] of [...walk.probes, ...inWalk.slice(1)]) {
        const rays = new Float32Array(fractions.length)
        castRays(walk.terrain, x, y, rays, 0)
        for (const [k, fraction] of fractions.entries())
          expect(Math.abs(rays[k] - fraction)).toBeLessThan(1e-5)
      }
    }
  })

  it.each(named)('walks as %s did, from its reset on', (_, walk) => {
    const world = beginRecorded(walk)
    const first = seenIn(world, walk)
    expect(apart(first, observationOf(walk, 0))).toBeLessThan(1e-5)
    expect(feet(first)).toEqual(feet(observationOf(walk, 0)))
    shiftStart(world, walk)
    // Contact is chaotic: what single precision rounds away grows from step to step.
    for (let row = 1; row < walk.rows; row++) {
      world.step(actionsOf(walk, row), 0)
      const seen = seenIn(world, walk)
      expect(feet(seen), `row ${row}`).toEqual(feet(observationOf(walk, row)))
      expect(apart(seen, observationOf(walk, row)), `row ${row}`).toBeLessThan(
        row <= 2 ? 1e-4 : 1e-2,
      )
    }
  })

  it('goes ten steps from recorded states as the original went', () => {
    const errors: number[] = []
    for (const walk of walks)
      for (let row = 2; row + 10 < walk.rows; row += 7) {
        const world = standAs(walk, row)
        let worst = 0
        for (let k = 1; k <= 10; k++) {
          world.step(actionsOf(walk, row + k), 0)
          worst = Math.max(worst, apart(seenIn(world, walk), observationOf(walk, row + k)))
        }
        errors.push(worst)
      }
    errors.sort((a, b) => a - b)
    const share = (part: number): number => errors[Math.floor(part * errors.length)]
    // The impulses that start the solver, and the order of contacts, are not recorded: where a foot slips or lands they count.
    expect(errors.length).toBeGreaterThan(50)
    expect(share(0.5)).toBeLessThan(1e-4)
    expect(share(0.9)).toBeLessThan(0.05)
  })
})

/** The return of the script in closed loop, over as many steps as were recorded at most. */
function walkBy(walk: Recorded, push: number): number {
  const world = beginRecorded({ ...walk, initialForceX: walk.initialForceX + push })
  let seen = seenIn(world, walk)
  shiftStart(world, walk)
  const hull = world.parts[0]
  const gait = scriptedGait()
  const shaping = (): number => (130 * hull.getPosition().x) / 30 - 5 * Math.abs(hull.getAngle())
  let [before, total] = [shaping(), 0]
  for (let t = 0; t < 400; t++) {
    const actions = gait(seen)
    world.step(actions, 0)
    seen = seenIn(world, walk)
    if (world.fallen) return total - 100
    const now = shaping()
    total += now - before - 0.028 * actions.reduce((sum, action) => sum + Math.abs(action), 0)
    before = now
  }
  return total
}

describe('the scripted gait', () => {
  const gaits = walks.filter(({ script }) => script === 'gait')

  it('chooses the actions that it chose', () => {
    expect(gaits.length).toBeGreaterThan(4)
    for (const walk of gaits) {
      const gait = scriptedGait()
      for (let row = 0; row + 1 < walk.rows; row++) {
        const chosen = gait(observationOf(walk, row))
        for (const [i, action] of actionsOf(walk, row + 1).entries())
          expect(Math.abs(chosen[i] - action)).toBeLessThan(1e-6)
      }
    }
  })

  it('earns in the mean what it earned, within what slightly other pushes make of it', () => {
    const pushes = [0, 1e-4, 2e-4]
    let [recorded, mean, variance] = [0, 0, 0]
    for (const walk of gaits) {
      const returns = pushes.map((push) => walkBy(walk, push))
      const own = returns.reduce((sum, one) => sum + one, 0) / returns.length
      const spread = returns.reduce((sum, one) => sum + (one - own) ** 2, 0) / (returns.length - 1)
      recorded += walk.return / gaits.length
      mean += own / gaits.length
      // A recorded walk is one draw more; 1 stands for the rounding of single precision where no push makes a difference.
      variance += ((spread + 1) * (1 + 1 / returns.length)) / gaits.length ** 2
    }
    expect(Math.abs(recorded - mean)).toBeLessThan(3 * Math.sqrt(variance))
    // And not because the interval is wide: the whole range is 464.
    expect(Math.sqrt(variance)).toBeLessThan(20)
  }, 30_000)
})
