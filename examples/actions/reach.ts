// An environment with real numbers as actions: a point on a line walks to a target. A level is the target, −1 … 1.
import { AgonError, z } from 'agon'
import {
  defineEnvironment,
  type LevelSpace,
  type StepBuffers,
  unknownSuite,
  type VectorEnv,
  type VectorOptions,
} from 'agon/envs'

const STEPS = 10
/** The longest step. */
const REACH = 0.3

const levels: LevelSpace<number> = {
  sample: (stream) => Math.fround(2 * stream.uniform() - 1),
  mutate: (level, stream) => ({
    level: Math.fround(Math.max(-1, Math.min(1, level + 0.2 * stream.normal()))),
    operator: 'shift',
  }),
  key: String,
  encode: (level) => new Uint8Array(Float32Array.of(level).buffer),
  decode(bytes) {
    if (bytes.length !== 4) throw new AgonError('level/corrupt', `${bytes.length} bytes, not 4`)
    return new Float32Array(Uint8Array.from(bytes).buffer)[0]
  },
  format: String,
  parse: Number,
  validate: (level) => (Math.abs(level) <= 1 ? null : 'a target lies between -1 and 1'),
  features: (level) => ({ distance: Math.abs(level) }),
}

function vector({ slots, autoReset, nextLevel }: VectorOptions<number>): VectorEnv<number> {
  /** Per slot: target, position, time; float32, so that a saved state goes on bit for bit. */
  const states = Array.from({ length: slots }, () => new Float32Array(3))
  const observe = (slot: number, out: StepBuffers['observations']): void => {
    out.way[slot] = states[slot][0] - states[slot][1]
  }
  return {
    slots,
    maxSteps: () => STEPS,
    reset(which, targets, out) {
      targets.forEach((target, i) => {
        states[which[i]].set([target, 0, 0])
        observe(which[i], out)
      })
    },
    /** `actions` is float32 `[slots, 1]`, already inside the bounds. */
    step(actions, { observations, rewards, terminated, truncated }) {
      for (const [slot, state] of states.entries()) {
        const ended = state[2] >= STEPS
        if (!ended) state.set([state[1] + actions[slot], state[2] + 1], 1)
        rewards[slot] = ended ? 0 : -Math.abs(state[0] - state[1])
        terminated[slot] = 0
        truncated[slot] = state[2] >= STEPS ? 1 : 0
        if (truncated[slot] === 1 && autoReset !== 'none')
          state.set([autoReset === 'next-level' ? (nextLevel?.(slot) ?? 0) : state[0], 0, 0])
        observe(slot, observations)
      }
    },
    save: (slot) => new Uint8Array(states[slot].slice().buffer),
    load(slot, state, out) {
      if (state.length !== 12) throw new AgonError('state/corrupt', `${state.length} bytes, not 12`)
      states[slot].set(new Float32Array(Uint8Array.from(state).buffer))
      observe(slot, out)
    },
  }
}

export const environment = defineEnvironment({
  id: 'reach',
  options: z.strictObject({}),
  create: () => ({
    spec: {
      id: 'reach',
      profile: 'plain',
      observations: { way: { dtype: 'float32', shape: [1], low: -4, high: 4 } },
      actions: { kind: 'box', shape: [1], low: [-REACH], high: [REACH], names: ['move'] },
      agents: 1,
      seats: { agent: [0] },
    },
    levels,
    vector,
    suites: [],
    suite: (id) => {
      throw unknownSuite(id, [])
    },
    solvedAbove: -2,
    returnRange: [-10, 0],
  }),
})
