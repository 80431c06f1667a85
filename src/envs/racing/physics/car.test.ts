import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import type { Solver } from '../../jointed/planck-internals.ts'
import { shapesOf } from '../track/convex.ts'
import { HULL_PARTS, WHEEL_CORNERS } from './car-plan.ts'
import { CarWorld } from './car-world.ts'
import { massOf } from './mass.ts'
import { giveSnapshot, takeSnapshot } from './snapshot.ts'
import { touches } from './touching.ts'

/** kg: by hand, areas of 2400, 3500, 8750 and 3000 by 0.02² for the hull, and 28 × 54 by 0.1 for a wheel. */
const HULL = 7.06
const WHEEL = 0.06048
const WHOLE = HULL + 4 * WHEEL

function car(ground: 0 | 1, start = { x: 0, y: 0, angle: 0 }): CarWorld {
  const world = new CarWorld(start)
  world.tyres.onRoad.fill(ground)
  return world
}

function frame(world: CarWorld, steer: number, gas: number, brake: number): void {
  world.tyres.control(steer, gas, brake)
  world.drive()
  world.move()
}

describe('masses', () => {
  it('are those of the areas, around their centres', () => {
    expect(massOf(HULL_PARTS, 1).mass).toBeCloseTo(HULL, 9)
    expect(massOf(HULL_PARTS, 1).centre[0]).toBeCloseTo(0, 12)
    const wheel = massOf([WHEEL_CORNERS], 0.1)
    expect(wheel.mass).toBeCloseTo(WHEEL, 9)
    // m (a² + b²) / 12.
    expect(wheel.inertia).toBeCloseTo((WHEEL * (0.56 ** 2 + 1.08 ** 2)) / 12, 12)
  })

  it('count from the origin, wherever the area is', () => {
    const unit = [
      [3, 0],
      [4, 0],
      [4, 1],
      [3, 1],
    ] as const
    const { mass, inertia, centre } = massOf([unit], 2)
    expect([mass, ...centre]).toEqual([2, expect.closeTo(3.5, 12), expect.closeTo(0.5, 12)])
    expect(inertia).toBeCloseTo(2 / 6 + 2 * (3.5 ** 2 + 0.5 ** 2), 12)
  })
})

describe('a car', () => {
  it('starts as far as its rear wheels can push', () => {
    for (const [ground, grip] of [
      [1, 400],
      [0, 240],
    ] as const) {
      const world = car(ground)
      frame(world, 0, 1, 0)
      // By hand: the gas rises to 0.1, which gives 0.02 · 40000 · 0.1 / 1.6 / 5 = 10 rad/s. At 0.54 m that is 5.4 m/s of
      // slip, 442.8 N, more than the grip; so two wheels push with that, and it takes 0.02 · grip · 0.54 / 1.6 from each.
      expect(world.tyres.spin[2]).toBeCloseTo(10 - (0.02 * grip * 0.54) / 1.6, 9)
      expect([world.tyres.force[4], world.tyres.force[0]]).toEqual([expect.closeTo(grip, 9), 0])
      const { x, y } = world.hull.getLinearVelocity()
      expect(y).toBeCloseTo((2 * grip * 0.02) / WHOLE, 4)
      expect(x).toBeCloseTo(0, 9)
      expect(world.hull.getPosition().y).toBeCloseTo((2 * grip * 0.02 * 0.02) / WHOLE, 5)
    }
  })

  it('rolls straight and faster, slower on grass, and stops under its brake', () => {
    const speed = (ground: 0 | 1, frames: number): number => {
      const world = car(ground)
      for (let t = 0; t < frames; t++) frame(world, 0, 0.5, 0)
      expect(world.hull.getPosition().x).toBeCloseTo(0, 6)
      return world.hull.getLinearVelocity().y
    }
    expect(speed(1, 100)).toBeGreaterThan(speed(1, 50))
    expect(speed(1, 50)).toBeGreaterThan(speed(0, 50))
    const world = car(1)
    for (let t = 0; t < 50; t++) frame(world, 0, 0.5, 0)
    frame(world, 0, 0, 1)
    // Blocked: what the ground gives back in the step is all that turns it.
    expect(Math.abs(world.tyres.spin[0])).toBeLessThan((0.02 * 400 * 0.54) / 1.6 + 1e-9)
    for (let t = 0; t < 200; t++) frame(world, 0, 0, 1)
    expect(Math.abs(world.hull.getLinearVelocity().y)).toBeLessThan(0.01)
  })

  it('takes 15 rad/s from a wheel at the whole brake, none backwards', () => {
    const { tyres } = car(1)
    tyres.spin.fill(10)
    tyres.control(0, 0, 0.5)
    tyres.push(0, (10 - 7.5) * 0.54, 0)
    expect(tyres.spin[0]).toBeCloseTo(2.5, 9)
    tyres.push(0, 0, 0)
    expect(tyres.spin[0]).toBe(0)
  })

  it('turns its front wheels by 0.06 a frame up to 0.4, and goes that way', () => {
    for (const steer of [-1, 1]) {
      const world = car(1)
      frame(world, steer, 0, 0)
      expect(world.joints[0].getJointAngle()).toBeCloseTo(-0.06 * steer, 3)
      expect(world.joints[2].getJointAngle()).toBeCloseTo(0, 6)
      for (let t = 0; t < 40; t++) frame(world, steer, 0.1, 0)
      expect(Math.abs(world.joints[1].getJointAngle())).toBeLessThan(0.45)
      expect(Math.sign(world.hull.getPosition().x)).toBe(steer)
      expect(Math.sign(world.hull.getAngle())).toBe(-steer)
    }
  })

  it('has its wheels in their places after one step, however it is turned', () => {
    const world = car(1, { x: 5, y: -3, angle: 2 })
    frame(world, 0, 0, 0)
    const { p, q } = world.hull.getTransform()
    const { x, y } = world.wheels[0].getPosition()
    expect(x).toBeCloseTo(p.x + q.c * -1.1 - q.s * 1.6, 2)
    expect(y).toBeCloseTo(p.y + q.s * -1.1 + q.c * 1.6, 2)
  })
})

/** Drawn controls, held for nine frames. */
function* controls(seed: number, frames: number): Generator<readonly [number, number, number]> {
  const random = stream('controls', seed)
  let held = [0, 0, 0] as [number, number, number]
  for (let t = 0; t < frames; t++) {
    if (t % 9 === 0) held = [2 * random.uniform() - 1, random.uniform(), random.uniform() ** 4]
    yield held
  }
}

describe('the car’s island', () => {
  it('moves with the bits of planck’s own solver', () => {
    const own = car(1, { x: 1, y: 2, angle: 0.7 })
    const theirs = car(1, { x: 1, y: 2, angle: 0.7 })
    const solver: { solveIsland?: Solver['solveIsland'] } = theirs.world.m_solver
    delete solver.solveIsland
    expect(theirs.world.m_solver.solveIsland).toBeTypeOf('function')
    for (const control of controls(1, 120)) {
      frame(own, ...control)
      frame(theirs, ...control)
      expect(takeSnapshot(own)).toEqual(takeSnapshot(theirs))
    }
    expect(own.hull.getLinearVelocity().length()).toBeGreaterThan(1)
  })
})

describe('a snapshot', () => {
  it('goes on with the same bits, wherever the other car was put', () => {
    for (const frames of [1, 30, 77]) {
      const one = car(1, { x: 1, y: 2, angle: 0.7 })
      for (const control of controls(2, frames)) frame(one, ...control)
      const other = car(0)
      giveSnapshot(other, takeSnapshot(one))
      for (const control of controls(3, 60)) {
        expect(takeSnapshot(other)).toEqual(takeSnapshot(one))
        frame(one, ...control)
        frame(other, ...control)
      }
    }
  })

  it('refuses what is none', () => {
    const refused = expect.objectContaining({ code: 'state/corrupt' })
    const numbers = takeSnapshot(car(1))
    expect(() => giveSnapshot(car(1), numbers.subarray(1))).toThrow(refused)
    expect(() => giveSnapshot(car(1), numbers.fill(Number.NaN, 3, 4))).toThrow(refused)
  })
})

describe('touching', () => {
  const shapes = shapesOf([
    [
      [0, 0],
      [4, 0],
      [4, 2],
      [0, 2],
    ],
    [
      [10, 0],
      [14, 0],
      [10, 4],
    ],
  ])
  const square = (x: number, y: number): Float64Array =>
    Float64Array.of(x, y, x + 1, y, x + 1, y + 1, x, y + 1)

  it.each([
    [0, square(1, 0.5), true],
    [0, square(-0.5, -0.5), true],
    [0, square(4.01, 1), true],
    [0, square(4.03, 1), false],
    [0, square(1, -1.03), false],
    // Beside the slope of the triangle: their boxes overlap.
    [1, square(12.5, 2.5), false],
    [1, square(11.5, 2), true],
  ])('of shape %i and %o is %s', (index, corners, expected) => {
    expect(touches(shapes, index, corners)).toBe(expected)
  })
})
