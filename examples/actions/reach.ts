import { z } from 'agon'
import type { VectorEnv, VectorOptions } from 'agon/envs'
import { defineEnvironment, type StepBuffers, unknownSuite } from 'agon/envs'
import { bytesOf, numbersOf, targets } from './targets.ts'

// An environment with real numbers as actions: a point on a line walks to a target.

const STEPS = 10

function vector({ slots, autoReset, nextLevel }: VectorOptions<number>): VectorEnv<number> {
  /** Of each: target, position, time. */
  const states = Array.from({ length: slots }, () => new Float32Array(3))
  const put = (lane: number, state: ArrayLike<number>, out: StepBuffers['observations']): void => {
    states[lane].set(state)
    out.way[lane] = state[0] - state[1]
  }
  return {
    slots,
    maxSteps: () => STEPS,
    reset(which, levels, out) {
      for (let i = 0; i < which.length; i++) put(which[i], [levels[i], 0, 0], out)
    },
    /** `actions` is float32 `[lanes, 1]`, already inside the bounds. */
    step(actions, { observations, rewards, terminated, truncated }) {
      for (const [lane, [target, position, time]] of states.entries()) {
        const still = time >= STEPS
        const next = still ? position : position + actions[lane]
        rewards[lane] = still ? 0 : -Math.abs(target - next)
        terminated[lane] = 0
        truncated[lane] = time + 1 >= STEPS ? 1 : 0
        const again = truncated[lane] === 1 && autoReset !== 'none'
        // Asked only where an episode begins: each answer is a level drawn.
        const level = again && autoReset === 'next-level' ? (nextLevel?.(lane) ?? 0) : target
        put(lane, again ? [level, 0, 0] : [target, next, time + 1], observations)
      }
    },
    save: (lane) => bytesOf(states[lane]),
    load: (lane, state, out) => put(lane, numbersOf(state, 3, 'state/corrupt'), out),
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
