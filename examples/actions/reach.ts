import { z } from 'agon'
import type { VectorEnv, VectorOptions } from 'agon/envs'
import { defineEnvironment, type StepBuffers, unknownSuite } from 'agon/envs'
import { bytesOf, numbersOf, targets } from './targets.ts'

// An environment with real numbers as actions: a point on a line walks to a target.

const STEPS = 10

function vector({ slots, autoReset, nextLevel }: VectorOptions<number>): VectorEnv<number> {
  /** Of each: target, position, time. */
  const states = Array.from({ length: slots }, () => new Float32Array(3))
  const put = (slot: number, state: ArrayLike<number>, out: StepBuffers['observations']): void => {
    states[slot].set(state)
    out.way[slot] = state[0] - state[1]
  }
  return {
    slots,
    maxSteps: () => STEPS,
    reset(which, levels, out) {
      for (let i = 0; i < which.length; i++) put(which[i], [levels[i], 0, 0], out)
    },
    /** `actions` is float32 `[slots, 1]`, already inside the bounds. */
    step(actions, { observations, rewards, terminated, truncated }) {
      for (const [slot, [target, position, time]] of states.entries()) {
        const still = time >= STEPS
        const next = still ? position : position + actions[slot]
        rewards[slot] = still ? 0 : -Math.abs(target - next)
        terminated[slot] = 0
        truncated[slot] = time + 1 >= STEPS ? 1 : 0
        const again = truncated[slot] === 1 && autoReset !== 'none'
        // Asked only where an episode begins: each answer is a level drawn.
        const level = again && autoReset === 'next-level' ? (nextLevel?.(slot) ?? 0) : target
        put(slot, again ? [level, 0, 0] : [target, next, time + 1], observations)
      }
    },
    save: (slot) => bytesOf(states[slot]),
    load: (slot, state, out) => put(slot, numbersOf(state, 3, 'state/corrupt'), out),
  }
}

const way = { dtype: 'float32', shape: [1], low: -4, high: 4 } as const
const actions = { kind: 'box', shape: [1], low: [-0.3], high: [0.3], names: ['move'] } as const
const setting = { observations: { way }, actions, agents: 1, seats: { agent: [0] } } as const

export const environment = defineEnvironment({
  id: 'reach',
  options: z.strictObject({}),
  create: () => ({
    spec: { id: 'reach', profile: 'plain', ...setting },
    ...{ levels: targets, vector, solvedAbove: -2, returnRange: [-10, 0] as const },
    suites: [],
    suite: (id) => {
      throw unknownSuite(id, [])
    },
  }),
})
